"""The sentences around links: what a page says where it links to another page or cites a source.

A mark of citation (a link to a source or to a paragraph of the article that
bears its label) stands for the sentences before it, back to the mark before.
Any other link is part of its own sentence, as is a mark that follows a word
instead of a stop or a bracket ("takes it from Doe 2021").
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

BLOCKS = ("p", "li", "dt", "dd", "h1", "h2", "h3", "td", "th")
# Tags are kept as characters of private use until the text is finished.
OPEN, CLOSE = {"em": "\ue000", "strong": "\ue001"}, {"em": "\ue002", "strong": "\ue003"}
LANGUAGE = "\ue004{}\ue005"
END = "\ue006"
TAGS = (
    ("\ue000", "<em>"),
    ("\ue001", "<strong>"),
    ("\ue002", "</em>"),
    ("\ue003", "</strong>"),
    ("\ue004", '<span lang="'),
    ("\ue005", '">'),
    ("\ue006", "</span>"),
)
BEGIN = "[A-Z“‘\ue000\ue001\ue004]"
BOUNDARY = re.compile(rf"(?<=[.!?”])\s+(?={BEGIN})")
LEFTOVERS = (
    # what a citation leaves behind in the text that it is taken out of, and what stands there then
    (r"\x02[^\x03]*\x03", " "),  # HTML, such as the break between lines of a cell
    (r"\b[A-Z]\w*:[\s,;]*\.", ""),
    (r"(?:[\s,;:]|\(\s*\))+(?=[.)])", ""),
    (r"\(\s*(?:[,;:]\s*)+", "("),
    (r"[\s,;]+(?=[,;])", ""),
    (r"\s*\(\s*\)", ""),
    (r"\s+", " "),
)


def tidy(text: str) -> str:
    """Return text without the brackets, commas and spaces that removed citations leave."""
    for pattern, right in LEFTOVERS:
        text = re.sub(pattern, right, text)
    return text.strip(" ,;:")


def finished(text: str) -> str:
    """Return text as HTML."""
    text = html.escape(text, quote=False)
    for mark, tag in TAGS:
        text = text.replace(mark, tag)
    return text


class Sentences:
    """Takes in a block piece by piece and tells what is said at each link."""

    def __init__(self) -> None:
        self.texts: list[str] = [""]
        self.first = 0
        self.at: list[tuple[Element, int, int]] = []

    def add(self, text: str) -> None:
        """Take in text, which may end one sentence and begin others."""
        if self.ended and re.match(rf"\s*{BEGIN}", text):
            self.texts.append("")
        first, *others = BOUNDARY.split(text)
        self.texts[-1] += first
        self.texts += others

    def link(self, anchor: Element) -> None:
        """Take in a link that is part of its sentence; its text is added apart."""
        self.at.append((anchor, len(self.texts) - 1, len(self.texts)))

    def cite(self, anchor: Element) -> None:
        """Take in a citation: at the end of sentences of all since the last one, else of its own sentence."""
        last = len(self.texts) - 1
        self.at.append((anchor, self.first if self.ended else last, last + 1))

    def close(self) -> None:
        """End a run of citations: the next one stands for what follows."""
        if self.ended and self.at:
            self.first = len(self.texts)

    @property
    def ended(self) -> bool:
        """Whether the last sentence is complete."""
        return bool(re.search(r"[.!?”]\W*$", self.texts[-1]))

    def said(self) -> Iterator[tuple[Element, str]]:
        """Yield each link with its sentences."""
        for anchor, start, end in self.at:
            yield anchor, tidy(" ".join(self.texts[start:end]))


def sayings(root: Element, is_citation: Callable[[Element], bool]) -> dict[Element, str]:
    """Return what is said at each link of a page, as HTML without citations; empty where nothing is."""
    found: dict[Element, str] = {}

    def read(element: Element, into: Sentences) -> None:
        """Take in an element's text and inline children; blocks inside it are read apart."""
        into.add(element.text or "")
        for child in element:
            mark = child.tag == "a" and is_citation(child)
            if mark and not re.search(r"\w\s*$", into.texts[-1]):
                into.cite(child)
            elif child.tag not in (*BLOCKS, "ul", "ol", "dl", "div", "table", "figure"):
                language = child.get("lang")
                if child.tag == "a":
                    into.link(child)
                into.add(OPEN.get(child.tag, "") + (LANGUAGE.format(language) if language else ""))
                read(child, into)
                into.texts[-1] += (END if language else "") + CLOSE.get(child.tag, "")
            if mark and (child.tail or "").strip(" ,\n"):
                into.close()
            into.add(child.tail or "")

    def walk(element: Element) -> None:
        term = ""
        for child in element:
            if child.tag == "tr":
                row = Sentences()
                for number, cell in enumerate(child):
                    row.texts[-1] += " – " if number and tidy(row.texts[-1]) else ""
                    read_row(cell, row)
                said = finished(tidy(" ".join(row.texts)).strip("– "))
                found.update(dict.fromkeys((anchor for anchor, *_ in row.at), said))
                continue
            if child.tag == "dt":
                term = "".join(child.itertext())
            if child.tag in BLOCKS:
                block = Sentences()
                read(child, block)
                for anchor, text in block.said():
                    label = f"{term}: " if child.tag == "dd" and text else ""
                    found[anchor] = finished(label + text)
            walk(child)

    def read_row(cell: Element, row: Sentences) -> None:
        """Take in a cell: a row is one statement, whatever stops stand in it."""
        inner = Sentences()
        read(cell, inner)
        row.at += inner.at
        row.texts[-1] += " ".join(inner.texts)

    walk(root)
    return found
