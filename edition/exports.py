"""The files beside the pages, for programs and for readers who take something away.

All are made from the records, so they are the same whatever engine built the
pages. MkDocs writes them through its hook; after Zensical run

    python -m edition.exports

in the folder of `mkdocs.yml`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mkdocs.config import load_config

from edition import bibliographies, data, feeds, names
from edition.site import Site, configured


def files(site: Site) -> dict[str, str]:
    """Return the text of every file by its path below the site's root."""
    return {**bibliographies.files(site), **data.files(site), **feeds.files(site), **names.files(site)}


def write(site: Site, target: Path) -> None:
    """Write every file below a folder."""
    for name, text in files(site).items():
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")


def main() -> None:
    """Write the files into the folder of the built site."""
    config = load_config(*sys.argv[1:2])
    write(configured(config), Path(config.site_dir))


if __name__ == "__main__":
    main()
