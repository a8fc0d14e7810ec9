"""A page's file in two parts: its front matter, parsed as YAML, and its body; and all that may be wrong with either."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from edition.nodes import steps

DEPTH = 20
"""How many levels of lists and mappings front matter may have."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
PRIVATE = re.compile(r"[\ue000-\uf8ff]")
CONFLICT = re.compile(r"<<<<<<< |=======\s*$|>>>>>>> ")
SUSPECT = re.compile(r"(?:^|[\s\[{,:-])(?:[&*!]|<<)|- -|\? |^ {20}", re.MULTILINE)
TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map")}

Slip = tuple[int, str, str]
"""Line, key and message of one error."""


class SourceError(Exception):
    """A file that cannot be read as a page; `line` is 1-based, `key` may be empty, `slips` holds all its errors."""

    def __init__(self, line: int, key: str, message: str, *more: Slip):
        super().__init__(message)
        self.line, self.key, self.message = line, key, message
        self.slips = [(line, key, message), *more]


@dataclass
class Parts:
    """A file's text, front matter as nodes and values, and body, whose first line is `body_line`."""

    text: str
    node: yaml.MappingNode
    meta: dict
    body: str
    body_line: int


def _stop(slips: list[Slip]) -> None:
    """Raise SourceError with all slips in the order of lines, if there are any."""
    if slips:
        first, *rest = sorted(dict.fromkeys(slips))
        raise SourceError(*first, *rest)


def _characters(lines: list[str]) -> list[Slip]:
    """Return lines that hold characters or conflict markers that no text may have."""
    slips = []
    for number, line in enumerate(lines, 1):
        if found := CONTROL.search(line):
            slips.append((number, "", f"has the control character U+{ord(found[0]):04X}; delete it"))
        if found := PRIVATE.search(line):
            slips.append((number, "", f"has the private-use character U+{ord(found[0]):04X}; write another"))
        if CONFLICT.match(line):
            slips.append((number, "", f"is a merge conflict marker, {line[:7]}; settle the conflict and delete it"))
    return slips


def _events(front: str) -> list[Slip]:
    """Return anchors, aliases, tags and levels that are not allowed. Raises yaml.YAMLError."""
    slips, depth = [], 0
    for event in yaml.parse(front, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        line = event.start_mark.line + 2
        if getattr(event, "anchor", None) or (getattr(event, "value", None) == "<<" and not event.style):
            slips.append((line, "", "uses `&`, `*` or `<<` of YAML; write the value out, or put text in quotes"))
        tag = getattr(event, "tag", None)
        if tag not in (None, "!") and tag not in TAGS:
            slips.append((line, "", f"has the tag {tag}; write text, a number, true or false, a list or a mapping"))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH:
            return [*slips, (line, "", f"is nested more than {DEPTH} levels deep; write it flat")]
    return slips


def _load(front: str, parser: type) -> tuple[yaml.Node | None, object]:
    """Return nodes and values; the values are the exception's own if they cannot be made. Raises yaml.YAMLError."""
    loader = parser(front)
    try:
        node = loader.get_single_node()
        try:
            return node, loader.construct_document(node) if node else None
        except (ValueError, TypeError, LookupError, OverflowError, yaml.constructor.ConstructorError) as error:
            return node, error
    finally:
        loader.dispose()


def _values(node: yaml.Node, key: str, lines: list[str], failed: bool) -> list[Slip]:
    """Return doubled keys, values cut off by a comment and, if some `failed`, those that cannot be made."""
    slips = []
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            line, text = name.start_mark.line + 2, str(name.value)
            if not isinstance(name, yaml.ScalarNode):
                slips.append((line, key, "has a list or mapping for a key; write text"))
                continue
            slips += _values(value, f"{key}.{text}" if key else text, lines, failed)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            slips += _values(item, f"{key}[{number}]", lines, failed)
    else:
        end = node.end_mark
        if (
            not node.style
            and node.value
            and re.match(r"\s+#", lines[end.line][end.column :] if end.line < len(lines) else "")
        ):
            message = "is cut off at ` #`, which begins a comment; put the value in quotes"
            slips.append((end.line + 2, key, message))
        if failed:
            try:
                yaml.SafeLoader("").construct_object(node)
            except Exception:
                kind = node.tag.rpartition(":")[2].replace("timestamp", "date")
                slips.append(
                    (
                        node.start_mark.line + 2,
                        key,
                        f"is {node.value}, which is no {kind}; correct it or put it in quotes",
                    )
                )
    return slips


def _record(front: str) -> tuple[yaml.MappingNode, dict]:
    """Return front matter as nodes and values. Raises SourceError."""
    try:
        if SUSPECT.search(front) or front.count("[") + front.count("{") > DEPTH:
            _stop(_events(front))
        node, meta = _load(front, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as first:
        error = first
        try:
            _load(front, yaml.SafeLoader)
        except yaml.YAMLError as worded:
            error = worded
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it cannot be read"
        message = f"is not valid YAML: {what}; often a value with `: ` or `#` that needs quotes"
        raise SourceError((mark.line if mark else 0) + 2, "", message) from None
    if not isinstance(node, yaml.MappingNode):
        raise SourceError(2, "", "front matter is not a mapping; write `key: value` lines")
    failed = isinstance(meta, Exception)
    doubled = "stands twice in the same mapping; keep one"
    slips = [(line + 1, str(path[-1]), doubled) for path, line, is_doubled in steps(node) if is_doubled]
    _stop([*slips, *_values(node, "", front.split("\n"), failed)])
    if failed:
        raise SourceError(2, "", f"is not valid YAML: {meta}".split("\n")[0])
    return node, meta


def split(raw: bytes) -> Parts:
    """Return the parts of a file. Raises SourceError with all that is wrong with it, as far as it can be told."""
    try:
        text = re.sub(r"\r\n?", "\n", raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SourceError(line, "", "is not UTF-8; save the file as UTF-8") from None
    lines = text.split("\n")
    slips = _characters(lines)
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if lines[0].rstrip() != "---" or not end:
        message = "has no front matter; the file starts with its record between two lines `---`"
        _stop([(1, "", message), *slips])
    in_front = any(line <= end for line, _, _ in slips)
    if in_front:
        _stop(slips)
    try:
        node, meta = _record("\n".join(lines[1:end]))
    except SourceError as error:
        _stop([*error.slips, *slips])
    _stop(slips)
    body_line = end + 2 + next((n for n, line in enumerate(lines[end + 1 :]) if line.strip()), 0)
    return Parts(text, node, meta, "\n".join(lines[end + 1 :]).strip("\n"), body_line)
