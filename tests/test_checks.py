"""Every rule of the schema and the checks, on a small sample site: cases that pass and cases that fail."""

import shutil
from pathlib import Path

import pytest
import yaml

from edition import checks, records, settings
from edition.site import read
from tools.site import ROOT, run_engine

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
    if case.get("latin1"):
        file.write_bytes(file.read_text("utf-8").encode("latin-1"))
    if case.get("crlf"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


def problems(folder: Path) -> list[str]:
    """Check a sample, read anew."""
    read.cache_clear()
    return [str(problem) for problem in checks.run(folder / "docs")]


@pytest.fixture
def sample(tmp_path):
    """A copy of the sample site."""
    shutil.copytree(HERE / "sample", tmp_path / "sample")
    return tmp_path / "sample"


@pytest.mark.parametrize("case", CASES["bad"], ids=lambda case: case["name"])
def test_bad_input_is_told_in_one_line_each(sample, case):
    edit(sample, case)
    assert problems(sample) == case["expect"]


@pytest.mark.parametrize("case", CASES["good"], ids=lambda case: case["name"])
def test_good_input_passes(sample, case):
    edit(sample, case)
    assert problems(sample) == []


def build(sample: Path):
    """Build a sample with the settings and templates of the site."""
    for name in ("edition", "overrides"):
        shutil.copytree(ROOT / name, sample / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "docs/names.json"):
        shutil.copy(ROOT / name, sample / name)
    return run_engine("mkdocs", sample)


@pytest.mark.parametrize("case", CASES["navigation"], ids=lambda case: case["name"])
def test_bad_navigation_stops_the_build(sample, case):
    edit(sample, {"file": "docs/.nav.yml", **case})
    result = build(sample)
    assert result.returncode != 0
    lines = result.stderr.split("\n")
    assert [line for line in lines if line in case["expect"]] == case["expect"], result.stderr
    assert sum(line.startswith(("WARNING", "ERROR")) for line in lines) == 1, result.stderr
    assert not (sample / "site").exists()


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
