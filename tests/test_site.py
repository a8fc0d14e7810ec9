"""The built site: addresses, links, metadata, what is derived from records; a build repeats byte for byte."""

import filecmp
import gzip
import re
from urllib.parse import urljoin

import pytest
from lxml import etree

from edition.derived.dated import dated
from edition.derived.sources import load
from edition.derived.ties import ties
from edition.records import KINDS
from edition.text import day
from tests.built import REPOSITORY, dead_links, documents, status
from tools.site import ADDRESS, ROOT, SAMPLE, SUB_PATH, copy_specimen, pages, run_engine, serve


@pytest.fixture(scope="module")
def root_site(tmp_path_factory):
    """The specimen built for a domain's root, in another folder, time zone and locale."""
    folder = copy_specimen(tmp_path_factory.mktemp("elsewhere") / "deeper" / "site")
    result = run_engine("mkdocs", folder, SITE_URL="http://localhost/")
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site"


@pytest.mark.parametrize("sub_path", ["/", SUB_PATH])
def test_addresses_answer(sub_path, specimen, root_site, edition):
    places = [*(f"{path}/" if path else "" for path in pages(specimen)), *(f"{old}/" for old in edition.moved)]
    with serve(root_site if sub_path == "/" else specimen, sub_path) as url:
        assert {place: status(url + place) for place in places} == dict.fromkeys(places, 200)
        assert status(url + "nothing/here/") == 404


@pytest.mark.parametrize("sub_path", ["/", SUB_PATH])
def test_every_link_and_asset_is_there(sub_path, specimen, root_site):
    assert dead_links(root_site if sub_path == "/" else specimen, sub_path) == []


def test_canonical_addresses_and_sitemap_follow_the_site_address(specimen):
    base = ADDRESS
    canonical = {
        name: tree.xpath("//link[@rel='canonical']/@href")
        for name, tree in documents(specimen).items()
        if name != "404.html"
    }
    assert all(found == [base + name.removesuffix("index.html")] for name, found in canonical.items())
    sitemap = etree.parse(specimen / "sitemap.xml")
    assert sorted(sitemap.xpath("//*[local-name()='loc']/text()")) == sorted(url for (url,) in canonical.values())


def test_pages_have_their_own_title_and_description(specimen):
    trees = {name: tree for name, tree in documents(specimen).items() if name != "404.html"}
    titles = [tree.findtext(".//title") for tree in trees.values()]
    descriptions = [tree.xpath("string(//meta[@name='description']/@content)") for tree in trees.values()]
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)
    assert all(tree.xpath("count(//h1)") == 1 for tree in trees.values())


def test_article_has_each_paragraph_with_the_pages_that_rest_on_it(specimen, edition):
    tree = documents(specimen)["article/index.html"]
    for number in edition.vocabulary.numbers:
        heading = tree.xpath("//h2[@id=$id]", id=f"p{number}")
        assert len(heading) == 1
        assert heading[0].text_content().startswith(f"¶{number} ")
        following = [e for e in heading[0].itersiblings() if e.tag in ("h2", "p")]
        section = following[: next(n for n, e in enumerate(following) if e.tag == "h2")]
        assert section[-1].text_content().startswith("Pages that rest on this paragraph"), f"nothing rests on ¶{number}"


def test_backlinks_and_links_agree(specimen):
    """What a page cites, and only that, lists it among the pages that link to it."""
    trees = documents(specimen)
    listing = "*[preceding-sibling::*[1][@id='cited-by' or @id='rests-on']]"
    overviews = {"index.html", *(f"{section}/index.html" for section in KINDS if section != "concepts")}
    citing: dict[str, set[str]] = {}
    for name in trees.keys() - overviews:
        here = f"/{name.removesuffix('index.html')}"
        for link in trees[name].xpath(
            f"//article//a[not(ancestor::{listing} or ancestor::p[@class='ed-notes'])]/@href"
        ):
            target = re.sub(r".*#note-(.*)", r"/sources/\1/", urljoin(here, link)).split("#")[0]
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


def test_guarded_hosts_are_never_plain_links(specimen, edition):
    (end,) = edition.vocabulary.guarded_hosts
    guarded = edition.vocabulary.guarded_hosts[end]
    found = 0
    for name, tree in documents(specimen).items():
        for link in tree.xpath("//a[starts-with(@href, 'http')][contains(@href, $host)]", host=f"{end}/"):
            if "web.archive.org" in link.get("href"):
                continue
            assert set(link.get("rel", "").split()) == {"noreferrer", "nofollow"}, name
            assert f"({guarded.label}: {guarded.warning})" in link.getparent().text_content()
            assert link.xpath("following-sibling::a[contains(@href, 'web.archive.org')]")
            found += 1
    assert found, "no page has a guarded host"


def test_pages_ask_for_no_referrer(specimen):
    for name, tree in documents(specimen).items():
        assert tree.xpath("//meta[@name='referrer']/@content") == ["no-referrer"], name


def test_names_are_in_the_text_and_in_what_search_reads(specimen):
    trees = documents(specimen)
    index = (specimen / "search/names.json").read_text("utf-8")
    edition = load(str(SAMPLE / "docs"))
    for page in edition.entries.values():
        text = " ".join(trees[f"{page.folder}/{page.id}/index.html"].xpath("//article")[0].text_content().split())
        for name in page.front.get("names", []):
            assert name["text"] in text
    assert "Gachi Baduk" in index


def test_builds_repeat_byte_for_byte(specimen, tmp_path):
    folder = copy_specimen(tmp_path / "another folder")
    result = run_engine(
        "mkdocs", folder, TZ="Asia/Pyongyang", LC_ALL="tr_TR.UTF-8", PYTHONHASHSEED="7", REPOSITORY_URL=REPOSITORY
    )
    assert result.returncode == 0, result.stdout + result.stderr
    left = sorted(p.relative_to(specimen) for p in specimen.rglob("*") if p.is_file())
    right = sorted(p.relative_to(folder / "site") for p in (folder / "site").rglob("*") if p.is_file())
    assert left == right
    _, different, errors = filecmp.cmpfiles(specimen, folder / "site", [str(p) for p in left], shallow=False)
    assert (different, errors) == ([], [])


def test_a_bad_record_stops_the_build_and_leaves_no_site(tmp_path):
    folder = copy_specimen(tmp_path / "site")
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("an earlier build")
    page = folder / "docs/projects/parrot.md"
    page.write_text(page.read_text("utf-8").replace("field: interpreting\n", "field: chess\n"), "utf-8")
    result = run_engine("mkdocs", folder)
    assert result.returncode != 0
    assert "docs/projects/parrot.md:" in result.stderr
    assert "field: is 'chess'; must be one of" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (folder / "site").exists()


def test_a_failure_while_writing_leaves_no_site(tmp_path):
    folder = copy_specimen(tmp_path / "site")
    template = folder / "overrides" / "main.html"
    fault = '{% block content %}{{ 1 / 0 if page.meta.kind == "source" }}'
    template.write_text(template.read_text("utf-8").replace("{%- block content %}", fault), "utf-8")
    assert run_engine("mkdocs", folder).returncode != 0
    assert not (folder / "site").exists()


def test_tournament_chart_and_table_agree_with_the_record(specimen):
    results = load(str(SAMPLE / "docs")).pages["projects/magpie.md"].front["tournaments"]
    tree = documents(specimen)["projects/magpie/index.html"]
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


def test_board_has_every_tracked_claim_with_its_record(specimen):
    edition = load(str(SAMPLE / "docs"))
    claims = [
        c
        for page in edition.pages.values()
        for c in page.front.get("claims", [])
        if c["kind"] in edition.vocabulary.states
    ]
    tree = documents(specimen)["prospects/index.html"]
    rows = tree.xpath("//h2[@id='board']/following-sibling::div[@class='ed-board']//tbody/tr")
    told = {
        row.xpath("string(td[1]/a)"): (row.xpath("string(.//@data-kind)"), *row.xpath("td[position() > 1]"))
        for row in rows
    }
    assert set(told) == {claim["text"] for claim in claims}

    def labels(ids):
        return ", ".join(edition.source(id_).title for id_ in ids) or "none"

    for claim in claims:
        since = claim["since"]
        kind, *cells = told[claim["text"]]
        state, supports, contradicts, sure = (cell.text_content().strip() for cell in cells)
        assert (kind, state.lower()) == (claim["kind"], since["state"])
        assert (supports, contradicts) == (labels(since["supports"]), labels(since["contradicts"]))
        assert sure == f"{since['confidence'].capitalize()}, {day(since['as_of'])}"
    definitions = tree.xpath("string(//h2[@id='board']/following-sibling::details[1])")
    assert all(meaning in definitions for states in edition.vocabulary.states.values() for meaning in states.values())


def test_pages_tell_what_was_looked_for(specimen):
    """Beside each tracked claim stand its kind, its state, what was looked for, what bears on it, how sure and when."""
    edition = load(str(SAMPLE / "docs"))
    for page in edition.entries.values():
        claims = [claim for claim in page.front.get("claims", []) if "since" in claim]
        tree = documents(specimen)[f"{page.folder}/{page.id}/index.html"]
        rows = tree.xpath(
            "//h3[@id='claims']/following-sibling::div[@class='ed-tracker'][1]//tbody/tr[td/span[@data-state]]"
        )
        assert len(rows) == len(claims), page.id
        for row, claim in zip(rows, claims, strict=True):
            since, text = claim["since"], " ".join(row.text_content().split())
            told = [claim["text"], since["found"], since["looked_for"], since["confidence"], day(since["as_of"])]
            told += [edition.vocabulary.claim_kinds[claim["kind"]], since["state"].capitalize()]
            noted = {note.removeprefix("#note-") for note in row.xpath(".//sup/a/@href")}
            assert noted >= {id_ for key in EVIDENCE for id_ in since[key]}
            assert [each for each in told if " ".join(each.split()) not in text] == [], claim["id"]


EVIDENCE = ("supports", "contradicts", "context")


NEWCOMER = """\
---
title: Newcomer
names:
  - text: Newcomer
    system: article
    status: confirmed
field: board-games
relations:
  - kind: maker
    to: language-academy
    certainty: disputed
    cites: [p3]
events:
  - date: "1977-07"
    dated: event
    voice: official
    disputed: true
    text: Newcomer is shown.
    cites: [gazette-2001]
---

A Go program made up for a test. [@p3]

## In the article

It is like [Magpie](magpie.md), it is said. [¶3](../article/index.md#p3)
"""


def test_an_added_entry_stands_in_every_derived_part(tmp_path):
    folder = copy_specimen(tmp_path / "site")
    (folder / "docs/projects/newcomer.md").write_text(NEWCOMER, "utf-8")
    result = run_engine("mkdocs", folder)
    assert result.returncode == 0, result.stdout + result.stderr
    trees = documents(folder / "site")

    def links(page, where):
        return [link.get("href") for link in trees[f"{page}index.html"].xpath(f"//article{where}//a")]

    assert "newcomer/" in links("projects/", "//figure[@class='ed-makers']")
    (row,) = trees["projects/index.html"].xpath("//div[@class='ed-index']//tr[td/a[@href='newcomer/']]")
    assert row.xpath(".//@data-field | .//@data-maker") == ["board-games", "language-academy"]
    (row,) = trees["timeline/index.html"].xpath("//tr[.//span[@data-page='newcomer']]")
    assert row.xpath("string(td[1])") == "July 1977"
    assert row.xpath(".//@data-voice") == ["official"]
    assert row.xpath(".//@data-standing") == ["disputed"]
    see_also = trees["projects/magpie/index.html"].xpath("//h2[@id='see-also']/following-sibling::ul[1]/li")
    assert "Newcomer: It is like Magpie, it is said." in [item.text_content().strip() for item in see_also]
    steps = trees["projects/newcomer/index.html"].xpath("//nav[@class='ed-steps']/a/@href")
    assert steps == ["../lantern/"], "an entry that navigation does not name is the last of its section"
    resting = trees["article/index.html"].xpath("//p[contains(@class, 'ed-resting')]/a/@href")
    assert "../projects/newcomer/" in resting


def test_records_that_cannot_be_drawn_stop_the_build_with_their_lines(tmp_path):
    folder = copy_specimen(tmp_path / "site")
    page = folder / "docs/projects/parrot.md"
    text = page.read_text("utf-8")
    broken = (
        text.replace("field: interpreting\n", "field: chess\n")
        .replace("to: language-academy", "to: growth")
        .replace('date: "2019-05"', 'date: "the nineties"', 1)
    )
    page.write_text(broken, "utf-8")

    def line(start):
        return next(number for number, each in enumerate(broken.split("\n"), 1) if each.strip().startswith(start))

    result = run_engine("mkdocs", folder)
    assert result.returncode != 0
    assert f"docs/projects/parrot.md:{line('field: chess')}: field: is 'chess'; must be one of" in result.stderr
    assert (
        f"docs/projects/parrot.md:{line('- date: ')}: events[0].date: is 'the nineties', which is no date"
        in result.stderr
    )
    page.write_text(text.replace("to: language-academy", "to: growth"), "utf-8")
    result = run_engine("mkdocs", folder)
    assert result.returncode != 0
    assert "relations[0].to: names 'growth', which is no institution" in result.stderr
    assert not (folder / "site").exists()


def test_the_table_of_makers_has_every_project_under_its_makers(specimen):
    edition = load(str(SAMPLE / "docs"))
    (figure,) = documents(specimen)["projects/index.html"].xpath("//figure[@class='ed-makers']")
    shown = [
        (
            row.xpath("string(th)"),
            cell.get("data-head"),
            link.text,
            link.xpath("string(following-sibling::*[1][self::span])"),
        )
        for row in figure.iter("tr")
        for cell in row.iter("td")
        for link in cell.iter("a")
    ]
    groups = {field: name for name, fields in edition.vocabulary.field_groups.items() for field in fields}
    expected = []
    for tie in ties(edition):
        page, maker = edition.entries[tie.project], edition.entries.get(tie.maker)
        signs = {"reported": "“”\xa0maker as ", "disputed": "≠\xa0maker ", "inferred": "≈\xa0maker "}
        doubts = [signs[tie.certainty] + tie.certainty] if tie.certainty in signs else []
        doubts += ["≠\xa0purpose disputed"] if page.front.get("field_disputed") else []
        name = maker.title if maker else tie.maker or "Maker not known"
        expected.append((name, groups[page.front["field"]], page.title, f"({', '.join(doubts)})" if doubts else ""))
    assert sorted(shown) == sorted(expected)
    told = " ".join(told for *_, told in shown)
    doubts = ("maker as reported", "maker disputed", "maker inferred", "purpose disputed")
    assert all(doubt in told for doubt in doubts)
    assert "certain)" not in figure.text_content()
    assert set(figure.xpath(".//span[@aria-hidden='true']/text()")) == {"“”", "≠", "≈"}
    legend = figure.xpath("string(figcaption)")
    assert all(f"{kind}: " in legend for kind in ("As reported", "Disputed", "Inferred"))
    assert [row.xpath("string(th)") for row in figure.iter("tr")][-1] == "Maker not known"
    idle = {page.title for page in edition.entries.values() if page.folder == "institutions"} - {
        row[0] for row in shown
    }
    assert idle
    assert not idle & {link.text for link in figure.iter("a")}


def test_timeline_has_every_dated_statement_in_order(specimen):
    edition = load(str(SAMPLE / "docs"))
    tree = documents(specimen)["timeline/index.html"]
    rows = tree.xpath("//div[@class='ed-timeline']//tbody/tr")
    assert len(rows) == len(dated(edition)) > 0
    years = [int(re.search(r"\d{4}", row.xpath("string(td[1])"))[0]) for row in rows]
    assert years == sorted(years, reverse=True)
    assert all(row.xpath("td[3]//a/@href") for row in rows)
    own = {
        int(re.search(r"\d{4}", row.xpath("string(td[1])"))[0])
        for row in rows
        if row.xpath(".//*[@data-voice='article']")
    }
    assert own == {1954, 1982}
    first = edition.vocabulary.first_year
    bars = tree.xpath("//figure[@class='ed-strip']//*[name()='a']/*[name()='path'][2]/@d")
    assert sum(int(bar.rpartition("v-")[2]) for bar in bars) == len([year for year in years if year >= first])
    headings = tree.xpath("//h2[following-sibling::div[1][@class='ed-timeline']]/@id")
    assert tree.xpath("//figure[@class='ed-strip']//*[name()='a']/@href") == [
        *(f"#{id_}" for id_ in headings[-2::-1]),
        f"#{headings[-1]}",
    ]
    ids = [row.get("id") for row in rows]
    assert len(set(ids)) == len(ids)
    assert all(row.xpath("td[1]/a/@href") == [f"#{row.get('id')}"] for row in rows)


def test_what_a_page_rests_on_is_what_it_cites(specimen):
    for name, tree in documents(specimen).items():
        (article,) = tree.xpath("//article")
        notes = article.xpath("ol[@class='ed-notes']/li")
        numbers = {note.get("id"): str(number) for number, note in enumerate(notes, 1)}
        for note in notes:
            assert note.xpath("a/@href")[0].endswith(f"sources/{note.get('id').removeprefix('note-')}/")
            assert note.xpath("string()").count(".") > 1, "each says what its source says"
        shown = article.xpath(".//sup[@class='ed-note']/a[starts-with(@href, '#')]")
        assert {(link.get("href")[1:], link.text.split(",")[0]) for link in shown} <= set(numbers.items()), name
        firsts = dict.fromkeys(int(link.text.split(",")[0]) for link in shown)
        if name.startswith(("institutions/", "projects/", "prospects/")) and notes:
            alone = {
                f"note-{link.rstrip('/').rpartition('/')[2]}" for link in article.xpath(".//dd/a/@href | .//td/a/@href")
            }
            assert list(firsts) == sorted(firsts), f"{name}: numbers run in the order of the text"
            assert set(numbers) <= {link.get("href")[1:] for link in shown} | alone, name


def test_citations_can_be_followed_from_paper(specimen):
    """Every source that a page cites stands on its paper with its address, if it has one."""
    edition = load(str(SAMPLE / "docs"))
    urls = {page.id: "url" in page.front for page in edition.pages.values() if page.folder == "sources"}
    for name, tree in documents(specimen).items():
        if name.startswith("sources/"):
            continue
        listed = tree.xpath(
            "//h2[@id='rests-on']/following-sibling::ul[1]/li | //*[@class='ed-notes'][self::p] | //ol/li"
        )
        printed = {}
        for item in listed:
            for link in item.xpath("a[contains(@href, 'sources/')]/@href"):
                printed[link.rstrip("/").rpartition("/")[2]] = bool(item.xpath("span[@class='ed-paper']"))
        cited = {
            link.rstrip("/").rpartition("/")[2]
            for link in tree.xpath("//article//a/@href")
            if re.search(r"(^|/)sources/[^/]+/$", link)
        }
        # The list of these two would be as long as they are; the pages that their rows lead to have it.
        if name not in ("timeline/index.html", "prospects/index.html"):
            assert cited <= set(printed), name
        assert all(printed[id_] == urls[id_] for id_ in printed), name


def test_a_disputed_fact_leads_to_what_others_say(specimen):
    tree = documents(specimen)["projects/parrot/index.html"]
    pointers = tree.xpath("//div[@class='ed-facts']//dd/a[text()='disputed']/@href")
    assert pointers == ["#how-good-it-is", "#the-maker"]
    assert {pointer.removeprefix("#") for pointer in pointers} <= set(tree.xpath("//h3/@id"))


def test_home_answers_in_ten_seconds(specimen):
    tree = documents(specimen)["index.html"]
    order = ["what-is-known", "latest", "questions", "forecasts", "citation"]
    assert [id_ for id_ in tree.xpath("//h2/@id") if id_ in order] == order
    dates = tree.xpath("//ul[@class='ed-latest']/li/a[1]/@href")
    rows = documents(specimen)["timeline/index.html"].xpath("//tr/@id")
    assert len(dates) > 5
    assert [href.removeprefix("timeline/#") for href in dates] == [id_ for id_ in rows if f"timeline/#{id_}" in dates]
    edition = load(str(SAMPLE / "docs"))
    for section in ("institutions", "projects", "prospects"):
        (door,) = tree.xpath(f"//div[@class='ed-doors']//li[.//a[@href='{section}/']]")
        number = sum(page.folder == section for page in edition.entries.values())
        assert f"{number} pages" in door.text_content()
    assert tree.xpath("//form[@class='ed-ask']//input/@name") == ["q"]
    forecasts = [c for page in edition.entries.values() for c in page.front.get("claims", []) if "since" in c]
    (told,) = tree.xpath("//h2[@id='forecasts']/following-sibling::ul[1]")
    counts = [int(count) for link in told.xpath(".//a") for count in re.findall(r"^ (\d+)", link.tail)]
    assert len(counts) == len(told.xpath(".//a"))
    assert sum(counts) == len(forecasts)
    marks = tree.xpath("//ul[@class='ed-marks']//a")
    assert [mark.get("data-sign") for mark in marks].count("none") == sum(
        edition.vocabulary.signs[claim["since"]["state"]] == "none" for claim in forecasts
    )
    board = documents(specimen)["prospects/index.html"].xpath("//div[@class='ed-board']//td[1]//@id")
    assert sorted(mark.get("href") for mark in marks) == sorted(f"prospects/#{id_}" for id_ in board)
    assert len(marks) == len(forecasts)
    assert all("#board" in link for link in told.xpath(".//a/@href"))


ASSETS = ROOT / "overrides/assets"


def weight(*names):
    """Return the bytes of some of our assets, each compressed with gzip."""
    return sum(len(gzip.compress((ASSETS / name).read_bytes())) for name in names)


def test_styles_and_scripts_stay_small():
    assert weight(*ASSETS.glob("stylesheets/*.css")) <= 9000
    # Before anyone asks for search.
    scripts = {path for path in ASSETS.glob("javascripts/*.js") if not path.name.startswith("search")}
    assert weight(*scripts) < 8000
    assert weight("javascripts/site.js", "javascripts/previews.js") <= 4096


def test_the_heading_comes_before_the_contents_of_the_page(specimen):
    for name, tree in documents(specimen).items():
        order = [each.tag for each in tree.iter() if each.tag == "h1" or each.get("id") == "contents"]
        assert order in (["h1"], ["h1", "nav"]), name


def test_terms_are_marked_once_a_page_and_can_be_focused(specimen):
    for name, tree in documents(specimen).items():
        titles = tree.xpath("//article//abbr/@title")
        assert len(titles) == len(set(titles)), name
        assert all(tree.xpath("//article//abbr[@tabindex='0']/@title")) or not titles
        assert tree.xpath("count(//article//abbr)") == tree.xpath("count(//article//abbr[@tabindex='0'])")


def test_every_page_is_built(specimen):
    docs = SAMPLE / "docs"
    sources = {
        p.relative_to(docs).as_posix().removesuffix(".md").removesuffix("index").rstrip("/") for p in docs.rglob("*.md")
    }
    assert set(pages(specimen)) == sources
