"""Print the skeleton of a new page: `make new kind=project id=dark-horse` or `make new kind=source url=https://…`.

What can be derived is filled in; the rest is empty, or a key that leads nowhere, so that `make check` tells each of
it. The page goes to standard output and nothing is written; hints go to standard error. The status is 1 if the
address is on record, 2 if an argument is wrong.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from edition import records
from edition.derived import sources
from edition.pages.values import DISAGREE
from edition.reading.frontmatter import CONTROL
from edition.reading.site import Site, read
from edition.vocabulary import VocabularyError

FOLDERS = {
    "background": "background",
    "institution": "institutions",
    "project": "projects",
    "prospect": "prospects",
    "source": "sources",
}
"""The kinds of pages, with their folders."""
OPTIONS = {"kind", "id", "url", "named"}
NAMED_THINGS = ("institution", "project")
"""Kinds of pages whose titles are names, in which each word has a capital."""
LEAD = "What it is, since when and by whom, how good it is claimed to be, in 40 to 60 words. [@source]"
OVERVIEW = "A heading in the words of readers"
EXAMPLES = {
    OVERVIEW: "What several entries tell, in own words. [@source]",
    "What is reported": "What others report, in own words. [@source]",
    "Since the article": "- What has been reported since. [@source]",
    DISAGREE: "### The topic\n\nWhat one source says, and what another. [@source; @other-source]",
    "Not known": "- What nobody says.",
    "In the article": "What the article says, in own words. [@p0]",
    "What the article says": "What the article says, in own words. [@p0]",
}
"""A sentence to replace for each section; the keys belong to no paragraph and no source, so the checks tell them."""
DATES = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)([-/]?)(\d\d)\2(\d\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)([-/])(\d\d)(?!\d)"),
)


class WrongError(Exception):
    """What stops the command, in one line; `status` is its exit status."""

    def __init__(self, message: str, status: int = 2) -> None:
        super().__init__(message)
        self.status = status


def arguments(given: list[str]) -> dict[str, str]:
    """Return arguments of the form `key=value`, without empty ones. Raises WrongError."""
    found = {}
    for each in given:
        key, equals, value = each.partition("=")
        if key not in OPTIONS or not equals:
            raise WrongError(f"{each!r} is no argument; write kind=, id=, url= or named=")
        if value.strip():
            found[key] = value.strip()
    kind = found.get("kind")
    if kind not in FOLDERS:
        wrong = f"kind {kind!r} is not known" if kind else "kind= is missing"
        raise WrongError(f"{wrong}; kinds are {', '.join(FOLDERS)}")
    needed, other = ("url", {"id", "named"}) if kind == "source" else ("id", {"url"})
    if needed not in found:
        example = "url=https://example.org/1" if needed == "url" else "id=dark-horse"
        raise WrongError(f"{needed}= is missing; write make new kind={kind} {example}")
    if surplus := sorted(other & found.keys()):
        raise WrongError(f"{surplus[0]}= is not for kind={kind}; leave it out")
    if found.get("named", "yes") not in ("yes", "no"):
        raise WrongError(f"named={found['named']} is neither yes nor no, whether the article names the entry")
    return found


def fits(type_: object, value: str) -> bool:
    """Whether a value is of a type of the schema."""
    try:
        TypeAdapter(type_).validate_python(value)
    except ValidationError:
        return False
    return True


def scalar(value: object) -> str:
    """Return a value on one line of YAML, text in quotes where it needs them."""
    if isinstance(value, str) and re.fullmatch(r"\w[\w. -]*", value) and yaml.safe_load(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False)


def front(model: type[BaseModel], values: dict) -> list[str]:
    """Return the lines of a record: required keys and those in use, in the order of the schema."""
    lines = []
    for key, field in model.model_fields.items():
        if key not in values and not field.is_required():
            continue
        value = values.get(key, "")
        if isinstance(value, list) and value:
            lines.append(f"{key}:")
            for each in value:
                lines += ("  - " * (not at) + "    " * bool(at) + line for at, line in enumerate(each))
        else:
            lines.append(f"{key}: {scalar(value)}")
    return lines


def taken(site: Site) -> dict[str, str]:
    """Return the pages by id; an empty file is none, since a shell makes one for what is to be written."""
    paths = sorted({*site.pages, *site.aside})
    return {Path(path).stem.casefold(): path for path in paths if (site.docs / path).stat().st_size}


def entry(site: Site, kind: str, id_: str, in_article: bool) -> tuple[str, list[str]]:
    """Return the skeleton of an entry, and hints. Raises WrongError."""
    folder = FOLDERS[kind]
    if not fits(records.Id, id_):
        raise WrongError(f"id {id_!r} is no id; write small letters, digits and single hyphens between them")
    if path := taken(site).get(id_):
        raise WrongError(f"id {id_!r} exists, in {site.docs.name}/{path}; choose another")
    words = id_.replace("-", " ")
    title = words.title() if kind in NAMED_THINGS else words[0].upper() + words[1:]
    _, model = records.KINDS[folder]["page"]
    name = {"text": title, "system": "article", "status": "confirmed"}
    values = {
        "title": title,
        "names": [front(records.Name, name if in_article else {**name, "system": "english", "status": ""})],
        "claims": [front(records.Claim, {"paragraph": 0})] if in_article and kind in ("background", "prospect") else [],
        **{key: [] for key in ("subjects", "facts", "relations", "events")},
        **({} if in_article else {"in_article": False}),
    }
    last = "What the article says" if kind == "prospect" else "In the article"
    first = "Since the article" if kind == "prospect" else "What is reported"
    sections = (OVERVIEW,) if kind == "background" else (first, DISAGREE, "Not known")
    sections = [*sections, last] if in_article else sections
    body = "\n\n".join([LEAD, *(f"## {each}\n\n{EXAMPLES[each]}" for each in sections)])
    hints = [
        f"For {site.docs.name}/{folder}/{id_}.md; delete what does not apply, then run make check.",
        f"The title follows from the id; see how {'the article' if in_article else 'a source'} writes it.",
    ]
    return "\n".join(["---", *front(model, values), "---", "", body, ""]), hints


# Sources ------------------------------------------------------------------


def bare(url: str) -> str:
    """Return an address without scheme, www and slash at its end, by which `edition.checks` tells two apart."""
    return re.sub(r"^https?://(www\.)?|/$", "", url).casefold()


def host(url: str) -> str:
    """Return the host of an address without `www.` and `m.`, empty if it has none."""
    try:
        return re.sub(r"^(www|m)\.", "", (urlsplit(url).hostname or "").rstrip("."))
    except ValueError:
        return ""


def day_in(url: str) -> str:
    """Return the date that an address has in its path or query, which may stop at the month; empty if it has none."""
    rest = re.sub(r"^https?://[^/?#]*", "", url)
    for pattern in DATES:
        for found in pattern.finditer(rest):
            day = "-".join(part for number, part in enumerate(found.groups()) if number != 1)
            if fits(records.PastDay, day):
                return day
    return ""


def outlets(site: Site) -> dict[str, records.Outlet]:
    """Return the records of outlets by id. Raises WrongError if they cannot be read."""
    if not site.outlets:
        raise WrongError(f"{site.docs.name}/{records.SOURCES} has no outlets that can be read; run make check")
    return site.outlets


def published_at(site: Site, url: str, known: dict[str, records.Outlet]) -> tuple[str, str]:
    """Return the outlet whose texts stand at a host most often, and their language if their records name one.

    A text that was seen elsewhere than where it appeared stands at the host of
    where it was seen. The same host counts before one above or below it.
    """
    asked, same, near = host(url), Counter(), Counter()
    for page in site.pages.values():
        if not page.is_source or not page.record or not page.record.url:
            continue
        seen = next((outlet for _, outlet in page.record.via or () if outlet), "")
        outlet = seen or page.record.outlet or sources.parts(page.id)[0]
        spoken = "" if seen else page.record.language
        if outlet in known:
            other = host(page.record.url)
            if other == asked:
                same[outlet, spoken] += 1
            elif f".{asked}".endswith(f".{other}") or f".{other}".endswith(f".{asked}"):
                near[outlet, ""] += 1
    if found := same or near:
        return found.most_common(1)[0][0]
    return (id_, "") if (id_ := made_of(asked)) in known else ("", "")


def made_of(name: str) -> str:
    """Return an id that is made of a host's name."""
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-") or "outlet"


def file_for(site: Site, outlet: str, day: str) -> str:
    """Return a name for the file of a source, with a letter from the second of its kind on."""
    first, used = f"{outlet}-{day}", taken(site)
    letters = ["", *(f"-{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")]
    return next((first + each for each in letters if first + each not in used), first)


def source(site: Site, url: str) -> tuple[str, list[str]]:
    """Return the skeleton of a source, and hints. Raises WrongError."""
    if not fits(records.Address, url) or CONTROL.search(url) or not host(url):
        raise WrongError(f"url {url!r} is no web address; write https://… in full")
    for page in site.pages.values():
        if page.is_source and bare(str(page.front.get("url", ""))) == bare(url):
            raise WrongError(f"the address is on record, in {site.docs.name}/{page.path}", 1)
    known = outlets(site)
    outlet, language = published_at(site, url, known)
    named = language or (outlet in known and known[outlet].language) or site.vocabulary.language
    day, hints = day_in(url), []
    if not outlet:
        outlet = made_of(host(url))
        hints += [
            f"No outlet is known at {host(url)}; add to `outlets` in {site.docs.name}/{records.SOURCES}, with its name"
            f" and, unless it is {site.vocabulary.language}, its `language`:",
            f"  - {{id: {outlet}, title: {scalar(host(url))}}}",
        ]
    name = file_for(site, outlet, day) if day else f"{outlet}-DATE"
    hints.append(f"For {site.docs.name}/sources/{name}.md, then run make check.")
    if day and name != f"{outlet}-{day}":
        hints.append(f"{outlet}-{day}.md exists; see that it is another text.")
    when = "The date is that of the address" if day else "The address has no date; DATE is 2026-01-27, 2026 or undated"
    hints += [
        f"{when}. One that was worked out goes into `inferred`.",
        "Without `type` it is a news-report, without `read` it was read in its opening; without a title that can be"
        " seen write `described` instead of `work` and `english`.",
        "Below the front matter write one sentence on what the source says.",
    ]
    values = {"authors": [], "work": "", "url": url}
    values |= {"language": language} if language else {}
    values |= {"english": ""} if named != "en" else {}
    return "\n".join(["---", *front(records.SourceRecord, values), "---", ""]), hints


def main(given: list[str], docs: str = "docs") -> int:
    """Print the skeleton that the arguments ask for; return the exit status."""
    try:
        wanted = arguments(given)
        site = read(docs)
        if wanted["kind"] == "source":
            text, hints = source(site, wanted["url"])
        else:
            text, hints = entry(site, wanted["kind"], wanted["id"], wanted.get("named") != "no")
    except WrongError as error:
        print(error, file=sys.stderr)
        return error.status
    except VocabularyError as error:
        print(f"{error}; run make check", file=sys.stderr)
        return 2
    print(*hints, sep="\n", file=sys.stderr)
    print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
