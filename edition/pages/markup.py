"""Write records and links as Markdown: citations, names, tables, boxes, dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from edition.derived import links
from edition.derived.sources import Source
from edition.language import east_asian_words, escaped, korean_words, plain, spoken, words
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import ARTICLE, Body, Name, Person
from edition.text import href, is_paragraph, web_address

ARCHIVE = "https://web.archive.org/web/*/"
BESIDE = "beside:"
"""What stands before the address of a file beside a page until a template takes it away (`partials/text.html`):
no engine knows these files, and each would look for them or move their addresses."""


def as_html(html: str) -> str:
    """Return well-formed HTML between marks by which `edition.engines.extension` takes it over as it is.

    Long lists are written so: parsing them as Markdown would take most of the
    time of a build. Their links are those of Markdown, to files.
    """
    return f"<!-- html -->\n{html}\n<!-- /html -->"


def anchor(page: Page, target: str, label: str) -> str:
    """Return a link from a page to another in HTML."""
    return f'<a href="{href(page.path, target)}">{escape(label, quote=False)}</a>'


def cite(page: Page, site: Site, ref: str) -> str:
    """Return a citation: `p3` links to paragraph 3, anything else to the source of that id."""
    if is_paragraph(ref):
        return f"[¶{ref[1:]}]({href(page.path, f'{ARTICLE}#{ref}')})"
    source = site.source(ref)
    label = source.title if source else ref
    return f"[{escaped(label)}]({href(page.path, f'sources/{ref}.md')})"


def link(page: Page, other: Page) -> str:
    """Return a link that names another page by its title."""
    return f"[{escaped(other.title)}]({href(page.path, other.path)})"


def cites(page: Page, site: Site, refs: list[str]) -> str:
    """Return citations in a row."""
    return ", ".join(cite(page, site, ref) for ref in refs)


def author(record: Person | Body, mark: Callable[[str, str], str] = spoken) -> str:
    """Return a person, family name first, or a body, with the form in their own script and others that are met.

    It is Markdown, or HTML if that is what `mark` returns.
    """
    name = korean_words(plain(record.listed, mark), mark)
    native = record.native
    # Persons and bodies on record write hangul or, in Japan, kanji.
    remarks = [mark(native, "ko" if re.search("[가-힣]", native) else "ja")] if native else []
    remarks += ["romanized by us"] if getattr(record, "romanized", False) else []
    remarks += [f"also {plain(form, mark)}" for form in record.known_as]
    return f"{name} ({'; '.join(remarks)})" if remarks else name


def work(source: Source, mark: Callable[[str, str], str] = spoken) -> str:
    """Return a source's title, one in another script as a whole, a description with its Korean words marked.

    Our rendering follows a title in another language. The title is Markdown,
    or HTML if that is what `mark` returns.
    """
    if source.described:
        return east_asian_words(plain(source.work, mark), source.language, mark)
    is_foreign = not source.work.isascii() and source.language != "en"
    # `mark` escapes brackets itself.
    title = mark(source.work if mark is spoken else plain(source.work, mark), source.language) if is_foreign else ""
    rendering = f" (in English, by us: {plain(source.english, mark)})" if source.english else ""
    return (title or plain(source.work, mark)) + rendering


def rows(pairs: list[tuple[str, str]]) -> str:
    """Return a definition list, a label once with all its values; pairs without value are left out."""
    values: dict[str, list[str]] = {}
    for label, value in pairs:
        if value:
            values.setdefault(label, []).append(f":   {value}")
    return "\n\n".join("\n".join([label, *each]) for label, each in values.items())


def box(label: str, content: str) -> str:
    """Return Markdown in a labelled box."""
    return f'<div class="ed-facts" role="group" aria-label="{label}" markdown="1">\n\n{content}\n\n</div>'


def facts(pairs: list[tuple[str, str]]) -> str:
    """Return a facts box."""
    return box("Facts", rows(pairs))


def name_rows(page: Page, site: Site, names: list[Name]) -> list[tuple[str, str]]:
    """Return the names as rows, one a system and status, derived forms marked in the label."""
    grouped: dict[str, list[str]] = {}
    for system in site.vocabulary.name_systems:
        for name in names:
            if name.system != system:
                continue
            language = site.vocabulary.language_of(system)
            text = spoken(name.text, language) if language else escaped(name.text)
            remarks = [words(name.note)] if name.note else []
            remarks += [cite(page, site, name.source)] if name.source else []
            text += f" ({'; '.join(remarks)})" if remarks else ""
            grouped.setdefault(links.label(name, site), []).append(text)
    return [(label, ", ".join(texts)) for label, texts in grouped.items()]


def tagged(text: str, **values: str) -> str:
    """Return text in an element with data attributes, by which rows are filtered."""
    attributes = " ".join(f'data-{key}="{value}"' for key, value in values.items())
    return f"<span {attributes}>{text}</span>"


def table(kind: str, head: list[str], body: list[list[str]]) -> str:
    """Return a Markdown table in a block of class `ed-<kind>`."""
    lines = [head, ["---"] * len(head), *body]
    cells = ([cell.replace("|", "&#124;") for cell in line] for line in lines)
    text = "\n".join(f"| {' | '.join(line)} |" for line in cells)
    return f'<div class="ed-{kind}" markdown="1">\n\n{text}\n\n</div>'


def filters(what: str, keys: dict[str, tuple[str, dict[str, str]]], rows: int) -> str:
    """Return the form by which the tables after it are filtered: by key, its label and the values with theirs.

    Rows bear the values as `data-<key>` (see `tagged`). Without scripts the
    form is hidden, since it could do nothing.
    """
    selects = []
    for key, (label, values) in keys.items():
        options = "".join(f'<option value="{value}">{escape(text)}</option>' for value, text in values.items())
        selects.append(f'<label>{label} <select name="{key}"><option value="">All</option>{options}</select></label>')
    count = f'<p class="ed-filter__count" role="status">Showing all {rows} rows.</p>'
    return f'<form class="ed-filter" aria-label="Filter {what}">{"".join(selects)}{count}</form>'


def address(url: str, site: Site) -> str:
    """Return a source's address as a link with an archive search; guarded hosts carry a warning."""
    url = web_address(url)
    if guarded := site.vocabulary.guarded(url):
        return (
            f'[{url}]({url}){{rel="noreferrer nofollow"}} '
            f"({guarded.label}: {guarded.warning}); "
            f'[search the Internet Archive]({ARCHIVE}{url}){{rel="noreferrer"}}'
        )
    return f'[{url}]({url}){{rel="noreferrer"}}; [search the Internet Archive]({ARCHIVE}{url}){{rel="noreferrer"}}'
