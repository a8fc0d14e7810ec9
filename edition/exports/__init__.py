"""The files beside the pages, for programs and for readers who take something away.

All but those of search are made from the records alone, so they are the same
whatever engine built the pages.
"""

from __future__ import annotations

from pathlib import Path

from edition.exports import bibliographies, data, feeds, search
from edition.reading.site import Site


def files(site: Site) -> dict[str, str]:
    """Return the text of every file that needs no built page, by its path below the site's root."""
    return {**bibliographies.files(site), **data.files(site), **feeds.files(site)}


def write(site: Site, target: Path) -> None:
    """Write every file below a folder, in which the pages have been built."""
    for name, text in (files(site) | search.files(site, target)).items():
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
