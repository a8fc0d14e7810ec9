"""The downloads: each row of a table stands for a record, every file and schema tells the same, the page lists all."""

import csv
import json
from collections import Counter

import frictionless
import pytest
from jsonschema import Draft202012Validator
from lxml import html

from edition import records
from edition.citations.formats import FORMATS, LISTED, OWN
from edition.derived import tables as defined
from edition.derived.dated import dated
from edition.derived.tables import TABLES, TYPES, version
from edition.reading.site import Site
from tools.site import ADDRESS, SAMPLE


@pytest.fixture(scope="module")
def tables(specimen):
    """The rows of each CSV file, by the name of its table."""
    found = {}
    for file in (specimen / "data").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as text:
            found[file.stem] = list(csv.DictReader(text, strict=True))
    return found


@pytest.fixture(scope="module")
def document(specimen):
    """The JSON document."""
    return json.loads((specimen / "data/data.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def package(specimen):
    """The descriptor of the CSV files."""
    return json.loads((specimen / "data/datapackage.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def page(specimen):
    """The page of the data."""
    return html.document_fromstring((specimen / "data/index.html").read_text("utf-8"))


def test_data_package_is_valid(specimen, package):
    report = frictionless.validate(specimen / "data/datapackage.json")
    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []
    assert report.valid
    assert [task.name for task in report.tasks] == [resource["name"] for resource in package["resources"]]


@pytest.mark.parametrize(
    ("file", "old", "new", "error"),
    [
        ("names.csv", "\r\nparrot,Parrot,", "\r\nnobody,Parrot,", "foreign-key"),
        ("claims.csv", ",report,3,", ",rumour,3,", "constraint-error"),
        ("claims.csv", ",report,3,", ",report,third,", "type-error"),
        ("terms.csv", "\r\ncorpus,", "\r\ngazette,", "primary-key"),
        ("relations.csv", ",to,name,", ",name,to,", "incorrect-label"),
    ],
    ids=["foreign key", "vocabulary", "type", "primary key", "header"],
)
def test_data_package_tells_of_a_wrong_row(specimen, tmp_path, file, old, new, error):
    for each in (specimen / "data").iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes())
    text = (tmp_path / file).read_bytes().decode("utf-8")
    assert old in text
    (tmp_path / file).write_bytes(text.replace(old, new).encode("utf-8"))
    assert error in {found for (found,) in frictionless.validate(tmp_path / "datapackage.json").flatten(["type"])}


def test_each_row_stands_for_a_record(edition, tables):
    entries = [page for page in edition.pages.values() if page.is_entry]

    def those(key):
        return [(page.id, record) for page in entries for record in page.front.get(key, [])]

    assert {name: len(rows) for name, rows in tables.items()} == {
        "entries": len(entries),
        "names": len(those("names")),
        "relations": len(those("relations")),
        "claims": len(those("claims")),
        "timeline": len(dated(edition)),
        "tournaments": len(those("tournaments")),
        "terms": len(edition.terms),
        "sources": len(edition.ids("sources")),
    }
    for table, key in (("names", "text"), ("relations", "kind"), ("claims", "text"), ("tournaments", "event")):
        found = Counter((row["entry"], row[key]) for row in tables[table])
        assert found == Counter((entry, record[key]) for entry, record in those(table))
    assert {row["id"] for row in tables["entries"]} == set(edition.entries)
    assert {row["id"] for row in tables["sources"]} == edition.ids("sources")
    assert [row["id"] for row in tables["terms"]] == [term.id for term in edition.terms]
    assert [(row["date"], row["text"]) for row in tables["timeline"]] == [
        (each.date, each.text) for each in dated(edition)
    ]


def test_rows_tell_what_the_records_tell(tables):
    (entry,) = (row for row in tables["entries"] if row["id"] == "parrot")
    assert entry["address"] == f"{ADDRESS}projects/parrot/"
    assert (entry["section"], entry["title"], entry["in_article"]) == ("projects", "Parrot", "true")
    told = [entry[column] for column in ("field", "field_disputed", "area", "part")]
    assert told == ["interpreting", "true", "language-tools", ""]
    assert entry["cites"] == "p3 gazette-2019-05-02 observer-2025-03"
    (name,) = (row for row in tables["names"] if row["text"] == "별" and row["entry"] == "first")
    assert (name["system"], name["language"], name["shared_with"]) == ("korean", "ko", "second")
    (source,) = (row for row in tables["sources"] if row["id"] == "observer-2025-03")
    assert (source["authors"], source["outlet"]) == ("Freedonian Translators’ Union; Doe, Jane", "Observer")
    (claim,) = (row for row in tables["claims"] if row["id"] == "jobs-feared")
    assert (claim["kind"], claim["state"], claim["confidence"]) == ("concern", "half shown", "low")
    assert (claim["supports"], claim["contradicts"]) == ("observer-2025-03", "encyclopedia-undated")
    (term,) = (row for row in tables["terms"] if row["id"] == "corpus")
    assert (term["korean"], term["forms"]) == ("말뭉치", "corpus; corpora")
    (result,) = (row for row in tables["tournaments"] if "41 teams" in row["note"])
    assert result["entrants"] == "41"


def test_each_column_has_a_value_somewhere(tables):
    empty = {(name, column) for name, rows in tables.items() for column in rows[0] if not any(r[column] for r in rows)}
    assert empty == set()


def test_keys_join(edition, tables, package):
    addresses = {row["address"] for table in ("entries", "sources") for row in tables[table]}
    ids = {table: {row["id"] for row in tables[table]} for table in ("entries", "sources")}
    paragraphs = {f"p{number}" for number in edition.vocabulary.numbers}
    foreign = set()
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        if key := schema.get("primaryKey"):
            assert max(Counter(tuple(row[part] for part in key) for row in tables[name]).values()) == 1
        for link in schema.get("foreignKeys", []):
            foreign.add((name, link["fields"]))
            assert {row[link["fields"]] for row in tables[name]} - {""} <= ids[link["reference"]["resource"]]
        for column in {"cites", "supports", "contradicts", "context"} & set(tables[name][0]):
            assert {ref for row in tables[name] for ref in row[column].split()} <= ids["sources"] | paragraphs
    joined = {("relations", "to"), ("names", "source"), ("names", "shared_with")}
    assert foreign == joined | {(name, "entry") for name in ("names", "relations", "claims", "tournaments")}
    assert {entry for row in tables["timeline"] for entry in row["entries"].split()} <= ids["entries"]
    glossary = f"{ADDRESS}concepts/"
    assert {row["address"] for row in tables["timeline"]} <= {*addresses, glossary}


def test_json_fits_its_schema(specimen, document):
    schema = json.loads((specimen / "data/schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert list(validator.iter_errors(document)) == []
    for table, column, wrong in (
        ("entries", "field", "chess"),
        ("entries", "in_article", "true"),
        ("claims", "paragraph", "3"),
        ("names", "text", None),
        ("terms", "forms", "one"),
        ("sources", "colour", "red"),
    ):
        row = {**document[table][0], column: wrong}
        assert not validator.is_valid({**document, table: [row]}), (table, column)
    assert not validator.is_valid({key: value for key, value in document.items() if key != "version"})


def test_json_has_the_rows_of_the_csv_files(tables, document):
    def cell(value, column):
        if isinstance(value, list):
            return ("; " if column in ("authors", "forms", "korean") else " ").join(value)
        return str(value).lower() if isinstance(value, bool) else str(value)

    for name, rows in tables.items():
        told = [{column: cell(value, column) for column, value in row.items()} for row in document[name]]
        assert [dict.fromkeys(row, "") | plain for row, plain in zip(rows, told, strict=True)] == rows
    assert set(document) - set(tables) == {"name", "address", "licence", "version"}


def test_lists_in_a_cell_can_be_told_apart(document):
    separators = {column.name: TYPES[column.type].separator for table in TABLES for column in table.columns}
    for name in (table.name for table in TABLES):
        for row in document[name]:
            for column, value in row.items():
                assert not isinstance(value, list) or not any(separators[column] in each for each in value), row


def test_page_lists_every_table_with_every_column(page, tables, package):
    for resource in package["resources"]:
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert list(tables[resource["name"]][0]) == fields
        (table,) = page.xpath(f"//h2[@id='{resource['name']}']/following-sibling::div[1]/table")
        assert table.xpath(".//td[1]/code/text()") == fields
        assert all(cell.text_content().strip() for cell in table.xpath(".//td"))
        (told,) = page.xpath(f"//h2[@id='{resource['name']}']/following-sibling::p[1]")
        assert f" {len(tables[resource['name']])} rows" in told.text_content()


def test_page_links_every_file(specimen, page):
    links = page.xpath("//h2[@id='downloads']/following-sibling::ul[1][@class='ed-files']/li/a/@href")
    beside = {f"{name}.{ending}" for name in (OWN, LISTED) for ending in FORMATS}
    written = {file.name for file in (specimen / "data").iterdir()} - {"index.html", "index.md", *beside}
    assert sorted(links) == sorted(written)
    assert page.xpath("//div[@class='ed-files']") == []


def test_version_is_the_day_of_the_newest_change(edition, page, document, package, tables):
    newest = max(change.date for change in edition.changes)
    assert document["version"] == package["version"] == newest
    (told,) = page.xpath("//h2[@id='version']/following-sibling::p[contains(., 'This is version')]")
    assert told.text_content() == f"This is version {newest}."
    first = {row["id"]: row["first_published"] for row in tables["entries"]}
    assert first == {entry.id: edition.dates(entry)[0] for entry in edition.entries.values()}
    assert {row["revised"] for row in tables["entries"]} <= {"", *(change.date for change in edition.changes)}
    assert document["address"] == ADDRESS
    assert package["homepage"] == f"{ADDRESS}data/"
    assert document["licence"] == package["licenses"][0]["name"] == "CC-BY-4.0"


def test_a_page_that_changed_later_is_revised(edition):
    changed = Site.read(SAMPLE / "docs")
    change = records.Change.model_construct(date="2026-12-01", pages=["projects/parrot"], text="More.")
    changed.pages["about/index.md"].record.changes.insert(0, change)
    rows = {row["id"]: row for row in defined.rows(TABLES[0], changed)}
    assert (rows["parrot"]["revised"], rows["echo"]["revised"]) == ("2026-12-01", None)
    assert version(changed) == "2026-12-01"


def test_csv_files_are_as_rfc_4180_has_them(specimen):
    for file in (specimen / "data").glob("*.csv"):
        text = file.read_bytes().decode("utf-8")
        assert text.endswith("\r\n")
        assert text.count("\n") == text.count("\r\n")
        assert len({len(row) for row in csv.reader(text.splitlines(keepends=True))}) == 1
