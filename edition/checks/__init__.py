"""The checks that stop a build: schema, order, vocabulary, references, links, language marks.

`run` returns every problem of the source at once.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from pydantic import BaseModel

from edition import records
from edition.derived import citekeys, persons, sources
from edition.derived.dated import dated
from edition.derived.links import Link, anchors, backlinks, in_text, trees
from edition.derived.tables import FOLDER
from edition.exports import bibliographies, data
from edition.nodes import key_path
from edition.pages import compose
from edition.pages.values import DISAGREE
from edition.reading.pages import Page
from edition.reading.site import Site, read
from edition.vocabulary import FILE, Vocabulary, VocabularyError

OWN_RULES = (
    *("derived_with_source", "relation_end", "no_date", "no_evidence", "tracker", "future", "span"),
    *("evidence_twice", "via", "two_dates", "title"),
)
DESCRIPTION_WORDS = 40
QUOTATION_WORDS = 15
# Pages with the evidence on eight claims need them.
BODY_WORDS = 1700
# Citations and marks are not counted as words of a body.
CITATION = r"\[(?:\\.|[^\]\\])*\]\([^)]*(?:sources/|article/index)[^)]*\)|\]\([^)]*\)|\{[^}]*\}|[#\[]"
SOURCE_LINK = "end it in a citation such as [@doe-2021, 2]"
SECTIONS = (
    "What is reported",
    "Since the article",
    "Where sources disagree",
    "Not known",
    "In the article",
    "What the article says",
)
"""The sections of an entry in reading order: the subject first, the article last (content rules)."""
ARTICLE_SECTIONS = ("In the article", "What the article says")
"""What the section on the article is called: on prospects, which are the article's own subject, the latter."""
CITED_SECTIONS = {
    # section: (what each paragraph and list item in it has, a link or a key that is told apart; what would be right)
    **dict.fromkeys(ARTICLE_SECTIONS, (r"article/index\.md#p|@", "end it in a citation such as [@p3]")),
    "What is reported": (r"\.\./sources/|@", SOURCE_LINK),
    "Where sources disagree": (r"\.\./sources/|@", SOURCE_LINK),
    "Since the article": (r"\.\./sources/|@", SOURCE_LINK),
}
ANY_SOURCE = (r"\.\./sources/|article/index\.md#p|@", SOURCE_LINK)
"""The same of other sections of an overview, whose titles are its own."""
SCRIPTS = {
    # script: (pattern, language tags that fit, what to write)
    "Korean": (re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"), ("ko",), "{lang=ko}"),
    "Japanese": (re.compile(r"[\u3040-\u30ff]"), ("ja",), "{lang=ja}"),
    "Chinese characters": (
        re.compile(r"[\u4e00-\u9fff]"),
        ("ko-Hani", "ko", "ja", "zh"),
        "{lang=ko-Hani}, {lang=ja} or {lang=zh}",
    ),
}


Found = Iterator[tuple[int, str, str]]
"""What a check yields: line, key, message."""


@dataclass(frozen=True, order=True)
class Problem:
    """One error: `file` relative to the repository, `line` 1-based, `key` as a path, may be empty."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        key = f" {self.key}:" if self.key else ""
        return f"{self.file}:{self.line}:{key} {self.message}"


def summary(problems: list[Problem]) -> str:
    """Return the closing line of a failed run."""
    return f"{len(problems)} error{'s' if len(problems) > 1 else ''} in the source; nothing was built."


def run(docs: str | Path) -> list[Problem]:
    """Return all problems of the pages below `docs`, sorted by file and line.

    A page whose record is not sound is set aside for the checks that build on a sound
    one, so that one slip is told once and hides no other page's.
    """
    try:
        site = read(str(docs))
    except VocabularyError as error:
        found = [(error.line(path), key_path(path), message) for path, message in error.told]
        return sorted(Problem(FILE, *each) for each in [*found, *_schema_problems(error, Vocabulary, error.invalid)])
    prefix = site.docs.name
    problems = [Problem(f"{prefix}/{path}", *slip) for path, error in site.errors.items() for slip in error.slips]
    unsound = _each_page(site, check_record)
    problems += unsound + _each_page(site, check_keys)
    site = sources.completed(site.without({problem.file.removeprefix(f"{prefix}/") for problem in unsound}))
    problems += check_unique(site) + _each_page(site, *CHECKS)
    if not site.aside:
        problems += _each_page(site, check_years)
    # A slip in what names a source makes it look like one that nothing names.
    return sorted({*problems, *([] if problems else _each_page(site, check_cited))})


def _each_page(site: Site, *checks: Callable[[Page, Site], Found]) -> list[Problem]:
    """Run checks on every page; return what was found."""
    return [
        Problem(f"{site.docs.name}/{page.path}", *found)
        for page in site.pages.values()
        for check in checks
        for found in check(page, site)
    ]


# Records ------------------------------------------------------------------


def check_record(page: Page, site: Site) -> Found:
    """The record fits the schema of its folder, in keys, values and order; the page is not empty."""
    expected = records.expected(page.path)
    if expected is None:
        allowed = ", ".join(f"{folder}/" for folder in records.KINDS if "page" in records.KINDS[folder])
        yield 1, "", f"is in a folder where no page belongs; entries and sources belong in one of {allowed}"
        return
    _, model = expected
    if page.invalid:
        yield from _schema_problems(page, model, page.invalid.errors())
    yield from _order(page, model)
    words = len(page.description.split()) if "description" in page.front else 0
    if words > DESCRIPTION_WORDS:
        yield page.line(("description",)), "description", f"has {words} words; {DESCRIPTION_WORDS} at most"
    if page.is_source and page.body.strip():
        yield from _opening(page)
    if not page.body.strip():
        yield page.body_line, "", "is an empty page; write its text below the front matter"


def _opening(page: Page) -> Found:
    """The page of a source opens with a sentence in plain text that can stand in previews and search."""
    says, _ = sources.opening(page.body)
    right = "open with one sentence on what the source says that matters here"
    if len(says.split()) > DESCRIPTION_WORDS:
        yield page.body_line, "", f"opens with {len(says.split())} words; {right}, {DESCRIPTION_WORDS} words at most"
    if sign := re.search(r"\]\(|\[@|\*|`|<|^#|^- ", says):
        yield page.body_line, "", f"opens with {sign[0]!r}, which is no plain text; {right}"


def check_keys(page: Page, site: Site) -> Found:
    """Keys in prose belong to a paragraph or source that exists, in brackets that close."""
    paragraphs = {f"p{number}" for number in site.vocabulary.numbers}
    for number, wrong in citekeys.slips(page.body, site.ids("sources") | paragraphs):
        yield page.body_line + number, "", wrong
    for path, value in leaves(page.front):
        if isinstance(value, str) and "[@" in value:
            yield page.line(path), key_path(path), "has a key in brackets, which is read in prose only; leave it out"


def _schema_problems(page: Page | VocabularyError, model: type[BaseModel], errors: list[dict]) -> Found:
    """Turn pydantic's errors into line, key and a message that says what would be right."""
    meant = {}
    for error in errors:
        if error["type"] == "extra_forbidden":
            *parent, key = error["loc"]
            allowed = list(_model_at(model, tuple(parent)).model_fields)
            close = difflib.get_close_matches(str(key), allowed, n=1)
            right = f"did you mean `{close[0]}`?" if close else f"known keys: {', '.join(allowed)}"
            meant[*parent, *close] = right
            yield page.line(error["loc"]), key_path(error["loc"]), f"is not a known key; {right}"
    for error in errors:
        path = tuple(error["loc"])
        if error["type"] == "missing" and path not in meant:
            yield page.line(path[:-1]), key_path(path), "is missing; add it"
        elif error["type"] not in ("extra_forbidden", "missing"):
            yield page.line(path), key_path(path), _schema_message(error)


def _schema_message(error: dict) -> str:
    """Return what is wrong with a value and what would be right."""
    kind, context, value = error["type"], error.get("ctx", {}), error["input"]
    shown = {dict: "a mapping", list: "a list", date: str(value), datetime: str(value)}.get(type(value), repr(value))
    if kind == "literal_error":
        return f"is {shown}; must be one of {context['expected']}"
    if kind == "string_type":
        return f"is {shown}, not text; put it in quotes"
    if kind == "list_type":
        return f"is {shown}; must be a list, such as [{value}]"
    if kind == "string_pattern_mismatch":
        return f"is {shown}, which does not have the form {_form(context['pattern'])}"
    if kind == "greater_than_equal":
        return f"is {shown}; must be {context['ge']} or more"
    if kind in ("string_too_short", "too_short"):
        return "is empty; fill it in"
    message = error["msg"][0].lower() + error["msg"][1:]
    return message if kind in OWN_RULES else f"is {shown}; {message}"


def _form(pattern: str) -> str:
    return "of a web address (https://…)" if "http" in pattern else "of an id: small letters, digits and hyphens"


def _model_at(model: type[BaseModel], path: tuple) -> type[BaseModel] | None:
    """Return the model of the record at a path of the front matter, None where the schema has none."""
    parts = iter(path)
    for part in parts:
        if isinstance(part, int):
            continue
        if part not in model.model_fields:
            return None
        annotation = model.model_fields[part].annotation
        inner = [each for each in getattr(annotation, "__args__", ()) if isinstance(each, type)]
        model = next((each for each in inner if issubclass(each, BaseModel)), None)
        if model is None:
            return None
        if getattr(annotation, "__origin__", None) is dict:
            next(parts, None)  # A word of the vocabulary, no key of the schema.
    return model


def _order(page: Page, model: type[BaseModel]) -> Found:
    """Keys stand in the order of the schema, in nested records too."""
    for path, keys in page.keys.items():
        nested = _model_at(model, path)
        known = [key for key in keys if nested and key in nested.model_fields]
        right = [key for key in nested.model_fields if key in keys] if nested else []
        wrong = next((key for key, wanted in zip(known, right, strict=True) if key != wanted), None)
        if wrong:
            at = (*path, wrong)
            yield page.line(at), key_path(at), f"is out of order; the order is {', '.join(right)}"


# Several pages ------------------------------------------------------------


def _close(wrong: str, right: Iterable[str]) -> str:
    close = difflib.get_close_matches(wrong, sorted(right), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def check_unique(site: Site) -> list[Problem]:
    """Titles, file names, names and ids stand once; a name that two entries share says so on both."""
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    problems = []
    prefix = site.docs.name
    for page in site.pages.values():
        for kind, value, at, right in _once(page):
            line = page.line(at)
            first = seen.setdefault((kind, value.casefold()), (page.path, line))
            if first != (page.path, line):
                message = f"{value!r} is used twice, first at {prefix}/{first[0]}:{first[1]}; {right}"
                problems.append(Problem(f"{prefix}/{page.path}", line, key_path(at), message))
        for number, name in enumerate(page.names):
            other = site.entries.get(name.shared_with)
            if not name.shared_with or name.shared_with in map(_id, site.aside):
                continue
            if not any(n.text == name.text and n.shared_with == page.id for n in (other.names if other else ())):
                at = ("names", number, "shared_with")
                message = f"says that {name.shared_with!r} has this name too, but no entry of that id says so"
                right = "say it on both or on neither"
                problems.append(Problem(f"{prefix}/{page.path}", page.line(at), key_path(at), f"{message}; {right}"))
    return problems


def _id(path: str) -> str:
    return Path(path).stem


def leaves(value: object, path: tuple = ()) -> Iterator[tuple[tuple, object]]:
    """Yield every single value of a record with its path."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))
    else:
        yield path, value


def _once(page: Page) -> Iterator[tuple[str, str, tuple, str]]:
    """Yield what may stand once in the site: kind, value, its place in the record, what would be right.

    Names of outlets are apart: a website and a program may share one.
    """
    yield "title", page.title, ("title",), "give each page a title of its own"
    if not page.is_index:
        yield "file name", page.id, (), "rename one of the files"
    if page.is_source and page.record.url:
        address = re.sub(r"^https?://(www\.)?|/$", "", page.record.url)
        yield "address", address, ("url",), "two records of one text are one; keep the better"
    for path, value in leaves(page.front):
        if path[-1] == "id":
            # Whoever wrote a source is looked up by id, a person or a body.
            yield f"id in {'persons' if path[0] == 'bodies' else path[0]}", value, path, "give each its own id"
        elif path[-1] == "text" and "names" in path and "shared_with" not in _at(page.front, path[:-1]):
            yield f"name in {path[0]}", value, path, "keep one, or mark both with `shared_with`"


def check_subjects(page: Page, site: Site) -> Found:
    """A subject word stands once in a record and is not already the entry's title or one of its names."""
    own = {page.title} | {name.text for name in page.names}
    known = {word.casefold(): "which is a name of the entry; search knows it already, leave it out" for word in own}
    for number, word in enumerate(page.subjects):
        if message := known.get(word.casefold()):
            yield page.line(("subjects", number)), f"subjects[{number}]", f"is {word!r}, {message}"
        known[word.casefold()] = "which stands here twice; keep one"


def _at(value: dict, path: tuple):
    for part in path:
        value = value[part]
    return value


def check_references(page: Page, site: Site) -> Found:
    """Every id in the record belongs to a paragraph, source, entry or outlet that exists."""
    paragraphs = {f"p{number}" for number in site.vocabulary.numbers}
    source_ids = site.ids("sources")
    entries = set().union(*map(site.ids, records.ENTRY_FOLDERS))
    known = {
        "cites": (paragraphs | source_ids, f"paragraph (p1 to p{site.vocabulary.paragraphs}) or source"),
        **dict.fromkeys(("supports", "contradicts", "context", "leaves_out", "source"), (source_ids, "source")),
        "to": (entries, "entry"),
        "also": (entries - {page.id}, "other entry"),
    }
    bodies = site.ids("institutions")
    for number, tie in enumerate(page.relations):
        if tie.to in entries - bodies:
            at = ("relations", number, "to")
            right = f"name an institution{_close(tie.to, bodies)}"
            yield page.line(at), key_path(at), f"names {tie.to!r}, which is no institution; {right}"
    if site.exists(records.SOURCES) and records.SOURCES not in site.aside:
        known |= dict.fromkeys(("outlet", *records.VIA), (site.outlets, "outlet in sources/index.md"))
        known["authors"] = (site.contributors, "person or body in sources/index.md")
    for path, value in leaves(page.front):
        ids, what = known.get(next(part for part in reversed(path) if isinstance(part, str)), (None, ""))
        if ids is not None and value not in ids:
            yield page.line(path), key_path(path), f"names {value!r}, which is no {what}{_close(value, ids)}"
    if page.path == records.ARTICLE:
        missing = paragraphs - set(re.findall(r"(?m)^## .*\{#(p\d+)\}\s*$", page.body))
        for number in sorted(int(paragraph[1:]) for paragraph in missing):
            yield page.body_line, "", f"has no heading for paragraph {number}; write `## ¶{number} … {{#p{number}}}`"


def check_changes(page: Page, site: Site) -> Found:
    """Changes stand with the newest first and name pages; what moved is gone, and where it went is a page."""
    changes = getattr(page.record, "changes", [])
    names = {path.removesuffix(".md") for path in {*site.pages, *site.aside}}
    for number, change in enumerate(changes):
        if number and change.date > changes[number - 1].date:
            message = f"is {change.date!r}, later than the change above it; put the newest first"
            yield page.line(("changes", number, "date")), f"changes[{number}].date", message
        for at, name in enumerate(change.pages):
            if name not in names:
                key = ("changes", number, "pages", at)
                yield page.line(key), key_path(key), f"names {name!r}, which is no page{_close(name, names)}"
    addresses = {name.removesuffix("index").strip("/") for name in names}
    for old, new in getattr(page.record, "moved", {}).items():
        if old in addresses:
            yield page.line(("moved", old)), f"moved.{old}", "is a page, so it has not moved; delete one of the two"
        if new not in addresses:
            message = f"leads to {new!r}, which is no page{_close(new, addresses)}"
            yield page.line(("moved", old)), f"moved.{old}", message


def check_exports(page: Page, site: Site) -> Found:
    """The record of a source can be told in every format: RIS has a line a value and no control characters."""
    for path, value in leaves(page.front) if page.is_source else ():
        if isinstance(value, str) and (sign := re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", value)):
            message = f"holds {sign[0]!r}, which RIS cannot express; write it as one line of text"
            yield page.line(path), key_path(path), message


def check_file_name(page: Page, site: Site) -> Found:
    """A source's file is named after an outlet on record, or its record names the outlet, publisher or label.

    What its name says is not said again.
    """
    if page.is_source:
        for key, told in zip(("outlet", "issued"), sources.parts(page.id), strict=True):
            if told and page.front.get(key) == told:
                yield page.line((key,)), key, f"is {told}, which the name of the file says; delete the line"
    if not page.is_source or records.SOURCES in site.aside or any(getattr(page.record, key) for key in NAMED_AFTER):
        return
    outlet, _ = sources.parts(page.id)
    right = "name the file after its outlet and date, such as gazette-2026-01-27.md, or name its `outlet`"
    message = f"is named after {outlet!r}, which is no outlet in {records.SOURCES}"
    yield 1, "", f"{message}{_close(outlet, site.outlets)}; {right}"


NAMED_AFTER = ("container", "publisher", "label")
"""Keys of a source of which its label can be made."""


def check_persons(page: Page, site: Site) -> Found:
    """Names of persons are not turned round, cut or kept twice, and the text writes them as they are on record."""
    known = site.persons
    if page.path == records.SOURCES:
        for number, person in enumerate(known):
            if wrong := persons.slip(person.family, person.given):
                yield page.line(("persons", number)), f"persons[{number}]", wrong
        for number, other in persons.twins(known):
            message = f"is probably {known[other].id!r}, alike but for case, hyphens, order or romanization"
            right = "keep one, with the other form in `known_as`, or give both their `native` form"
            yield page.line(("persons", number)), f"persons[{number}]", f"{message}; {right}"
    for wrong, right in persons.known(site).misspelt(page.body):
        yield body_line(page, wrong.split()[0]), "", f"writes {wrong!r}; the person on record is {right!r}"
    for path, value in leaves(page.front):
        if path[0] not in ("persons", "names", "work") and isinstance(value, str):
            for wrong, right in persons.known(site).misspelt(value):
                yield page.line(path), key_path(path), f"writes {wrong!r}; the person on record is {right!r}"


AMERICAN = {
    **{"center": "centre", "centers": "centres", "centered": "centred", "defense": "defence", "license": "licence"},
    **{"percent": "per cent", "color": "colour", "behavior": "behaviour", "labor": "labour", "favor": "favour"},
    **{"analyze": "analyse", "analyzes": "analyses", "catalog": "catalogue", "traveled": "travelled"},
    **{"neighboring": "neighbouring", "skillful": "skilful", "judgment": "judgement"},
}
"""American spellings of words in small letters, with the British ones; names keep theirs."""
# The verb is `to license` in British spelling too.
AMERICAN_WORD = re.compile(rf"(?<![\w-])(?<!to )({'|'.join(AMERICAN)})(?![\w-])")
NOT_OURS = re.compile(r"“[^”]*”|\]\([^)]*\)|`[^`]*`|<[^>]*>|\{[^}]*\}")
"""Quotations, addresses, code and marks in a body."""
OWN_WORDS = ("description", "definition", "text", "found", "looked_for", "described", "english", "note")
"""Keys of records that hold our own words."""


def check_spelling(page: Page, site: Site) -> Found:
    """Our own words are in British spelling (content rules, Style); quotations and names are as they are."""
    texts = [(page.line(path), key_path(path), value) for path, value in leaves(page.front) if path[-1] in OWN_WORDS]
    body = NOT_OURS.sub(lambda match: "\n" * match[0].count("\n"), page.body)
    texts += [(page.body_line + number, "", line) for number, line in enumerate(body.split("\n"))]
    for line, key, text in texts:
        if key.startswith(("names", "outlets")):
            continue
        for found in AMERICAN_WORD.findall(text):
            yield line, key, f"has the American spelling {found!r}; write {AMERICAN[found]!r}"


# Text ---------------------------------------------------------------------


def body_line(page: Page, needle: str) -> int:
    """Return the line in which a string stands, sought in the body before the record."""
    lines = list(enumerate(page.text.split("\n"), 1))
    start = page.body_line - 1
    for number, line in lines[start:] + lines[:start]:
        if needle in line:
            return number
    return page.body_line


def _line(page: Page, text: str) -> int:
    return body_line(page, text.split("\n")[0])


def check_lead(page: Page, site: Site) -> Found:
    """An entry opens with a lead: a paragraph that says what it is, each statement with its source."""
    if not page.is_entry:
        return
    words = len(page.description.split())
    if not page.lead:
        right = "write what it is in a paragraph below the front matter, each sentence with its source"
        yield page.body_line, "", f"has no lead; {right}"
    elif words > DESCRIPTION_WORDS:
        yield page.body_line, "", f"opens with a sentence of {words} words; {DESCRIPTION_WORDS} at most"
    for number, block in enumerate(re.split(r"\n\s*\n", page.lead)):
        if block and not re.search(r"\]\([^)]*\)\W*$|\[@[^\]]*\]?\W*$", block):
            yield _line(page, block), "", f"ends its lead without a source; {SOURCE_LINK}"
        if number:
            yield _line(page, block), "", "has a lead of more than one paragraph; begin a section"


def check_sections(page: Page, site: Site) -> Found:
    """The sections of an entry are those that its template shows, in their order; an overview ends with the article."""
    titles = re.findall(r"(?m)^## +(.*?)\s*$", page.body) if page.is_entry else []
    known = [title for title in titles if title in SECTIONS]
    if page.kind == "overview":
        if set(known) & set(ARTICLE_SECTIONS) and titles[-1] not in ARTICLE_SECTIONS:
            yield _line(page, f"## {known[-1]}"), "", "tells what the article says before the last section; put it last"
        return
    for title in titles:
        if title not in SECTIONS or titles.count(title) > 1:
            # The template of entries shows each of these once and nothing else.
            fault = "stands twice" if title in SECTIONS else "is no section of an entry"
            message = f"has `## {title}`, which {fault}; the sections are {', '.join(SECTIONS)}"
            yield _line(page, f"## {title}"), "", message
    right = sorted(known, key=SECTIONS.index)
    for wrong in [title for title, wanted in zip(known, right, strict=True) if title != wanted][:1]:
        yield _line(page, f"## {wrong}"), "", f"has `## {wrong}` out of order; the order is {', '.join(SECTIONS)}"


def check_text(page: Page, site: Site) -> Found:
    """What an entry states has its source; quotations are fragments; what is weak stands where sources disagree."""
    if not page.is_entry:
        return
    for quotation in re.findall(r"“([^”]+)”", page.body):
        words = len(quotation.split())
        if words > QUOTATION_WORDS:
            right = f"a quotation has {QUOTATION_WORDS} at most, say the rest in own words"
            yield _line(page, quotation), "", f"quotes {words} words; {right}"
    words = len(re.sub(CITATION, "", page.body.replace(page.lead, "", 1)).split())
    if words > BODY_WORDS:
        yield page.body_line, "", f"has {words} words; {BODY_WORDS} at most, leave out what helps a reader least"
    for section in re.split(r"(?m)^## +", page.body)[1:]:
        title, _, text = section.partition("\n")
        title = title.strip()
        if title == DISAGREE and not re.match(r"\s*### ", text):
            right = "open with `### The topic`, to which facts that are disputed point"
            yield _line(page, f"## {DISAGREE}"), "", f"does not tell what its sources disagree about; {right}"
        is_free = page.kind == "overview" and title not in SECTIONS
        wanted, right = CITED_SECTIONS.get(title, ANY_SOURCE if is_free else (None, ""))
        for block in re.split(r"\n\s*\n|\n(?=[-*] )", text):
            block = block.strip()
            is_text = block and not block.startswith(("#", "{:", "<", "|"))
            if wanted and is_text and not re.search(wanted, block):
                yield _line(page, block), "", f"states something under `{title}` without its source; {right}"
            if re.search(r"\{:?[^}]*\.weak\b", block) and title != DISAGREE:
                right = f"publish it under `## {DISAGREE}` or not at all"
                yield _line(page, block), "", f"has a statement of low confidence under `{title}`; {right}"


def check_disputed(page: Page, site: Site) -> Found:
    """A fact that is disputed points to a heading of its page."""
    for key in ("facts", "relations"):
        for number, each in enumerate(getattr(page, key)):
            if each.disputed and each.disputed not in anchors(site)[page.path]:
                at = (key, number, "disputed")
                message = f"names {each.disputed!r}, which is no heading of the page"
                yield page.line(at), key_path(at), message + _close(each.disputed, anchors(site)[page.path])


def check_links(page: Page, site: Site) -> Found:
    """Links inside the site reach a page and an id; addresses of guarded hosts are never plain links."""
    for anchor in trees(site)[page.path].iter("a"):
        href = anchor.get("href", "")
        if site.vocabulary.guarded(href) and "nofollow" not in anchor.get("rel", ""):
            right = "cite its source page, where the record's `url` carries the warning"
            yield body_line(page, href), "", f"links {href} as a plain link; {right}"
        elif href.startswith("/"):
            right = "write a relative path to the .md file"
            yield body_line(page, href), "", f"links {href}, which breaks under a sub-path; {right}"
    paragraphs = {f"p{number}" for number in site.vocabulary.numbers}
    for link in in_text(site)[page.path]:
        known = anchors(site).get(link.target, set())
        if link.href.startswith("/") or link.target in site.aside:
            continue
        if link.target not in site.pages and not (site.docs / link.target).is_file():
            yield (
                body_line(page, link.href),
                "",
                f"links {link.href}, which does not exist{_close(link.target, site.pages)}",
            )
        elif link.target in site.pages and site.pages[link.target].is_source and (wrong := _label(page, link, site)):
            yield body_line(page, link.href), "", wrong
        elif link.target == records.ARTICLE and link.anchor in paragraphs:
            continue  # The article's own page is told of a heading that it lacks.
        elif link.anchor and link.anchor not in known | compose.anchors():
            message = f"links {link.href}, but {link.target} has no anchor #{link.anchor}"
            yield body_line(page, link.href), "", message + _close(link.anchor, known)


def _label(page: Page, link: Link, site: Site) -> str:
    """Return what is wrong with a citation that has a date but not the label of its source."""
    label = site.pages[link.target].title
    if re.fullmatch(r"\d{4}", link.text):
        return ""  # The year alone, where the sentence names the author.
    if records.SOURCES in site.aside:
        return ""  # The outlets of which labels are made stand there.
    if not re.search(r"\b\d{4}\b|undated|\?", link.text) or link.text.startswith(label):
        return ""
    return f"cites {link.target} as {link.text!r}; its label is {label!r}"


def check_languages(page: Page, site: Site) -> Found:
    """Text in Korean, Japanese or Chinese script is marked with its language (WCAG 3.1.2)."""

    def walk(element: Element, language: str) -> Iterator[tuple[str, str, str]]:
        language = element.get("lang", language)
        for text, spoken in ((element.text, language), *((child.tail, language) for child in element)):
            for script, (pattern, tags, right) in SCRIPTS.items():
                if text and pattern.search(text) and spoken not in tags:
                    yield script, text.strip(), right
                    break
        for child in element:
            yield from walk(child, language)

    for script, text, right in walk(trees(site)[page.path], "en"):
        sample = next(word for word in text.split() if SCRIPTS[script][0].search(word)).strip(",.;:()“”")
        yield body_line(page, sample), "", f"has {script} without its language: {sample}; write [{sample}]{right}"


def check_cited(page: Page, site: Site) -> Found:
    """A source that no page cites, or an outlet, person or body that no source or text names, does not exist."""
    if page.path == records.SOURCES:
        all_sources = [other for other in site.pages.values() if other.is_source]
        outlets = {other.record.outlet for other in all_sources}
        outlets |= {outlet for other in all_sources for _, outlet in other.record.via or ()}
        authors = {author for other in all_sources for author in other.record.authors}
        texts = "\n".join(other.text for other in site.pages.values() if other is not page)
        told = {person.id for person in site.persons if any(form in texts for form in persons.forms(person))}
        for key, used in (("outlets", outlets), ("persons", authors | told), ("bodies", authors)):
            for number, each in enumerate(getattr(page.record, key)):
                if each.id not in used:
                    at = (key, number, "id")
                    what = f"{each.id!r} stands in no source" + (" and no text" if key == "persons" else "")
                    yield page.line(at), key_path(at), f"{what}; name it in one or delete it"
    if page.is_source and not backlinks(site).get(page.path):
        yield 1, "", f"is cited by no page; cite it as [@{page.id}] or delete it"


def check_files(page: Page, site: Site) -> Found:
    """The page of the data lists every file that is written beside it, once, and no other."""
    if page.folder != FOLDER:
        return
    written = {*data.FILES, *bibliographies.FILES}
    paths = [file.path for file in page.record.files]
    for path in sorted(written.difference(paths)):
        yield page.line(("files",)), "files", f"does not list {path}, which the site writes; add it"
    for number, path in enumerate(paths):
        at = ("files", number, "path")
        if path not in written:
            message = f"names {path!r}, which the site does not write{_close(path, written)}"
            yield page.line(at), key_path(at), message
        elif path in paths[:number]:
            yield page.line(at), key_path(at), f"names {path} twice; keep one"


def check_years(page: Page, site: Site) -> Found:
    """Each year in an entry's text, but for labels and names, is on the timeline, by its record or the article's."""
    if not page.is_entry or page.kind == "overview":
        return  # An overview tells of years that its entries have on the timeline.
    told = set()
    for each in dated(site):
        if page.path in each.pages or each.voice == "article":
            told |= set(range(int(each.date[:4]), int((each.until or each.date)[:4]) + 1))
            told |= set(map(int, YEAR.findall(each.text)))
    names = sorted((name.text for name in page.names), key=len, reverse=True)
    text = re.sub(
        rf"(?ms)^## Not known.*?(?=^## |\Z)|{LINKED.pattern}", lambda cut: "\n" * cut[0].count("\n"), page.body
    )
    for name in names:
        text = text.replace(name, "")
    for number, line in enumerate(text.split("\n")):
        for year in sorted({*map(int, YEAR.findall(line))} - told):
            message = f"tells of {year}, of which the timeline has no statement from this page"
            yield page.body_line + number, "", f"{message}; add it to `events`, or leave the year out"


YEAR = re.compile(r"(?<![\d,])(?:19|20)\d\d\b(?!,\d)")
LINKED = re.compile(r"\[(?:\\.|[^\]\\])*\]\([^)]*\)|\[?@[\w-]+[^\]\n]*\]?|[Aa]s of (?:\w+\s)?\d{4}")
"""A link, whose text is a label or a name, a key, or the day on which something was looked for."""


def check_evidence(page: Page, site: Site) -> Found:
    """What a page cites under the heading of a claim's evidence stands in the claim's record, or is left out there."""
    tracked: dict[str, list[tuple[int, records.Since]]] = {}
    for number, claim in enumerate(page.claims):
        if claim.since and claim.since.told_under:
            tracked.setdefault(claim.since.told_under, []).append((number, claim.since))
    for heading, claims in tracked.items():
        at = ("claims", claims[0][0], "since", "told_under")
        if heading not in anchors(site)[page.path]:
            known = {link.section for link in in_text(site)[page.path]}
            message = f"names {heading!r}, which is no heading of the page{_close(heading, known)}"
            yield page.line(at), key_path(at), message
            continue
        listed = {cite for _, since in claims for key in EVIDENCE for cite in getattr(since, key)}
        cited = {link.target: link.href for link in in_text(site)[page.path] if link.section == heading}
        for target, href in cited.items():
            source = site.pages.get(target)
            if source and source.is_source and source.id not in listed:
                lists = ", ".join(f"`{key}`" for key in EVIDENCE)
                message = f"cites {source.id} under `{heading}`, but no claim told there has it in {lists}"
                yield body_line(page, href), "", f"{message}; add it to the one on which it bears"


EVIDENCE = ("supports", "contradicts", "context", "leaves_out")
"""Keys of a claim's record that hold what the page cites on it."""


CHECKS = (
    *(check_references, check_subjects, check_changes, check_exports, check_lead, check_sections, check_text),
    *(check_disputed, check_file_name, check_persons),
    *(check_spelling, check_links, check_languages, check_files, check_evidence),
)
"""What is checked on every page with a sound record."""
