"""The picture of who makes what, in which field: where its nodes and lines stand. `templates/picture.html` draws it.

Each column spreads its nodes evenly over the same height, so the ends of a
line follow from the ranks of its nodes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from edition.derived.ties import Tie
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.text import slug

INDEX = "projects/index.md"
CERTAINTIES = {
    "certain": "sources do not disagree",
    "inferred": "inferred",
    "disputed": "disputed",
    "unknown": "not known",
}
"""Kinds of lines with what the legend says of them."""
SWEEPS = 8
"""Passes of the ordering of a group; the site's own settle after two."""


class Node(NamedTuple):
    """A node: its label, what it links to, empty for none, and what a screen reader is told of its lines."""

    label: str
    target: str
    told: str = ""


def ordered(pairs: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Return both ends of the pairs, each once, in an order with few crossings.

    What is tied together stays together; within that each node moves to the
    mean rank of those it is tied to. What is not known comes last.
    """

    def sweep(nodes: list[str], others: list[str], side: int) -> list[str]:
        rank = {node: number for number, node in enumerate(others)}
        tied = {node: [rank[pair[1 - side]] for pair in pairs if pair[side] == node] for node in nodes}
        return sorted(nodes, key=lambda node: sum(tied[node]) / len(tied[node]))

    columns: tuple[list[str], list[str]] = ([], [])
    for group in sorted(tied_together(pairs), key=lambda group: any("" in pair for pair in group)):
        left, right = (list(dict.fromkeys(pair[side] for pair in group)) for side in (0, 1))
        for _ in range(SWEEPS):
            left = sweep(left, right, 0)
            right = sweep(right, left, 1)
        columns[0].extend(left)
        columns[1].extend(right)
    return columns


def tied_together(pairs: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Return the pairs in groups: pairs that share an end stand in the same group."""
    groups: list[list[tuple[str, str]]] = []
    for pair in pairs:
        joined = [group for group in groups if any(pair[0] == a or pair[1] == b for a, b in group)]
        rest = [group for group in groups if group not in joined]
        groups = [*rest, [*(each for group in joined for each in group), pair]]
    return groups


def lines(pairs: dict[tuple[str, str], str], left: list[str], right: list[str]) -> list[tuple[str, float, float]]:
    """Return the lines between two columns: each its certainty and the heights of its ends, in hundredths."""

    def height(nodes: list[str], node: str) -> float:
        return round(100 * (nodes.index(node) + 0.5) / len(nodes), 1)

    return [(kind, height(left, start), height(right, end)) for (start, end), kind in pairs.items()]


def drawn(page: Page, site: Site, chosen: list[Tie]) -> dict[str, Any]:
    """Return nodes, lines and legend of some ties as shown on `page`; its own node is no link."""
    makes = {(tie.maker, tie.project): tie.certainty for tie in chosen}
    makers, projects = ordered(list(makes))
    used = {
        (project, record.field): "disputed" if record.field_disputed else "certain"
        for project in projects
        if project
        for record in [site.entries[project].record]
    }
    fields = list(dict.fromkeys(field for _, field in used))
    kinds = {*makes.values(), *used.values()}
    return {
        "makers": [_maker(page, site, each) for each in makers],
        "made": lines(makes, makers, projects),
        "projects": [_project(page, site, each, chosen) for each in projects],
        "used": lines(used, projects, fields),
        "fields": [Node(site.vocabulary.fields[each], f"{INDEX}?field={each}") for each in fields],
        "rows": max(map(len, (makers, projects, fields))),
        "legend": [(kind, label) for kind, label in CERTAINTIES.items() if kind in kinds],
    }


def _entry(page: Page, other: Page, told: str = "") -> Node:
    """Return the node of an entry."""
    return Node(other.title, "" if other is page else other.path, told)


def _maker(page: Page, site: Site, id_: str) -> Node:
    """Return the node of a maker, which may have no page or not be known."""
    if id_ in site.entries:
        return _entry(page, site.entries[id_])
    return Node(id_ or "Maker not known", f"{INDEX}?maker={slug(id_) or 'unknown'}")


def _project(page: Page, site: Site, id_: str, chosen: list[Tie]) -> Node:
    """Return the node of a project, or of there being none."""
    if not id_:
        return Node("No project found", "institutions/index.md?field=none")
    makers = [tie for tie in chosen if tie.project == id_ and tie.maker]
    by = " or ".join(f"{_maker(page, site, tie.maker).label} ({tie.certainty})" for tie in makers)
    record = site.entries[id_].record
    field = site.vocabulary.fields[record.field] + (" (disputed)" if record.field_disputed else "")
    return _entry(page, site.entries[id_], f"; maker: {by or 'not known'}; field: {field}")
