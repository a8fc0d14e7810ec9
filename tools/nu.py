"""Check the built pages in site/ with the Nu HTML Checker; needs Java and npm."""

import json
import re
import subprocess
import sys

CHECKER = "vnu-jar@26.9.27"
# Material's two toggles are checkboxes with `autocomplete`, which keeps browsers
# from restoring an open menu; the attribute stands in its base template.
STOCK = re.compile(r'data-md-toggle="(drawer|search)" type="checkbox" id="__\1" autocomplete="off"')


def main() -> int:
    """Print every finding but the stock ones; return the exit status."""
    command = ["npx", "--yes", CHECKER, "--format", "json", "--skip-non-html", "--exit-zero-always", "site"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    report = next((line for line in result.stderr.splitlines() if line.startswith("{")), None)
    if report is None:
        print(f"The Nu HTML Checker did not run: {result.stderr.strip()}")
        return 1
    messages = json.loads(report)["messages"]
    found = [
        m
        for m in messages
        if not (m["message"].startswith("Attribute “autocomplete”") and STOCK.search(m.get("extract", "")))
    ]
    for message in found:
        print(f"{message.get('url', '')}:{message.get('lastLine', '')}: {message['message']}")
    print(f"{len(found)} findings; {len(messages) - len(found)} of Material's own `autocomplete` left aside.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
