"""Who makes what: the ties between institutions and projects."""

from __future__ import annotations

from dataclasses import dataclass

from edition.reading.site import Site, once


@dataclass(frozen=True)
class Tie:
    """A line from a maker to a project. `maker` is the id of an institution, else a name; either end may be empty."""

    maker: str
    project: str
    certainty: str


@once
def ties(site: Site) -> list[Tie]:
    """Return who makes what; a project without maker and an institution without project have one open end."""
    found = []
    makers = set()
    for page in site.entries.values():
        if page.folder == "projects":
            own = [tie for tie in page.relations if tie.kind == "maker"]
            found += [Tie(tie.to or tie.name, page.id, tie.certainty) for tie in own]
            found += [] if own else [Tie("", page.id, "unknown")]
            makers.update(tie.to for tie in own)
    idle = [page.id for page in site.entries.values() if page.folder == "institutions" and page.id not in makers]
    return found + [Tie(maker, "", "unknown") for maker in idle]
