"""The closed schema of front matter: one model a kind of page.

A page's front matter is the record of the thing it describes and the only
copy of each fact in it. Keys stand in the order in which the models declare
them; a key that no model declares is an error. The order, and what has to
resolve to another page, is checked in `edition.checks`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

PARAGRAPHS = range(1, 14)
"""The article's paragraphs, numbered 1 to 13."""

NAME_SYSTEMS = {
    "article": "As the article writes it",
    "english": "English",
    "abbreviation": "Abbreviation",
    "korean": "Korean, North and South alike",
    "korean-north": "Korean, Northern spelling",
    "korean-south": "Korean, Southern spelling",
    "mccune-reischauer": "McCune–Reischauer",
    "revised-romanization": "Revised Romanization",
    "press": "Spellings in the press",
    "hanja": "Hanja (Chinese characters in Korean)",
    "japanese": "Japanese",
    "chinese": "Chinese",
    "other-language": "Other languages",
    "search": "Spellings to search by",
}
"""Systems in which a name can be written, with the label that readers see."""

LANGUAGES = {
    "korean": "ko",
    "korean-north": "ko",
    "korean-south": "ko",
    "hanja": "ko-Hani",
    "japanese": "ja",
    "chinese": "zh",
}
"""Language tag (BCP 47) of the systems that are not in Latin script."""

FIELDS = {
    "voice-recognition": "Voice recognition",
    "grading": "Grading",
    "optical-character-recognition": "Optical character recognition",
    "facial-recognition": "Facial recognition",
    "go": "Go",
    "speech-synthesis": "Korean speech synthesis",
    "translation": "Translation",
    "chatbot": "Chatbot",
    "speech-recognition": "Speech recognition",
    "text-recognition": "Text recognition",
    "identification": "Identification of persons",
    "smart-speaker": "Smart speaker",
    "teaching-robot": "Teaching robot",
}
"""What a program does: in the article's words for those it names (¶3), then for others."""

AREAS = {"natural-language-processing": "Natural language processing"}
"""The one area of AI under which the article groups programs (¶3)."""

VOICES = {
    "article": "The article",
    "state": "North Korean source",
    "reporting": "Other reporting",
    "disputed": "Disputed",
}
"""Whose word a dated statement is."""

CLAIM_KINDS = {
    "report": "Report",
    "judgement": "Judgement",
    "expectation": "Expectation",
    "concern": "Concern",
    "recommendation": "Recommendation",
}

SOURCE_TYPES = {
    "policy-article": "Policy article",
    "report": "Report",
    "newspaper-article": "Newspaper article",
    "news-report": "News report",
    "web-page": "Web page",
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

CERTAINTIES = {"certain": "", "disputed": "disputed", "inferred": "inferred"}

FORECASTS = ("expectation", "concern", "recommendation")
"""Kinds of claims of which the site tracks what has been reported since."""

STATES = {
    "nothing found": "It was looked for, and no report speaks to it.",
    "first signs": "One report or a few point that way.",
    "under way": "Several independent or official reports say that it happens.",
    "contrary reports": "Reports point the other way.",
}
"""States of a forecast, with their definitions."""

WORK_STATUS = {
    "printed": "as printed",
    "translated": "English rendering in the article’s reference list; the text is in Korean",
    "description": "our description, not a title",
}

LANGUAGE_NAMES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "fr": "French",
    "id": "Indonesian",
    "ja": "Japanese",
    "ko": "Korean",
    "ru": "Russian",
    "zh": "Chinese",
}

NAMED_PARTS = {"author": "Author", "title": "Title", "publisher": "Publisher"}

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Cite = Id
"""A citation: `p1` to `p13` for a paragraph of the article, else the id of a source."""


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
    """Return a date that has come; one in the future is an error."""
    if text > date.today().isoformat():
        raise PydanticCustomError("future", "is {text}, which lies in the future", {"text": repr(text)})
    return text


PastDay = Annotated[str, AfterValidator(real_day), AfterValidator(not_ahead)]


def vocabulary(mapping: dict[str, str]):
    """Return the type of a key whose value is one of the mapping's keys."""
    return Literal[tuple(mapping)]


class Record(BaseModel):
    """Base of every record: unknown keys and loose types are errors."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Name(Record):
    """One written form of a name.

    `confirmed` means that a source prints the form, `probable` that one prints
    it but only probably of this bearer, `derived` that it was worked out from
    another form. `shared_with` is the id of another entry that goes by the
    same form; both must say so.
    """

    text: Text
    system: vocabulary(NAME_SYSTEMS)
    status: Literal["confirmed", "probable", "derived"]
    note: Text | None = None
    source: Id | None = None
    shared_with: Id | None = None

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
    to: Id | None = None
    name: Text | None = None
    certainty: vocabulary(CERTAINTIES)
    note: Text | None = None
    cites: Annotated[list[Cite], Field(min_length=1)]

    @model_validator(mode="after")
    def one_end(self):
        """Exactly one of the two ways to name the other end."""
        if (self.to is None) == (self.name is None):
            raise PydanticCustomError(
                "relation_end", "needs either `to` (id of an entry) or `name` (a body without a page), not both"
            )
        return self


class Since(Record):
    """What has been reported on a forecast since the article, as of a day; it judges no one."""

    state: vocabulary(STATES)
    as_of: PastDay
    text: Text
    confidence: Literal["high", "medium", "low"]
    cites: list[Cite]

    @model_validator(mode="after")
    def evidence(self):
        """Whatever is more than silence needs a source."""
        if self.state != "nothing found" and not self.cites:
            raise PydanticCustomError("no_evidence", f"has the state `{self.state}` without a source; cite one")
        return self


class Claim(Record):
    """One claim of the article: `text` is a single sentence that keeps who says it.

    `date` is when what it tells of happened, where the article says so; it
    puts the claim on the timeline.
    """

    id: Id
    kind: vocabulary(CLAIM_KINDS)
    paragraph: Annotated[int, Field(ge=PARAGRAPHS[0], le=PARAGRAPHS[-1])]
    date: PastDay | None = None
    text: Text
    since: Since | None = None

    @model_validator(mode="after")
    def forecasts_are_tracked(self):
        """Expectations, concerns and recommendations have a record of what came since, others none."""
        if (self.kind in FORECASTS) != (self.since is not None):
            message = (
                "needs `since`, what has been reported" if self.since is None else "has `since`, which is for forecasts"
            )
            raise PydanticCustomError("tracker", f"is of kind `{self.kind}` and {message}")
        return self


class Event(Record):
    """A dated statement of the page for the timeline: `text` is one sentence that can be read alone.

    `dated` tells whether the day is that of the event or only of the report;
    `until` is the last day of a span; `also` holds the ids of other entries
    that tell the same.
    """

    date: PastDay
    until: PastDay | None = None
    dated: Literal["event", "report"]
    voice: vocabulary(VOICES)
    text: Text
    cites: Annotated[list[Cite], Field(min_length=1)]
    also: list[Id] = []

    @model_validator(mode="after")
    def ends_after_it_begins(self):
        """A span runs forward."""
        if self.until is not None and self.until < self.date:
            raise PydanticCustomError(
                "span", "runs from {date} back to {until}; swap them", {"date": self.date, "until": self.until}
            )
        return self


class Result(Record):
    """One tournament of a Go program; `place` and `field` (number of entrants) are left out where unknown."""

    date: PastDay
    event: Text
    entered_as: Text
    place: Annotated[int, Field(ge=1)] | None = None
    field: Annotated[int, Field(ge=1)] | None = None
    voice: vocabulary(VOICES)
    note: Text | None = None
    cites: Annotated[list[Cite], Field(min_length=1)]


class Term(Record):
    """A glossary entry. `forms` are the words that get a tooltip on other pages.

    The Korean stands here, or in the record of the outlet that the term names,
    or is left out where no source gives it.
    """

    id: Id
    term: Text
    korean: Text | None = None
    korean_note: Text | None = None
    outlet: Id | None = None
    forms: list[Text]
    definition: Text
    cites: Annotated[list[Cite], Field(min_length=1)]


class Outlet(Record):
    """A newspaper, site or series in which sources appeared; the one place for its names."""

    id: Id
    title: Text
    names: list[Name] = []


class Author(Record):
    """A person, as the source's record gives the name."""

    family: Text
    given: Text
    printed_as: Text | None = None


class PageRecord(Record):
    """Keys that every page has. `description` is plain text of at most 40 words."""

    template: Text
    title: Text
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
    """The overview of sources, which also holds the outlets."""

    outlets: Annotated[list[Outlet], Field(min_length=1)]


class ConceptsRecord(PageRecord):
    """The glossary."""

    terms: Annotated[list[Term], Field(min_length=1)]
    events: list[Event] = []


class EntryRecord(PageRecord):
    """What background, institution, project and prospect pages share.

    `in_article` is false for an entry that the article does not name.
    `subjects` are words by which readers search for the entry though it does
    not use them; no page shows them. (Material keeps the key `search` for
    settings of its own.)
    """

    cites: Annotated[list[Cite], Field(min_length=1)]
    in_article: bool = True
    subjects: list[Text] = []


class BackgroundRecord(EntryRecord):
    """A page on what the article tells before its prospects."""

    claims: Annotated[list[Claim], Field(min_length=1)]
    events: list[Event] = []


class InstitutionRecord(EntryRecord):
    """An institution."""

    names: Annotated[list[Name], Field(min_length=1)]
    relations: list[Relation] = []
    claims: list[Claim] = []
    events: list[Event] = []


class ProjectRecord(EntryRecord):
    """A program."""

    names: Annotated[list[Name], Field(min_length=1)]
    field: vocabulary(FIELDS)
    area: vocabulary(AREAS) | None = None
    relations: list[Relation] = []
    tournaments: list[Result] = []
    claims: list[Claim] = []
    events: list[Event] = []


class ProspectRecord(EntryRecord):
    """A prospect of the article or a theme that runs through it."""

    part: Literal["prospect", "theme"]
    claims: Annotated[list[Claim], Field(min_length=1)]
    events: list[Event] = []


class SourceRecord(PageRecord):
    """A source: the page's `title` is the label by which it is cited, `work` its own title.

    `issued` is a year, month or day (ISO 8601); it is left out where unknown.
    """

    type: vocabulary(SOURCE_TYPES)
    authors: list[Author] = []
    corporate_author: Text | None = None
    work: Text
    work_status: vocabulary(WORK_STATUS)
    outlet: Id | None = None
    issue: Text | None = None
    pages: Text | None = None
    publisher: Text | None = None
    place: Text | None = None
    issued: PastDay | None = None
    number: Text | None = None
    language: vocabulary(LANGUAGE_NAMES)
    names: list[SourceName] = []
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    reference_of_article: bool = False


KINDS = {
    # folder: (template, record) of its pages, then of its index.md
    "": {"index": ("home.html", HomeRecord)},
    "article": {"index": ("article.html", ArticleRecord)},
    "background": {"index": ("section.html", SectionRecord), "page": ("entry.html", BackgroundRecord)},
    "institutions": {"index": ("section.html", SectionRecord), "page": ("entry.html", InstitutionRecord)},
    "projects": {"index": ("section.html", SectionRecord), "page": ("entry.html", ProjectRecord)},
    "prospects": {"index": ("section.html", SectionRecord), "page": ("entry.html", ProspectRecord)},
    "concepts": {"index": ("concepts.html", ConceptsRecord)},
    "timeline": {"index": ("section.html", SectionRecord)},
    "sources": {"index": ("section.html", SourcesRecord), "page": ("source.html", SourceRecord)},
    "data": {"index": ("data.html", DataRecord)},
    "about": {"index": ("prose.html", AboutRecord)},
}
"""Which template and record belong to which folder below `docs/`."""

ENTRY_FOLDERS = ("background", "institutions", "projects", "prospects")
"""Folders whose pages say what the article says; the others only point to them."""


def expected(path: str) -> tuple[str, type[PageRecord]] | None:
    """Return template and record for a page path below `docs/`, or None if no page belongs there."""
    folder, _, name = path.rpartition("/")
    role = "index" if name == "index.md" else "page"
    return KINDS.get(folder, {}).get(role)
