"""What programs read: changes, sitemap, Markdown copies, search description; and where moved pages lead."""

import re
from pathlib import Path

import feedparser
import llms_txt
import pytest
import yaml
from lxml import etree, html

from tools.site import ADDRESS, ROOT, copy_source, pages, run_engine

pytestmark = pytest.mark.xdist_group("changed")

CHANGES = """changes:
  - date: "2026-11-24"
    pages: [projects/unbyol, projects/index]
    text: 'Results & <dates> of "1998" added.'
  - date: "2026-11-01"
    text: First published.
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A site with a change to one page and an address that was given up."""
    source = copy_source(tmp_path_factory.mktemp("changed") / "source")
    about = source / "docs/about/index.md"
    text = about.read_text("utf-8")
    text = re.sub(r"changes:\n(?:  .*\n)+", lambda _: CHANGES, text, count=1)
    about.write_text(text.replace("moved:\n", "moved:\n  projects/silver-star: projects/unbyol\n", 1), "utf-8")
    result = run_engine("mkdocs", source, REPOSITORY_URL="https://example.org/repository")
    assert result.returncode == 0, result.stdout + result.stderr
    return source / "site"


def locations(site: Path) -> dict[str, str]:
    """Return the days in the sitemap by address."""
    tree = etree.parse(site / "sitemap.xml")
    etree.XMLSchema(etree.parse(Path(__file__).parent / "sitemap.xsd")).assertValid(tree)
    return {url[0].text: url[1].text for url in tree.getroot()}


def test_sitemap_lists_exactly_the_pages_with_their_days(site, edition):
    days = locations(site)
    assert set(days) == {f"{ADDRESS}{path}/" if path else ADDRESS for path in pages(site)}
    assert days == {edition.url(path): edition.dates(page)[-1] for path, page in edition.pages.items()}


def test_feed_tells_every_change(site, edition):
    feed = feedparser.parse((site / "feed.xml").read_bytes())
    assert not feed.bozo, feed.bozo_exception
    assert [entry.summary for entry in feed.entries] == [change["text"] for change in edition.changes]
    assert [entry.updated[:10] for entry in feed.entries] == [change["date"] for change in edition.changes]
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    assert html.parse(site / "index.html").xpath("//link[@type='application/atom+xml']/@href") == ["feed.xml"]


def test_a_change_dates_its_pages_everywhere(changed, site):
    feed = feedparser.parse((changed / "feed.xml").read_bytes())
    assert not feed.bozo, feed.bozo_exception
    new, old = feed.entries
    assert (new.title, new.link) == ("Unbyol, Projects", f"{ADDRESS}projects/unbyol/")
    assert new.summary == 'Results & <dates> of "1998" added.'
    assert old.id == feedparser.parse((site / "feed.xml").read_bytes()).entries[-1].id
    assert feed.feed.updated == new.updated == "2026-11-24T00:00:00Z"
    days = {place for place, day in locations(changed).items() if day == "2026-11-24"}
    assert days == {f"{ADDRESS}projects/unbyol/", f"{ADDRESS}projects/"}
    box = html.parse(changed / "projects/unbyol/index.html").xpath("string(//div[@class='ed-cite'])")
    assert "First published on 1 November 2026, revised on 24 November 2026." in box
    other = html.parse(changed / "projects/nunpit/index.html").xpath("string(//div[@class='ed-cite'])")
    assert "First published on 1 November 2026." in other
    table = html.parse(changed / "about/index.html").xpath("//h2[@id='changes']/following::table[1]")[0]
    assert table.xpath(".//tbody/tr[1]//a/@href") == ["../projects/unbyol/", "../projects/"]


def test_every_page_links_its_history(changed):
    for path, file in {
        "": "index.md",
        "projects": "projects/index.md",
        "projects/unbyol": "projects/unbyol.md",
        "data": "data/index.md",
        "sources/lee-2021": "sources/lee-2021.md",
    }.items():
        links = html.parse(changed / path / "index.html").xpath("//a[text()='History of this page']/@href")
        assert links == [f"https://example.org/repository/commits/main/docs/{file}"]
        assert (ROOT / "docs" / file).is_file()


def test_an_address_given_up_leads_to_the_new_one(changed):
    tree = html.parse(changed / "projects/silver-star/index.html")
    assert tree.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={ADDRESS}projects/unbyol/"]
    assert tree.xpath("//link[@rel='canonical']/@href") == tree.xpath("//a/@href") == [f"{ADDRESS}projects/unbyol/"]


def test_every_page_has_a_markdown_copy_that_llms_txt_links(site, edition):
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith("# ")
    parsed = llms_txt.parse_llms_file(text)
    assert parsed.title == edition.name
    assert parsed.summary == edition.pages["index.md"].meta["description"]
    assert {link.url for links in parsed.sections.values() for link in links} == {
        f"{edition.url(path)}index.md" for path in edition.pages if path != "index.md"
    }
    links = re.findall(r"(?m)^- \[[^\]]+\]\(([^)]+)\): ", text)
    assert set(links) == {f"{edition.url(path)}index.md" for path in edition.pages if path != "index.md"}
    for path, page in edition.pages.items():
        copy = (site / edition.url(path).removeprefix(ADDRESS) / "index.md").read_text("utf-8")
        title = page.meta["title"].replace("[", "\\[").replace("]", "\\]")
        assert copy.startswith(f"# {title}\n\n{page.meta['description']}"), path
        assert copy.endswith(f"From {edition.url(path)}\n")
        assert not re.search(r"\{[:#.]|\{lang=|markdown=\"1\"|<div|<details|\]\((?!https?:)", copy), path
        for target in re.findall(r"\]\((http://localhost[^)#]*)", copy):
            assert (site / target.removeprefix(ADDRESS)).is_file(), target
    told = html.parse(site / "projects/unbyol/index.html").xpath("//link[@type='text/markdown']/@href")
    assert told == ["index.md"]


def test_a_browser_can_search_from_its_address_bar(site, edition):
    tree = etree.parse(site / "opensearch.xml").getroot()
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert tree.xpath("string(//o:Url/@template)", namespaces=space) == f"{ADDRESS}?q={{searchTerms}}"
    assert 0 < len(tree.xpath("string(//o:ShortName)", namespaces=space)) <= 16
    assert html.parse(site / "about/index.html").xpath("//link[@rel='search']/@href") == ["../opensearch.xml"]


def test_robots_are_told_of_the_sitemap(site):
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (site / "robots.txt").read_text("utf-8").split("\n")


def test_the_repository_can_be_cited(edition):
    record = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert record["cff-version"] == "1.2.0"
    assert str(record["date-released"]) == edition.changes[0]["date"]
    article = edition.source(edition.article_id).meta
    (reference,) = record["references"]
    assert reference["title"] == article["work"]
    assert str(reference["date-released"]) == article["issued"]
    assert [(each["family-names"], each["given-names"]) for each in reference["authors"]] == [
        (each["family"], each["given"]) for each in article["authors"]
    ]
