"""Names, titles and addresses of records inline: as Markdown and as HTML, their foreign words marked."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from edition.derived.sources import Source
from edition.language import east_asian_words, escaped, korean_words, plain, spoken
from edition.reading.pages import url_path
from edition.records import Body, Name, Person
from edition.vocabulary import Vocabulary


def url(path: str, target: str) -> str:
    """Return the address of a page or file, by its path, as a built page links it; a query or an anchor may follow."""
    file, rest = re.fullmatch(r"([^?#]*)(.*)", target).groups()
    if file == path and rest:
        return rest
    if not file.endswith(".md"):
        return posixpath.relpath(file, url_path(path) or ".") + rest
    return posixpath.relpath(url_path(file) or ".", url_path(path) or ".") + "/" + rest


def author(record: Person | Body, mark: Callable[[str, str], str] = spoken) -> str:
    """Return a person, family name first, or a body, with the form in their own script and others that are met.

    It is Markdown, or HTML if that is what `mark` returns.
    """
    name = korean_words(plain(record.listed, mark), mark)
    # Persons and bodies on record write hangul or, in Japan, kanji.
    remarks = [mark(record.native, "ko" if re.search("[가-힣]", record.native) else "ja")] if record.native else []
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
    text = source.work if mark is spoken and is_foreign else plain(source.work, mark)
    rendering = f" (in English, by us: {plain(source.english, mark)})" if source.english else ""
    return (mark(text, source.language) if is_foreign else text) + rendering


def name(record: Name, vocabulary: Vocabulary) -> str:
    """Return a form of a name, marked with its language."""
    language = vocabulary.language_of(record.system)
    return spoken(record.text, language) if language else escaped(record.text)
