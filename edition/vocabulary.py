"""The vocabularies of an edition: what belongs to its article and to no other, read from `vocabularies.yml`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

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
    areas: dict[str, Label] = {}
    voices: Labels
    claim_kinds: Labels
    states: dict[str, Labels] = {}
    silent: list[Label] = []
    name_systems: Annotated[dict[str, NameSystem], Field(min_length=1)]
    languages: Labels
    language: Label
    tournament: Label = "Tournament"
    guarded_hosts: dict[str, GuardedHost] = {}

    @model_validator(mode="after")
    def hangs_together(self) -> Vocabulary:
        """What one vocabulary says of another is there."""
        for key, words, known, where in (
            ("states", self.states, self.claim_kinds, "claim_kinds"),
            ("silent", self.silent, self.all_states, "states"),
            ("language", [self.language], self.languages, "languages"),
        ):
            for word in words:
                if word not in known:
                    message = "names {word} under `{key}`, which is not in `{where}`"
                    raise PydanticCustomError("vocabulary", message, {"word": repr(word), "key": key, "where": where})
        return self

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
    """Vocabularies that cannot be used; `errors` holds line, key and message of each."""

    def __init__(self, errors: list[tuple[int, str, str]]) -> None:
        super().__init__(f"{FILE} has errors")
        self.errors = errors


def read(folder: Path) -> Vocabulary:
    """Return the vocabularies of the edition in a folder; raises VocabularyError."""
    try:
        found = yaml.safe_load((folder / FILE).read_text("utf-8"))
        return Vocabulary.model_validate(found)
    except FileNotFoundError:
        raise VocabularyError([(1, "", "is missing; it holds the words in which records are kept")]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or error
        raise VocabularyError([(mark.line + 1 if mark else 1, "", f"is not valid YAML: {what}")]) from None
    except ValidationError as error:
        told = [
            (1, ".".join(map(str, each["loc"])), each["msg"][0].lower() + each["msg"][1:]) for each in error.errors()
        ]
        raise VocabularyError(told) from None


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
