"""The built site: addresses, links, metadata, what is derived from records; a build repeats byte for byte."""

import filecmp
import gzip
import re
import shlex
from functools import lru_cache
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import urlopen

import pytest
import yaml
from lxml import etree, html

from edition import records
from edition.derived.dated import dated
from edition.derived.sources import load
from edition.derived.ties import ties
from edition.text import day, is_north_korean, web_address
from tools.site import ADDRESS, ROOT, SUB_PATH, copy_source, pages, run_engine, serve
from tools.site import documents as files

pytestmark = pytest.mark.xdist_group("elsewhere")

ADDRESSES = {
    "": [""],
    "article": [""],
    "data": [""],
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
    "timeline": [""],
    "sources": ["", "ha-2024", "lee-2021"],
    "about": [""],
}
"""Published addresses: they never change."""


def published() -> list[str]:
    """Return the published addresses, relative to the root, each ending in a slash or empty."""
    return [
        f"{section}/{name}/".replace("//", "/").lstrip("/") for section, names in ADDRESSES.items() for name in names
    ]


@lru_cache(maxsize=2)
def documents(site: Path) -> dict[str, html.HtmlElement]:
    """Return every page of a built site by its path below the site's root, parsed once."""
    return {
        file.relative_to(site).as_posix(): html.document_fromstring(file.read_text("utf-8")) for file in files(site)
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


def test_strict_build_prints_no_warning(built):
    _, printed = built
    assert "Documentation built" in printed
    assert "WARNING" not in printed
    assert "ERROR" not in printed


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
    base = ADDRESS
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
    listing = "ul[preceding-sibling::*[1][@id='cited-by' or @id='rests-on']]"
    overviews = {f"{section}/index.html".lstrip("/") for section in ADDRESSES if section != "concepts"}
    citing: dict[str, set[str]] = {}
    for name in trees.keys() - overviews:
        here = f"/{name.removesuffix('index.html')}"
        for link in trees[name].xpath(f"//article//a[not(ancestor::{listing})]/@href"):
            target = urljoin(here, link).split("#")[0]
            if target.startswith("/sources/") and target.endswith("/") and target != here:
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
        for link in tree.xpath("//a[starts-with(@href, 'http')][contains(@href, '.kp/')]"):
            if "web.archive.org" in link.get("href"):
                continue
            assert set(link.get("rel", "").split()) == {"noreferrer", "nofollow"}, name
            assert "may be blocked" in link.getparent().text_content()
            assert link.xpath("following-sibling::a[contains(@href, 'web.archive.org')]")


def test_the_check_of_outside_links_asks_no_north_korean_host():
    """No host is asked here: what the check would leave out is told by its options."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/links.yml").read_text("utf-8"))
    steps = workflow["jobs"]["links"]["steps"]
    [options] = [shlex.split(step["with"]["args"]) for step in steps if "lychee-action" in step.get("uses", "")]
    left_out = re.compile(options[options.index("--exclude") + 1])
    # Followed, a redirect might lead to one.
    assert options[options.index("--max-redirects") + 1] == "0"
    edition = load(str(ROOT / "docs"))
    urls = {web_address(page.meta["url"]) for page in edition.pages.values() if "url" in page.meta}
    urls |= {"https://naenara.com.kp/", "http://kcna.kp:8080/x", "http://kp.example.org/a.kp/"}
    north_korean = {url for url in urls if is_north_korean(url)}
    assert len(north_korean) > 10
    assert {url for url in urls if left_out.search(url)} == north_korean


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
    assert [row.findtext("td") for row in rows] == [result["date"][:4] for result in results]
    places = [row.xpath("string(td[3])") for row in rows]
    disputed = [result.get("disputed", False) for result in results]
    assert [place.endswith("(disputed)") for place in places] == disputed
    assert [place.split()[0] for place in places] == [str(result.get("place", "not")) for result in results]
    placed = [result for result in results if "place" in result]
    dots = tree.xpath("//figure[@class='ed-chart']//*[name()='circle']")
    assert [dot.get("class") == "ed-disputed" for dot in dots] == [r.get("disputed", False) for r in placed]
    heights = {int(dot.get("cy")): result["place"] for dot, result in zip(dots, placed, strict=True)}
    assert sorted(heights, key=heights.get) == sorted(heights), "a better place stands higher"
    assert len(set(heights.values())) == len(heights)


def test_board_has_every_tracked_claim_with_its_record(site):
    edition = load(str(ROOT / "docs"))
    claims = [c for page in edition.pages.values() for c in page.meta.get("claims", []) if c["kind"] in records.STATES]
    tree = documents(site)["prospects/index.html"]
    rows = tree.xpath("//h2[@id='board']/following-sibling::div[@class='ed-board']//tbody/tr")
    told = {
        row.xpath("string(td[1]/a)"): (row.xpath("string(.//@data-kind)"), *row.xpath("td[position() > 1]"))
        for row in rows
    }
    assert set(told) == {claim["text"] for claim in claims}

    def labels(ids):
        return ", ".join(edition.source(id_).meta["title"] for id_ in ids) or "none"

    for claim in claims:
        since = claim["since"]
        kind, *cells = told[claim["text"]]
        state, supports, contradicts, sure = (cell.text_content().strip() for cell in cells)
        assert (kind, state.lower()) == (claim["kind"], since["state"])
        assert (supports, contradicts) == (labels(since["supports"]), labels(since["contradicts"]))
        assert sure == f"{since['confidence'].capitalize()}, {day(since['as_of'])}"
    definitions = tree.xpath("string(//h2[@id='board']/following-sibling::div[1])")
    assert all(meaning in definitions for states in records.STATES.values() for meaning in states.values())


def test_pages_tell_what_was_looked_for(site):
    """Beside each tracked claim stand its kind, its state, what was looked for, what bears on it, how sure and when."""
    edition = load(str(ROOT / "docs"))
    for page in edition.entries.values():
        claims = [claim for claim in page.meta.get("claims", []) if "since" in claim]
        rows = documents(site)[f"{page.folder}/{page.id}/index.html"].xpath(
            "//h3[@id='tracker']/following-sibling::div[@class='ed-tracker'][1]//tbody/tr"
        )
        assert len(rows) == len(claims), page.id
        for row, claim in zip(rows, claims, strict=True):
            since, text = claim["since"], " ".join(row.text_content().split())
            told = [claim["text"], since["found"], since["looked_for"], since["confidence"], day(since["as_of"])]
            told += [records.CLAIM_KINDS[claim["kind"]].lower(), since["state"].capitalize()]
            told += [edition.source(id_).meta["title"] for key in EVIDENCE for id_ in since[key]]
            assert [each for each in told if " ".join(each.split()) not in text] == [], claim["id"]


EVIDENCE = ("supports", "contradicts", "context")


def test_every_institution_and_project_tells_what_is_known_elsewhere_and_what_is_not(site):
    trees = documents(site)
    for page in load(str(ROOT / "docs")).entries.values():
        if page.folder in ("institutions", "projects"):
            headings = trees[f"{page.folder}/{page.id}/index.html"].xpath("//h2/@id")
            assert "not-known" in headings, page.id
            assert "reported-elsewhere" in headings or page.id in ("chongsong", "pangjoja"), page.id


NEWCOMER = """\
---
title: Newcomer
description: A Go program made up for a test.
cites: [p3]
names:
  - text: Newcomer
    system: article
    status: confirmed
field: go
relations:
  - kind: maker
    to: kim-chaek-university-of-technology
    certainty: disputed
    cites: [p3]
events:
  - date: "1977-07"
    dated: event
    voice: state
    disputed: true
    text: Newcomer is shown.
    cites: [yonhap-2018-11-13]
---

## In the article

It is like [Unbyol](unbyol.md), it is said. [¶3](../article/index.md#p3)
"""


def test_an_added_entry_stands_in_every_derived_part(tmp_path):
    folder = copy_source(tmp_path / "site")
    (folder / "docs/projects/newcomer.md").write_text(NEWCOMER, "utf-8")
    result = run_engine("mkdocs", folder)
    assert result.returncode == 0, result.stdout + result.stderr
    trees = documents(folder / "site")

    def links(page, where):
        return [link.get("href") for link in trees[f"{page}index.html"].xpath(f"//article{where}//a")]

    picture = "//figure[@class='ed-picture']"
    assert "projects/newcomer/" in links("", picture)
    assert "newcomer/" in links("projects/", picture)
    assert "../../projects/newcomer/" in links("institutions/kim-chaek-university-of-technology/", picture)
    assert links("projects/newcomer/", picture)[:2] == [
        "../../institutions/kim-chaek-university-of-technology/",
        "../?field=go",
    ]
    drawn = trees["projects/newcomer/index.html"].xpath(f"{picture}//*[name()='path']/@class")
    assert drawn == ["ed-disputed", "ed-certain"], "a disputed maker looks different from a certain one"
    (row,) = trees["projects/index.html"].xpath("//div[@class='ed-index']//tr[td/a[@href='newcomer/']]")
    assert row.xpath(".//@data-field | .//@data-maker") == ["go", "kim-chaek-university-of-technology"]
    (row,) = trees["timeline/index.html"].xpath("//tr[.//span[@data-page='newcomer']]")
    assert row.xpath("string(td[1])") == "July 1977"
    assert row.xpath(".//@data-voice") == ["state"]
    assert row.xpath(".//@data-standing") == ["disputed"]
    see_also = trees["projects/unbyol/index.html"].xpath("//h2[@id='see-also']/following-sibling::ul[1]/li")
    assert "Newcomer: It is like Unbyol, it is said." in [item.text_content().strip() for item in see_also]
    steps = trees["projects/newcomer/index.html"].xpath("//nav[@class='ed-steps']/a/@href")
    assert steps == ["../teaching-robots/"], "an entry that navigation does not name is the last of its section"
    resting = trees["article/index.html"].xpath("//p[contains(@class, 'ed-resting')]/a/@href")
    assert "../projects/newcomer/" in resting


def test_records_that_cannot_be_drawn_stop_the_build_with_their_lines(tmp_path):
    folder = copy_source(tmp_path / "site")
    page = folder / "docs/projects/unbyol.md"
    text = page.read_text("utf-8")
    broken = (
        text.replace("field: go\n", "field: chess\n")
        .replace("to: korea-computer-center", "to: virtual-humans")
        .replace('date: "1995"', 'date: "the nineties"', 1)
    )
    page.write_text(broken, "utf-8")

    def line(start):
        return next(number for number, each in enumerate(broken.split("\n"), 1) if each.strip().startswith(start))

    result = run_engine("mkdocs", folder)
    assert result.returncode != 0
    assert f"docs/projects/unbyol.md:{line('field: chess')}: field: is 'chess'; must be one of" in result.stderr
    assert (
        f"docs/projects/unbyol.md:{line('- date: ')}: events[0].date: is 'the nineties', which is no date"
        in result.stderr
    )
    page.write_text(text.replace("to: korea-computer-center", "to: virtual-humans"), "utf-8")
    result = run_engine("mkdocs", folder)
    assert result.returncode != 0
    assert "relations[1].to: names 'virtual-humans', which is no institution" in result.stderr
    assert not (folder / "site").exists()


def test_picture_ties_every_institution_and_project(site):
    edition = load(str(ROOT / "docs"))
    (figure,) = documents(site)["index.html"].xpath("//figure[@class='ed-picture']")
    shown = {link.text for link in figure.iter("a")}
    named = {page.meta["title"] for page in edition.entries.values() if page.folder in ("institutions", "projects")}
    assert named <= shown
    assert {records.FIELDS[p.meta["field"]] for p in edition.entries.values() if p.folder == "projects"} <= shown
    assert {"Maker not known", "No project found"} <= shown
    kinds = [path.get("class") for path in figure.xpath(".//*[name()='path']")]
    doubted = [page.id for page in edition.entries.values() if page.meta.get("field_disputed")]
    disputed = [tie for tie in ties(edition) if tie.certainty == "disputed"]
    assert kinds.count("ed-disputed") == len(disputed) + len(doubted) > len(disputed) > 0
    assert kinds.count("ed-unknown") == sum(tie.certainty == "unknown" for tie in ties(edition)) > 0
    told = [each.text for each in figure.xpath(".//span[@class='ed-sr']")]
    assert "; maker: not known; field: Chatbot" in told


def test_timeline_has_every_dated_statement_in_order(site):
    edition = load(str(ROOT / "docs"))
    tree = documents(site)["timeline/index.html"]
    rows = tree.xpath("//div[@class='ed-timeline']//tbody/tr")
    assert len(rows) == len(dated(edition)) > 0
    years = [int(re.search(r"\d{4}", row.xpath("string(td[1])"))[0]) for row in rows]
    assert years == sorted(years)
    assert all(row.xpath("td[3]//a/@href") for row in rows)
    own = {
        int(re.search(r"\d{4}", row.xpath("string(td[1])"))[0])
        for row in rows
        if row.xpath(".//*[@data-voice='article']")
    }
    assert {1956, 1961, 1982, 1989, 2017, 2018, 2019, 2023, 2024} <= own
    bars = tree.xpath("//figure[@class='ed-strip']//*[name()='path']/@d")
    assert sum(int(bar.rpartition("v-")[2]) for bar in bars) == len(rows)
    headings = tree.xpath("//h2[following-sibling::div[1][@class='ed-timeline']]/@id")
    assert tree.xpath("//figure[@class='ed-strip']//a/@href") == [f"#{id_}" for id_ in headings if id_ != "since"]


NO_EVENTS = {
    # year that a page names without a statement of that year: why it is none
    ("prospects/korean-style-technology.md", 2016): "belongs to the name of a resolution",
}


def test_every_year_that_an_entry_tells_is_on_the_timeline():
    """Each year in an entry’s text, but for labels and names, is that of a statement of its own or of the article."""
    edition = load(str(ROOT / "docs"))
    told: dict[str, set[int]] = {page.path: set() for page in edition.entries.values()}
    for each in dated(edition):
        years = set(range(int(each.date[:4]), int((each.until or each.date)[:4]) + 1))
        years |= set(map(int, re.findall(r"\b(?:19|20)\d\d\b", each.text)))
        for path in told if each.voice == "article" else each.pages:
            told.setdefault(path, set()).update(years)
    missing = []
    for page in edition.entries.values():
        text = re.sub(r"\[(?:\\.|[^\]\\])*\]\([^)]*\)", "", page.body.partition("## Not known")[0])
        for name in sorted((name["text"] for name in page.meta.get("names", [])), key=len, reverse=True):
            text = text.replace(name, "")
        years = set(map(int, re.findall(r"(?<![\d,])(?:19|20)\d\d\b(?!,)", text)))
        missing += [(page.path, year) for year in years - told[page.path] if (page.path, year) not in NO_EVENTS]
    assert missing == []


def test_what_a_page_rests_on_is_what_it_cites(site):
    for name, tree in documents(site).items():
        (article,) = tree.xpath("//article")
        listed = article.xpath("//h2[@id='rests-on']/following-sibling::ul[1]/li/a/@href")
        if not name.startswith(("background/", "institutions/", "projects/", "prospects/")) or not listed:
            continue
        body = article.xpath(".//a[not(ancestor::ul[preceding-sibling::*[1][@id='rests-on']])]/@href")
        cited = {link for link in body if re.match(r"(\.\./)+(sources/.+|article/#p\d+)", link)}
        assert cited - {"../../sources/ha-2024/"} == set(listed) - {"../../sources/ha-2024/"}, name


def test_citations_can_be_followed_from_paper(site):
    """Every source that a page cites stands on its paper with its address, if it has one."""
    edition = load(str(ROOT / "docs"))
    urls = {page.id: "url" in page.meta for page in edition.pages.values() if page.folder == "sources"}
    for name, tree in documents(site).items():
        if name.startswith("sources/"):
            continue
        listed = tree.xpath("//h2[@id='rests-on']/following-sibling::ul[1]/li | //div[@class='ed-paper']//li")
        printed = {}
        for item in listed:
            for link in item.xpath("a[contains(@href, 'sources/')]/@href"):
                printed[link.rstrip("/").rpartition("/")[2]] = bool(item.xpath("span[@class='ed-paper']"))
        cited = {
            link.rstrip("/").rpartition("/")[2]
            for link in tree.xpath("//article//a/@href")
            if re.search(r"(^|/)sources/[^/]+/$", link)
        }
        if name != "index.html":
            assert cited <= set(printed), name
        assert all(printed[id_] == urls[id_] for id_ in printed), name


def test_caution_stands_above_pages_with_disputes_and_on_no_others(site):
    trees = documents(site)
    for page in load(str(ROOT / "docs")).entries.values():
        tree = trees[f"{page.folder}/{page.id}/index.html"]
        disputed = "where-sources-disagree" in tree.xpath("//h2/@id")
        notes = tree.xpath("//div[@class='ed-caution']")
        assert len(notes) == disputed, page.id
        assert not notes or "Sources disagree on this page: " in notes[0].text_content()


def test_home_answers_in_ten_seconds(site):
    tree = documents(site)["index.html"]
    thesis = tree.xpath("//h2[@id='the-thesis']/following-sibling::p[1]")[0].text_content()
    assert len(re.sub(r"¶\d+,?", "", thesis).split()) <= 60
    edition = load(str(ROOT / "docs"))
    for section in ("institutions", "projects", "prospects"):
        (door,) = tree.xpath(f"//div[@class='ed-doors']//li[.//a[@href='{section}/']]")
        number = sum(page.folder == section for page in edition.entries.values())
        assert f"{number} pages" in door.text_content()
    assert tree.xpath("//form[@class='ed-ask']//input/@name") == ["q"]
    forecasts = [c for page in edition.entries.values() for c in page.meta.get("claims", []) if "since" in c]
    (told,) = tree.xpath("//h2[@id='forecasts']/following-sibling::ul[1]")
    counts = [int(count) for link in told.xpath(".//a") for count in re.findall(r"^ (\d+)", link.tail)]
    assert len(counts) == len(told.xpath(".//a"))
    assert sum(counts) == len(forecasts)
    assert all("#board" in link for link in told.xpath(".//a/@href"))


def test_own_scripts_stay_small():
    scripts = set((ROOT / "overrides/assets/javascripts").glob("*.js"))
    scripts -= set(ROOT.glob("overrides/assets/javascripts/search-worker.js"))  # Has a bound of its own: test_search.
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) < 6000


def test_the_heading_comes_before_the_navigation_of_the_section(site):
    for name, tree in documents(site).items():
        order = [e.tag for e in tree.iter() if e.tag == "h1" or "md-sidebar" in (e.get("class") or "").split()]
        assert order == ["h1", "div", "div"], name


def test_terms_are_marked_once_a_page_and_can_be_focused(site):
    for name, tree in documents(site).items():
        titles = tree.xpath("//article//abbr/@title")
        assert len(titles) == len(set(titles)), name
        assert all(tree.xpath("//article//abbr[@tabindex='0']/@title")) or not titles
        assert tree.xpath("count(//article//abbr)") == tree.xpath("count(//article//abbr[@tabindex='0'])")


def test_every_page_is_built(site):
    docs = ROOT / "docs"
    sources = {
        p.relative_to(docs).as_posix().removesuffix(".md").removesuffix("index").rstrip("/") for p in docs.rglob("*.md")
    }
    assert set(pages(site)) == sources
