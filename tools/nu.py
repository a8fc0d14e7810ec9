"""Check the built pages in site/ with the Nu HTML Checker; needs Java and npm."""

import json
import subprocess
import sys

CHECKER = "vnu-jar@26.9.27"


def main() -> int:
    """Print every finding; return the exit status."""
    command = ["npx", "--yes", CHECKER, "--format", "json", "--skip-non-html", "--exit-zero-always", "site"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
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
