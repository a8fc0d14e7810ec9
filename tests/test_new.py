"""Skeletons of new pages: their keys, what the checks tell of them, filled in and not, and arguments that are wrong."""

import shutil

import pytest

from edition import checks, records
from edition.reading.frontmatter import split
from edition.reading.site import read
from tools import new
from tools.site import SAMPLE

ENTRIES = [kind for kind in new.FOLDERS if kind != "source"]
FILLED = {
    'description: ""': "description: A thing that was made up for a test.",
    "cites: []": "cites: [p1, daily-2018]",
    "subjects: []\n": "",
    "relations: []\n": "",
    "events: []\n": "",
    'status: ""': "status: confirmed",
    'field: ""': "field: board-games",
    'part: ""': "part: theme",
    'id: ""': "id: something-is-said",
    'kind: ""': "kind: report",
    "paragraph: 0": "paragraph: 1",
    '    text: ""': "    text: The article says something.",
    "@p0": "@p1",
    "@source; @other-source": "@daily-2018",
    "@source": "@daily-2018",
}
"""What is empty in an entry, with something to fill it."""
ADDRESS = "https://www.gazette.example/2024/05/06/item"


@pytest.fixture
def docs(tmp_path):
    """The pages of a copy of the specimen."""
    shutil.copytree(SAMPLE, tmp_path / "sample")
    read.cache_clear()
    yield tmp_path / "sample/docs"
    read.cache_clear()


def printed(capsys, docs, *given):
    """Run the command; return its status, what it prints and what it says beside that."""
    read.cache_clear()
    status = new.main(list(given), str(docs))
    return status, *capsys.readouterr()


def problems(docs, path, text):
    """Return what the checks tell once a page is written, each without the line."""
    (docs / path).write_text(text, "utf-8")
    read.cache_clear()
    return [f"{each.key}: {each.message}" for each in checks.run(docs) if each.file == f"docs/{path}"]


@pytest.mark.parametrize("named", ["yes", "no"])
@pytest.mark.parametrize("kind", ENTRIES)
def test_the_skeleton_of_an_entry(capsys, docs, kind, named):
    status, text, hints = printed(capsys, docs, f"kind={kind}", "id=dark-horse", f"named={named}", "url=")
    path = f"{new.FOLDERS[kind]}/dark-horse.md"
    assert status == 0
    assert f"docs/{path}" in hints
    parts = split(text.encode())
    model = records.expected(path)[1]
    assert list(parts.meta) == [key for key in model.model_fields if key in parts.meta]
    assert {key for key, field in model.model_fields.items() if field.is_required()} <= parts.meta.keys()
    assert parts.body.startswith(new.LEAD)
    titles = [line[3:] for line in parts.body.split("\n") if line.startswith("## ")]
    assert [each for each in titles if each in checks.SECTIONS] == [each for each in checks.SECTIONS if each in titles]
    assert (titles[-1] in checks.ARTICLE_SECTIONS) == (named == "yes")
    assert parts.meta.get("in_article") is (None if named == "yes" else False)

    told = problems(docs, path, text)
    assert any("'source'" in each for each in told)
    assert not any("order" in each or "not a known key" in each or "missing" in each for each in told)
    for empty, filled in FILLED.items():
        text = text.replace(empty, filled)
    assert problems(docs, path, text) == []


def test_titles_follow_from_ids(capsys, docs):
    for kind, id_, title in (
        ("project", "dark-horse", "title: Dark Horse\n"),
        ("background", "dark-horse", "title: Dark horse\n"),
        ("project", "on", 'title: "On"\n'),
        ("project", "2024", 'title: "2024"\n'),
    ):
        assert title in printed(capsys, docs, f"kind={kind}", f"id={id_}")[1]


def test_the_skeleton_of_a_source(capsys, docs):
    status, text, hints = printed(capsys, docs, "kind=source", f"url={ADDRESS}", "id=", "named=")
    assert status == 0
    assert "docs/sources/gazette-2024-05-06.md" in hints
    keys = list(split(text.encode()).meta)
    assert (
        keys
        == [key for key in records.SourceRecord.model_fields if key in keys]
        == ["authors", "work", "english", "url"]
    )
    path = "sources/gazette-2024-05-06.md"
    told = problems(docs, path, text)
    assert "work: is empty; fill it in" in told
    assert "english: is empty; fill it in" in told
    assert any("is an empty page" in each for each in told)
    text = text.replace('work: ""', "work: 까치").replace('english: ""', "english: Magpie") + "A magpie is told of.\n"
    assert problems(docs, path, text) == [": is cited by no page; cite it as [@gazette-2024-05-06] or delete it"]
    assert "docs/sources/gazette-2024-05-06-b.md" in printed(capsys, docs, "kind=source", f"url={ADDRESS}/other")[2]


def test_an_outlet_in_english_has_no_rendering_of_titles(capsys, docs):
    file = docs / "sources/index.md"
    text = file.read_text("utf-8").replace("    title: Gazette\n", "    title: Gazette\n    language: en\n")
    file.write_text(text, "utf-8")
    assert "english" not in printed(capsys, docs, "kind=source", f"url={ADDRESS}")[1]


def test_the_language_of_a_host_is_that_of_its_records(capsys, docs):
    (docs / "sources/gazette-2020.md").write_text(
        '---\nwork: A\nlanguage: en\nurl: "https://en.gazette.example/1"\n---\nIt says so.\n', "utf-8"
    )
    text = printed(capsys, docs, "kind=source", "url=https://en.gazette.example/2")[1]
    assert "language: en\n" in text
    assert "english" not in text
    assert "language" not in printed(capsys, docs, "kind=source", "url=https://gazette.example/2")[1]


def test_a_host_counts_for_the_outlet_at_which_a_text_was_seen(capsys, docs):
    (docs / "sources/gazette-2020.md").write_text(
        '---\nwork: A\nvia: {repost: mirror-site}\nurl: "https://m.mirror.example/1"\n---\nIt says so.\n', "utf-8"
    )
    _, text, hints = printed(capsys, docs, "kind=source", "url=https://mirror.example/2")
    assert "docs/sources/mirror-site-DATE.md" in hints
    assert "english" not in text


def test_an_unknown_outlet_is_told_with_the_lines_to_add(capsys, docs):
    status, _, hints = printed(capsys, docs, "kind=source", "url=https://www.no-such.example/a?d=20240506123")
    assert status == 0
    assert "docs/sources/index.md" in hints
    assert "  - {id: no-such-example, title: no-such.example}\n" in hints
    assert "docs/sources/no-such-example-2024-05-06.md" in hints


@pytest.mark.parametrize(
    ("rest", "day"),
    [
        ("view/AKR20240127", "2024-01-27"),
        ("2024/01/27/item", "2024-01-27"),
        ("item-2024-01-27.html", "2024-01-27"),
        ("?nid=2024012714362880185", "2024-01-27"),
        ("2024/01/item", "2024-01"),
        ("20241327", ""),
        ("120240127", ""),
        ("99990101", ""),
        ("item/12", ""),
    ],
)
def test_a_date_is_found_in_an_address(rest, day):
    assert new.day_in(f"https://2019-01-01.example/{rest}") == day


@pytest.mark.parametrize(
    "address", ["http://www.gazette.example/1?lang=ko&n=1", "https://GAZETTE.example/1?lang=ko&n=1/"]
)
def test_an_address_on_record_is_told_with_its_file(capsys, docs, address):
    expect = (1, "", "the address is on record, in docs/sources/gazette-2019-05-02.md\n")
    assert printed(capsys, docs, "kind=source", f"url={address}") == expect
    again = f'---\nwork: A\nurl: "{address}"\n---\nIt says so.\n'
    (docs / "sources/gazette-1999.md").write_text(again, "utf-8")
    read.cache_clear()
    assert any("is used twice" in str(each) for each in checks.run(docs)), "the checks have another rule"


def test_the_empty_file_that_a_shell_makes_is_no_page(capsys, docs):
    (docs / "projects/dark-horse.md").touch()
    (docs / "sources/gazette-2024-05-06.md").touch()
    assert printed(capsys, docs, "kind=project", "id=dark-horse")[0] == 0
    assert "gazette-2024-05-06.md" in printed(capsys, docs, "kind=source", f"url={ADDRESS}")[2]


KINDS = "background, institution, project, prospect, source"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], f"kind= is missing; kinds are {KINDS}"),
        (["kind=person", "id=a"], f"kind 'person' is not known; kinds are {KINDS}"),
        (["kind=project", "id="], "id= is missing; write make new kind=project id=dark-horse"),
        (["kind=source"], "url= is missing; write make new kind=source url=https://example.org/1"),
        (["kind=project", "id=Dark Horse"], "id 'Dark Horse' is no id; write small letters, digits and single hyphens"),
        (["kind=project", "id=../a"], "id '../a' is no id"),
        (["kind=project", "id=magpie"], "id 'magpie' exists, in docs/projects/magpie.md; choose another"),
        (["kind=prospect", "id=daily-2018"], "id 'daily-2018' exists, in docs/sources/daily-2018.md"),
        (["kind=project", "id=index"], "id 'index' exists"),
        (["kind=project", "id=a", "url=https://a.example/"], "url= is not for kind=project; leave it out"),
        (["kind=source", "url=https://a.example/", "id=a"], "id= is not for kind=source; leave it out"),
        (["kind=project", "id=a", "named=maybe"], "named=maybe is neither yes nor no"),
        (["kind=project", "name=a"], "'name=a' is no argument; write kind=, id=, url= or named="),
        (["kind=source", "url=www.a.example/1"], "url 'www.a.example/1' is no web address; write https://… in full"),
        (["kind=source", "url=https://"], "url 'https://' is no web address"),
        (["kind=source", "url=https://?a"], "url 'https://?a' is no web address"),
        (["kind=source", "url=https://[a/"], "url 'https://[a/' is no web address"),
        (["kind=source", "url=https://a.example/a b"], "url 'https://a.example/a b' is no web address"),
    ],
)
def test_a_wrong_argument_is_told_in_one_line(capsys, docs, given, told):
    status, text, error = printed(capsys, docs, *given)
    assert (status, text) == (2, "")
    assert error.startswith(told)
    assert error.count("\n") == 1


def test_outlets_that_cannot_be_read_are_told(capsys, docs):
    (docs / "sources/index.md").write_text("no front matter", "utf-8")
    status, _, error = printed(capsys, docs, "kind=source", f"url={ADDRESS}")
    assert (status, error) == (2, "docs/sources/index.md has no outlets that can be read; run make check\n")
