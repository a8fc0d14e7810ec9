"""Every rule of the schema and the checks, on the specimen: cases that pass and cases that fail."""

import shutil
from functools import cache
from pathlib import Path

import pytest
import yaml

from edition import checks, records
from edition.checks import settings
from edition.derived import links
from edition.reading.site import read
from tools.site import SAMPLE, copy_specimen, run_engine

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "cases.yml").read_text("utf-8"))


def edit(folder: Path, case: dict) -> None:
    """Apply one case's changes to a copy of the sample."""
    file = folder / case["file"]
    if "write" in case:
        file.parent.mkdir(exist_ok=True)
        file.write_text(case["write"], "utf-8")
    edits = [(case["file"], old, new) for old, new in case.get("changes", [])]
    edits += [tuple(change) for change in case.get("also", [])]
    if "repeated" in case:
        text, times = case["repeated"]
        edits.append((case["file"], text, f"{text} " * times))
    for name, old, new in edits:
        text = (folder / name).read_text("utf-8")
        assert old in text, f"the case changes {old!r}, which is not in {name}"
        (folder / name).write_text(text.replace(old, new), "utf-8")
    if case.get("delete"):
        file.unlink()
    if case.get("latin1"):
        file.write_bytes(file.read_text("utf-8").encode("latin-1"))
    if case.get("crlf"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


def problems(folder: Path) -> list[str]:
    """Check a sample, read anew."""
    read.cache_clear()
    return [str(problem) for problem in checks.run(folder / "docs")]


@pytest.fixture(scope="module", autouse=True)
def parsed_once():
    """Parse each text once, since a case changes one page and leaves thirty as they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(links, "parse", cache(links.parse))
        yield


@pytest.fixture
def sample(tmp_path):
    """A copy of the specimen."""
    shutil.copytree(SAMPLE, tmp_path / "sample")
    return tmp_path / "sample"


@pytest.mark.parametrize("case", CASES["bad"], ids=lambda case: case["name"])
def test_bad_input_is_told_in_one_line_each(sample, case):
    edit(sample, case)
    assert problems(sample) == case["expect"]


@pytest.mark.parametrize("case", CASES["good"], ids=lambda case: case["name"])
def test_good_input_passes(sample, case):
    edit(sample, case)
    assert problems(sample) == []


@pytest.mark.parametrize("case", CASES["navigation"], ids=lambda case: case["name"])
def test_bad_navigation_stops_the_build(tmp_path, case):
    specimen = copy_specimen(tmp_path / "specimen")
    edit(specimen, {"file": "docs/.nav.yml", **case})
    result = run_engine("mkdocs", specimen)
    assert result.returncode != 0
    lines = result.stderr.split("\n")
    assert [line for line in lines if line in case["expect"]] == case["expect"], result.stderr
    assert sum(line.startswith(("WARNING", "ERROR")) for line in lines) == 1, result.stderr
    assert not (specimen / "site").exists()


@pytest.mark.parametrize(
    ("name", "text", "expect"),
    [
        ("mkdocs.yml", "a: !ENV [X, 1]\na: 2\n", "mkdocs.yml:2: a: stands twice; keep one"),
        (
            "mkdocs.yml",
            "extra_css:\n  - no.css\n",
            "mkdocs.yml:2: extra_css[0]: names no.css, which is neither in docs/ nor in overrides/; "
            "add it or delete the line",
        ),
        (
            "overrides/a.html",
            '{% include "no.html" %}',
            "overrides/a.html:1: names the template no.html, which does not exist; correct the name",
        ),
    ],
)
def test_bad_settings_are_told_in_one_line_each(tmp_path, name, text, expect):
    (tmp_path / "overrides").mkdir()
    (tmp_path / name).write_text(text, "utf-8")
    assert [str(problem) for problem in settings.run(tmp_path)] == [expect]


def test_a_broken_template_is_told(tmp_path):
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides/a.html").write_text("\n{% if %}", "utf-8")
    assert [str(problem)[:40] for problem in settings.run(tmp_path)] == ["overrides/a.html:2: is not a valid templ"]


def test_now_is_that_of_the_build(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798675200")
    assert records.not_ahead("2026-12-31") == "2026-12-31"
    with pytest.raises(ValueError, match="future"):
        records.not_ahead("2027-01-01")
