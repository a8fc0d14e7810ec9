"""A page as its file has it: its record, its text, and the line of each key."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from edition import records


class SourceError(Exception):
    """A file that cannot be read as a page; `line` is 1-based, `key` may be empty."""

    def __init__(self, line: int, key: str, message: str):
        super().__init__(message)
        self.line, self.key, self.message = line, key, message


def url_path(path: str) -> str:
    """Return the address of a page below the site's root, by its path below `docs`."""
    return re.sub(r"(^|/)index/$", r"\1", path.removesuffix(".md") + "/")


@dataclass
class Page:
    """A Markdown file below `docs/`: `path` is relative to it, `meta` its record as parsed.

    Once a source's record is known to be sound, `meta` also has what follows
    from it (see `edition.sources`); `record` stays as the file has it.
    Keys in the prose are then links (see `edition.derived.citekeys`), each on its line.
    """

    path: str
    text: str
    meta: dict
    body: str
    body_line: int
    lines: dict[tuple, int] = field(default_factory=dict)
    keys: dict[tuple, list[str]] = field(default_factory=dict)
    record: dict = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The page's name in its section, by which records refer to it."""
        return posixpath.splitext(posixpath.basename(self.path))[0]

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

    def line(self, path: tuple) -> int:
        """Return the line of a key, or of the nearest key around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def _index_nodes(node: yaml.Node, path: tuple, page: Page) -> None:
    """Record the line of every key and item, and the keys of every mapping, in order."""
    if isinstance(node, yaml.MappingNode):
        seen = page.keys.setdefault(path, [])
        for key_node, value in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 2
            if key in seen:
                raise SourceError(line, key, "stands twice in the same mapping; keep one")
            seen.append(key)
            page.lines[(*path, key)] = line
            _index_nodes(value, (*path, key), page)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            page.lines[(*path, number)] = item.start_mark.line + 2
            _index_nodes(item, (*path, number), page)


def _parse_record(front: str) -> tuple[yaml.Node | None, object]:
    """Return front matter as nodes and as values, parsed once, in C where PyYAML brings that parser.

    Raises yaml.MarkedYAMLError, always that of the parser in Python, so that
    a slip is told in the same words everywhere.
    """

    def parse(parser: type) -> tuple[yaml.Node | None, object]:
        loader = parser(front)
        try:
            node = loader.get_single_node()
            return node, loader.construct_document(node) if node else None
        finally:
            loader.dispose()

    try:
        return parse(getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError:
        return parse(yaml.SafeLoader)


def read_page(docs: Path, path: str) -> Page:
    """Read one page.

    Raises SourceError for a file that is not UTF-8, has no front matter, or
    whose front matter is not a YAML mapping with unique keys.
    """
    raw = (docs / path).read_bytes()
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SourceError(line, "", "is not UTF-8; save the file as UTF-8") from None
    lines = text.split("\n")
    if lines[0].rstrip() != "---" or "---" not in (line.rstrip() for line in lines[1:]):
        raise SourceError(1, "", "has no front matter; the file starts with its record between two lines `---`")
    end = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    front = "\n".join(lines[1:end])
    page = Page(path, text, {}, "\n".join(lines[end + 1 :]).strip("\n"), 0)
    page.body_line = end + 2 + next((n for n, line in enumerate(lines[end + 1 :]) if line.strip()), 0)
    try:
        node, meta = _parse_record(front)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 2
        raise SourceError(
            line, "", f"is not valid YAML: {error.problem}; often a value with `: ` or `#` that needs quotes"
        ) from None
    if not isinstance(node, yaml.MappingNode):
        raise SourceError(2, "", "front matter is not a mapping; write `key: value` lines")
    _index_nodes(node, (), page)
    page.meta = page.record = meta
    return page
