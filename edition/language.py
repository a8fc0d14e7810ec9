"""Text marked with its language, in Markdown and in HTML, so that browsers and screen readers know it (WCAG 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape


def escaped(text: str) -> str:
    """Return text as Markdown in which nothing is taken for mark-up: no emphasis, link, element or end of a cell."""
    text = re.sub(r"([\\`*_\[\]{}])", r"\\\1", text)
    return re.sub(r"&(?=#?\w+;)", "&amp;", text).replace("<", "&lt;").replace("|", "&#124;")


def spoken(text: str, language: str) -> str:
    """Return text marked with its language."""
    return f"[{escaped(text)}]{{lang={language}}}"


def html_spoken(text: str, language: str) -> str:
    """Return HTML marked with its language."""
    return f'<span lang="{language}">{text}</span>'


def plain(text: str, mark: Callable[[str, str], str]) -> str:
    """Return text that means nothing but itself in Markdown links or, if that is what `mark` returns, in HTML."""
    return escaped(text) if mark is spoken else escape(text, quote=False)


def korean(text: str) -> str:
    """Return text marked as Korean if hangul is in it, else as it is."""
    return spoken(text, "ko") if re.search("[가-힣]", text) else text


def words(text: str) -> str:
    """Return a record's text as Markdown, its Korean words marked."""
    return korean_words(escaped(text))


def words_marked(text: str, letters: str, language: str, mark: Callable[[str, str], str]) -> str:
    """Return text with each run of words in some letters (as in a character class) marked with a language."""
    return re.sub(f"[{letters}]+(?: [{letters}]+)*", lambda match: mark(match[0], language), text)


def korean_words(text: str, mark: Callable[[str, str], str] = spoken) -> str:
    """Return text with each run of hangul in it marked as Korean."""
    return words_marked(text, "가-힣", "ko", mark)


EAST_ASIAN = "\u3040-\u30ff\u4e00-\u9fff가-힣"


def east_asian_words(text: str, language: str, mark: Callable[[str, str], str] = spoken) -> str:
    """Return text with its words in East Asian scripts marked: as the language of a source, else as Korean."""
    return words_marked(text, EAST_ASIAN, language if language in ("ja", "zh") else "ko", mark)
