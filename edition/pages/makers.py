"""The table of who makes what, in which field; `templates/makers.html` writes it."""

from __future__ import annotations

from typing import NamedTuple

from edition.derived.ties import Tie, ties
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import CERTAINTIES, SAID


class Made(NamedTuple):
    """A project of a maker, and what of the tie is not certain: the maker or the purpose, each with its certainty."""

    page: Page
    doubts: list[tuple[str, str]]


class Row(NamedTuple):
    """A maker: its name, its page if it has one, and what it makes in each field; empty names are makers not known."""

    label: str
    page: Page | None
    cells: dict[str, list[Made]]


def doubts(site: Site, tie: Tie) -> list[tuple[str, str]]:
    """Return what a reader must know of a maker's tie to a project, as its own page says it."""
    found = [("maker", tie.certainty)] if CERTAINTIES.get(tie.certainty) else []
    return found + [("purpose", "disputed")] * site.entries[tie.project].record.field_disputed


def whole(site: Site, maker: str) -> str:
    """Return the body that a maker belongs to, itself where no source says so outright."""
    page = site.entries.get(maker)
    parents = [relation for relation in page.relations if relation.kind == "parent-body"] if page else []
    if len(parents) != 1 or parents[0].certainty not in SAID:
        return maker
    return parents[0].to or parents[0].name


def rows(site: Site) -> tuple[list[str], list[list[Row]]]:
    """Return the groups of fields that have a project, and makers in groups: a body before its institutes.

    Makers without a project have no row; those not known come last.
    """
    groups = site.vocabulary.field_groups
    made: dict[str, dict[str, list[Made]]] = {}
    for tie in ties(site):
        project = site.entries[tie.project]
        [group] = [name for name, fields in groups.items() if project.record.field in fields]
        made.setdefault(tie.maker, {}).setdefault(group, []).append(Made(project, doubts(site, tie)))

    def row(maker: str) -> Row:
        page = site.entries.get(maker)
        return Row(page.title if page else maker, page, made.get(maker, {}))

    bodies: dict[str, list[str]] = {}
    for maker in made:
        bodies.setdefault(whole(site, maker), []).append(maker)
    found = []
    for body, makers in sorted(bodies.items(), key=lambda each: (not each[0], -len(each[1]), row(each[0]).label)):
        parts = sorted(map(row, {*makers} - {body}), key=lambda each: each.label)
        found.append([row(body), *parts])
    return [name for name in groups if any(name in cells for cells in made.values())], found
