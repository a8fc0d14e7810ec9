"""Text in records means itself: what would be mark-up, script or a formula reads the same back from every form."""

import csv
import json
from urllib.parse import unquote

import pytest
import yaml
from feedparser import parse
from lxml import html

from tools.site import copy_specimen, run_engine

HOSTILE = " ".join(
    [
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script> & &amp; <b>bold</b>",
        "[x](javascript:alert(1)) *y* __z__ `q` {#id} {: .c} | cell ![i](http://example.org/i.png)",
        'A "onmouseover="alert(1)" \'b\' \\* \\[ 1. # - > 은별 *[T]: no',
    ]
)
"""A text that something reads as more than text: a spreadsheet, a browser, Markdown, an attribute."""


def replaced(record: dict, path: tuple, text: str) -> None:
    """Put a text in place of a value of a record."""
    *before, last = path
    for part in before:
        record = record[part]
    record[last] = text


FIELDS = {
    # page of the specimen: the fields of its record that are filled with hostile text
    "projects/parrot.md": [("title",), ("facts", 0, "text"), ("names", 0, "text"), ("events", 0, "text")],
    "projects/index.md": [("description",)],
    "prospects/growth.md": [
        ("claims", 0, "text"),
        ("claims", 0, "since", "found"),
        ("claims", 0, "since", "looked_for"),
    ],
    "sources/doe-2021.md": [("work",)],
    "concepts/index.md": [("terms", 0, "definition")],
    "about/index.md": [("changes", 0, "text")],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The specimen with the hostile text in fields of every kind, numbered so that none is taken for another."""
    folder = copy_specimen(tmp_path_factory.mktemp("hostile") / "site")
    texts = {}
    for path, fields in FIELDS.items():
        file = folder / "docs" / path
        _, front, body = file.read_text("utf-8").split("---\n", 2)
        record = yaml.safe_load(front)
        for number, field in enumerate(fields):
            texts[path, field] = f"{HOSTILE} {len(texts)}{number}"
            replaced(record, field, texts[path, field])
        front = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=10**6)
        file.write_text(f"---\n{front}---\n{body}", "utf-8")
    result = run_engine("mkdocs", folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site", texts


def shown(site, path: str) -> str:
    """Return the words of a page."""
    tree = html.document_fromstring((site / path / "index.html").read_text("utf-8"))
    assert not tree.xpath("//article//script[not(@src)] | //@onmouseover")
    assert not tree.xpath("//article//a[starts-with(@href, 'javascript')]")
    return " ".join(tree.xpath("//article")[0].text_content().split())


def test_pages_show_text_as_it_is(built):
    site, texts = built
    for (path, field), text in texts.items():
        if field[0] == "events":
            continue  # Events stand on the timeline alone.
        assert " ".join(text.split()) in shown(site, path.removesuffix("index.md").removesuffix(".md")), path
    assert texts["projects/parrot.md", ("events", 0, "text")] in shown(site, "timeline")
    assert texts["prospects/growth.md", ("claims", 0, "text")] in shown(site, "prospects")


def test_the_head_says_text_as_it_is(built):
    site, texts = built
    tree = html.document_fromstring((site / "projects/parrot/index.html").read_text("utf-8"))
    title = texts["projects/parrot.md", ("title",)]
    assert tree.xpath("string(//title)").startswith(title)
    description = texts["projects/index.md", ("description",)]
    section = html.document_fromstring((site / "projects/index.html").read_text("utf-8"))
    assert section.xpath("//meta[@name='description' or @property='og:description']/@content") == [description] * 2
    (script,) = tree.xpath("//script[@type='application/ld+json']/text()")
    names = {node.get("name") for node in json.loads(script)["@graph"]}
    assert title in names


def test_data_have_text_as_it_is(built):
    site, texts = built
    data = json.loads((site / "data/data.json").read_text("utf-8"))
    with (site / "data/claims.csv").open(encoding="utf-8", newline="") as file:
        claims = [row["text"] for row in csv.DictReader(file)]
    claim = texts["prospects/growth.md", ("claims", 0, "text")]
    assert claim in [row["text"] for row in data["claims"]]
    # An apostrophe keeps a spreadsheet from running a formula.
    assert f"'{claim}" in claims
    assert texts["projects/parrot.md", ("events", 0, "text")] in [row["text"] for row in data["timeline"]]


def test_the_feed_has_text_as_it_is(built):
    site, texts = built
    feed = parse((site / "feed.xml").read_text("utf-8"), sanitize_html=False)
    assert feed.entries[0].summary == texts["about/index.md", ("changes", 0, "text")]
    assert unquote(feed.entries[0].link)
