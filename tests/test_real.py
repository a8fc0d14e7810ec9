"""The real site: that it builds, that its addresses and links lead somewhere, that search finds what readers seek.

What the engine does is tested on the specimen; these tests hold whatever the
entries say, so that a sound new one breaks none.
"""

import gzip
import re
import shlex

import pytest
import yaml
from lxml import html

from edition.derived import persons
from edition.derived.sources import configured
from edition.text import web_address
from tests.built import dead_links, documents, status
from tools.search import listed, right, size
from tools.site import ADDRESS, ROOT, SUB_PATH, pages

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


@pytest.fixture(scope="module")
def real_edition():
    """The records of the real site."""
    return configured(
        {"docs_dir": ROOT / "docs", "site_url": ADDRESS, "site_name": "AI in North Korea", "site_description": ""}
    )


def test_strict_build_prints_no_warning(built):
    _, printed = built
    assert "Documentation built" in printed
    assert "WARNING" not in printed
    assert "ERROR" not in printed


def test_published_addresses_answer(address, real_edition):
    places = [*published(), *(f"{old}/" for old in real_edition.moved)]
    assert {place: status(address + place) for place in places} == dict.fromkeys(places, 200)


def test_every_link_and_asset_is_there(site):
    assert dead_links(site, SUB_PATH) == []


def test_every_page_is_built(site):
    docs = ROOT / "docs"
    sources = {
        p.relative_to(docs).as_posix().removesuffix(".md").removesuffix("index").rstrip("/") for p in docs.rglob("*.md")
    }
    assert set(pages(site)) == sources


def test_pages_have_their_own_title_and_description(site):
    trees = {name: tree for name, tree in documents(site).items() if name != "404.html"}
    titles = [tree.findtext(".//title") for tree in trees.values()]
    descriptions = [tree.xpath("string(//meta[@name='description']/@content)") for tree in trees.values()]
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)


CRAWLED = [
    "",
    "article/",
    "projects/",
    "projects/kcc-patuk/",
    "prospects/security-implications/",
    "timeline/",
    "sources/ha-2024/",
]
"""A few pages, the longest and widest of their kinds."""


def test_no_long_page_leaves_the_site_errs_or_scrolls_sideways(visit, address):
    page = visit("", at=address)
    for path in CRAWLED:
        page.goto(address + path)
        for width in (320, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                page.faults.append(f"{page.url} scrolls sideways at {width}")
    assert page.faults == []


@pytest.mark.parametrize("name", ["own", "independent"])
def test_listed_queries_find_their_page(dialog, address, name):
    page = dialog(address)
    rows = listed(name)
    found = {row["query"]: page.ask(row["query"]) for row in rows}
    wrong = [(row, found[row["query"]][:3]) for row in rows if not right(found[row["query"]], row["find"])]
    assert len(wrong) <= 0.03 * len(rows), wrong
    assert [each for each in wrong if not right(found[each[0]["query"]], each[0]["find"], 3)] == []
    assert page.faults == []


def test_lists_hold_every_kind_of_query():
    lists = {name: listed(name) for name in ("own", "independent")}
    rows = lists["own"] + lists["independent"]
    assert len(rows) >= 200
    assert len(lists["independent"]) >= len(rows) / 2
    assert sum(not row["find"] for row in rows) >= 15
    kinds = "exact hangul half-typed romanization press english abbreviation slip topic words phrase nothing"
    for list_rows in lists.values():
        assert {row["kind"] for row in list_rows} == set(kinds.split())


def test_every_entry_is_found_by_its_title(dialog, address, real_edition):
    page = dialog(address)
    for entry in real_edition.entries.values():
        found = page.ask(entry.title)
        assert right(found, [entry.path.replace(".md", "/")], 3), (entry.path, found[:3])


def test_what_search_reads_stays_small(site):
    assert size(site / "search/names.json") <= 16_000
    texts = {file.stem: size(file) for file in (site / "search/text").iterdir()}
    assert max(texts.values()) <= 80_000, texts


def test_each_address_that_search_knows_is_there(dialog, address, site):
    """Some ids of headings are left out of the file and worked out in the browser."""
    places = dialog(address).evaluate(
        """async base => {
          const { Index } = await import(base + "assets/javascripts/search/index.js");
          return new Index(await (await fetch(base + "search/names.json")).json()).places.map(({ url }) => url);
        }""",
        address,
    )
    trees = documents(site)
    assert len(places) > len(trees)
    for place in places:
        path, _, id_ = place.partition("#")
        assert not id_ or trees[f"{path}index.html"].xpath("//*[@id=$id]", id=id_), place


LIMIT = 3072
"""Bytes that metadata may add to a page as it is sent."""

ADDED = re.compile(
    r"""(?s)<script type="application/ld\+json">.*?</script>"""
    r"""|<(?:meta (?:name="(?:citation_|DC)|property="article:)|link rel="schema\.)[^>]*>"""
)
"""What the metadata of a page adds to it; the tags for links shared elsewhere were there before."""


def test_metadata_stays_small(site):
    """On every page but sources, and on every twentieth of those: their records are of one size."""
    sizes = {}
    names = [name for name in documents(site) if name.count("/") < 2 or not name.startswith("sources/")]
    for name in names + [name for name in documents(site) if name not in names][::20]:
        text = (site / name).read_text("utf-8")
        sizes[name] = len(gzip.compress(text.encode())) - len(gzip.compress(ADDED.sub("", text).encode()))
    assert {page: size for page, size in sizes.items() if size > LIMIT} == {}
    assert max(sizes.values()) > 500, "nothing was measured"


def test_claims_cover_every_paragraph_and_name(real_edition):
    claims = [claim for page in real_edition.pages.values() for claim in page.front.get("claims", [])]
    assert {claim["paragraph"] for claim in claims} == set(real_edition.vocabulary.numbers)
    assert {claim["kind"] for claim in claims} == set(real_edition.vocabulary.claim_kinds)


SILENT = ("chongsong", "pangjoja")
"""Entries of which nothing was found but in the article."""


def test_every_institution_and_project_tells_what_is_known_elsewhere_and_what_is_not(real_edition):
    for page in real_edition.entries.values():
        if page.folder in ("institutions", "projects"):
            assert "\n## Not known\n" in page.body, page.id
            assert "## What is reported\n" in page.body or page.id in SILENT, page.id


def test_the_check_of_outside_links_asks_no_north_korean_host(real_edition):
    """No host is asked here: what the check would leave out is told by its options."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/links.yml").read_text("utf-8"))
    steps = workflow["jobs"]["links"]["steps"]
    [options] = [shlex.split(step["with"]["args"]) for step in steps if "lychee-action" in step.get("uses", "")]
    left_out = re.compile(options[options.index("--exclude") + 1])
    # Followed, a redirect might lead to one.
    assert options[options.index("--max-redirects") + 1] == "0"
    urls = {web_address(page.front["url"]) for page in real_edition.pages.values() if "url" in page.front}
    urls |= {"https://naenara.com.kp/", "http://kcna.kp:8080/x", "http://kp.example.org/a.kp/"}
    north_korean = {url for url in urls if real_edition.vocabulary.guarded(url)}
    assert len(north_korean) > 10
    assert {url for url in urls if left_out.search(url)} == north_korean


GENERAL = {
    # word of this edition that the engine may have all the same: why
    "article": "every edition is that of an article; the engine reads the voice of this name",
    "concern": "a description of the data tells what a state is of",
    "forecast": "what the engine calls a claim of which it tracks what came since",
    "google": "Google Scholar reads the tags in the head of pages",
    "judgement": "British spelling of an American word that the checks refuse",
    "recommendation": "a description of the data tells what a state is of",
    "recommendations": "the sentence above the tally of claims names their kinds",
    "report": "a kind of source in every edition, and in the vocabularies of others",
    "reporting": "the filter of entries by who names them has a value of this name",
    "robots": "robots.txt is a file of every site",
    "state": "what has become of a forecast, a key of its record",
    "the article": "every edition is that of an article",
}


def test_the_engine_holds_nothing_of_this_edition(real_edition):
    """No name, title or address of its records, nor a word of its vocabularies, stands in the engine."""
    vocabulary, article = real_edition.vocabulary, real_edition.source(real_edition.article_id).record
    words = {"North Korea", "North Korean", "DPRK", "Pyongyang", *vocabulary.guarded_hosts, *vocabulary.examples}
    for page in real_edition.entries.values():
        words |= {page.id, page.title, *(name.text for name in page.names)}
    for outlet in real_edition.outlets.values():
        words |= {outlet.id, outlet.title, *(name.text for name in outlet.names)}
    for person in real_edition.persons:
        words |= {person.native, f"{person.family} {person.given}", *person.known_as}
    words |= {page.id for page in real_edition.pages.values() if page.is_source}
    words |= {page.title for page in real_edition.pages.values() if page.is_source}
    words |= {article.work, article.publisher, *(author.given for author in article.by)}
    for labels in (vocabulary.fields, vocabulary.areas, vocabulary.voices, vocabulary.claim_kinds):
        words |= {*labels, *labels.values()}
    words = {word.casefold() for word in words if len(word) > 3 or word.startswith(".")} - set(GENERAL)
    assert len(words) > 500
    any_of = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!\w)")
    found = [
        (file.relative_to(ROOT).as_posix(), number, word)
        for file in sorted((ROOT / "edition").rglob("*.py"))
        for number, line in enumerate(file.read_text("utf-8").casefold().split("\n"), 1)
        for word in any_of.findall(line)
    ]
    assert found == []


def test_anchors_are_words(site):
    """Two headings alike, or one like the id of a claim, would get a number behind it."""
    numbered = [
        (name, id_)
        for name, tree in documents(site).items()
        for id_ in tree.xpath("//article//@id")
        if re.search(r"_\d+$", id_)
    ]
    assert numbered == []


def test_no_two_persons_on_record_are_one(real_edition):
    known = real_edition.persons
    assert list(persons.twins(known)) == []
    assert not [person.id for person in known if persons.slip(person.family, person.given)]


def test_the_article_is_cited_in_the_readme_as_on_its_page(site):
    told = html.parse(site / "article/index.html").xpath("string(//div[@class='ed-cite']//dd)")
    readme = re.sub("[*<>]", "", (ROOT / "README.md").read_text("utf-8"))
    assert told.strip() in " ".join(readme.split())


def test_the_repository_can_be_cited(real_edition):
    record = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert record["cff-version"] == "1.2.0"
    assert str(record["date-released"]) == real_edition.changes[0].date
    article = real_edition.source(real_edition.article_id).record
    (reference,) = record["references"]
    assert reference["title"] == article.work
    assert str(reference["date-released"]) == article.issued
    assert [(each["family-names"], each["given-names"]) for each in reference["authors"]] == [
        (each.family, each.given) for each in article.by
    ]
