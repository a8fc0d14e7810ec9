"""The formats in which reference managers take in sources and pages, and the files beside a page that have them."""

from __future__ import annotations

from collections.abc import Callable

from edition.citations import bibtex, csl, ris
from edition.citations.csl import Item

FORMATS: dict[str, tuple[str, Callable[[list[Item]], str]]] = {
    "bib": (bibtex.LABEL, bibtex.text),
    "ris": (ris.LABEL, ris.text),
    "json": (csl.LABEL, csl.text),
}
"""Formats by the ending of their files, with the label that readers see: how a file is made of items."""
OWN, LISTED = "citation", "cited"
"""Names of the files beside a page: what a reader of it cites, and the sources that it cites itself."""
LISTED_FORMATS = ("bib", "ris")
"""Formats of the latter: those that reference managers take in."""
