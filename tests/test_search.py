"""Search in the real dialog, in Chromium: names in any spelling, hostile input, keys; `test_real.py` has the lists."""

import json
import random

import pytest

from tools.axe import SCHEMES, findings
from tools.site import copy_specimen, run_engine, serve

HOSTILE = [
    "a",
    "ㄱ",
    "ㅏ",
    "ㅇㅡㄴ",
    "x" * 10_000,
    "은" * 10_000,
    "un " * 3_000,
    "...",
    "?!",
    "“”",
    '"',
    '""',
    '"unbyol',
    "~",
    "unbyol~5",
    "*",
    "un*ol",
    "title:",
    "title:unbyol",
    "nothing:unbyol",
    "^",
    "unbyol^9",
    "+",
    "+unbyol -go",
    "-unbyol",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</a><b>unbyol</b>",
    "&lt;b&gt;",
    "\\",
    "unbyol\u0000",
    "\u0001\u0002\u001f",
    "un\u200bbyol",
    "\u202elohbyn",
    "은unbyol銀ぎンبيول",
    "\ud800",
    "\u0301\u0301",
    "constructor",
    "__proto__",
    "hasOwnProperty toString",
]
"""Empty input is asked between these."""


def test_a_name_added_to_an_entry_is_found_in_other_spellings(dialog, tmp_path):
    source = copy_specimen(tmp_path / "source")
    entry = source / "docs/projects/echo.md"
    text = entry.read_text("utf-8")
    for name in ("해오름 거울", "Kŭmsŏng Paewŏlto"):
        system = "korean" if name.isascii() is False and name[0] > "가" else "romanized"
        added = f'names:\n  - text: "{name}"\n    system: {system}\n    status: derived\n'
        text = text.replace("names:\n", added, 1)
    entry.write_text(text, "utf-8")
    result = run_engine("mkdocs", source)
    assert result.returncode == 0, result.stderr
    with serve(source / "site") as url:
        page = dialog(url)
        for query in (
            "Haeorŭm kŏul",
            "Hae-oreum geoul",
            "haeorumkoul",
            "해오ㄹ",
            "금성 배월도",
            "Geumseong Baewoldo",
            "Kumsong",
        ):
            assert query not in (source / "site/projects/echo/index.html").read_text("utf-8")
            assert page.ask(query)[:1] == ["projects/echo/"], query


def test_hostile_queries_leave_the_dialog_whole(dialog):
    page = dialog()
    for query in HOSTILE:
        page.ask(query)
        assert page.locator(".ed-found :is(img, script, b b, p b)").count() == 0, query
        page.ask("")
    assert page.ask("Magpie")[0] == "projects/magpie/"
    assert page.faults == []


def test_thousands_of_random_queries_are_answered(dialog, specimen_address):
    """From a fixed seed, half of them letters of names and operators, half any characters; asked of the worker."""
    draw = random.Random(5)
    letters = "unbyol KCC 은별룡마ㄱㅏ銀星ŭŏ '\"~*:^+-<>&\\/.,()\t1"
    queries = [
        "".join(
            draw.choice(letters)
            if number % 2
            else chr(draw.choice((draw.randrange(1, 0xD800), draw.randrange(1, 0x250))))
            for _ in range(draw.randrange(1, 24))
        )
        for number in range(3_000)
    ]
    page = dialog()
    answered = page.evaluate(
        """async ([base, queries]) => {
          const { Index } = await import(base + "assets/javascripts/search/index.js");
          const get = async path => (await fetch(`${base}search/${path}.json`)).json();
          const names = await get("names"), index = new Index(names);
          for (const section of Object.keys(names.sections)) index.addText(await get(`text/${section}`));
          for (const query of queries) {
            for (const { score, page, more } of index.search(query)) {
              if (!Number.isFinite(score) || !page.url.length && page.folder !== "home" || more.length > 3) {
                throw new Error(`${query}: ${page.url} ${score}`);
              }
            }
          }
          return queries.length;
        }""",
        [specimen_address, queries],
    )
    assert answered == len(queries)
    assert page.faults == []


ALIKE = [
    ("hacker", "hackers", "hacking"),
    ("recognition", "recognize", "recognises", "recognised"),
    ("translate", "translation", "translators"),
    ("universities", "university"),
    ("Russia", "Russian", "Russians"),
    ("centre", "centers"),
]
UNLIKE = [("alive", "alike"), ("deal", "dealership"), ("news", "now"), ("class", "clay")]


def test_forms_of_a_word_are_one_and_other_words_are_not(dialog, specimen_address):
    roots = """async ([base, lists]) => {
      const { stem, words } = await import(base + "assets/javascripts/search/fold.js");
      return lists.map(list => [...new Set(list.map(word => stem(words(word)[0])))].length);
    }"""
    page = dialog()
    assert page.evaluate(roots, [specimen_address, ALIKE]) == [1] * len(ALIKE)
    assert page.evaluate(roots, [specimen_address, UNLIKE]) == [2] * len(UNLIKE)


@pytest.mark.parametrize(
    ("one", "other", "limit", "is_near"),
    [
        ("unbyol", "unbjol", 1, True),
        ("unbyol", "ubnyol", 1, True),
        ("unbyol", "unbyl", 1, True),
        ("unbyol", "unbyyol", 1, True),
        ("unbyol", "ubnjol", 1, False),
        ("unbyol", "ubnjol", 2, True),
        ("unbyol", "unb", 2, False),
    ],
)
def test_slips_are_counted_as_damerau_does(dialog, specimen_address, one, other, limit, is_near):
    count = """async ([base, one, other, limit]) =>
      (await import(base + "assets/javascripts/search/fold.js")).near(one, other, limit)"""
    assert dialog().evaluate(count, [specimen_address, one, other, limit]) is is_near


def test_results_say_why_they_match(dialog):
    page = dialog()
    first = page.locator(".ed-found [role=option]").first
    page.ask("까치")
    assert first.locator("b").inner_text() == "Magpie Projects"
    assert first.locator("mark[lang=ko]").first.inner_text() == "까치"
    page.ask("gachi baduk")
    assert first.locator("mark").first.inner_text() == "Gachi Baduk"
    page.ask("magpie")
    assert first.locator("b mark").inner_text() == "Magpie"
    page.ask("back-translation")
    assert first.locator("b").inner_text() == "Concepts"
    assert first.locator("p mark").inner_text() == "Back-translation"
    assert page.ask("pupils")[:1] == ["institutions/village-school/"]
    assert "pupils" not in first.inner_text(), "subjects are shown nowhere"


def test_pages_with_more_of_the_words_come_first_and_quotation_marks_ask_for_the_phrase(dialog):
    page = dialog()
    both = page.ask("talking bird")
    assert page.ask("talking bird zzzz")[:1] == both[:1], "one word that is nowhere hides nothing"
    assert set(page.ask("bird talking ")) == set(page.ask("talking bird "))
    assert page.ask('"bird talking"') == []
    assert set(page.ask('"talking bird"')) <= set(both)


def test_where_nothing_is_found_names_that_begin_alike_and_the_sections_are_offered(dialog, specimen_address):
    page = dialog()
    assert page.ask("magpzzzq") == []
    assert page.locator(".ed-found [role=status]").inner_text() == "No matching documents"
    offer = page.get_by_role("navigation", name="Where to look instead")
    offer.get_by_role("link", name="Magpie").wait_for()
    assert set(offer.get_by_role("link").evaluate_all("links => links.map(link => link.href)")) >= {
        specimen_address + "projects/",
        specimen_address + "sources/",
    }
    page.keyboard.press("Enter")
    assert page.url == specimen_address + "about/", "there is nothing to go to"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(specimen_address + "projects/magpie/")
    page = dialog()
    assert page.ask("?!") == []
    offer = page.get_by_role("navigation", name="Where to look instead")
    assert offer.get_by_role("link", name="Projects").is_visible()
    page.ask("magpie")
    assert offer.count() == 0
    assert page.faults == []


@pytest.mark.parametrize("key", ["/", "s"])
def test_keys_open_choose_follow_and_close(dialog, specimen_address, key):
    page = dialog()
    page.keyboard.press("Escape")
    field = page.get_by_role("search").get_by_role("combobox", name="Search")
    field.evaluate("field => field.blur()")
    page.keyboard.press(key)
    assert field.evaluate("field => field === document.activeElement && !field.value")
    page.keyboard.type("magpie")
    page.get_by_role("status").filter(has_text="pages found").wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"[id={field.get_attribute('aria-activedescendant')}]")
    assert chosen.get_attribute("aria-selected") == "true"
    assert chosen.evaluate("link => link.href") == specimen_address + "projects/magpie/"
    assert field.evaluate("field => field === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url(specimen_address + "projects/magpie/")
    assert page.faults == []


def test_enter_that_ends_a_syllable_stays_in_the_field(dialog, specimen_address):
    page = dialog()
    assert page.ask("까치")
    page.evaluate(
        "document.querySelector('.ed-search input').dispatchEvent("
        "new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, isComposing: true }))"
    )
    page.evaluate("new Promise(requestAnimationFrame)")
    assert page.url == specimen_address + "about/"


def test_a_link_can_carry_the_query(visit):
    page = visit("about/?q=Kka-chi")
    page.locator(".ed-found a[role=option][href*='projects/magpie/']").first.wait_for()
    assert page.faults == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_answers(dialog, scheme):
    page = dialog(scheme=scheme)
    for query in ("까치", "corpus", "magpzzzq"):
        page.ask(query)
        assert findings(page) == []


def test_before_the_text_has_come_names_are_found(dialog):
    page = dialog(service_workers="block")
    page.context.route("**/search/text/*", lambda route: route.abort())
    page.reload()
    page.keyboard.press("/")
    page.locator(".ed-found:not([aria-busy])").wait_for(state="attached")
    assert page.ask("Magpie")[:1] == ["projects/magpie/"]


def test_without_the_names_the_field_says_so(visit):
    page = visit("")
    page.context.route("**/search/names.json", lambda route: route.abort())
    page.reload()
    page.keyboard.press("/")
    page.keyboard.type("Magpie")
    page.get_by_text("Search could not be loaded.", exact=False).wait_for()
    assert page.locator("article h1").is_visible()
    assert [fault for fault in page.faults if "Failed to load resource" not in fault] == []


def test_from_a_folder_pages_stay_whole(browser, specimen):
    """A page opened from a folder has no search, and errs in nothing."""
    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((specimen / "projects/magpie/index.html").as_uri())
    assert page.locator("article h1").is_visible()
    assert errors == []
    page.close()


def test_names_tell_their_language_as_the_pages_do(specimen, edition):
    language = {
        (page.url, name["text"]): edition.vocabulary.language_of(name["system"]) or "en"
        for page in edition.entries.values()
        for name in page.front.get("names", [])
    }
    pages = json.loads((specimen / "search/names.json").read_text("utf-8"))["pages"]
    told = {
        (url, text): (*lang, "en")[0]
        for url, _, *rest in pages
        for text, kind, *lang in (rest[0] if rest else [])
        if kind == 1 and url.startswith(("inst", "proj"))
    }
    assert told == language
