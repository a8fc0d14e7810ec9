"""The checks that stop a build: schema, order, vocabulary, references, links, language marks.

`run` returns every problem of the source at once.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from pydantic import BaseModel, ValidationError

from edition import compose, records
from edition.site import Page, Site, load, text_of

DESCRIPTION_WORDS = 40
QUOTATION_WORDS = 15
SCRIPTS = {
    # script: (pattern, language tags that fit, what to write)
    "Korean": (re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"), ("ko",), "{lang=ko}"),
    "Japanese": (re.compile(r"[\u3040-\u30ff]"), ("ja",), "{lang=ja}"),
    "Chinese characters": (re.compile(r"[\u4e00-\u9fff]"), ("ko-Hani", "ko", "ja", "zh"), "{lang=ko-Hani}, {lang=ja} or {lang=zh}"),
}


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


def run(docs: str | Path, nav: list | None = None, config_file: str = "mkdocs.yml") -> list[Problem]:
    """Return all problems of the pages below `docs`, sorted by file and line.

    `nav` is the navigation as MkDocs reads it; without it, reachability is
    not checked. A page with an error is set aside for the checks that build
    on a sound one, so that one slip is told once and hides no other page's.
    """
    site = load(str(docs))
    prefix = Path(docs).name
    problems = [Problem(f"{prefix}/{path}", e.line, e.key, e.message) for path, e in site.errors.items()]
    if nav is not None:
        problems += check_nav(site, nav, config_file)
    wrong: set[str] = set()
    for checks in ((check_record,), (check_references, check_text), (check_links, check_languages, check_cited)):
        site = site.without(wrong)
        for page in site.pages.values():
            found = [Problem(f"{prefix}/{page.path}", *each) for check in checks for each in check(page, site)]
            wrong |= {page.path} if found else set()
            problems += found
        if checks == (check_record,):
            site = site.without(wrong)
            problems += check_unique(site)
    return sorted(set(problems))


Found = Iterator[tuple[int, str, str]]
"""What a check yields: line, key, message."""


def key_path(path: tuple) -> str:
    """Return a key's path as readers write it: `names[2].system`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


# Records ------------------------------------------------------------------


def check_record(page: Page, site: Site) -> Found:
    """The record fits the schema of its folder, in keys, values and order; the page is not empty."""
    expected = records.expected(page.path)
    if expected is None:
        allowed = ", ".join(f"{folder}/" for folder in records.KINDS if "page" in records.KINDS[folder])
        yield 1, "", f"is in a folder where no page belongs; entries and sources belong in one of {allowed}"
        return
    template, model = expected
    if page.meta.get("template") not in (None, template):
        where = page.folder or "the top folder"
        yield page.line(("template",)), "template", f"is {page.meta['template']!r}, but pages in {where} are {template!r}; correct it or move the page"
        return
    try:
        model.model_validate(page.meta)
    except ValidationError as error:
        yield from _schema_problems(page, model, error.errors())
    yield from _order(page, model, ())
    words = len(str(page.meta.get("description", "")).split())
    if words > DESCRIPTION_WORDS:
        yield page.line(("description",)), "description", f"has {words} words; {DESCRIPTION_WORDS} at most"
    if not page.body.strip():
        yield page.body_line, "", "is an empty page; write its text below the front matter"


def _schema_problems(page: Page, model: type[BaseModel], errors: list[dict]) -> Found:
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
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"is {shown}; paragraphs run from {records.PARAGRAPHS[0]} to {records.PARAGRAPHS[-1]}"
    if kind in ("string_too_short", "too_short"):
        return "is empty; fill it in"
    message = error["msg"][0].lower() + error["msg"][1:]
    return message if kind in ("derived_with_source", "relation_end", "no_date") else f"is {shown}; {message}"


def _form(pattern: str) -> str:
    return "of a web address (https://…)" if "http" in pattern else "of an id: small letters, digits and hyphens"


def _model_at(model: type[BaseModel], path: tuple) -> type[BaseModel]:
    """Return the model of the nested record at a path."""
    for part in path:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[part].annotation
        for inner in [annotation, *getattr(annotation, "__args__", ())]:
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                model = inner
    return model


def _order(page: Page, model: type[BaseModel], path: tuple) -> Found:
    """Keys stand in the order of the schema, in nested records too."""
    keys = [key for key in page.keys.get(path, []) if key in model.model_fields]
    right = [key for key in model.model_fields if key in keys]
    for key, wanted in zip(keys, right, strict=True):
        if key != wanted:
            yield page.line((*path, key)), key_path((*path, key)), f"is out of order; the order is {', '.join(right)}"
            break
    for key in keys:
        for number in range(len(page.meta[key]) if isinstance(page.meta.get(key), list) else 0) if not path else ():
            inner = (key, number)
            if inner in page.keys and _model_at(model, (key,)) is not model:
                yield from _order_nested(page, _model_at(model, (key,)), inner)


def _order_nested(page: Page, model: type[BaseModel], path: tuple) -> Found:
    keys = [key for key in page.keys[path] if key in model.model_fields]
    right = [key for key in model.model_fields if key in keys]
    if keys != right:
        wrong = next(key for key, wanted in zip(keys, right, strict=True) if key != wanted)
        yield page.line((*path, wrong)), key_path((*path, wrong)), f"is out of order; the order is {', '.join(right)}"


# Several pages ------------------------------------------------------------


def nav_paths(nav: list) -> Iterator[str]:
    """Yield the page paths of a navigation as MkDocs reads it."""
    for item in nav:
        value = next(iter(item.values())) if isinstance(item, dict) else item
        if isinstance(value, list):
            yield from nav_paths(value)
        elif value.endswith(".md"):
            yield value


def check_nav(site: Site, nav: list, config_file: str) -> list[Problem]:
    """Navigation reaches each page once, and nothing that is not there."""
    name = Path(config_file).name
    text = Path(config_file).read_text("utf-8").split("\n") if Path(config_file).is_file() else []
    prefix = site.docs.name
    known = {*site.pages, *site.aside}
    listed = list(nav_paths(nav))
    problems = []
    for path in sorted(known - set(listed)):
        problems.append(Problem(f"{prefix}/{path}", 1, "", f"is not in the navigation; add `- {path}` to `nav` in {name}"))
    for path in sorted(set(listed)):
        lines = [number for number, line in enumerate(text, 1) if re.search(rf"(^|[\s:-]){re.escape(path)}\s*(#.*)?$", line)] or [1]
        if path not in known:
            problems.append(Problem(name, lines[0], "nav", f"names {path}, which does not exist{_close(path, known)}"))
        if listed.count(path) > 1:
            problems.append(Problem(name, lines[-1], "nav", f"names {path} twice; keep one"))
    return problems


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
                where = f"{prefix}/{first[0]}:{first[1]}"
                problems.append(Problem(f"{prefix}/{page.path}", line, key_path(at), f"{value!r} is used twice, first at {where}; {right}"))
        for number, name in enumerate(page.meta.get("names", [])):
            if "shared_with" in name:
                other = site.entries.get(name["shared_with"])
                if not other and name["shared_with"] in _ids(site.aside):
                    continue
                names = other.meta.get("names", []) if other else []
                if not any(n["text"] == name["text"] and n.get("shared_with") == page.id for n in names):
                    at = ("names", number, "shared_with")
                    message = f"says that {name['shared_with']!r} has this name too, but no entry of that id says so; say it on both or on neither"
                    problems.append(Problem(f"{prefix}/{page.path}", page.line(at), key_path(at), message))
    return problems


def _ids(paths: Iterable[str]) -> set[str]:
    return {Path(path).stem for path in paths}


def _once(page: Page) -> Iterator[tuple[str, str, tuple, str]]:
    """Yield what may stand once in the site: kind, value, its place in the record, what would be right."""
    yield "title", page.meta["title"], ("title",), "give each page a title of its own"
    if not page.is_index:
        yield "file name", page.id, (), "rename one of the files"
    for key in ("claims", "terms", "outlets"):
        for number, record in enumerate(page.meta.get(key, [])):
            yield key, record["id"], (key, number, "id"), "give each its own id"
    for holder in [(), *(("outlets", number) for number in range(len(page.meta.get("outlets", []))))]:
        for number, name in enumerate(_value(page.meta, (*holder, "names")) or []):
            if "shared_with" not in name:
                yield "name", name["text"], (*holder, "names", number, "text"), "keep one, or mark both with `shared_with`"


def _value(meta: dict, path: tuple):
    for part in path:
        meta = meta.get(part) if isinstance(meta, dict) else meta[part]
        if meta is None:
            return None
    return meta


def check_references(page: Page, site: Site) -> Found:
    """Every id in the record belongs to a paragraph, source, entry or outlet that exists."""
    sources = {path.removeprefix("sources/").removesuffix(".md") for path in {*site.pages, *site.aside} if path.startswith("sources/")}
    entries = {*site.entries, *_ids(site.aside)}
    outlets = None if "sources/index.md" in site.aside else site.outlets

    def unresolved(at: tuple, value: str, known: Iterable[str] | None, what: str) -> Found:
        if known is not None and value not in known:
            yield page.line(at), key_path(at), f"names {value!r}, which is no {what}{_close(value, known)}"

    paragraphs = {f"p{number}" for number in records.PARAGRAPHS}
    holders = [((), page.meta), *((("relations", n), r) for n, r in enumerate(page.meta.get("relations", [])))]
    holders += [(("terms", n), r) for n, r in enumerate(page.meta.get("terms", []))]
    for at, record in holders:
        for number, ref in enumerate(record.get("cites", [])):
            yield from unresolved((*at, "cites", number), ref, paragraphs | sources, "paragraph (p1 to p13) or source")
    for number, relation in enumerate(page.meta.get("relations", [])):
        if "to" in relation:
            yield from unresolved(("relations", number, "to"), relation["to"], entries, "entry")
    named = [(("names",), page.meta.get("names", []))]
    named += [(("outlets", n, "names"), o.get("names", [])) for n, o in enumerate(page.meta.get("outlets", []))]
    for at, names in named:
        for number, name in enumerate(names):
            if "source" in name:
                yield from unresolved((*at, number, "source"), name["source"], sources, "source")
    for number, term in enumerate(page.meta.get("terms", [])):
        if "outlet" in term:
            yield from unresolved(("terms", number, "outlet"), term["outlet"], outlets, "outlet in sources/index.md")
    if "outlet" in page.meta:
        yield from unresolved(("outlet",), page.meta["outlet"], outlets, "outlet in sources/index.md")
    if page.folder == "article":
        yield from unresolved(("source",), page.meta["source"], sources, "source")
        for paragraph in sorted(paragraphs - set(re.findall(r"(?m)^## .*\{#(p\d+)\}\s*$", page.body)), key=lambda p: int(p[1:])):
            yield page.body_line, "", f"has no heading for paragraph {paragraph[1:]}; write `## ¶{paragraph[1:]} … {{#{paragraph}}}`"


# Text ---------------------------------------------------------------------


def body_line(page: Page, needle: str) -> int:
    """Return the line in which a string stands, sought in the body before the record."""
    lines = list(enumerate(page.text.split("\n"), 1))
    start = page.body_line - 1
    for number, line in lines[start:] + lines[:start]:
        if needle in line:
            return number
    return page.body_line


def check_text(page: Page, site: Site) -> Found:
    """An entry opens with what the article says, each statement with its paragraph; quotations are fragments."""
    for quotation in re.findall(r"“([^”]+)”", page.body) if page.is_entry else []:
        words = len(quotation.split())
        if words > QUOTATION_WORDS:
            yield body_line(page, quotation.split('\n')[0]), "", f"quotes {words} words; a quotation has {QUOTATION_WORDS} at most, say the rest in own words"
    if not page.is_entry:
        return
    sections = re.split(r"(?m)^## +", page.body)
    if not sections[0].strip() == "" or len(sections) < 2 or not sections[1].startswith("In the article"):
        yield page.body_line, "", "does not open with the section `## In the article`; the article comes first on every entry"
        return
    text = sections[1].partition("\n")[2]
    for block in re.split(r"\n\s*\n|\n(?=[-*] )", text):
        block = block.strip()
        if block and not block.startswith(("#", "{:", "<", "|")) and "article/index.md#p" not in block:
            yield body_line(page, block.split("\n")[0]), "", "states something under `In the article` without its paragraph; end it in a link such as [¶3](../article/index.md#p3)"


def check_links(page: Page, site: Site) -> Found:
    """Links inside the site reach a page and an id; addresses of North Korean hosts are never plain links."""
    tree = site.trees[page.path]
    for anchor in tree.iter("a"):
        href = anchor.get("href", "")
        if compose.is_north_korean(href) and "nofollow" not in anchor.get("rel", ""):
            yield body_line(page, href), "", f"links {href} as a plain link; cite its source page, where the record's `url` carries the warning"
        elif "://" not in href and href.startswith("/"):
            yield body_line(page, href), "", f"links {href}, which breaks under a sub-path; write a relative path to the .md file"
    for link in site.links[page.path]:
        if link.href.startswith("/"):
            continue
        if link.target not in site.pages:
            if not site.exists(link.target) and not (site.docs / link.target).is_file():
                yield body_line(page, link.href), "", f"links {link.href}, which does not exist{_close(link.target, {*site.pages, *site.aside})}"
        elif link.anchor and link.anchor not in site.anchors[link.target]:
            yield body_line(page, link.href), "", f"links {link.href}, but {link.target} has no anchor #{link.anchor}{_close(link.anchor, site.anchors[link.target])}"


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

    for script, text, right in walk(site.trees[page.path], "en"):
        sample = next(word for word in text.split() if SCRIPTS[script][0].search(word)).strip(",.;:()“”")
        yield body_line(page, sample), "", f"has {script} without its language: {sample}; write [{sample}]{right}"


def check_cited(page: Page, site: Site) -> Found:
    """A source that no page cites, or an outlet in which no source appeared, does not exist."""
    if site.aside:
        return  # A page set aside may cite it.
    used = {other.meta["outlet"] for other in site.pages.values() if "outlet" in other.meta} if "outlets" in page.meta else set()
    for number, outlet in enumerate(page.meta.get("outlets", [])):
        if outlet["id"] not in used:
            at = ("outlets", number, "id")
            yield page.line(at), key_path(at), f"{outlet['id']!r} is the outlet of no source; name it in a source or delete it"
    if page.folder == "sources" and not page.is_index and not site.backlinks.get(page.path):
        yield 1, "", f"is cited by no page; cite it as [{page.meta['title']}](../{page.path}) or delete it"
