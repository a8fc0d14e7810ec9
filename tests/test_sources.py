"""Records of sources: names that are turned round, labels, how ten kinds of records are cited, files for readers."""

import json
import re
from pathlib import Path

import pytest
import rispy
import yaml
from lxml import html
from pybtex.database import parse_string

from edition.citations import bibtex, csl, ris, styles
from edition.derived import persons
from edition.derived.links import links, sources_of
from tests.built import bibliography
from tools.site import ADDRESS

HERE = Path(__file__).parent
NAMES = yaml.safe_load((HERE / "names.yml").read_text("utf-8"))
CITED = yaml.safe_load((HERE / "citations.yml").read_text("utf-8"))


@pytest.mark.parametrize("pair", [*NAMES["turned"], *NAMES["cut"]], ids=", ".join)
def test_a_name_turned_round_is_told(pair):
    family, given = pair
    assert f"family: {given}, given: {family}" in persons.slip(*pair) or pair in NAMES["cut"]
    assert persons.slip(*pair)


@pytest.mark.parametrize("pair", NAMES["right"], ids=", ".join)
def test_a_name_as_it_should_be_passes(pair):
    assert persons.slip(*pair) == ""


@pytest.mark.parametrize("pair", NAMES["turned"], ids=", ".join)
def test_a_name_turned_back_passes(pair):
    family, given = pair
    assert persons.slip(given, family) == ""


def test_no_label_is_the_name_of_a_file(edition):
    """A label is an outlet or author with a date; words of the address that no reader knows are none."""
    labels = {page.id: page.title for page in edition.pages.values() if page.is_source}
    assert len(set(labels.values())) == len(labels)
    for id_, label in labels.items():
        if not edition.source(id_).record.label:
            who, _, when = label.rpartition(", ")
            assert who.partition(" via ")[0] == edition.source(id_).record.container, label
            assert re.fullmatch(DATED, when), label


DATED = r"\[?((\d+ )?[A-Z][a-z]+ )?\d{4}(\?\])?[a-z]?|undated(-[a-z])?"
"""The date in a label: a day, month or year, one that was inferred in brackets, and a letter where two are alike."""


@pytest.fixture(scope="module")
def cited(tmp_path_factory):
    """The ten records of `citations.yml`: the site of them, as CSL-JSON and in every style."""
    site = bibliography(tmp_path_factory.mktemp("cited"), CITED["records"], CITED["index"])
    items = csl.references(site)
    return site, items, styles.formatted(list(items.values()))


@pytest.mark.parametrize("id_", CITED["records"])
def test_ten_records_are_cited_as_worked_out_by_hand(cited, id_):
    site, items, styles = cited
    expected = CITED["expected"][id_]
    assert site.source(id_).title == expected["label"]
    assert styles[id_]["apa"] == expected["apa"]
    assert bibtex.entry(items[id_]) == expected["bib"]
    assert ris.reference(items[id_]).replace("ER  - \n", "ER  -\n") == expected["ris"]
    assert items[id_] == json.loads(expected["json"])


@pytest.fixture(scope="module")
def linked(specimen, edition):
    """The files for reference managers that each page links, by its path: ending → texts."""
    found = {}
    for path in edition.pages:
        folder = specimen / edition.url(path).removeprefix(ADDRESS)
        links = html.parse(folder / "index.html").xpath("//div[@class='ed-cite']//a/@href")
        found[path] = {link: (folder / link).read_text("utf-8") for link in links}
    return found


def test_every_page_links_its_citation_and_its_sources(linked, edition):
    for path, page in edition.pages.items():
        wanted = {"citation.bib", "citation.ris", "citation.json"}
        wanted |= {"cited.bib", "cited.ris"} if sources_of(page, edition) else set()
        assert set(linked[path]) == wanted, path
        item = csl.cited(page, edition)
        (read,) = rispy.loads(linked[path]["citation.ris"])
        assert (read["id"], read["title"]) == (item["id"], item["title"])
        assert list(parse_string(linked[path]["citation.bib"], "bibtex").entries) == [item["id"]]
    entries = [path for path, page in edition.pages.items() if page.is_entry]
    assert entries
    assert all("cited.ris" in linked[path] for path in entries)


def test_the_sources_of_a_page_are_read_back(linked, edition):
    for path, files in linked.items():
        if "cited.ris" not in files:
            continue
        ids = [source.id for source in sources_of(edition.pages[path], edition)]
        assert [each["id"] for each in rispy.loads(files["cited.ris"])] == ids, path
        assert list(parse_string(files["cited.bib"], "bibtex").entries) == ids, path
        direct = {link.target for link in links(edition)[path] if link.is_citation and link.target != path}
        direct = {target for target in direct if target.startswith("sources/")}
        assert direct <= {f"sources/{id_}.md" for id_ in ids}, path
    assert set(linked["sources/index.md"]) >= {"cited.ris", "cited.bib"}
    assert len(rispy.loads(linked["sources/index.md"]["cited.ris"])) == len(csl.references(edition))


def test_no_page_has_hidden_citations(specimen):
    """Reference managers would offer them in place of the page's own metadata."""
    assert not [file for file in specimen.rglob("*.html") if "Z3988" in file.read_text("utf-8")]
