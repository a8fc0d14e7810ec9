"""Python-Markdown extension: replace a page's body by the Markdown composed from record and body.

MkDocs tells which file is being rendered through its `relpath` treeprocessor,
Zensical through a preprocessor named `rendering_context`.
"""

from __future__ import annotations

from pathlib import Path

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from edition import compose
from edition.site import load


def rendering(md: Markdown) -> tuple[str, str] | None:
    """Return the docs folder and the path of the page being rendered, or None outside both engines."""
    if "relpath" in md.treeprocessors:
        file = md.treeprocessors["relpath"].file
        return str(Path(file.abs_src_path).as_posix()).removesuffix("/" + file.src_uri), file.src_uri
    if "rendering_context" in md.preprocessors:
        context = md.preprocessors["rendering_context"]
        return str(Path(context.config["docs_dir"]).absolute()), context.page.path
    return None


class ComposePage(Preprocessor):
    """Runs first: what it writes goes through every other extension like an author's text."""

    def run(self, lines: list[str]) -> list[str]:
        where = rendering(self.md)
        if where is None:
            return lines
        docs, path = where
        site = load(docs)
        page = site.pages[path]
        text = compose.page(page, site, backlinks=True)
        if page.path != "concepts/index.md":
            text += "\n" + tooltips(site.terms)
        return text.split("\n")


def tooltips(terms: list[dict]) -> str:
    """Return the abbreviation definitions that give every form of every term its tooltip."""
    return "\n".join(f"*[{form}]: {term['definition']}" for term in terms for form in term["forms"])


class EditionExtension(Extension):
    """Registers the preprocessor."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Priority above every stock preprocessor (the highest is 30)."""
        md.preprocessors.register(ComposePage(md), "edition", 1000)


def makeExtension(**kwargs) -> EditionExtension:
    """Entry point by which Python-Markdown finds the extension."""
    return EditionExtension(**kwargs)
