"""Citations in prose by key: what they become, what is left alone, and what is told of those that are wrong."""

import pytest

from edition.derived import citekeys
from edition.pages.compose import environment
from edition.pages.values import Values
from tools.site import SAMPLE

PARAGRAPHS = {f"p{number}": f"¶{number}" for number in range(1, 14)}
LABELS = PARAGRAPHS | {"lee-2021": "Lee 2021", "ri-1998": "Ri, [1998?]", "ha-2024-b": "Ha <2024>"}
LEE, P3 = "[Lee 2021](../sources/lee-2021.md)", "[¶3](../article/index.md#p3)"

REPLACED = {
    "[@lee-2021]": LEE,
    "[@p3]": P3,
    "[@lee-2021, 2]": "[Lee 2021, 2](../sources/lee-2021.md)",
    "[@lee-2021,2]": "[Lee 2021, 2](../sources/lee-2021.md)",
    "[@lee-2021, pp. 2, 5–7]": "[Lee 2021, pp. 2, 5–7](../sources/lee-2021.md)",
    "[@p3; @lee-2021, 2]": f"{P3}, [Lee 2021, 2](../sources/lee-2021.md)",
    "[@p3;@lee-2021]": f"{P3}, {LEE}",
    "[@ri-1998]": r"[Ri, \[1998?\]](../sources/ri-1998.md)",
    "[@ha-2024-b]": "[Ha &lt;2024>](../sources/ha-2024-b.md)",
    "One. [@p3] [@lee-2021] (“Two” [@p3])": f"One. {P3} {LEE} (“Two” {P3})",
    "[@p3;\n  @lee-2021,\n  2] and": f"{P3},\n  [Lee 2021,\n  2](../sources/lee-2021.md) and",
    "`` ` `` [@p3]": f"`` ` `` {P3}",
    "[은별]{lang=ko} [@p3]{.x}": f"[은별]{{lang=ko}} {P3}{{.x}}",
}
LEFT = (
    *("`[@p3]`", "`` a`[@p3] ``", "```text\n[@p3]\n```", "~~~\n[@p3]", r"\[@p3]"),
    *("[@p3](https://example.org/)", "[x](https://example.org/[@p3])", "<https://example.org/[@p3]>"),
    *("mail@p3.example", "@someone", "[@lee-2020]", "[@p3; @lee-2020]", "[@p3 above]", "[@p3\n\n]", "[@p3"),
)
UNKNOWN = "which is no paragraph or source"
FORMS = "write [@doe-2021], [@doe-2021, 2] or [@p3; @doe-2021]"
WRONG = {
    "One.\n[@lee-2012]": [(1, f"cites 'lee-2012', {UNKNOWN}; did you mean lee-2021?")],
    "[@p3; @p1]\n[@p3;\n@p14, 2; @p1]": [(2, f"cites 'p14', {UNKNOWN}; did you mean p4?")],
    "[@p1; @p15;\n@p131]": [
        (0, f"cites 'p15', {UNKNOWN}; did you mean p5?"),
        (1, f"cites 'p131', {UNKNOWN}; did you mean p13?"),
    ],
    "[@somewhere-else-1999]": [(0, f"cites 'somewhere-else-1999', {UNKNOWN}")],
    "\n\n[@lee-2021 and [@p3]": [(2, "has '[@lee-2021' without its closing bracket; write [@lee-2021]")],
    "[@p3\n\nTwo ]": [(0, "has '[@p3' without its closing bracket; write [@p3]")],
    "[@p3 and\nabove]": [(0, f"has '[@p3 and above]', which is no citation; {FORMS}")],
    "[@p3, @lee-2021]": [(0, f"has '[@p3, @lee-2021]', which is no citation; {FORMS}")],
    "[@p3;]": [(0, f"has '[@p3;]', which is no citation; {FORMS}")],
    "[see @p3] @lee-2021.": [
        (0, "has '@p3' outside brackets of its own; write [@p3]"),
        (0, "has '@lee-2021' outside brackets of its own; write [@lee-2021]"),
    ],
}


@pytest.mark.parametrize("body", REPLACED)
def test_a_key_becomes_a_link(body):
    assert citekeys.linked(body, "projects/unbyol.md", LABELS) == REPLACED[body]
    assert list(citekeys.slips(body, LABELS)) == []


@pytest.mark.parametrize("body", LEFT)
def test_what_is_no_key_or_not_known_is_left_alone(body):
    assert citekeys.linked(body, "projects/unbyol.md", LABELS) == body


@pytest.mark.parametrize("body", LEFT[:10])
def test_what_is_no_key_is_not_told(body):
    assert list(citekeys.slips(body, LABELS)) == []


@pytest.mark.parametrize("body", WRONG)
def test_a_wrong_key_is_told_on_its_line(body):
    assert list(citekeys.slips(body, LABELS)) == WRONG[body]


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("index.md", "[¶3](article/index.md#p3), [Lee 2021](sources/lee-2021.md)"),
        ("article/index.md", "[¶3](#p3), [Lee 2021](../sources/lee-2021.md)"),
        ("sources/ri-1998.md", "[¶3](../article/index.md#p3), [Lee 2021](lee-2021.md)"),
    ],
)
def test_links_are_relative_to_the_page(path, link):
    assert citekeys.linked("[@p3; @lee-2021]", path, LABELS) == link


def test_prose_cites_as_records_do(edition):
    """Every key becomes what a record's citation of the same source or paragraph becomes, on pages anywhere."""
    cite = environment().from_string('{% from "macros.md" import cite with context %}{{ cite(key) }}')
    ids = sorted(edition.ids("sources"))
    labels = LABELS | {id_: edition.source(id_).title for id_ in ids}
    for path in ("index.md", "projects/magpie.md", "article/index.md", "sources/index.md"):
        page = edition.pages[path]
        for key in ("p1", "p13", *ids):
            told = cite.render(page=page, view=Values(page, edition, True), key=key)
            assert citekeys.linked(f"[@{key}]", path, labels) == told


def test_pages_keep_their_lines(edition):
    """No key is left on a page as read, and each line stands where the file has it."""
    keys = 0
    for path, page in edition.pages.items():
        raw = (SAMPLE / "docs" / path).read_text("utf-8")
        keys += raw.count("[@")
        assert "[@" not in page.body, path
        assert raw.count("\n") == page.text.count("\n"), path
        assert page.text.split("\n")[page.body_line - 1] == page.body.split("\n")[0], path
    assert keys > 20
