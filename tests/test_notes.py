"""Citations as superior numbers, and the list of what they stand for."""

import re

import pytest

from edition.pages import notes

LABELS = {"doe-2021": "Doe 2021", "gazette-1": "Gazette, [June 2020?]"}
NUMBERS = {"doe-2021": 1, "gazette-1": 2}
DOE = "[Doe 2021](../sources/doe-2021.md)"
GAZETTE = r"[Gazette, \[June 2020?\]](../sources/gazette-1.md)"
P3 = "[¶3](../article/index.md#p3)"


def shown(text):
    """Return a text with its notes as `^1^`."""
    found = notes.numbered(text, NUMBERS, LABELS)
    found = re.sub(r"</?sup[^>]*>", "^", found)
    return re.sub(r"<a [^>]*>|</a>", "", found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"It flies. {DOE} It sings.", "It flies.^1^ It sings."),
        (f"It flies. {DOE}, {GAZETTE}\n", "It flies.^1,2^\n"),
        (f"It flies, a\nbook says ({DOE}; {P3}); it sings.", f"It flies, a\nbook says^1,{P3}^; it sings."),
        (f"It flies\n({GAZETTE}).", "It flies^2^."),
        (f"A maker (disputed; {DOE})", "A maker (disputed^1^)"),
        (f"A maker ({DOE}; a note)", "A maker (^1^; a note)"),
        (f"It flies,\n{DOE} and sings.", "It flies,^1^ and sings."),
        ("It flies. [Doe 2021, 12](../sources/doe-2021.md)", "It flies.^1, 12^"),
        (f"| Magpie | It flies. {DOE} |", "| Magpie | It flies.^1^ |"),
    ],
)
def test_a_citation_after_what_it_supports_becomes_a_number(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"| Magpie | {DOE}, {P3} |",
        f"In the article\n:   {P3}",
        f"- {DOE}",
        DOE,
        f"\n\n{DOE} says so.",
        "It is [a book](../sources/doe-2021.md) of 2021.",
        "See [Magpie](../projects/magpie.md) and [there](#not-known).",
    ],
)
def test_what_stands_alone_or_has_words_of_its_own_stays(text):
    assert notes.numbered(text, NUMBERS, LABELS) == text


def test_a_number_leads_to_its_note_and_tells_what_it_is():
    found = notes.numbered(f"So. {GAZETTE}", NUMBERS, {**LABELS, "gazette-1": "Gazette, [June 2020?]"})
    assert 'href="#note-gazette-1" aria-label="Note 2: Gazette, [June 2020?]">2</a>' in found
    odd = notes.numbered('So. [A "b" < c](sources/x.md)', {"x": 3}, {"x": 'A "b" < c'})
    assert 'aria-label="Note 3: A &quot;b&quot; &lt; c">3</a>' in odd


def test_sources_are_numbered_as_they_first_stand():
    text = f"So. {GAZETTE} See [a book](sources/doe-2021.md). {GAZETTE} {P3}"
    assert notes.order(text) == ["gazette-1", "doe-2021"]
