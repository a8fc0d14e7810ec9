"""What every page has: what is sent, policy, styles, scheme, contents, menus, notes, bad weather; in Chromium."""

import re

import pytest

from tests.built import documents
from tests.test_axe import KINDS, PAPER
from tools.site import pages

POLICY = "default-src 'self'"
BROKEN = """
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  console.error(`policy: ${violatedDirective} ${blockedURI}`);
});
"""
"""Tells of what the policy stops, also where a browser says nothing itself."""


def test_nothing_inline_runs_or_styles_on_any_page(specimen):
    for name, tree in documents(specimen).items():
        scripts = tree.xpath("//script[not(@src)]/@type")
        assert set(scripts) <= {"application/ld+json"}, name  # Data, which no browser runs.
        assert len(scripts) == tree.xpath("count(//script[not(@src)])"), name
        assert tree.xpath("//style | //@style | //@*[starts-with(name(), 'on')]") == [], name
        assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY], name
        assert tree.xpath("//svg[ancestor::article][count(.//path) = 1]") == [], "signs are text"


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_no_kind_of_page_breaks_the_policy(visit, path):
    page = visit("about/")
    page.add_init_script(BROKEN)
    page.goto(page.url.removesuffix("about/") + path)
    if path == KINDS["home"]:
        page.keyboard.press("/")
        page.keyboard.type("magpie")
        page.locator(".ed-found a[role=option]").first.wait_for()
        page.keyboard.press("Escape")
    for term in page.locator("article :is(abbr, sup a)").all()[:1]:
        term.hover()
        page.locator(".ed-preview:popover-open").wait_for()
    page.locator(".ed-scheme").click()
    missing = "Failed to load resource: the server responded with a status of 404 (Not Found)"
    assert [fault for fault in page.faults if fault != missing or path != KINDS["404"]] == []


def test_a_script_of_a_stranger_does_not_run(visit):
    page = visit("about/")
    page.evaluate("""() => {
      document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = true" }));
      document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = true'>");
      document.body.setAttribute("onclick", "window.ran = true");
    }""")
    page.locator("h1").click()
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in fault for fault in page.faults)


@pytest.mark.parametrize("path", ["", "projects/magpie/", "timeline/"])
def test_a_first_view_asks_for_little_and_for_search_only_when_asked(visit, path):
    page = visit("about/")
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].partition("?")[0]))
    page.goto(page.url.removesuffix("about/") + path, wait_until="networkidle")
    assert len(asked) <= 5, asked  # And the sign in the tab, which a browser without windows does not fetch.
    assert not {each for each in asked if each.startswith(("search", "previews", "names"))}
    page.locator(".ed-search input").hover()
    page.locator(".ed-found").wait_for(state="attached")
    assert "search.js" in asked


# Rules

USED = """() => {
  const used = [], all = [];
  const states = /:(hover|focus-visible|focus-within|focus|target|popover-open)(?![\\w-])/g;
  const parts = text => {
    let depth = 0, from = 0;
    const found = [];
    [...text].forEach((letter, at) => {
      depth += "([".includes(letter) - ")]".includes(letter);
      if (letter === "," && !depth) { found.push(text.slice(from, at)); from = at + 1; }
    });
    return [...found, text.slice(from)].map(part => part.trim());
  };
  const matches = selector => ["*", ":not(*)"].some(state => {
    const plain = selector.replace(/::[\\w-]+(\\([^)]*\\))?/g, "").replace(states, `:is(${state})`) || "*";
    return document.querySelector(plain.replace(/([\\s>~+(,]|^)(?=:is\\(\\*\\))/g, "$1*"));
  });
  const walk = rules => {
    for (const rule of rules) {
      if (rule.selectorText) for (const part of parts(rule.selectorText)) {
        const name = `${rule.parentStyleSheet.href.split("/").pop()}: ${part}`;
        all.push(name);
        if (matches(part)) used.push(name);
      }
      if (rule.cssRules) walk(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) walk(sheet.cssRules);
  return [all, used];
}"""
"""Returns all selectors of the page’s style sheets, and those that match something, whatever state, medium or width."""


def test_no_rule_of_the_styles_is_unused(visit, specimen, specimen_address):
    """Over all kinds of pages, with what opens opened, and without scripts."""
    everything, used = set(), set()

    def look(page):
        found, matching = page.evaluate(USED)
        everything.update(found)
        used.update(matching)

    page, plain = visit(""), visit("", scripts=False)
    sources = [path for path in pages(specimen) if path.startswith("sources/")]
    for path in ({*pages(specimen), *KINDS.values()} - {*sources}) | {*sources[::4]}:
        page.goto(f"{specimen_address}{path}")
        look(page)
    for path in ("", "projects/"):
        plain.goto(f"{specimen_address}{path}")
        look(plain)
    page = visit("projects/magpie/#not-known")
    page.locator(".ed-toc [aria-current]").wait_for()
    look(page)
    page.locator("article sup a").first.hover()
    page.locator(".ed-preview:popover-open").wait_for()
    look(page)
    page.locator("article a[href*='#']").first.hover()
    page.locator("#not-known .headerlink").click()
    page.keyboard.press("/")
    for query in ("magpie", "back-translation", "magpzzzq"):
        page.keyboard.press("Control+A")
        page.keyboard.type(query)
        page.locator(".ed-found nav" if query == "magpzzzq" else ".ed-found mark").first.wait_for()
        page.keyboard.press("ArrowDown")
        look(page)
    page.locator(".ed-scheme").click()
    look(page)
    page.locator(".ed-scheme").click()
    look(page)
    page = visit("sources/")
    for _ in range(2):
        page.get_by_role("button", name="Date").click()
        look(page)
    # No claim of the specimen is in a state of these signs, which any edition may have.
    used |= {name for name in everything if re.search('data-sign="(much|against)"', name)}
    assert len(everything) > 200
    assert "\n".join(sorted(everything - used)) == ""


# Scheme


def test_a_chosen_scheme_shows_before_the_page_is_drawn(visit, specimen_address):
    page = visit("")
    page.locator(".ed-scheme").click()
    page.add_init_script("""
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        window.first = document.documentElement.dataset.scheme;
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    """)
    page.goto(specimen_address + "about/")
    assert page.evaluate("first") == "dark"


def test_the_scheme_follows_the_system_until_one_is_chosen(visit):
    page = visit("")
    light = page.evaluate(PAPER)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(PAPER)
    assert dark != light
    assert page.locator(".ed-scheme").get_attribute("title") == "Switch to light"
    page.locator(".ed-scheme").click()
    assert page.evaluate(PAPER) == light
    page.emulate_media(color_scheme="light")
    page.locator(".ed-scheme").click()
    assert page.evaluate(PAPER) == dark


# Contents, menus, permalinks


def test_contents_mark_the_section_in_view(visit):
    page = visit("projects/magpie/")
    assert page.locator(".ed-toc [aria-current]").count() == 0, "above the first heading"
    for link in page.locator(".ed-toc a").all():
        link.click()
        page.locator(f".ed-toc a[href='{link.get_attribute('href')}'][aria-current]").wait_for()
        assert page.locator(".ed-toc [aria-current]").count() == 1
    page.evaluate("scrollTo(0, 0)")
    page.locator(".ed-toc:not(:has([aria-current]))").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_opens_menu_and_contents_as_sheets(visit, scripts, specimen_address):
    page = visit("projects/magpie/", width=390, scripts=scripts)
    contents = page.get_by_role("navigation", name="On this page")
    assert not contents.is_visible()
    page.get_by_role("button", name="On this page").click()
    assert contents.get_by_role("link", name="What it does").or_(contents.locator("ul ul a").first).first.is_visible()
    page.keyboard.press("Escape")
    assert not contents.is_visible()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Timeline").click()
    assert page.url == specimen_address + "timeline/"


def test_a_link_in_focus_opens_no_preview_unasked(visit, specimen_address):
    page = visit("about/")
    page.clock.install()
    page.goto(specimen_address + "projects/magpie/")
    page.locator("article p a").first.hover()  # What shows previews is loaded.
    preview = page.locator(".ed-preview:popover-open")
    page.mouse.move(0, 0)
    link = page.locator("article p sup a[href^='#note-']").first
    link.focus()
    page.keyboard.press("i")
    preview.wait_for()
    page.keyboard.press("Escape")
    preview.wait_for(state="hidden")
    page.locator("h1").click()
    link.focus()
    page.clock.run_for(5_000)
    assert preview.count() == 0


def test_a_note_opens_at_its_number_and_leads_to_the_list(visit):
    page = visit("projects/magpie/")
    number = page.locator("article p sup a[href^='#note-']").first
    note = page.locator(number.get_attribute("href"))
    number.hover()
    page.locator(".ed-preview:popover-open").get_by_text(note.inner_text()[:30], exact=False).wait_for()
    number.click()
    assert page.url.endswith(number.get_attribute("href"))
    assert note.evaluate("each => getComputedStyle(each).backgroundColor") != "rgba(0, 0, 0, 0)", "it is marked"


def test_every_value_of_a_stacked_table_bears_its_column(visit, specimen):
    for name, tree in documents(specimen).items():
        for row in tree.xpath("//tr[td]"):
            assert all(cell.get("data-head") for cell in row.xpath("*[position() > 1]")), name
    page = visit("projects/", width=390)
    told = (
        page.locator(".ed-index tbody tr")
        .first.locator("td")
        .nth(2)
        .evaluate("cell => getComputedStyle(cell, '::before').content")
    )
    assert told == '"Field: "'


# Bad weather

NO_STORAGE = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
)
GARBAGE = "localStorage.setItem('scheme', '\\u0000<b>purple</b>')"
OLD = """
for (const [where, name] of [[HTMLElement.prototype, "showPopover"], [Array.prototype, "findLastIndex"],
  [window, "matchMedia"], [Object, "groupBy"], [Map, "groupBy"], [CSS, "escape"]]) delete where[name];
Object.defineProperty(navigator, "clipboard", { value: undefined });
"""


@pytest.mark.parametrize("weather", [NO_STORAGE, GARBAGE, OLD], ids=["no storage", "garbage in it", "an old browser"])
def test_pages_stay_whole_in(visit, specimen_address, weather):
    page = visit("about/")
    page.add_init_script(weather)
    for path in ("", "projects/magpie/", "projects/?field=board-games", "no/such/page/"):
        page.goto(specimen_address + path)
        assert page.locator("article h1").is_visible()
        page.locator(".ed-scheme").click()
        for link in page.locator("article :is(p, li) a[href*='/']").all()[:1]:
            link.hover()
        page.locator(".ed-brand").click()
        assert page.url == specimen_address
    assert [fault for fault in page.faults if "404" not in fault] == []


@pytest.mark.parametrize("script", ["site", "previews", "rows", "search", "search/index", "nearest"])
def test_pages_stay_whole_without_a_script(visit, specimen_address, script):
    page = visit("about/")
    page.context.route(f"**/{script}.js", lambda route: route.abort())
    for path in ("", "projects/magpie/", "projects/?field=board-games", "no/such/page/"):
        page.goto(specimen_address + path)
        assert page.locator("article h1").is_visible()
        for link in page.locator("article :is(p, li) a[href*='/']").all()[:1]:
            link.hover()
        page.keyboard.press("/")
        page.locator(".ed-brand").click()
        assert page.url == specimen_address
    assert [fault for fault in page.faults if "Failed to load resource" not in fault] == []
