"""What a page is taken to say at a link."""

import pytest

from edition.derived import mentions
from edition.derived.links import parse

CASES = {
    "a link is part of its sentence": (
        "It is old. The maker is [KCC](kcc.md), a center. So it says.",
        {"KCC": "The maker is KCC, a center."},
    ),
    "a citation stands for the sentences back to the one before": (
        "One. Two. [A](sources/a.md) [B](sources/b.md) Three. [C](sources/c.md)",
        {"A": "One. Two.", "B": "One. Two.", "C": "Three."},
    ),
    "a citation inside a sentence stands for that one": (
        "One. Two, [A](sources/a.md) and three. [B](sources/b.md)",
        {"A": "Two, and three.", "B": "One. Two, and three."},
    ),
    "brackets of citations leave nothing behind": (
        "One ([A](sources/a.md); [B](sources/b.md)), two (so; [C](sources/c.md)).",
        {"A": "One, two (so).", "B": "One, two (so).", "C": "One, two (so)."},
    ),
    "a citation after a word is a word": (
        "The article takes it from [A](sources/a.md) and goes on.",
        {"A": "The article takes it from A and goes on."},
    ),
    "a fact bears its label": (
        "Maker\n:   [KCC](kcc.md) (disputed; [A](sources/a.md))",
        {"KCC": "Maker: KCC (disputed)", "A": "Maker: KCC (disputed)"},
    ),
    "a row is one statement": (
        "| Year | What |\n| --- | --- |\n| 1998 | It wins. ([A](sources/a.md)) |",
        {"A": "1998 – It wins."},
    ),
    "a label of citations alone goes with them": (
        "| State | Found |\n| --- | --- |\n"
        "| Open | So.<br>For: [A](sources/a.md), [B](sources/b.md).<br>Also: [C](sources/c.md).<br>Looked for: X. |",
        dict.fromkeys("ABC", "Open – So. Looked for: X."),
    ),
    "languages and stress are kept, signs of HTML are text": (
        "Its name is [은별]{lang=ko} & *Unbyol* < [KCC](kcc.md).",
        {"KCC": 'Its name is <span lang="ko">은별</span> &amp; <em>Unbyol</em> &lt; KCC.'},
    ),
    "a bold opening belongs to what follows": (
        "**The maker.** One names [KCC](kcc.md).",
        {"KCC": "One names KCC."},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_said_at_a_link(case):
    text, expected = CASES[case]
    said = mentions.sayings(parse(text), lambda link: "sources/" in link.get("href"))
    assert {link.text: told for link, told in said.items()} == expected
