"""A page as its file has it: its record, its text, and the line of each key."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from edition import records
from edition.nodes import steps
from edition.reading import frontmatter
from edition.vocabulary import Vocabulary


def url_path(path: str) -> str:
    """Return the address of a page below the site's root, by its path below `docs`."""
    return re.sub(r"(^|/)index/$", r"\1", path.removesuffix(".md") + "/")


LISTS = frozenset("claims events facts names relations subjects terms tournaments".split())
"""Lists of records that several kinds of pages have."""


@dataclass
class Page:
    """A Markdown file below `docs/`: `path` is relative to it, `front` its front matter as parsed.

    `record` is the front matter as a record, None if it is not sound (`invalid` then tells why).
    The lead of an entry, which is its text before the first section, tells its `description`, its first sentence as
    plain text, and what that rests on (`cites`).
    Once all records are sound, that of a source also has what follows from it (see
    `edition.derived.sources`), and keys in the prose are links (see `edition.derived.citekeys`), each on its line.
    """

    path: str
    text: str
    front: dict
    body: str
    body_line: int
    lines: dict[tuple, int] = field(default_factory=dict)
    keys: dict[tuple, list[str]] = field(default_factory=dict)
    record: Any = None
    invalid: ValidationError | None = None
    description: str = ""
    cites: list[str] = field(default_factory=list)

    def __getattr__(self, key: str) -> Any:
        """Return what the record has under a key; a list that only other kinds of pages have is empty."""
        if key in LISTS:
            return getattr(self.record, key, [])
        if key == "title":
            return self.record.title
        raise AttributeError(f"a page has no {key!r}")

    @property
    def id(self) -> str:
        """The page's name in its section, by which records refer to it."""
        return posixpath.splitext(posixpath.basename(self.path))[0]

    @property
    def kind(self) -> str:
        """The kind of page, which is the name of the template that writes it; the page has to be expected."""
        return records.expected(self.path)[0]

    @property
    def url(self) -> str:
        """The address below the site's root."""
        return url_path(self.path)

    @property
    def folder(self) -> str:
        """The section, empty for the home page."""
        return posixpath.dirname(self.path)

    @property
    def is_index(self) -> bool:
        """Whether the page is its section's overview."""
        return self.id == "index"

    @property
    def is_entry(self) -> bool:
        """Whether the page states what the article says."""
        return self.folder in records.ENTRY_FOLDERS and not self.is_index

    @property
    def is_source(self) -> bool:
        """Whether the page is that of a source."""
        return self.folder == "sources" and not self.is_index

    @property
    def is_overview(self) -> bool:
        """Whether the page points to others without stating anything of its own."""
        return self.is_index and self.folder != "concepts"

    @property
    def lead(self) -> str:
        """The text before the first section."""
        return re.split(r"(?m)^## ", self.body, maxsplit=1)[0].strip()

    def line(self, path: tuple) -> int:
        """Return the line of a key, or of the nearest key around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def first_sentence(text: str) -> str:
    """Return the first sentence of Markdown as plain text."""
    text = re.sub(r"\s*\[@[^\]]*\]", "", text)
    text = re.sub(r"\[((?:\\.|[^\]\\])*)\](?:\([^)]*\)|\{[^}]*\})", r"\1", text)
    plain = " ".join(re.sub(r"(?<!\\)[*`]", "", text).split())
    return re.split(r"(?<=[.!?])\s+(?=[A-Z“])", plain, maxsplit=1)[0]


def read_page(docs: Path, path: str, vocabulary: Vocabulary) -> Page:
    """Read one page. Raises SourceError for a file that has no front matter and body (see `frontmatter`)."""
    parts = frontmatter.split((docs / path).read_bytes())
    page = Page(path, parts.text, parts.meta, parts.body, parts.body_line)
    for path_, line, _ in steps(parts.node):
        page.lines[path_] = line + 1  # The first line of the file opens the front matter.
        if isinstance(path_[-1], str):
            page.keys.setdefault(path_[:-1], []).append(path_[-1])
    if expected := records.expected(path):
        try:
            page.record = expected[1].model_validate(parts.meta, context=vocabulary)
        except ValidationError as error:
            page.invalid = error
    page.description = first_sentence(page.lead) if page.is_entry else str(parts.meta.get("description", ""))
    page.cites = list(dict.fromkeys(re.findall(r"@([\w-]+)", page.lead))) if page.is_entry else []
    return page
