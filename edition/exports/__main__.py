"""Write the files beside the pages. MkDocs does so through its hook; after Zensical run

    python -m edition.exports

in the folder of `mkdocs.yml`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mkdocs.config import load_config

from edition.derived.sources import configured
from edition.exports import write


def main() -> None:
    """Write the files into the folder of the built site."""
    config = load_config(*sys.argv[1:2])
    write(configured(config), Path(config.site_dir))


if __name__ == "__main__":
    main()
