"""Who makes what: the ties between institutions and projects."""

from __future__ import annotations

from dataclasses import dataclass

from edition.reading.site import Site, once


@dataclass(frozen=True)
class Tie:
    """A project and who makes it: the id of an institution, else a name, empty where it is not known."""

    maker: str
    project: str
    certainty: str


@once
def ties(site: Site) -> list[Tie]:
    """Return who makes what, in the order of the projects."""
    found = []
    for page in site.entries.values():
        if page.folder == "projects":
            own = [
                Tie(each.to or each.name, page.id, each.certainty) for each in page.relations if each.kind == "maker"
            ]
            found += own or [Tie("", page.id, "unknown")]
    return found
