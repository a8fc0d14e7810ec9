"""What a reader does and meets, in Chromium against the specimen under a sub-path."""

import re
from urllib.parse import parse_qs

import pytest
import yaml

from edition.citations.formats import FORMATS, LISTED, OWN
from tests.built import REPOSITORY
from tests.test_axe import PAPER
from tools.axe import SCHEMES
from tools.site import ADDRESS, ROOT, pages

WIDTHS = (320, 768, 1440)
"""Widths in CSS pixels; 320 is a window of 1280 at 400 %."""


def sampled(site):
    """Return the addresses of all pages but sources, and of every fourth source: they share one template."""
    sources = [path for path in pages(site) if path.startswith("sources/")]
    return [path for path in pages(site) if path not in sources] + sources[::4]


def test_no_page_leaves_the_site_errs_or_scrolls_sideways(visit, specimen_address, specimen):
    page = visit("")
    for path in sampled(specimen):
        page.goto(f"{specimen_address}{path}/" if path else specimen_address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                page.faults.append(f"{page.url} scrolls sideways at {width}")
    assert page.faults == []


def test_search_finds_names_as_they_stand_in_the_facts_box(dialog, edition):
    page = dialog()
    for name in edition.pages["projects/magpie.md"].front["names"]:
        assert "projects/magpie/" in page.ask(name["text"]), name["text"]
    assert page.faults == []


CITED = tuple(f"/{name}.{ending}" for name in (OWN, LISTED) for ending in FORMATS)
"""Ends of the addresses of files for reference managers."""


def test_without_scripts_every_section_and_page_can_be_reached(visit, specimen_address, specimen, edition):
    """From the home page, without opening the drawer, links lead to every page."""
    page = visit("", width=390, scripts=False)
    wanted = {f"{specimen_address}{path}/" if path else specimen_address for path in sampled(specimen)}
    seen, reached = set(), {specimen_address}
    while queue := (reached & wanted) - seen:
        url = queue.pop()
        seen.add(url)
        page.goto(url)
        assert page.locator("article h1").is_visible()
        # Links in the closed drawer lie outside the window.
        targets = page.evaluate(
            "[...document.links].filter(a => a.checkVisibility() && a.getBoundingClientRect().left >= 0)"
            ".map(a => a.href.split(/[?#]/)[0])"
        )
        reached |= {target for target in targets if target.startswith(specimen_address) and not target.endswith(CITED)}
    files = {specimen_address + file["path"] for file in edition.pages["data/index.md"].front["files"]}
    assert reached == files | {f"{specimen_address}{path}/" if path else specimen_address for path in pages(specimen)}


def test_without_scripts_text_and_tables_are_there(visit):
    page = visit("prospects/worries/", scripts=False)
    assert page.locator(".ed-tracker tbody tr").count() == 3
    assert page.get_by_text("a second look").first.is_visible()
    page = visit("projects/", scripts=False, width=390)
    assert page.locator(".ed-index tbody tr:visible").count() == 6


@pytest.mark.parametrize("scripts", [True, False])
def test_the_scheme_follows_the_reader(visit, scripts):
    papers = {scheme: visit("about/", scheme=scheme, scripts=scripts).evaluate(PAPER) for scheme in SCHEMES}
    lightness = {scheme: sum(map(int, re.findall(r"\d+", paper)[:3])) for scheme, paper in papers.items()}
    assert lightness["light"] > 600
    assert lightness["dark"] < 150


def test_the_scheme_can_be_switched_and_is_kept(visit, specimen_address):
    page = visit("")
    page.get_by_title("Switch to dark").click()
    page.goto(specimen_address + "about/")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_the_404_page_works_at_any_depth(visit, specimen_address):
    page = visit("deep/er/than/any/page/")
    assert page.locator("h1").inner_text() == "Page not found"
    assert page.evaluate("getComputedStyle(document.querySelector('.ed-header')).borderBottomStyle") == "solid"
    page.locator(".ed-doors").get_by_role("link", name="Projects").click()
    assert page.url == specimen_address + "projects/"


def test_whole_site_can_be_used_by_keyboard(visit, specimen_address):
    """Skip link, search, first result, facts box, preview, filter, back: with keys alone."""
    page = visit("")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to content"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#translation-in-freedonia$"))
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == "The article":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(specimen_address + "article/")
    page.keyboard.press("/")
    page.keyboard.type("Magpie")
    page.locator(".ed-found a[role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/projects/magpie/"))
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.ed-facts') && document.activeElement.matches('summary')"):
            break
    page.keyboard.press("Enter")
    assert page.locator(".ed-facts details[open]").get_by_text("Gachi Baduk", exact=False).is_visible()
    page.keyboard.press("Tab")
    page.locator(".ed-page p a[href]").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("i")
    page.locator(".ed-preview:popover-open").wait_for()
    described = page.locator(":focus").get_attribute("aria-describedby")
    assert page.locator(f"[id={described}]").get_attribute("role") == "tooltip"
    page.keyboard.press("Escape")
    assert page.locator(".ed-preview:popover-open").count() == 0
    page.locator(".ed-facts a", has_text="Board games").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(specimen_address + "projects/?field=board-games")
    assert page.locator(".ed-index tbody tr:visible").count() == 3
    page.locator("select[name=maker]").focus()
    page.keyboard.type("Computer Center")
    assert page.url == specimen_address + "projects/?field=board-games&maker=computer-center"
    page.go_back()
    page.wait_for_url(re.compile("/projects/magpie/"))
    assert page.faults == []


OUTLINED = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"


@pytest.mark.parametrize("path", ["projects/", "projects/parrot/", "timeline/?voice=article"])
def test_every_stop_of_the_keyboard_shows_its_focus(visit, path):
    page = visit(path)
    for _ in range(45):
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINED), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", 6), ("?field=board-games", 3), ("?field=board-games&voice=reporting", 0), ("?maker=unknown", 3)],
)
def test_a_filtered_view_can_be_linked(visit, query, shown):
    page = visit("projects/" + query)
    assert page.locator(".ed-index tbody tr:visible").count() == shown
    told = f"Showing {shown} of 6 rows." if shown else "None of 6 rows has all of this."
    if query:
        assert page.locator(".ed-filter [role=status]").inner_text() == told
    assert page.faults == []


def test_an_unknown_filter_value_shows_the_full_table_and_says_so(visit):
    page = visit("projects/?field=<b>chess</b>")
    assert page.locator(".ed-index tbody tr:visible").count() == 6
    told = page.locator(".ed-filter [role=status]").inner_text()
    assert told == "“<b>chess</b>” is not among the values of field, so it is left aside. Showing all 6 rows."


def test_choosing_a_filter_keeps_it_in_the_address(visit, specimen_address):
    page = visit("timeline/")
    page.get_by_label("Voice").select_option("The article’s author")
    assert page.url == specimen_address + "timeline/?voice=article"
    shown = page.locator(".ed-timeline tbody tr:visible")
    assert set(shown.locator("[data-voice]").all_inner_texts()) == {"The article’s author"}
    assert not page.locator("[id='1990s']").is_visible(), "a period without a statement is not shown"
    page.get_by_label("Voice").select_option("All")
    assert page.url == specimen_address + "timeline/"


def test_tables_can_be_sorted(visit, specimen_address):
    page = visit("sources/")
    page.get_by_role("button", name="Date").click()
    assert page.url == specimen_address + "sources/?sort=date"
    dates = page.locator(".ed-index tbody [data-sort]").evaluate_all("all => all.map(each => each.dataset.sort)")
    assert dates == sorted(dates, key=lambda date: (not date, date)), "those without date come last"
    assert not dates[-1]
    assert page.locator(".ed-index th[aria-sort=ascending]").inner_text().startswith("Date")
    page.get_by_role("button", name="Date").click()
    again = visit("sources/?sort=-date")
    for each in (page, again):
        assert each.locator(".ed-index th[aria-sort=descending]").inner_text().startswith("Date")


def test_words_filter_rows_and_the_filter_can_be_taken_back(visit, specimen_address):
    page = visit("timeline/")
    rows, shown = page.locator(".ed-timeline tbody tr"), page.locator(".ed-timeline tbody tr:visible")
    everything = rows.count()
    page.get_by_label("Words").fill("GAZETTE magpie")
    assert 0 < shown.count() < everything
    assert page.url == specimen_address + "timeline/?text=GAZETTE+magpie"
    assert visit("timeline/?text=GAZETTE+magpie").locator(".ed-timeline tbody tr:visible").count() == shown.count()
    page.get_by_role("button", name="Show all").click()
    page.locator(".ed-filter [role=status]", has_text="Showing all").wait_for()
    assert shown.count() == everything
    assert page.url == specimen_address + "timeline/"
    assert page.faults == []


def test_sources_are_filtered_by_entry_outlet_and_year(visit):
    for query in ("entry=magpie", "outlet=gazette", "year=2019"):
        shown = visit(f"sources/?{query}").locator(".ed-index tbody tr:visible")
        assert 0 < shown.count() < 12, query


@pytest.mark.parametrize(
    ("start", "link", "told"),
    [
        ("institutions/village-school/", "a[href='../../projects/echo/']", "A program with which one talks"),
        ("projects/magpie/", "a[href='../../article/#p3']", "Paragraph 3 names five major programs"),
        ("background/machine-translation/", "a[href='../../concepts/#corpus']", "A collection of texts"),
        ("background/machine-translation/", "a[href='../../sources/doe-2021/']", "The Concepts of Machine Translation"),
    ],
    ids=["entry", "paragraph", "concept", "source"],
)
def test_links_tell_where_they_lead(visit, start, link, told):
    page = visit(start)
    preview = page.locator(".ed-preview:popover-open")
    for reach in ("hover", "key"):
        page.mouse.move(0, 0)
        preview.wait_for(state="hidden")
        target = page.locator(f"article p {link}, article li {link}").first
        if reach == "hover":
            target.hover()
        else:
            target.focus()
            page.keyboard.press("i")
        preview.get_by_text(told, exact=False).wait_for()
        page.keyboard.press("Escape")
        preview.wait_for(state="hidden")
        assert target.get_attribute("aria-describedby") is None
    assert page.faults == []


def test_terms_are_explained_on_touch_and_by_keyboard(visit):
    page = visit("prospects/worries/", width=390, has_touch=True)
    term = page.locator("abbr", has_text="back-translation").first
    term.tap()
    preview = page.locator(".ed-preview:popover-open")
    preview.get_by_text("to see what was lost", exact=False).wait_for()
    page.locator("h1").tap()
    preview.wait_for(state="hidden")
    assert "to see what was lost" in term.get_attribute("title")
    term.focus()
    preview.get_by_text("to see what was lost", exact=False).wait_for()


def test_a_heading_hands_out_its_address(visit, specimen_address):
    page = visit("projects/magpie/", permissions=["clipboard-read", "clipboard-write"])
    page.locator("h2#not-known").hover()
    page.locator("h2#not-known .headerlink").click()
    page.get_by_text("The address of this section is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == specimen_address + "projects/magpie/#not-known"


def test_home_searches_in_two_scripts(visit):
    page = visit("")
    page.get_by_label("Look up a name or a topic").fill("Parrot")
    page.get_by_role("button", name="Search").click()
    page.locator(".ed-found a[role=option][href*='parrot']").first.wait_for()
    page = visit("")
    page.locator(".ed-examples a", has_text="은별").click()
    page.locator(".ed-found a[role=option][href*='projects/first/']").first.wait_for()
    assert page.faults == []


def test_the_404_page_offers_the_nearest_addresses_and_search(visit, specimen_address):
    page = visit("project/magpiee")
    page.locator(".ed-nearest a", has_text="projects/magpie/").click()
    assert page.url == specimen_address + "projects/magpie/"
    page = visit("nothing/like/any/page/")
    page.get_by_label("Look up a name or a topic").fill("Parrot")
    page.get_by_role("button", name="Search").click()
    page.locator(".ed-found a[role=option][href*='parrot']").first.wait_for()


SHIFTS = """
new Promise(done => {
  const shifts = [];
  new PerformanceObserver(list => list.getEntries().forEach(({ value, sources }) => {
    shifts.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 200) ?? node?.textContent)]);
  })).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(shifts)));
})
"""


def test_nothing_moves_after_it_was_painted(visit):
    for path in (
        "projects/magpie/",
        "institutions/computer-center/",
        "sources/doe-2021/",
    ):
        for width in (390, 1440):
            page = visit(path, width=width)
            page.wait_for_load_state("networkidle")
            assert page.evaluate(SHIFTS) == [], f"{path} at {width}"


def test_paper_has_title_address_and_every_folded_part(visit, specimen_address):
    page = visit("projects/magpie/", scripts=False)
    page.emulate_media(media="print")
    assert page.locator("header.ed-paper").inner_text().startswith(f"Translation in Freedonia · {ADDRESS}")
    for shown in ("h1", ".ed-facts", ".ed-chart", "#rests-on ~ ol .ed-paper"):
        assert page.locator(shown).first.is_visible(), shown
    assert page.get_by_text("Gachi Baduk", exact=False).first.is_visible(), "the folded spellings are unfolded"
    for hidden in (".ed-header", ".ed-footer", ".ed-toc", ".ed-above", ".headerlink"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    expanded = page.locator("p > abbr").first.evaluate("each => getComputedStyle(each, '::after').content")
    assert "An increase." in expanded or "A newspaper of Freedonia" in expanded


def test_a_short_page_is_one_sheet_of_paper(visit):
    page = visit("sources/zhongguo-fanyi-2020/", scheme="dark")
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
    assert len(sheets) == 1


def test_forced_colours_keep_lines_and_marks(visit):
    page = visit("projects/magpie/", forced_colors="active")
    stroke = page.locator(".ed-chart path").first.evaluate("each => getComputedStyle(each).stroke")
    text = page.locator("h1").evaluate("each => getComputedStyle(each).color")
    assert stroke == text
    page.locator(".ed-toc a[href='#not-known']").click()
    here = page.locator(".ed-toc a[href='#not-known'][aria-current]")
    assert here.evaluate("each => getComputedStyle(each).textDecorationLine") == "underline"


QUESTIONS = {
    "What is Magpie?": ("search", "Magpie", "projects/magpie/", "A program for the board game Go"),
    "Who makes programs that know faces?": (
        "links",
        ["Who makes programs that know faces?"],
        "projects/?field=portraits",
        "Computer Center",
    ),
    "What did the article worry about?": ("links", ["worries"], "prospects/worries/", "fears for jobs"),
    "Which statements rest on the Gazette?": (
        "links",
        ["Magpie", "Gazette, 2 May 2019a"],
        "sources/gazette-2019-05-02/",
        "and asks for growth",
    ),
    "What did others say of the jobs of translators?": (
        "search",
        "jobs of translators",
        "prospects/worries/",
        "A blog asked",
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_first_time_reader_finds(visit, specimen_address, question):
    """Within two clicks or one search from the home page."""
    how, way, end, answer = QUESTIONS[question]
    page = visit("")
    if how == "search":
        page.keyboard.press("/")
        page.keyboard.type(way)
        page.locator(f".ed-found a[role=option][href*='{end}']").first.click()
    else:
        assert len(way) <= 2
        for name in way:
            page.locator("article").get_by_role("link", name=name, exact=True).first.click()
    assert page.url.startswith(specimen_address + end)
    page.locator("article").get_by_text(answer, exact=False).locator("visible=true").first.wait_for()


@pytest.mark.parametrize(
    ("path", "scripts", "filled"),
    [
        ("projects/magpie/", True, {"page": "projects/magpie/"}),
        ("projects/magpie/#not-known", True, {"page": "projects/magpie/", "section": "#not-known"}),
        ("projects/magpie/#not-known", False, {"page": "projects/magpie/"}),
        ("no/such/page/", True, None),
    ],
)
def test_a_report_of_an_error_is_filled_in(visit, path, scripts, filled):
    page = visit(path, scripts=scripts)
    page.context.route("https://example.org/**", lambda route: route.fulfill(body="The form."))
    page.get_by_role("link", name="Report an error").click()
    page.get_by_text("The form.").wait_for()
    address, _, query = page.url.partition("?")
    if filled is None:
        assert (address, query) == (f"{REPOSITORY}/issues", "")
        return
    assert address == f"{REPOSITORY}/issues/new"
    told = {key: value for key, [value] in parse_qs(query, strict_parsing=True).items()}
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / told.pop("template")).read_text("utf-8"))
    assert told == filled | {"page": ADDRESS + filled["page"]}
    assert set(told) <= {field["id"] for field in form["body"]}
