"""Likely slips in the names of persons and bodies, on record and in the text.

In Korean, Chinese and Japanese the family name stands first, so a byline read
the Western way turns it round, and citation styles then print the given name.
What is told here is only likely: lists of names are never complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from edition.reading.site import Site, once
from edition.records import Person

FAMILY_NAMES = frozenset(
    "Ahn An Bae Baek Bang Byun Cha Chae Chang Cho Choe Choi Chon Chu Chun Chung Do Eom Gil Go Gong Gu Gwon Ha "
    "Han Heo Ho Hong Hur Hwang Hyon Hyun Im Jang Jeon Jeong Ji Jin Jo Jon Jong Joo Ju Jun Jung Kang Kil Kim Ko "
    "Koh Kong Koo Kwak Kwon Lee Lim Ma Maeng Min Moon Mun Myung Na Nam No Noh O Oh Pae Paek Pak Park Pyo Ra "
    "Rhee Ri Rim Ro Roh Ryu Seo Seok Shim Shin Sim Sin So Sohn Son Song Suh Sun Sung Tak Um Wang Wi Won Woo "
    "Yang Yeo Yi Yim Yoo Yoon Yu Yun".split()
)
"""Korean family names in the spellings of the press, most of those that more than 50,000 people bear."""
KOREAN_GIVEN = re.compile(r"[A-Z][a-z]+-[a-z]+")
"""A given name of two syllables as the press writes it, `Jin-kyu`; Western double names have two capitals."""
JAPANESE_GIVEN = re.compile(r"[A-Z]\w*(?:suke|taro|hiro|nobu|yuki|ichi|kazu)")
BODY_WORDS = frozenset(
    "Agency Association Bureau Center Centre Command Committee Council Department Headquarters Institute Intelligence "
    "Laboratory Ministry National News Office Police Press Research Service Society Team Times University".split()
)
LATIN = "ɏ"
"""The last Latin letter that names are written in (Unicode, Latin Extended-B)."""


def slip(family: str, given: str) -> str:
    """Return what is probably wrong with a person's name, and what would be right; empty if nothing is."""
    turned = f"write family: {given}, given: {family}"
    if any(sign.isalpha() and sign > LATIN for sign in family + given):
        return "is not in Latin letters; romanize it, and put the form in its own script under `native`"
    if BODY_WORDS & {*family.split(), *given.split()}:
        name = f"{given} {family}".strip()
        return f"has words of a body's name; if it is a body, write it under `bodies` as {name!r}"
    if KOREAN_GIVEN.fullmatch(family):
        return f"has the Korean given name {family!r} as family name; {turned}"
    if given in FAMILY_NAMES and family not in FAMILY_NAMES:
        return f"has the Korean family name {given!r} as given name; {turned}"
    if JAPANESE_GIVEN.fullmatch(family) and not JAPANESE_GIVEN.fullmatch(given):
        return f"has the Japanese given name {family!r} as family name; {turned}"
    return ""


SOUNDS = {"ch": "j", "k": "g", "t": "d", "p": "b", "sh": "s", "r": "l", "oo": "u", "eo": "o", "eu": "u"}


def sound(text: str) -> str:
    """Return a Korean name in letters that its usual romanizations share: Jin-kyu, Jin-gyu and JINKYU are one."""
    text = "".join(sign for sign in text.casefold() if sign.isalpha())
    for one, other in SOUNDS.items():
        text = text.replace(one, other)
    return text


def forms(person: Person) -> set[str]:
    """Return the forms in which the text may give a person's name: as on record, in both orders, and as reported."""
    family, given = person.family, person.given
    return {f"{family} {given}".strip(), f"{given} {family}".strip(), f"{family}, {given}", *person.known_as}


def twins(persons: list[Person]) -> Iterator[tuple[int, int]]:
    """Yield the places of persons who are probably one, the later first.

    They are alike but for case, hyphens, order or romanization, or written
    alike in their own script; two who differ there are two.
    """
    names = [(each.family, each.given) for each in persons]
    sounds = [{sound(family + given), sound(given + family)} for family, given in names]
    for place, person in enumerate(persons):
        for other_place, other in enumerate(persons[:place]):
            both = [person.native, other.native]
            if both[0] == both[1] if all(both) else sounds[place] & sounds[other_place]:
                yield place, other_place
                break


NAME = re.compile(r"\b[A-Z][\w’]*(?:-\w+)?(?: [A-Z][\w’]*(?:-\w+)?){1,2}\b")
"""Two or three words with capitals, as a name in running text has them."""


class Known:
    """The persons on record as a text may name them: by the sound of each form, and by their Korean names."""

    def __init__(self, persons: list[Person]) -> None:
        full = [person for person in persons if person.given]
        self.sounds = {sound(form): person for person in full for form in forms(person)}
        self.right = {person.id: forms(person) for person in full}
        natives = (person.native for person in persons if len(person.native) == 3)
        self.parted = re.compile("|".join(rf"{native[0]}\s+{native[1:]}" for native in natives) or r"(?!)")

    def misspelt(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield names in a text that but for case, hyphens or romanization are those on record, as there."""
        for found in self.parted.findall(text):
            yield found, "".join(found.split())
        for found in NAME.findall(text):
            words = found.split(" ")
            for start, end in ((0, 2), (1, 3), (0, 3))[: 3 if len(words) == 3 else 1]:
                name = " ".join(words[start:end])
                person = self.sounds.get(sound(name))
                if person and name not in self.right[person.id]:
                    yield name, f"{person.family} {person.given}"


@once
def known(site: Site) -> Known:
    """Return the persons on record as the text may name them."""
    return Known(site.persons)
