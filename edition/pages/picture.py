"""The picture of who makes what, in which field: makers, projects and fields in three columns, tied by lines.

Nodes are links in lists and can be read without the lines, which are drawn
between the columns as SVG. Each column spreads its nodes evenly over the same
height, so the ends of a line follow from the ranks of its nodes.
"""

from __future__ import annotations

from edition.derived.ties import Tie, own_ties, ties
from edition.language import escaped
from edition.pages.markup import href
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


def lines(pairs: dict[tuple[str, str], str], left: list[str], right: list[str]) -> str:
    """Return the lines between two columns, each with the class of its certainty."""
    paths = []
    for (start, end), kind in pairs.items():
        y1 = round(100 * (left.index(start) + 0.5) / len(left), 1)
        y2 = round(100 * (right.index(end) + 0.5) / len(right), 1)
        paths.append(f'<path class="ed-{kind}" d="M0 {y1}C50 {y1} 50 {y2} 100 {y2}"/>')
    drawn = "".join(paths)
    svg = f'<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'
    return f'<div class="ed-picture__lines">{svg}</div>'


def column(title: str, nodes: list[str]) -> str:
    """Return a column of nodes under its title."""
    items = "\n".join(f"- {node}" for node in nodes)
    return f'<div class="ed-picture__column" markdown="1">\n\n{title}\n\n{items}\n\n</div>'


def picture(page: Page, site: Site, chosen: list[Tie], caption: str) -> str:
    """Return the figure of some ties as shown on `page`; its own node is no link."""
    makes = {(tie.maker, tie.project): tie.certainty for tie in chosen}
    makers, projects = ordered(list(makes))
    used = {
        (project, field_of(site, project)): "disputed" if doubted(site, project) else "certain"
        for project in projects
        if project
    }
    fields = list(dict.fromkeys(field for _, field in used))

    def name(id_: str) -> str:
        return site.entries[id_].title if id_ in site.entries else id_

    def entry(id_: str) -> str:
        other = site.entries[id_]
        title = escaped(other.title)
        return title if other is page else f"[{title}]({href(page.path, other.path)})"

    def maker(id_: str) -> str:
        if id_ in site.entries:
            return entry(id_)
        known = slug(id_) or "unknown"
        return f"[{id_ or 'Maker not known'}]({href(page.path, f'{INDEX}?maker={known}')})"

    def project(id_: str) -> str:
        if not id_:
            return f"[No project found]({href(page.path, 'institutions/index.md?field=none')})"
        by = " or ".join(f"{name(tie.maker)} ({tie.certainty})" for tie in chosen if tie.project == id_ and tie.maker)
        field = site.vocabulary.fields[field_of(site, id_)] + (" (disputed)" if doubted(site, id_) else "")
        return f'{entry(id_)}<span class="ed-sr">; maker: {by or "not known"}; field: {field}</span>'

    columns = [
        column("Makers", [maker(each) for each in makers]),
        lines(makes, makers, projects),
        column("Projects", [project(each) for each in projects]),
        lines(used, projects, fields),
        column(
            "Fields",
            [f"[{site.vocabulary.fields[each]}]({href(page.path, f'{INDEX}?field={each}')})" for each in fields],
        ),
    ]
    rows = max(map(len, (makers, projects, fields)))
    kinds = {*makes.values(), *used.values()}
    legend = " ".join(
        f'<span class="ed-line ed-{kind}">{label}</span>' for kind, label in CERTAINTIES.items() if kind in kinds
    )
    body = "\n\n".join(columns)
    return (
        f'<figure class="ed-picture" style="--rows: {rows}" markdown="1">\n\n'
        f'<div class="ed-picture__body" markdown="1">\n\n{body}\n\n</div>\n\n'
        f'<figcaption markdown="1">{caption} {legend}</figcaption>\n</figure>'
    )


def field_of(site: Site, project: str) -> str:
    """Return the field of a project."""
    return site.entries[project].record.field


def doubted(site: Site, project: str) -> bool:
    """Whether sources disagree about the field of a project."""
    return site.entries[project].record.field_disputed


def whole(page: Page, site: Site) -> str:
    """Return the picture of the whole site."""
    return picture(page, site, ties(site), "Who makes what, in which field, as far as the sources of this site tell.")


def own(page: Page, site: Site) -> str:
    """Return an entry's part of the picture, empty for kinds that have none."""
    if page.folder not in ("projects", "institutions"):
        return ""
    link = f"[the whole picture]({href(page.path, f'{INDEX}#picture')})"
    return picture(page, site, own_ties(page, site), f"{escaped(page.title)} in {link} of makers, projects and fields.")
