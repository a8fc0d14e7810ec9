"""The vocabularies of an edition: what belongs to its article and to no other, read from `vocabularies.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from edition.nodes import steps

FILE = "vocabularies.yml"
"""Where they stand: beside the folder of the pages."""

Label = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Labels = Annotated[dict[str, Label], Field(min_length=1)]


class Part(BaseModel):
    """Base of the vocabularies: unknown keys and loose types are errors."""

    model_config = ConfigDict(extra="forbid", strict=True)


class NameSystem(Part):
    """A way to write a name: its label, its language tag if it is not in Latin script, whether it shows at once."""

    label: Label
    language: Label | None = None
    main: bool = False


class GuardedHost(Part):
    """Hosts that readers are warned of: what they are, and why."""

    label: Label
    warning: Label


class Vocabulary(Part):
    """The vocabularies; most lead from the word in a record to the label that readers see."""

    paragraphs: Annotated[int, Field(ge=1)]
    fields: Labels
    field_groups: dict[Label, list[Label]]
    areas: dict[str, Label] = {}
    voices: Labels
    claim_kinds: Labels
    states: dict[str, Labels] = {}
    silent: list[Label] = []
    signs: dict[str, Literal["none", "some", "much", "against"]] = {}
    name_systems: Annotated[dict[str, NameSystem], Field(min_length=1)]
    languages: Labels
    language: Label
    tournament: Label = "Tournament"
    first_year: int = 0
    examples: list[Label] = []
    guarded_hosts: dict[str, GuardedHost] = {}

    def loose_ends(self) -> Iterator[tuple[tuple, str]]:
        """Yield what one vocabulary takes from another that does not have it: its place and a message."""
        for path, word, known, where in (
            *((("states", kind), kind, self.claim_kinds, "claim_kinds") for kind in self.states),
            *((("silent", number), state, self.all_states, "states") for number, state in enumerate(self.silent)),
            *((("signs", state), state, self.all_states, "states") for state in self.signs),
            *((("states",), state, self.signs, "signs") for state in self.all_states),
            *(
                (("field_groups", group, number), field, self.fields, "fields")
                for group, fields in self.field_groups.items()
                for number, field in enumerate(fields)
            ),
            (("language",), self.language, self.languages, "languages"),
        ):
            if word not in known:
                yield path, f"names {word!r}, which is not in `{where}`; known: {', '.join(known)}"
        grouped = [field for fields in self.field_groups.values() for field in fields]
        for field in self.fields:
            if (times := grouped.count(field)) != 1:
                message = f"is in {times} of the `field_groups`; a field belongs to exactly one"
                yield ("fields", field), message

    @property
    def all_states(self) -> dict[str, str]:
        """The states of all kinds of claims with what they mean; kinds may share some."""
        return {state: told for states in self.states.values() for state, told in states.items()}

    @property
    def numbers(self) -> range:
        """The numbers of the article's paragraphs."""
        return range(1, self.paragraphs + 1)

    def label(self, system: str) -> str:
        """Return the label of a way to write a name."""
        return self.name_systems[system].label

    def language_of(self, system: str) -> str | None:
        """Return the language tag of a way to write a name, None for Latin script."""
        return self.name_systems[system].language

    def guarded(self, url: str) -> GuardedHost | None:
        """Return what readers are warned of at the host of an address, None for most."""
        host = re.match(r"https?://(?:[^/?#]*@)?([^/:?#]+)", url, re.IGNORECASE)
        name = host[1].lower().rstrip(".") if host else ""
        return next((each for end, each in self.guarded_hosts.items() if name.endswith(end)), None)


class VocabularyError(Exception):
    """Vocabularies that cannot be used.

    `told` holds the place and message of each error, `invalid` those of pydantic, which the checks put into words.
    """

    def __init__(
        self, *told: tuple[tuple, str], lines: dict[tuple, int] | None = None, invalid: list[Any] | None = None
    ) -> None:
        super().__init__(f"{FILE} has errors")
        self.told, self.lines, self.invalid = told, lines or {}, invalid or []

    def line(self, path: tuple) -> int:
        """Return the line of a key, or of the nearest key around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(folder: Path) -> Vocabulary:
    """Return the vocabularies of the edition in a folder; raises VocabularyError."""
    try:
        text = (folder / FILE).read_text("utf-8")
        lines: dict[tuple, int] = {}
        for path, line, is_doubled in steps(yaml.compose(text, yaml.SafeLoader)):
            if is_doubled:
                raise VocabularyError((path, "stands twice; keep one"), lines={path: line})
            lines[path] = line
        content = yaml.safe_load(text)
        if not isinstance(content, dict):
            raise VocabularyError(((), "is not a mapping; write `key: value` lines"))
        found = Vocabulary.model_validate(content)
    except FileNotFoundError:
        raise VocabularyError(((), "is missing; it holds the words in which records are kept")) from None
    except UnicodeDecodeError:
        raise VocabularyError(((), "is not UTF-8; save the file as UTF-8")) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or error
        told = f"is not valid YAML: {what}; correct it"
        raise VocabularyError(((), told), lines={(): mark.line + 1 if mark else 1}) from None
    except ValidationError as error:
        raise VocabularyError(lines=lines, invalid=error.errors()) from None
    except ValueError as error:  # A date that does not exist, say.
        raise VocabularyError(((), f"is not valid YAML: {error}; correct it")) from None
    if told := tuple(found.loose_ends()):
        raise VocabularyError(*told, lines=lines)
    return found


class Of:
    """Marks a value as a word of one of the vocabularies, which are the context in which a record is validated."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Have pydantic refuse other words, in the terms in which it refuses those of a `Literal`."""

        def known(value: str, info: ValidationInfo) -> str:
            found = list(getattr(info.context, self.name))
            if value not in found:
                *most, last = map(repr, found)
                expected = f"{', '.join(most)} or {last}" if most else last
                raise PydanticCustomError("literal_error", "must be one of {expected}", {"expected": expected})
            return value

        return core_schema.with_info_after_validator_function(known, handler(source))


def of_article(number: int, info: ValidationInfo) -> int:
    """Return the number of a paragraph that the article has; others are an error."""
    if number not in info.context.numbers:
        message = "paragraphs run from 1 to {last}"
        raise PydanticCustomError("paragraph", message, {"last": info.context.paragraphs})
    return number
