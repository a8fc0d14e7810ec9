"""What programs read: changes, sitemap, Markdown copies, search description; and where moved pages lead."""

import re
from pathlib import Path

import feedparser
import llms_txt
import pytest
from lxml import etree, html

from tests.built import REPOSITORY
from tools.site import ADDRESS, SAMPLE, copy_specimen, pages, run_engine

LATER = """changes:
  - date: "2026-11-24"
    pages: [projects/parrot]
    text: More.
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """The specimen with one more change."""
    source = copy_specimen(tmp_path_factory.mktemp("changed") / "source")
    about = source / "docs/about/index.md"
    about.write_text(about.read_text("utf-8").replace("changes:\n", LATER), "utf-8")
    result = run_engine("mkdocs", source)
    assert result.returncode == 0, result.stdout + result.stderr
    return source / "site"


def locations(site: Path) -> dict[str, str]:
    """Return the days in the sitemap by address."""
    tree = etree.parse(site / "sitemap.xml")
    etree.XMLSchema(etree.parse(Path(__file__).parent / "sitemap.xsd")).assertValid(tree)
    return {url[0].text: url[1].text for url in tree.getroot()}


def test_sitemap_lists_exactly_the_pages_with_their_days(specimen, edition):
    days = locations(specimen)
    assert set(days) == {f"{ADDRESS}{path}/" if path else ADDRESS for path in pages(specimen)}
    assert days == {edition.url(path): edition.dates(page)[-1] for path, page in edition.pages.items()}


def test_feed_tells_every_change(specimen, edition):
    feed = feedparser.parse((specimen / "feed.xml").read_bytes())
    assert not feed.bozo, feed.bozo_exception
    assert [entry.summary for entry in feed.entries] == [change.text for change in edition.changes]
    assert [entry.updated[:10] for entry in feed.entries] == [change.date for change in edition.changes]
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    assert html.parse(specimen / "index.html").xpath("//link[@type='application/atom+xml']/@href") == ["feed.xml"]


def test_a_change_dates_its_pages_everywhere(specimen):
    feed = feedparser.parse((specimen / "feed.xml").read_bytes())
    new, _ = feed.entries
    assert (new.title, new.link) == ("Magpie, Projects", f"{ADDRESS}projects/magpie/")
    assert new.summary == 'Results & <dates> of "1998" added.'
    assert feed.feed.updated == new.updated == "2026-11-01T00:00:00Z"
    days = {place for place, day in locations(specimen).items() if day == "2026-11-01"}
    assert days == {f"{ADDRESS}projects/magpie/", f"{ADDRESS}projects/"}
    box = html.parse(specimen / "projects/magpie/index.html").xpath("string(//div[@class='ed-cite'])")
    assert "First published on 1 September 2024, revised on 1 November 2026." in box
    other = html.parse(specimen / "projects/parrot/index.html").xpath("string(//div[@class='ed-cite'])")
    assert "First published on 1 September 2024." in other
    table = html.parse(specimen / "about/index.html").xpath("//h2[@id='changes']/following::table[1]")[0]
    assert table.xpath(".//tbody/tr[1]//a/@href") == ["../projects/magpie/", "../projects/"]


def test_a_later_change_leaves_those_before_it_as_they_were(changed, specimen):
    before, after = (feedparser.parse((site / "feed.xml").read_bytes()) for site in (specimen, changed))
    assert [entry.id for entry in after.entries[1:]] == [entry.id for entry in before.entries]
    assert after.feed.updated == after.entries[0].updated == "2026-11-24T00:00:00Z"
    days = {place for place, day in locations(changed).items() if day == "2026-11-24"}
    assert days == {f"{ADDRESS}projects/parrot/"}


def test_every_page_links_its_history(specimen):
    for path, file in {
        "": "index.md",
        "projects": "projects/index.md",
        "projects/magpie": "projects/magpie.md",
        "data": "data/index.md",
        "sources/doe-2021": "sources/doe-2021.md",
    }.items():
        links = html.parse(specimen / path / "index.html").xpath("//a[text()='History of this page']/@href")
        assert links == [f"{REPOSITORY}/commits/main/docs/{file}"]
        assert (SAMPLE / "docs" / file).is_file()


def test_an_address_given_up_leads_to_the_new_one(specimen):
    tree = html.parse(specimen / "projects/silver-magpie/index.html")
    assert tree.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={ADDRESS}projects/magpie/"]
    assert tree.xpath("//link[@rel='canonical']/@href") == tree.xpath("//a/@href") == [f"{ADDRESS}projects/magpie/"]


def test_every_page_has_a_markdown_copy_that_llms_txt_links(specimen, edition):
    text = (specimen / "llms.txt").read_text("utf-8")
    assert text.startswith("# ")
    parsed = llms_txt.parse_llms_file(text)
    assert parsed.title == edition.name
    assert parsed.summary == edition.pages["index.md"].description
    assert {link.url for links in parsed.sections.values() for link in links} == {
        f"{edition.url(path)}index.md" for path in edition.pages if path != "index.md"
    }
    links = re.findall(r"(?m)^- \[[^\]]+\]\(([^)]+)\): ", text)
    assert set(links) == {f"{edition.url(path)}index.md" for path in edition.pages if path != "index.md"}
    for path, page in edition.pages.items():
        copy = (specimen / edition.url(path).removeprefix(ADDRESS) / "index.md").read_text("utf-8")
        title = page.title.replace("[", "\\[").replace("]", "\\]")
        term = f"The article’s term: {page.record.subtitle}\n\n" if getattr(page.record, "subtitle", "") else ""
        assert copy.startswith(f"# {title}\n\n{term}{page.description}"), path
        assert copy.endswith(f"From {edition.url(path)}\n")
        assert not re.search(r"\{[:#.]|\{lang=|markdown=\"1\"|<div|<details|\]\((?!https?:)", copy), path
        assert not re.search(r"<(figure|form|table)|^## .*\n+(## |From )", copy, re.MULTILINE), path
        for target in re.findall(r"\]\((http://localhost[^)#]*)", copy):
            assert (specimen / target.removeprefix(ADDRESS)).is_file(), target
    told = html.parse(specimen / "projects/magpie/index.html").xpath("//link[@type='text/markdown']/@href")
    assert told == ["index.md"]


def test_a_browser_can_search_from_its_address_bar(specimen, edition):
    tree = etree.parse(specimen / "opensearch.xml").getroot()
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert tree.xpath("string(//o:Url/@template)", namespaces=space) == f"{ADDRESS}?q={{searchTerms}}"
    assert 0 < len(tree.xpath("string(//o:ShortName)", namespaces=space)) <= 16
    assert html.parse(specimen / "about/index.html").xpath("//link[@rel='search']/@href") == ["../opensearch.xml"]


def test_robots_are_told_of_the_sitemap(specimen):
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (specimen / "robots.txt").read_text("utf-8").split("\n")
