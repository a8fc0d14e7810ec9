"""Citations as readers meet them: superior numbers in the text, with the list of what they stand for at its end.

The Markdown of a page cites by labels, which read well in the repository and in the copies for programs; this turns
them into numbers, in the order in which sources first stand on the page. Paragraphs of the article stay as they are
called, `¶3`.
"""

from __future__ import annotations

import re
from html import escape

from edition import records
from edition.reading.pages import Page

PLACE = "<!-- notes -->"
"""Where the template of a page has the list."""

ONE = re.compile(
    r"\[(?P<label>(?:\\.|[^\[\]\\])+)\]\((?:\.\./)*(?:sources/(?P<id>[\w-]+)\.md|article/index\.md#p\d+)\)"
)
CITED = re.sub(r"\?P<\w+>", "?:", ONE.pattern)
RUN = re.compile(rf"(?P<open>[ \t]*\n?[ \t]*(?:[(;]\s*)?)(?P<run>{CITED}(?:[,;]?\s+{CITED})*)(?P<close>\)?)")
ALONE = re.compile(r"(?:\A|\n\n|\| |^: {3}|^[ ]*[-*] |</summary>)\Z", re.MULTILINE)
"""What comes before a citation that is no note to a text but a value of its own, such as a cell or a fact."""


def has_notes(page: Page) -> bool:
    """Tell whether a page shows numbers: not where sources or paragraphs are what is looked up, by their labels."""
    kinds = ("home", "entry", "overview", "concepts", "section")
    return page.kind in kinds and page.path not in (records.BOARD, records.SOURCES)


def order(text: str) -> list[str]:
    """Return the ids of the sources that a Markdown text links, in the order in which they first stand in it."""
    return list(dict.fromkeys(link["id"] for link in ONE.finditer(text) if link["id"]))


def numbered(text: str, numbers: dict[str, int], labels: dict[str, str]) -> str:
    """Return a Markdown text with its citations as notes.

    `numbers` has the number of each source by its id, `labels` the label. A link with words of its own, and a citation
    that stands alone, stay as they are.
    """

    def note(link: re.Match) -> str | None:
        label = re.sub(r"\\(.)", r"\1", link["label"])
        if not link["id"]:
            return link[0] if label.startswith("¶") else None
        known = labels[link["id"]]
        if label != known and not label.startswith(f"{known}, "):
            return None
        shown = f"{numbers[link['id']]}{label.removeprefix(known)}"
        return f'<a href="#note-{link["id"]}" aria-label="{escape(f"Note {shown}: {known}")}">{shown}</a>'

    def run(match: re.Match) -> str:
        notes = [note(link) for link in ONE.finditer(match["run"])]
        if None in notes or ALONE.search(match.string[: match.start("run")]):
            return match[0]
        before, close = match["open"].strip(), match["close"]
        if before and close:  # Brackets and semicolons that only held the citation go with it.
            before, close = "", "" if before == "(" else close
        kept = f" {before}" if before == "(" else before
        return f'{kept}<sup class="ed-note">{",".join(notes)}</sup>{close}'

    return RUN.sub(run, text)
