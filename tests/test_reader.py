"""What a reader does and meets, in Chromium against the site under a sub-path."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.site import pages

WIDTHS = (390, 768, 1440)
SCHEMES = ("light", "dark")
KINDS = {
    "home": "",
    "article": "article/",
    "section": "projects/",
    "background": "background/defining-ai/",
    "institution": "institutions/korea-computer-center/",
    "project": "projects/unbyol/",
    "program with results": "projects/kcc-patuk/",
    "prospect": "prospects/security-implications/",
    "board": "prospects/",
    "concepts": "concepts/",
    "sources": "sources/",
    "source": "sources/ri-2023/",
    "about": "about/",
    "404": "no/such/page/",
}
"""One page of each kind."""


def sampled(site):
    """Return the addresses of all pages but sources, and of every twentieth source: they share one template."""
    sources = [path for path in pages(site) if path.startswith("sources/")]
    return [path for path in pages(site) if path not in sources] + sources[::20]


@pytest.fixture
def visit(browser, address):
    """Return a function that opens a page as a new reader and tells what went wrong in it."""
    contexts = []

    def open_page(path, *, width=1440, scheme="light", scripts=True, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on(
            "console",
            lambda message: page.faults.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "request",
            lambda request: (
                page.faults.append(f"left the site: {request.url}") if not request.url.startswith(origin) else None
            ),
        )
        page.goto(address + path)
        return page

    origin = re.match(r"\w+://[^/]+", address)[0]
    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_page_leaves_the_site_errs_or_scrolls_sideways(visit, address, site, scheme):
    page = visit("", scheme=scheme)
    for path in sampled(site):
        page.goto(f"{address}{path}/" if path else address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                page.faults.append(f"{page.url} scrolls sideways at {width}")
    assert page.faults == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_axe_finds_nothing(visit, path, scheme):
    """All rules of axe for WCAG 2.0 to 2.2, A and AA, and best practices; none is switched off."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
    page = visit(path, scheme=scheme)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
        found = [(v["id"], node["html"][:200]) for v in result.response["violations"] for node in v["nodes"]]
        assert found == []


def test_axe_finds_nothing_in_open_search(visit):
    page = visit("")
    page.keyboard.press("/")
    page.keyboard.type("Nunpit")
    page.locator(".md-search-result__item a").first.wait_for()
    found = [(v["id"], node["html"][:200]) for v in Axe().run(page).response["violations"] for node in v["nodes"]]
    assert found == []


@pytest.mark.parametrize("query", ["KCC", "은별", "Ŭnbyŏl", "Eun-byul", "Silver Star", "銀星"])
def test_search_finds_names_as_they_stand_in_the_facts_box(visit, query):
    page = visit("about/")
    page.keyboard.press("/")
    page.keyboard.type(query)
    page.keyboard.press("End")  # Stock search answers to keys; text that an input method composes comes without.
    results = page.locator(".md-search-result__item a")
    results.first.wait_for()
    targets = [results.nth(n).get_attribute("href") for n in range(results.count())]
    wanted = "korea-computer-center" if query == "KCC" else "unbyol"
    assert any(wanted in target for target in targets)
    assert page.faults == []


def test_without_scripts_every_section_and_page_can_be_reached(visit, address, site):
    """From the home page, without opening the drawer, links lead to every page."""
    page = visit("", width=390, scripts=False)
    wanted = {f"{address}{path}/" if path else address for path in sampled(site)}
    seen, reached = set(), {address}
    while queue := (reached & wanted) - seen:
        url = queue.pop()
        seen.add(url)
        page.goto(url)
        assert page.locator("article h1").is_visible()
        # Links in the closed drawer lie outside the window.
        targets = page.evaluate(
            "[...document.links].filter(a => a.checkVisibility() && a.getBoundingClientRect().left >= 0)"
            ".map(a => a.href.split('#')[0])"
        )
        reached |= {target for target in targets if target.startswith(address)}
    assert reached == {f"{address}{path}/" if path else address for path in pages(site)}


def test_without_scripts_text_and_tables_are_there(visit):
    page = visit("prospects/korean-style-technology/", scripts=False)
    assert page.locator(".ed-claims tbody tr").count() == 9
    assert page.get_by_text("self-reliant scientific inquiry").first.is_visible()
    page = visit("projects/", scripts=False, width=390)
    assert page.locator(".ed-index tbody tr:visible").count() == 14


@pytest.mark.parametrize("scripts", [True, False])
def test_the_scheme_follows_the_reader(visit, scripts):
    papers = {
        scheme: visit("about/", scheme=scheme, scripts=scripts).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in SCHEMES
    }
    lightness = {scheme: sum(map(int, re.findall(r"\d+", paper)[:3])) for scheme, paper in papers.items()}
    assert lightness["light"] > 600
    assert lightness["dark"] < 150


def test_the_scheme_can_be_switched_and_is_kept(visit, address):
    page = visit("")
    page.get_by_title("Switch to dark").click()
    page.goto(address + "about/")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_the_404_page_works_at_any_depth(visit, address):
    page = visit("deep/er/than/any/page/")
    assert page.locator("h1").inner_text() == "Page not found"
    assert page.evaluate("getComputedStyle(document.querySelector('.ed-header')).borderBottomStyle") == "solid"
    page.locator(".ed-doors").get_by_role("link", name="Projects").click()
    assert page.url == address + "projects/"


def test_terms_have_tooltips(visit):
    page = visit("prospects/ai-as-auxiliary/")
    assert page.locator("abbr", has_text="uncanny valley").count() > 0
    page.locator("p abbr", has_text="uncanny valley").first.hover()
    page.locator(".md-tooltip2__inner", has_text="Mori Masahiro").wait_for()


def test_keyboard_reaches_the_main_text_first(visit):
    page = visit("projects/unbyol/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#unbyol")


def test_print_shows_text_and_facts_without_navigation(visit):
    page = visit("projects/unbyol/")
    page.emulate_media(media="print")
    assert page.locator(".ed-facts").is_visible()
    assert not page.locator(".ed-header").is_visible()
    assert not page.locator(".ed-footer").is_visible()
