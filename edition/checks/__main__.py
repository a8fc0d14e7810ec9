"""Check source and settings without a build: `python -m edition.checks`; status 1 if anything is wrong."""

import sys

from edition import checks
from edition.checks import settings
from edition.reading.site import read


def main() -> int:
    """Print each problem, then how many there are or how many pages were checked; return the exit status."""
    problems = checks.run("docs") + settings.run(".")
    for problem in problems:
        print(problem)
    print(checks.summary(problems) if problems else f"{len(read('docs').pages)} pages checked, nothing is wrong")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
