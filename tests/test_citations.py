"""Citations: what each format says is what the record says, for every source and for hostile titles."""

import json
import re
import subprocess
from urllib.parse import unquote

import pypandoc
import pytest
import rispy
from jsonschema import Draft202012Validator
from lxml import html
from pybtex.database import parse_string

from edition.citations import bibtex, csl, ris, styles
from edition.exports import bibliographies
from tests.built import bibliography
from tools.axe import SCHEMES, findings
from tools.site import ADDRESS

TEXT = {"type": "string", "minLength": 1}
DATE = {
    "required": ["date-parts"],
    "properties": {
        "date-parts": {"maxItems": 1, "items": {"minItems": 1, "maxItems": 3, "items": {"type": "integer"}}},
        "circa": {"const": True},
    },
    "additionalProperties": False,
}
CSL_JSON = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type", "title", "language"],
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys(["id", "title", "language", "URL", "note", "publisher", "publisher-place"], TEXT),
            **dict.fromkeys(["container-title", "collection-title", "collection-number"], TEXT),
            **dict.fromkeys(["issue", "page", "number", "source"], TEXT),
            "type": {"enum": ["report", "article-newspaper", "webpage", "book", "entry-encyclopedia"]},
            "author": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "oneOf": [
                        {"required": names[:1], "properties": dict.fromkeys(names, TEXT), "additionalProperties": False}
                        for names in (["family", "given"], ["literal"])
                    ]
                },
            },
            **dict.fromkeys(["issued", "accessed"], DATE),
        },
    },
}
"""The part of CSL-JSON that is written here: names and types of variables as CSL 1.0.2 has them, and no others."""

HOSTILE = [
    "He said \"no\" & 'yes'",
    "A < B > C & D; &amp; <b>bold</b>",
    "back\\slash {braces} }unbalanced{ 100% $5 #1 a_b c^d ~e",
    "북한, 인공지능 ‘개발’ — 100%",
    "@article{fake, title={x}}",
    "TY  - JOUR ER  - ",
    "An em dash — and a very long title " + "that goes on " * 60,
]


def named(item):
    """Return an item's authors as pairs of family and given name, or of a body's name and nothing."""
    return [(each.get("literal") or each["family"], each.get("given", "")) for each in item.get("author", [])]


def parts(item):
    return item.get("issued", {}).get("date-parts", [[]])[0]


def check_bibtex(text, items):
    """Read the text with pybtex (structure) and pandoc (values) and compare it with the items."""
    entries = parse_string(text, "bibtex").entries
    assert list(entries) == [item["id"] for item in items]
    command = [pypandoc.get_pandoc_path(), "--from=biblatex", "--to=csljson"]
    read = json.loads(subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True).stdout)
    read = {each["id"]: each for each in read}
    for item in items:
        told = read[item["id"]]
        # What double braces keep as it is, pandoc marks so.
        plain = re.sub(r'<span class="nocase">(.*?)</span>', r"\1", told["title"])
        assert straight(plain) == straight(item["title"])
        assert [tuple(map(straight, name)) for name in named(told)] == [
            tuple(map(straight, name)) for name in named(item)
        ]
        assert parts(told) == parts(item)
        assert told.get("URL") == item.get("URL")


def straight(text):
    """Return text without the difference between typographic and plain signs and spaces."""
    return re.sub(r"[`‘’“”\"']", "'", " ".join(text.split()))


def check_ris(text, items):
    """Read the text with rispy and compare it with the items."""
    read = rispy.loads(text)
    assert [each["id"] for each in read] == [item["id"] for item in items]
    for told, item in zip(read, items, strict=True):
        assert told["title"] == item["title"].strip()
        assert told.get("authors", []) == [", ".join(filter(None, name)) for name in named(item)]
        assert [int(part) for part in told.get("date", "").split("/") if part] == parts(item)
        assert told.get("urls", [None]) == [item.get("URL")]


def check_csl_json(text, items):
    """Read the text, validate it and compare it with the items."""
    Draft202012Validator(CSL_JSON).validate(json.loads(text))
    assert json.loads(text) == items


CHECKS = {"bib": check_bibtex, "ris": check_ris, "json": check_csl_json}


@pytest.mark.parametrize("ending", CHECKS)
def test_bibliography_says_what_the_records_say(specimen, edition, ending):
    items = list(csl.references(edition).values())
    assert {item["id"] for item in items} == edition.ids("sources")
    CHECKS[ending]((specimen / f"data/references.{ending}").read_text("utf-8"), items)
    for item in items:
        record = edition.source(item["id"]).record
        assert record.work in item["title"] or record.work in item["note"]
        assert named(item) == [
            (getattr(each, "family", "") or each.name, getattr(each, "given", "")) for each in record.by
        ]
        assert "-".join(f"{part:02}" for part in parts(item)) == (record.issued or record.inferred)
        assert item.get("issued", {}).get("circa", False) == bool(record.inferred)
        assert unquote(item.get("URL", "")) == unquote(record.url)


@pytest.mark.parametrize("work", HOSTILE)
def test_hostile_titles_and_names_come_back_as_they_were(tmp_path, work):
    index = {
        "outlets": [{"id": "full", "title": "A & B <c> 50%"}, {"id": "bare", "title": "Bare", "language": "en"}],
        "persons": [
            {"id": "o-neil", "family": "O’Neil & Söhne {x}", "given": "A. #1"},
            {"id": "lee", "family": "이", "given": "우창"},
        ],
    }
    full = {
        "authors": ["o-neil", "lee"],
        "work": work,
        "issued": "2024-02-29",
        "url": "https://example.org/한국?a=1&b=%20_~#x",
        "says": "It says.",
    }
    bare = {"type": "web-page", "described": work, "says": "It says."}
    items = list(csl.references(bibliography(tmp_path, {"full-2024": full, "bare": bare}, index)).values())
    assert items[1]["collection-title" if items[1]["type"] == "report" else "container-title"] == "A & B <c> 50%"
    check_bibtex("\n".join(map(bibtex.entry, items)), items)
    check_ris("\n".join(map(ris.reference, items)), items)
    check_csl_json(csl.text(items), items)
    for formatted in styles.formatted(items).values():
        for text in formatted.values():
            tree = html.fromstring(f"<p>{text}</p>")
            assert {element.tag for element in tree.iter()} <= {"p", "em", "b", "strong"}


def test_every_page_tells_how_to_cite_it_in_every_format(specimen, edition):
    for path, page in edition.pages.items():
        item = csl.cited(page, edition)
        tree = html.parse(specimen / edition.url(path).removeprefix(ADDRESS) / "index.html").getroot()
        (box,) = tree.xpath("//div[@class='ed-cite']")
        told = dict(zip(box.xpath(".//dt/text()"), [dd.text_content() for dd in box.xpath(".//dd")], strict=True))
        assert list(told) == list(styles.STYLES.values())
        specimen_address = item.get("URL", "")
        assert all(straight(unquote(specimen_address)) in straight(unquote(text)) for text in told.values()), path
        shown = [pre.text_content() for pre in box.xpath(".//pre")]
        folder = specimen / edition.url(path).removeprefix(ADDRESS)
        assert shown == [(folder / f"citation.{ending}").read_text("utf-8") for ending in bibliographies.FORMATS]
        for check, text in zip((check_ris, check_csl_json), shown[1:], strict=True):
            check(text, [item])
        assert list(parse_string(shown[0], "bibtex").entries) == [item["id"]]


def test_the_article_is_cited_alike_on_its_page_and_on_that_of_its_source(specimen):
    article, source = (
        html.parse(specimen / path / "index.html").xpath("string(//div[@class='ed-cite']//dd)")
        for path in ("article", "sources/writer-2024")
    )
    assert article.startswith("Writer, Ann. 2024.")
    assert article == source


def test_words_in_other_scripts_are_marked_with_their_language(specimen):
    def told(path):
        tree = html.parse(specimen / "sources" / path / "index.html")
        return {(e.get("lang"), e.text) for e in tree.xpath("//div[@class='ed-cite']//span[@lang]")}

    assert ("ko", "자유국말사전") in told("academy-press-2017")
    assert {language for language, _ in told("nihon-honyaku-undated")} == {"ja"}
    assert {language for language, _ in told("zhongguo-fanyi-2020")} == {"zh"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_an_open_citation(visit, scheme):
    page = visit("sources/academy-press-2017/", scheme=scheme)
    for summary in page.locator(".ed-cite summary").all():
        summary.click()
    page.locator(".ed-cite pre").last.wait_for()
    # The header that stays on top would cover what was scrolled below it.
    page.evaluate("scrollTo(0, 0)")
    assert findings(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_citation_can_be_opened_and_downloaded_by_keyboard(visit, edition, scripts):
    page = visit("projects/magpie/", scripts=scripts)
    box = page.locator(".ed-cite")
    assert box.locator("pre").nth(1).is_hidden()
    box.locator("summary", has_text="RIS").focus()
    page.keyboard.press("Enter")
    box.locator("pre").nth(1).wait_for()
    page.keyboard.press("Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "citation.ris"
    text = download.value.path().read_text("utf-8")
    assert text == ris.reference(csl.own(edition.pages["projects/magpie.md"], edition))
    assert page.faults == []


def test_on_paper_stands_the_formatted_citation_alone(visit):
    page = visit("sources/doe-2021/")
    page.emulate_media(media="print")
    assert page.locator(".ed-cite dd").first.is_visible()
    assert not page.locator(".ed-cite summary").first.is_visible()
    assert not page.locator(".ed-cite pre").first.is_visible()
