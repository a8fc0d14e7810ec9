"""Compare two builds of the site page by page, such as those before and after a change of the engine.

    python -m tools.compare BEFORE AFTER

Prints every difference in what readers, search engines and programs get, by
address and aspect (see `tools.parity`), `-` for the first folder and `+` for
the second, then how many pages differ in each aspect. Exits with 1 if any does.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tools.parity import compare
from tools.site import pages


def main(arguments: list[str]) -> int:
    """Compare the folders that the arguments name; return the exit status."""
    folders = [Path(argument) for argument in arguments]
    if len(folders) != 2 or not all((folder / "index.html").is_file() for folder in folders):
        print("Name two folders of built sites: python -m tools.compare BEFORE AFTER", file=sys.stderr)
        return 2
    found = compare(*folders)
    for (address, aspect), lines in found.items():
        for line in lines:
            print(f"{address} {aspect}: {line}")
    for aspect, number in Counter(aspect for _, aspect in found).most_common():
        print(f"{number} differ in: {aspect}")
    print(f"{len(pages(folders[0]))} and {len(pages(folders[1]))} pages compared.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
