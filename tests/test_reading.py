"""What `make reading` measures, on pages made for it."""

import pytest

from edition.derived.sources import load
from tools.reading import measured
from tools.site import SAMPLE, copy_specimen

LEAD = " ".join(["Magpie is a program that plays the board game Go on a board of its own."] * 3)
"""A lead of 48 words."""
PAGE = """\
---
title: Crow
names:
  - text: Crow
    system: english
    status: confirmed
field: board-games
in_article: false
---

{lead} [@daily-2018]

## What is reported

{text} [@daily-2018]
"""


@pytest.fixture
def read(tmp_path):
    """Return a function that measures a page with a lead and a text."""
    docs = copy_specimen(tmp_path / "site") / "docs"

    def measure(lead, text):
        (docs / "projects/crow.md").write_text(PAGE.format(lead=lead, text=text), "utf-8")
        load.__globals__["read"].cache_clear()
        site = load(str(docs))
        return measured(site.pages["projects/crow.md"], site)

    return measure


def test_a_page_within_the_bounds_has_no_faults(read):
    found = read(LEAD, "It plays well. Nobody knows its maker.")
    assert (found.faults, found.lead, found.before) == ([], 48, 0)
    assert 0 < found.cited < 1


@pytest.mark.parametrize(
    ("lead", "text", "fault"),
    [
        ("Crow is a bird.", "It flies.", "has a lead of 4 words; 40 to 60"),
        (LEAD, "It flies " + "far " * 40 + "away.", "has 1 of 4 sentences over 35 words: It flies far"),
        (LEAD, "A paper tells of it.", "has 'tells of': "),
        (LEAD, "The XYZ made it.", "has XYZ without its long form"),
    ],
)
def test_what_is_out_of_bounds_is_told(read, lead, text, fault):
    faults = read(lead, text).faults
    assert [each for each in faults if each.startswith(fault)], faults


def test_words_before_the_first_fact_of_another_source_are_counted(read):
    """Those of a page that opens with the article alone."""
    site = load(str(SAMPLE / "docs"))
    page = site.pages["prospects/growth.md"]
    assert page.cites == ["p5"]
    assert measured(page, site).before == len("The author expects growth.".split())
