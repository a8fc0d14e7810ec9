"""Check the built pages with the Nu HTML Checker; needs Java and npm; `make html`."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.site import build, copy_source

CHECKER = "vnu-jar@26.9.27"


def main() -> int:
    """Build the site, print every finding, return the exit status.

    The pages are built without their policy: the checker takes files for strangers to it, and JSON-LD, which no browser
    runs, for scripts. Whether pages keep to it is asked of a browser (`tests/test_shell.py`).
    """
    with tempfile.TemporaryDirectory() as name:
        folder = copy_source(Path(name) / "site")
        build(folder, CONTENT_POLICY="")
        command = ["npx", "--yes", CHECKER, "--format", "json", "--skip-non-html", "--exit-zero-always", "site"]
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    report = next((line for line in result.stderr.splitlines() if line.startswith("{")), None)
    if report is None:
        print(f"The Nu HTML Checker did not run: {result.stderr.strip()}")
        return 1
    messages = json.loads(report)["messages"]
    for message in messages:
        print(f"{message.get('url', '')}:{message.get('lastLine', '')}: {message['message']}")
    print(f"{len(messages)} findings.")
    return 1 if messages else 0


if __name__ == "__main__":
    sys.exit(main())
