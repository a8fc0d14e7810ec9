"""What axe finds on a page of each kind of the specimen, in both schemes; `make axe` asks it of every real page."""

import pytest

from tools.axe import COLOURS, SCHEMES, SIZES, findings

KINDS = {
    "home": "",
    "article": "article/",
    "section": "projects/",
    "background": "background/machine-translation/",
    "institution": "institutions/computer-center/",
    "project": "projects/parrot/",
    "program with results": "projects/magpie/",
    "prospect": "prospects/worries/",
    "board": "prospects/",
    "concepts": "concepts/",
    "timeline": "timeline/?voice=article",
    "sources": "sources/?kind=report",
    "source": "sources/doe-2021/",
    "data": "data/",
    "about": "about/",
    "404": "no/such/page/",
}
"""One page of each kind."""


PAPER = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_axe_finds_nothing(visit, path):
    """In the dark and on a phone only those rules are asked again of which the answer may differ."""
    page = visit(path)
    assert findings(page) == []
    paper = page.evaluate(PAPER)
    page.evaluate("document.documentElement.dataset.scheme = 'dark'")
    assert page.evaluate(PAPER) != paper
    assert findings(page, COLOURS) == []
    page.set_viewport_size({"width": 390, "height": 900})
    assert findings(page, SIZES) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_open_search_or_preview(visit, scheme):
    page = visit("projects/magpie/", scheme=scheme)
    page.locator("article abbr").first.focus()
    page.locator(".ed-preview:popover-open").wait_for()
    assert findings(page) == []
    page.keyboard.press("/")
    page.keyboard.type("Magpie")
    page.locator(".ed-found a[role=option]").first.wait_for()
    assert findings(page) == []
