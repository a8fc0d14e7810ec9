"""The built site: its addresses, links, metadata, and that a build repeats byte for byte."""

import filecmp
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from lxml import etree, html

from edition import records
from edition.site import load
from tests.site import ROOT, SUB_PATH, copy_source, pages, run_engine, serve

ADDRESSES = {
    "": [""],
    "article": [""],
    "background": ["", "defining-ai", "orientation", "robots"],
    "institutions": [
        "",
        "artificial-intelligence-research-institute",
        "korea-computer-center",
        "high-technology-development-center",
        "kim-chaek-university-of-technology",
        "pyongyang-university-of-science-and-technology",
        "ai-technology-institute",
        "kim-song-ju-primary-school",
        "meari-sound-company",
        "ministry-of-information-industry",
    ],
    "projects": [
        "",
        "wiinui-palkolumul-ttaraso",
        "kyongjaeng",
        "sori-yonpil",
        "nunpit",
        "kcc-patuk",
        "unbyol",
        "chongsong",
        "ryongma",
        "pangjoja",
        "dambo",
        "intelligent-speaker",
        "ryongnamsan",
        "sindong",
        "teaching-robots",
    ],
    "prospects": [
        "",
        "controlled-generative-ai",
        "virtual-humans",
        "korean-style-technology",
        "ai-as-auxiliary",
        "concerns-of-the-authorities",
        "security-implications",
        "recommendations",
    ],
    "concepts": [""],
    "sources": ["", "ha-2024", "lee-2021"],
    "about": [""],
}
"""Published addresses: they never change."""


def published() -> list[str]:
    """Return the published addresses, relative to the root, each ending in a slash or empty."""
    return [
        f"{section}/{name}/".replace("//", "/").lstrip("/") for section, names in ADDRESSES.items() for name in names
    ]


def documents(site: Path) -> dict[str, html.HtmlElement]:
    """Return every page of a built site by its path below the site's root."""
    return {
        file.relative_to(site).as_posix(): html.document_fromstring(file.read_text("utf-8"))
        for file in site.rglob("*.html")
    }


@pytest.fixture(scope="module")
def root_site(tmp_path_factory):
    """The site built for a domain's root, in another folder, time zone and locale."""
    folder = copy_source(tmp_path_factory.mktemp("elsewhere") / "deeper" / "site")
    result = run_engine("mkdocs", folder, SITE_URL="http://localhost/")
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site"


def status(url: str) -> int:
    """Return the status with which an address answers."""
    try:
        with urlopen(url) as response:
            return response.status
    except HTTPError as error:
        return error.code


def test_strict_build_prints_no_warning(tmp_path):
    result = run_engine("mkdocs", copy_source(tmp_path / "site"))
    assert result.returncode == 0
    assert "WARNING" not in result.stderr
    assert "ERROR" not in result.stderr


@pytest.mark.parametrize("sub_path", ["/", SUB_PATH])
def test_published_addresses_answer(sub_path, site, root_site):
    with serve(root_site if sub_path == "/" else site, sub_path) as url:
        assert {name: status(url + name) for name in published()} == dict.fromkeys(published(), 200)
        assert status(url + "nothing/here/") == 404


@pytest.mark.parametrize("sub_path", ["/", SUB_PATH])
def test_every_link_and_asset_is_there(sub_path, site, root_site):
    folder = root_site if sub_path == "/" else site
    missing = []
    trees = documents(folder)
    for name, tree in trees.items():
        # The 404 page is shown at any depth, so its addresses must not depend on where it is shown.
        here = urljoin(f"http://localhost{sub_path}", name if name != "404.html" else "any/depth/of/page/")
        for value in tree.xpath("//@href | //@src"):
            url = urlsplit(urljoin(here, value))
            if url.netloc != "localhost" or url.scheme != "http":
                continue
            path = unquote(url.path)
            file = path.removeprefix(sub_path) + ("index.html" if path.endswith("/") else "")
            if not path.startswith(sub_path) or not (folder / file).is_file():
                missing.append((name, value))
            elif url.fragment and file in trees and not trees[file].xpath("//*[@id=$id]", id=unquote(url.fragment)):
                missing.append((name, value))
    assert missing == []


def test_canonical_addresses_and_sitemap_follow_the_site_address(site):
    base = f"http://localhost{SUB_PATH}"
    canonical = {
        name: tree.xpath("//link[@rel='canonical']/@href")
        for name, tree in documents(site).items()
        if name != "404.html"
    }
    assert all(found == [base + name.removesuffix("index.html")] for name, found in canonical.items())
    sitemap = etree.parse(site / "sitemap.xml")
    assert sorted(sitemap.xpath("//*[local-name()='loc']/text()")) == sorted(url for (url,) in canonical.values())


def test_pages_have_their_own_title_and_description(site):
    trees = {name: tree for name, tree in documents(site).items() if name != "404.html"}
    titles = [tree.findtext(".//title") for tree in trees.values()]
    descriptions = [tree.xpath("string(//meta[@name='description']/@content)") for tree in trees.values()]
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)
    assert all(tree.xpath("count(//h1)") == 1 for tree in trees.values())


def test_article_has_each_paragraph_with_the_pages_that_rest_on_it(site):
    tree = documents(site)["article/index.html"]
    for number in records.PARAGRAPHS:
        heading = tree.xpath("//h2[@id=$id]", id=f"p{number}")
        assert len(heading) == 1
        assert heading[0].text_content().startswith(f"¶{number} ")
        following = [e for e in heading[0].itersiblings() if e.tag in ("h2", "p")]
        section = following[: next(n for n, e in enumerate(following) if e.tag == "h2")]
        assert section[-1].text_content().startswith("Pages that rest on this paragraph"), f"nothing rests on ¶{number}"


def test_backlinks_and_links_agree(site):
    """What a page cites, and only that, lists it among the pages that link to it."""
    trees = documents(site)
    listing = "ul[preceding-sibling::*[1][@id='cited-by' or @id='linked-from']]"
    overviews = {f"{section}/index.html".lstrip("/") for section in ADDRESSES if section != "concepts"}
    citing: dict[str, set[str]] = {}
    for name in trees.keys() - overviews:
        here = f"/{name.removesuffix('index.html')}"
        for link in trees[name].xpath(f"//article//a[not(ancestor::{listing})]/@href"):
            target = urljoin(here, link).split("#")[0]
            if target.startswith("/sources/") and target != here:
                citing.setdefault(target, set()).add(here)
    told = {}
    for name in trees:
        if name.startswith("sources/") and name not in overviews:
            here = f"/{name.removesuffix('index.html')}"
            links = trees[name].xpath("//h2[@id='cited-by']/following-sibling::ul[1]/li/a/@href")
            told[here] = {urljoin(here, link).split("#")[0] for link in links}
    # The kind above a heading leads to the overview, which is no citation.
    citing.pop("/sources/", None)
    assert told == citing


def test_claims_cover_every_paragraph_and_name(site):
    edition = load(str(ROOT / "docs"))
    claims = [claim for page in edition.pages.values() for claim in page.meta.get("claims", [])]
    assert {claim["paragraph"] for claim in claims} == set(records.PARAGRAPHS)
    assert {claim["kind"] for claim in claims} == set(records.CLAIM_KINDS)


def test_north_korean_hosts_are_never_plain_links(site):
    for name, tree in documents(site).items():
        for link in tree.xpath("//a[contains(@href, '.kp/') and not(contains(@href, 'web.archive.org'))]"):
            assert set(link.get("rel", "").split()) == {"noreferrer", "nofollow"}, name
            assert "may be blocked" in link.getparent().text_content()
            assert link.xpath("following-sibling::a[contains(@href, 'web.archive.org')]")


def test_pages_ask_for_no_referrer(site):
    assert all(tree.xpath("//meta[@name='referrer']/@content") == ["no-referrer"] for tree in documents(site).values())


def test_names_are_in_the_text_and_in_the_search_index(site):
    trees = documents(site)
    index = (site / "search/search_index.json").read_text("utf-8").encode().decode("unicode_escape", errors="ignore")
    edition = load(str(ROOT / "docs"))
    for page in edition.entries.values():
        text = " ".join(trees[f"{page.folder}/{page.id}/index.html"].xpath("//article")[0].text_content().split())
        for name in page.meta.get("names", []):
            assert name["text"] in text
    assert "Eun-byul" in index


def test_builds_repeat_byte_for_byte(site, tmp_path):
    folder = copy_source(tmp_path / "another folder")
    result = run_engine("mkdocs", folder, TZ="Asia/Pyongyang", LC_ALL="tr_TR.UTF-8", PYTHONHASHSEED="7")
    assert result.returncode == 0, result.stdout + result.stderr
    left = sorted(p.relative_to(site) for p in site.rglob("*") if p.is_file())
    right = sorted(p.relative_to(folder / "site") for p in (folder / "site").rglob("*") if p.is_file())
    assert left == right
    _, different, errors = filecmp.cmpfiles(site, folder / "site", [str(p) for p in left], shallow=False)
    assert (different, errors) == ([], [])


def test_a_bad_record_stops_the_build_and_leaves_no_site(tmp_path):
    folder = copy_source(tmp_path / "site")
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("an earlier build")
    page = folder / "docs" / "projects" / "unbyol.md"
    page.write_text(page.read_text("utf-8").replace("field: go\n", "field: chess\n"), "utf-8")
    result = run_engine("mkdocs", folder)
    assert result.returncode != 0
    assert "docs/projects/unbyol.md:" in result.stderr
    assert "field: is 'chess'; must be one of" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (folder / "site").exists()


def test_a_failure_while_writing_leaves_no_site(tmp_path):
    folder = copy_source(tmp_path / "site")
    template = folder / "overrides" / "source.html"
    template.write_text(
        template.read_text("utf-8").replace("{% block content %}", "{% block content %}{{ 1 / 0 }}"), "utf-8"
    )
    assert run_engine("mkdocs", folder).returncode != 0
    assert not (folder / "site").exists()


def test_tournament_chart_and_table_agree_with_the_record(site):
    results = load(str(ROOT / "docs")).pages["projects/kcc-patuk.md"].meta["tournaments"]
    tree = documents(site)["projects/kcc-patuk/index.html"]
    rows = tree.xpath("//div[@class='ed-results']//tbody/tr")
    assert [row.findtext("td") for row in rows] == [str(result["year"]) for result in results]
    places = [row.xpath("string(td[3])") for row in rows]
    disputed = [result["certainty"] == "disputed" for result in results]
    assert [place.endswith("(disputed)") for place in places] == disputed
    assert [place.split()[0] for place in places] == [str(result.get("place", "not")) for result in results]
    placed = [result for result in results if "place" in result]
    dots = tree.xpath("//figure[@class='ed-chart']//*[name()='circle']")
    assert [dot.get("class") == "ed-disputed" for dot in dots] == [r["certainty"] == "disputed" for r in placed]
    heights = {int(dot.get("cy")): result["place"] for dot, result in zip(dots, placed, strict=True)}
    assert sorted(heights, key=heights.get) == sorted(heights), "a better place stands higher"
    assert len(set(heights.values())) == len(heights)


def test_board_has_every_forecast_with_its_state(site):
    pages_ = load(str(ROOT / "docs")).pages.values()
    claims = [c for page in pages_ for c in page.meta.get("claims", []) if c["kind"] in records.FORECASTS]
    tree = documents(site)["prospects/index.html"]
    rows = tree.xpath("//h2[@id='board']/following-sibling::div[@class='ed-board']//tbody/tr")
    shown = {(row.xpath("string(td[1])"), row.xpath("string(td[3])").lower()) for row in rows}
    assert shown == {(claim["text"], claim["since"]["state"]) for claim in claims}


def test_every_institution_and_project_tells_what_is_known_elsewhere_and_what_is_not(site):
    trees = documents(site)
    for page in load(str(ROOT / "docs")).entries.values():
        if page.folder in ("institutions", "projects"):
            headings = trees[f"{page.folder}/{page.id}/index.html"].xpath("//h2/@id")
            assert "not-known" in headings, page.id
            assert "reported-elsewhere" in headings or page.id in ("chongsong", "pangjoja"), page.id


def test_every_page_is_built(site):
    docs = ROOT / "docs"
    sources = {
        p.relative_to(docs).as_posix().removesuffix(".md").removesuffix("index").rstrip("/") for p in docs.rglob("*.md")
    }
    assert set(pages(site)) == sources
