"""YAML as nodes, in which each key has its line: parsed values have lost it, and of a doubled key all but the last."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

Step = tuple[tuple, int, bool]
"""The path of a key or item, its line, 1 being the first, and whether the key stood in its mapping before."""


def steps(node: yaml.Node | None, path: tuple = ()) -> Iterator[Step]:
    """Yield every key and item below a node, in order."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for name, value in node.value:
            key = str(name.value)
            yield (*path, key), name.start_mark.line + 1, key in seen
            seen.add(key)
            yield from steps(value, (*path, key))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield (*path, number), item.start_mark.line + 1, False
            yield from steps(item, (*path, number))


def key_path(path: tuple) -> str:
    """Return a key's path as readers write it: `names[2].system`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text
