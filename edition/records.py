"""The closed schema of front matter: one model a kind of page.

A page's front matter is the record of the thing it describes and the only
copy of each fact in it. Keys stand in the order in which the models declare
them; a key that no model declares is an error. The order, and what has to
resolve to another page, is checked in `edition.checks`.
"""

from __future__ import annotations

import os
import re
import time
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from edition.text import day
from edition.vocabulary import Of, of_article

ARTICLE = "article/index.md"
BOARD = "prospects/index.md"
CONCEPTS = "concepts/index.md"
PROJECTS = "projects/index.md"
SOURCES = "sources/index.md"
TIMELINE = "timeline/index.md"
"""Pages of their kind, below `docs/`: the article, how its forecasts have fared, the glossary, the overviews of
projects and of sources (whose record has outlets, persons and bodies) and the timeline."""

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
"""The licence of what the site adds: its text and its arrangement."""

SOURCE_TYPES = {
    "policy-article": "Policy article",
    "report": "Report",
    "newspaper-article": "Newspaper article",
    "news-report": "News report",
    "web-page": "Web page",
    "blog-post": "Blog post",
    "forum-post": "Forum post",
    "press-release": "Press release",
    "dictionary": "Dictionary",
    "encyclopedia-article": "Encyclopedia article",
}

RELATION_KINDS = {
    "maker": "Maker",
    "parent-body": "Parent body",
    "successor": "Successor",
    "part-of": "Part of",
    "deployed-at": "Deployed at",
}

CERTAINTIES = {"certain": "", "reported": "as reported", "disputed": "disputed", "inferred": "inferred"}
SAID = ("certain", "reported")
"""How sure a tie is that sources say outright and none contradicts; what is reported has only its own side's word."""

EVIDENCE = {"supports": "For", "contradicts": "Against", "context": "Also"}
"""Lists of what was cited on a claim, with how it bears on it as readers see it."""

WORK_STATUS = {
    "printed": "as printed",
    "translated": "English rendering in the article’s reference list; the text is in Korean",
    "description": "our description, not a title",
}

NAMED_PARTS = {"title": "Title", "publisher": "Publisher"}

VIA = {"repost": "reposted by", "mirror": "copied at", "relay": "relayed by"}
"""How a text was seen elsewhere than where it appeared: carried whole under its name, standing on a mirror or a
scraping site, or only reported on."""

READ = {
    "whole": "Read to its end.",
    "opening": "Read in its opening.",
    "relay": "Known only as others relay it.",
    "record": "Seen only as a record of it.",
}
"""How far a source was read for this site, as its page says it."""

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Cite = Id
"""A citation: `p1`, `p2` … for a paragraph of the article, else the id of a source."""
Cites = Annotated[
    list[Cite],
    Field(min_length=1, description="What it rests on: paragraphs of the article, `p1` and so on, and ids of sources"),
]
Voice = Annotated[str, Of("voices"), Field(description="Whose word it is")]


def real_day(text: str) -> str:
    """Return a date in ISO 8601, cut to year or month where no more is known; others are an error."""
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if re.fullmatch(r"\d{4}(-\d\d){0,2}", text) else text + "?")
    except ValueError:
        raise PydanticCustomError(
            "no_date", "is {text}, which is no date; write 2024, 2024-08 or 2024-08-31", {"text": repr(text)}
        ) from None
    return text


def not_ahead(text: str) -> str:
    """Return a date that has come; one in the future is an error.

    Now is SOURCE_DATE_EPOCH if that is set, so that a build depends on the
    source alone. 14 hours are added: where clocks are furthest ahead of UTC,
    the day has begun that much earlier, and a contributor there may write it.
    """
    now = float(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    if text > datetime.fromtimestamp(now + 14 * 3600, UTC).date().isoformat():
        raise PydanticCustomError("future", "is {text}, which lies in the future", {"text": repr(text)})
    return text


PastDay = Annotated[str, AfterValidator(real_day), AfterValidator(not_ahead)]


class Labels:
    """Marks a type with the labels that readers see for its values."""

    def __init__(self, labels: dict[str, str]) -> None:
        self.labels = labels


def vocabulary(mapping: dict[str, str]):
    """Return the type of a key whose value is one of the mapping's keys, marked with their labels."""
    return Annotated[Literal[tuple(mapping)], Labels(mapping)]


class Record(BaseModel):
    """Base of every record: unknown keys and loose types are errors."""

    # What a key holds is said in the string below it: the tables of the data and their schemas take it from there.
    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)


class Name(Record):
    """One written form of a name; two entries that go by the same form must both say so."""

    text: Text
    """The form"""
    system: Annotated[str, Of("name_systems")]
    """How it is written"""
    status: Literal["confirmed", "probable", "derived"]
    """How sure it is: seen in a source, seen but only probably of this bearer, or worked out from another"""
    note: Text = ""
    """A remark"""
    source: Id = ""
    """A source that has the form"""
    shared_with: Id = ""
    """Another entry that goes by the same form"""

    @model_validator(mode="after")
    def a_derived_name_has_no_source(self):
        """A source that prints a form makes it confirmed (content rules, Names)."""
        if self.status == "derived" and self.source:
            raise PydanticCustomError(
                "derived_with_source", "is derived and has a source; a form that a source prints is `confirmed`"
            )
        return self


class SourceName(Name):
    """A written form of a source's author, title or publisher."""

    of: vocabulary(NAMED_PARTS)


class Relation(Record):
    """A tie to another body: an entry of the site (`to`) or one without a page (`name`)."""

    kind: vocabulary(RELATION_KINDS)
    """What the other body is to it"""
    to: Id = ""
    """The other body, if it has an entry"""
    name: Text = ""
    """The other body’s name, if it has none"""
    certainty: vocabulary(CERTAINTIES)
    """How sure the tie is"""
    note: Text = ""
    """A remark"""
    cites: Cites
    disputed: Id = ""
    """The heading on its page that tells who contradicts it"""

    @model_validator(mode="after")
    def one_end(self):
        """Exactly one of the two ways to name the other end."""
        if bool(self.to) == bool(self.name):
            raise PydanticCustomError(
                "relation_end", "needs either `to` (id of an entry) or `name` (a body without a page), not both"
            )
        return self

    @property
    def standing(self) -> str:
        """How sure the tie is, in words; empty where it is certain or its note tells on whose word it rests."""
        return "" if self.note and self.certainty == "reported" else CERTAINTIES[self.certainty]


class Since(Record):
    """What has been reported on a claim since the article, as of a day; it judges no one.

    `told_under` is the id of the heading under which the page tells this
    evidence; every source cited there stands in one of the three lists, or in
    `leaves_out` where it bears on something else (see `edition.checks`).
    """

    state: Annotated[str, Of("all_states")]
    """How a forecast, concern or recommendation has fared"""
    looked_for: Text
    """What was looked for, and when"""
    found: Text
    """What was found"""
    supports: list[Cite]
    """Sources that speak for it"""
    contradicts: list[Cite]
    """Sources that speak against it"""
    context: list[Cite]
    """Sources that bear on it without speaking for or against"""
    confidence: Literal["high", "medium", "low"]
    """How sure that is"""
    as_of: PastDay
    """The day up to which this was looked for"""
    told_under: Id = ""
    leaves_out: list[Cite] = []

    @model_validator(mode="after")
    def evidence(self, info: ValidationInfo):
        """Whatever is more than silence needs a source, and a source stands in one list."""
        if self.state not in info.context.silent and not self.supports + self.contradicts:
            raise PydanticCustomError("no_evidence", f"has the state `{self.state}` without a source; cite one")
        listed = [*self.supports, *self.contradicts, *self.context, *self.leaves_out]
        for cite in listed:
            if listed.count(cite) > 1:
                message = "names {cite} twice; a source supports, contradicts, is context or is left out"
                raise PydanticCustomError("evidence_twice", message, {"cite": cite})
        return self


class Claim(Record):
    """One claim of the article: `text` is a single sentence that keeps who says it; `date` puts it on the timeline."""

    id: Id
    """The claim’s anchor on its page"""
    kind: Annotated[str, Of("claim_kinds")]
    """What kind of claim it is"""
    paragraph: Annotated[int, AfterValidator(of_article)]
    """The article’s paragraph"""
    date: PastDay = ""
    """When what it tells of happened, where the article says so"""
    text: Text
    """The claim in our words"""
    since: Since | None = None

    @model_validator(mode="after")
    def forecasts_are_tracked(self, info: ValidationInfo):
        """Forecasts, concerns and recommendations have a record of what came since, each in states of its own."""
        states = info.context.states
        if (self.kind in states) != (self.since is not None):
            message = (
                "needs `since`, what has been reported" if self.since is None else "has `since`, which is for forecasts"
            )
            raise PydanticCustomError("tracker", f"is of kind `{self.kind}` and {message}")
        if self.since and self.since.state not in states[self.kind]:
            known = ", ".join(states[self.kind])
            message = f"is of kind `{self.kind}` and has the state `{self.since.state}`; its states are {known}"
            raise PydanticCustomError("tracker", message)
        return self


class Event(Record):
    """A dated statement of the page for the timeline: `text` is one sentence that can be read alone.

    `also` holds the ids of other entries that tell the same.
    """

    date: PastDay
    """The day, or the first day of a span"""
    until: PastDay = ""
    """The last day of a span"""
    dated: Literal["event", "report"]
    """Whether the day is that of the event or only of the report"""
    voice: Voice
    disputed: bool = False
    """Whether other sources contradict it"""
    text: Text
    """The statement"""
    cites: Cites
    also: list[Id] = []

    @model_validator(mode="after")
    def ends_after_it_begins(self):
        """A span runs forward."""
        if self.until and self.until < self.date:
            raise PydanticCustomError(
                "span", "runs from {date} back to {until}; swap them", {"date": self.date, "until": self.until}
            )
        return self


class Result(Record):
    """One tournament of a program."""

    date: PastDay
    """When it was"""
    event: Text
    """The tournament"""
    entered_as: Text
    """The name under which the program was entered"""
    place: Annotated[int, Field(ge=1)] | None = None
    """Its place, empty if not known"""
    field: Annotated[int, Field(ge=1)] | None = None
    """How many took part, empty if not known"""
    voice: Voice
    disputed: bool = False
    """Whether other sources contradict it"""
    note: Text = ""
    """A remark"""
    cites: Cites


class Term(Record):
    """A glossary entry. `forms` are the words that get a tooltip on other pages.

    The Korean stands here, or in the record of the outlet that the term names,
    or is left out where no source gives it.
    """

    id: Id
    """The term’s anchor in the glossary"""
    term: Text
    """The term"""
    korean: Text = ""
    korean_note: Text = ""
    """A remark on the Korean"""
    outlet: Id = ""
    forms: list[Text]
    """Words by which other pages mean it"""
    definition: Text
    """What it means here"""
    cites: Cites


class Outlet(Record):
    """A newspaper, site or series in which sources appeared; the one place for its names.

    `language` is that of its texts, if no source says otherwise.
    """

    id: Id
    title: Text
    language: Annotated[str, Of("languages")] = ""
    names: list[Name] = []


class Person(Record):
    """A person who wrote a source or is told of; the one place for the name.

    `family` and `given` stand in Latin letters, `native` in the person's own
    script, and `romanized` tells that the Latin letters are ours, from it.
    `known_as` holds other forms in which reports give the name.
    """

    id: Id
    family: Text
    given: Text = ""
    native: Text = ""
    romanized: bool = False
    known_as: list[Text] = []
    note: Text = ""

    @property
    def listed(self) -> str:
        """The name as a list of authors has it: family name, comma, given name."""
        return ", ".join(filter(None, (self.family, self.given)))


class Body(Record):
    """A body that wrote a source."""

    id: Id
    name: Text
    native: Text = ""
    known_as: list[Text] = []
    note: Text = ""

    @property
    def listed(self) -> str:
        """The name as a list of authors has it."""
        return self.name


class TitledRecord(Record):
    """The key that every page has."""

    title: Text
    """The name that the page bears"""


class PageRecord(TitledRecord):
    """Keys of pages that are no entries. `description` is plain text of at most 40 words."""

    description: Text


class HomeRecord(PageRecord):
    """The home page."""


class ProseRecord(PageRecord):
    """A page about the site itself."""


class Change(Record):
    """A change that readers should know of: `pages` are paths without `.md`, left out if it concerns all."""

    date: PastDay
    pages: list[Text] = []
    text: Text


class AboutRecord(ProseRecord):
    """The page about the site.

    `changes` stand with the newest first; the last is the first publication.
    `moved` leads from addresses that once were to those that took their place,
    both without slash at either end.
    """

    changes: Annotated[list[Change], Field(min_length=1)]
    moved: dict[Text, Text] = {}


class DataFile(Record):
    """A file for download: `path` is below the site's root, `text` tells in some words what it is."""

    path: Text
    title: Text
    text: Text


class DataRecord(PageRecord):
    """The page of the data, with every file that is written below `data/`."""

    files: Annotated[list[DataFile], Field(min_length=1)]


class ArticleRecord(PageRecord):
    """The article in its paragraphs; `source` is the page with its bibliographic record."""

    source: Id


class SectionRecord(PageRecord):
    """The overview page of a section."""


class SourcesRecord(SectionRecord):
    """The overview of sources, which also holds who wrote and published them."""

    outlets: Annotated[list[Outlet], Field(min_length=1)]
    persons: list[Person] = []
    bodies: list[Body] = []


class ConceptsRecord(PageRecord):
    """The glossary."""

    terms: Annotated[list[Term], Field(min_length=1)]
    events: list[Event] = []


FACTS = {
    "verdict": "Where it stands",
    "does": "What it does",
    "known-for": "Known for",
    "teaches": "Teaches",
    "founded": "Since",
    "staff": "Size",
    "performance": "Claimed performance",
    "used-at": "Used at",
    "fate": "State",
    "first": "First sign",
    "extent": "Extent",
    "latest": "Latest",
}
"""Kinds of facts with their labels, in the order in which an entry shows them."""


class Fact(Record):
    """A row of the facts box that no other key has; `disputed` is the id of the heading that tells what others say."""

    kind: vocabulary(FACTS)
    """What it is about"""
    text: Text
    """The fact in some words"""
    cites: Cites
    disputed: Id = ""
    """The heading on its page that tells who contradicts it"""


class EntryRecord(TitledRecord):
    """What background, institution, project and prospect pages share.

    The text opens with a lead, of which the first sentence is the description of the entry.
    `subtitle` is the article's own term where the title is another,
    `in_article` is false for an entry that the article does not name.
    `subjects` are words by which readers search for the entry though it does
    not use them; no page shows them. (Material keeps the key `search` for
    settings of its own.)
    """

    subtitle: Text = ""
    """The article’s own term, where the title is another"""
    in_article: bool = True
    """Whether the article names it"""
    subjects: list[Text] = []


class BackgroundRecord(EntryRecord):
    """An overview of what several entries tell, or of what the article tells before its prospects."""

    claims: list[Claim] = []
    events: list[Event] = []


class InstitutionRecord(EntryRecord):
    """An institution."""

    names: Annotated[list[Name], Field(min_length=1)]
    facts: list[Fact] = []
    relations: list[Relation] = []
    claims: list[Claim] = []
    events: list[Event] = []


class ProjectRecord(EntryRecord):
    """A program."""

    names: Annotated[list[Name], Field(min_length=1)]
    field: Annotated[str, Of("fields")]
    """What a project does"""
    field_disputed: bool = False
    """Whether sources disagree on it"""
    area: Annotated[str, Of("areas")] = ""
    """The area under which the article puts a project"""
    facts: list[Fact] = []
    relations: list[Relation] = []
    tournaments: list[Result] = []
    claims: list[Claim] = []
    events: list[Event] = []


class ProspectRecord(EntryRecord):
    """A prospect of the article or a theme that runs through it."""

    part: Literal["prospect", "theme"]
    """Whether it is a prospect of the article or a theme that runs through it"""
    facts: list[Fact] = []
    claims: list[Claim] = []
    events: list[Event] = []


class Via(Record):
    """Where a text was seen, other than where it appeared: one of `VIA`, with the id of an outlet."""

    repost: Id = ""
    mirror: Id = ""
    relay: Id = ""

    @model_validator(mode="after")
    def one_way(self):
        """A text was seen in one way."""
        if sum(map(bool, (self.repost, self.mirror, self.relay))) != 1:
            raise PydanticCustomError("via", f"needs exactly one of {', '.join(VIA)}, with the id of an outlet")
        return self


class SourceRecord(Record):
    """A source. What its file is named after need not be said again: `gazette-2026-01-27.md` is of the outlet `gazette`
    and of that day (see `edition.sources`, which also derives the label by which it is cited).

    `work` is its own title, `english` our rendering of one in another language; where the title could not be seen,
    `described` has a description of ours instead. `issued` is a year, month or day (ISO 8601) that is printed with the
    text, `inferred` one that was worked out from it. `read` tells how far it was read, `note` what else a reader should
    know. The page's body opens with one sentence, plain text, on what the source says that matters here; more may
    follow.
    """

    label: Text = ""
    type: vocabulary(SOURCE_TYPES) = "news-report"
    """What it is"""
    authors: list[Id] = []
    work: Text = ""
    """Its title"""
    described: Text = ""
    is_translated: bool = False
    english: Text = ""
    """Our rendering of a title in another language"""
    outlet: Id = ""
    via: Via | None = None
    issue: Text = ""
    """Issue"""
    pages: Text = ""
    """Pages"""
    publisher: Text = ""
    """Publisher"""
    place: Text = ""
    """Place of publication"""
    issued: PastDay = ""
    """When it appeared, empty if not known"""
    inferred: PastDay = ""
    """When it apparently appeared, worked out from the text"""
    accessed: PastDay = ""
    archived: Address = ""
    number: Text = ""
    """A number printed in it, such as an ISBN"""
    language: Annotated[str, Of("languages")] = ""
    """Its language"""
    names: list[SourceName] = []
    url: Address = ""
    reference_of_article: bool = False
    """Whether the article lists it"""
    read: vocabulary(READ) = "opening"
    """How far it was read"""
    note: Text = ""

    @model_validator(mode="after")
    def one_date(self):
        """A date is printed or worked out."""
        if self.issued and self.inferred:
            raise PydanticCustomError("two_dates", "has both `issued` and `inferred`; keep `issued` if it is printed")
        return self

    @model_validator(mode="after")
    def one_title(self):
        """A source has its title or a description of ours, which needs no rendering, as an English title needs none."""
        if bool(self.work) == bool(self.described):
            message = "needs either `work`, its title, or `described`, a description of ours, not both"
            raise PydanticCustomError("title", message)
        if self.english and (self.described or self.is_translated or self.language == "en"):
            raise PydanticCustomError("title", "has `english`, but its title is in English already; delete it")
        return self

    @property
    def work_status(self) -> str:
        """What its title is, one of `WORK_STATUS`."""
        return "description" if self.described else "translated" if self.is_translated else "printed"

    @property
    def when(self) -> str:
        """Its date as readers see it, an inferred one in brackets, empty if it has none."""
        return f"[{day(self.inferred)}?]" if self.inferred else day(self.issued)


KINDS = {
    # folder: kind, which is the name of a template, and record of its index.md, then of its pages
    "": {"index": ("home", HomeRecord)},
    "article": {"index": ("article", ArticleRecord)},
    "background": {"index": ("section", SectionRecord), "page": ("overview", BackgroundRecord)},
    "institutions": {"index": ("section", SectionRecord), "page": ("entry", InstitutionRecord)},
    "projects": {"index": ("section", SectionRecord), "page": ("entry", ProjectRecord)},
    "prospects": {"index": ("section", SectionRecord), "page": ("entry", ProspectRecord)},
    "concepts": {"index": ("concepts", ConceptsRecord)},
    "timeline": {"index": ("timeline", SectionRecord)},
    "sources": {"index": ("section", SourcesRecord), "page": ("source", SourceRecord)},
    "data": {"index": ("data", DataRecord)},
    "about": {"index": ("about", AboutRecord)},
}
"""Which kind of page and which record belong to which folder below `docs/`."""

ENTRY_FOLDERS = ("background", "institutions", "projects", "prospects")
"""Folders whose pages say what the article says; the others only point to them."""


def expected(path: str) -> tuple[str, type[Record]] | None:
    """Return kind and record for a page path below `docs/`, or None if no page belongs there."""
    folder, _, name = path.rpartition("/")
    role = "index" if name == "index.md" else "page"
    return KINDS.get(folder, {}).get(role)
