"""Metadata in the head of the pages: each vocabulary says what the record says, is valid, and stays small."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html
from schema_org import registry

from edition import records
from edition.citations import csl, dublin_core, schema_org
from edition.text import web_address
from tools.site import ADDRESS, copy_specimen, run_engine

NAME = "Translation in Freedonia"
HOSTILE = """A "title", it's & <b>bold</b> </script><script>alert(1)</script> <!-- \\ \\n {{ x }} {% y %} 100 % — end"""
KOREAN = "인공지능 "

CHANGES = """changes:
  - date: "2025-03-01"
    pages: [projects/parrot, projects/index, index]
    text: Mended.
  - date: "2025-02-01"
    pages: [projects/magpie]
    text: Mended.
  - date: "2025-01-01"
    text: First published.
"""


@pytest.fixture(scope="module")
def heads(specimen, edition):
    """The parsed pages of the site by their paths below `docs`."""
    return {path: document(specimen, path) for path in edition.pages}


def built(path: str) -> str:
    """Return the path of a page's file in the built site."""
    return re.sub(r"(^|/)index/index\.html$", r"\1index.html", path.removesuffix(".md") + "/index.html")


def document(site: Path, path: str) -> html.HtmlElement:
    """Return a built page, by its path below `docs`, parsed."""
    return html.document_fromstring((site / built(path)).read_text("utf-8"))


def tags(tree: html.HtmlElement) -> dict[str, list[str]]:
    """Return the values of each tag of metadata."""
    found: dict[str, list[str]] = {}
    for element in tree.xpath("//head/meta[@name or @property]"):
        found.setdefault(element.get("name") or element.get("property"), []).append(element.get("content"))
    return found


def graph(tree: html.HtmlElement) -> dict[str, dict]:
    """Return the nodes of a page's JSON-LD by their ids."""
    (script,) = tree.xpath("//head/script[@type='application/ld+json']/text()")
    data = json.loads(script)
    assert data["@context"] == "https://schema.org"
    nodes = {node["@id"]: node for node in data["@graph"]}
    assert len(nodes) == len(data["@graph"]), "two nodes of one id"
    return nodes


def subject(tree: html.HtmlElement, url: str) -> dict:
    """Return the node of what a page is about."""
    nodes = graph(tree)
    return nodes[nodes[url]["mainEntity"]["@id"]]


def kinds(type_: str) -> tuple[str, ...]:
    """Return a type of schema.org with those above it."""
    return (type_, *registry.ancestry(type_))


def faults(node: dict, nodes: dict[str, dict]) -> list[str]:
    """Return what schema.org does not allow in a node and in those within it."""
    type_ = node["@type"]
    if type_ not in registry.CLASS_METADATA:
        return [f"no type {type_}"]
    found = []
    for key, value in node.items():
        if key.startswith("@"):
            continue
        meta = registry.PROPERTY_BY_SCHEMA.get(key)
        if meta is None or not set(meta.domains) & set(kinds(type_)):
            found.append(f"no {key} of {type_}")
            continue
        if meta.superseded_by:
            found.append(f"{key} is superseded")
        for each in value if isinstance(value, list) else [value]:
            if each in ("", None, [], {}):
                found.append(f"{key} of {type_} is empty")
            elif isinstance(each, dict) and "@type" in each:
                if not set(meta.ranges) & set(kinds(each["@type"])):
                    found.append(f"{key} of {type_} is no {each['@type']}")
                found += faults(each, nodes)
            elif isinstance(each, dict):
                target = nodes.get(each["@id"], {"@type": "Thing"} if key == "item" else None)
                if target is None or not set(meta.ranges) & set(kinds(target["@type"])):
                    found.append(f"{key} of {type_} leads to {target}")
            elif not set(meta.ranges) & set(registry.DATATYPES):
                found.append(f"{key} of {type_} is no text")
    return found


def day(text: str) -> str:
    """Return a date as Highwire tags write it."""
    return text.replace("-", "/")


def test_json_ld_uses_what_schema_org_defines(heads, edition):
    wrong = {}
    for path in edition.pages:
        nodes = graph(heads[path])
        if found := [fault for node in nodes.values() for fault in faults(node, nodes)]:
            wrong[path] = found
    assert not wrong


def test_json_ld_names_the_page(heads, edition):
    for path in edition.pages:
        page, url = edition.pages[path], edition.url(path)
        (canonical,) = heads[path].xpath("//link[@rel='canonical']/@href")
        assert canonical == url
        node = graph(heads[path])[url]
        dates = edition.dates(edition.pages[path])
        assert "WebPage" in kinds(node["@type"]), path
        assert (node["url"], node["name"], node["description"]) == (url, page.title, page.description), path
        assert (node["datePublished"], node["dateModified"]) == (dates[0], dates[-1]), path
        website = graph(heads[path])[node["isPartOf"]["@id"]]
        assert (website["@type"], website["url"], website["name"]) == ("WebSite", ADDRESS, NAME)
        assert "potentialAction" not in website


def test_breadcrumbs_lead_to_the_page(heads, edition):
    for path in edition.pages:
        url = edition.url(path)
        crumbs = graph(heads[path])[url].get("breadcrumb", {"itemListElement": []})["itemListElement"]
        if url == ADDRESS:
            assert not crumbs
            continue
        assert [crumb["position"] for crumb in crumbs] == list(range(1, len(crumbs) + 1))
        items = [crumb["item"]["@id"] for crumb in crumbs]
        assert items[0] == ADDRESS
        assert items[-1] == url
        section = edition.pages[path].folder + "/index.md"
        assert items[1:-1] == ([] if edition.pages[path].is_index else [edition.url(section)]), path


def test_kinds_of_pages_and_subjects(heads, edition):
    """Every kind of page says what it is and what it is about."""
    of = {
        "about/index.md": ("AboutPage", None),
        "article/index.md": ("WebPage", "ScholarlyArticle"),
        "concepts/index.md": ("WebPage", "DefinedTermSet"),
        "data/index.md": ("WebPage", "Dataset"),
        "index.md": ("WebPage", None),
        "institutions/index.md": ("CollectionPage", None),
        "institutions/language-academy.md": ("WebPage", "CollegeOrUniversity"),
        "institutions/village-school.md": ("WebPage", "ElementarySchool"),
        "institutions/computer-center.md": ("WebPage", "Organization"),
        "projects/parrot.md": ("WebPage", "SoftwareApplication"),
        "prospects/growth.md": ("WebPage", None),
        "sources/doe-2021.md": ("WebPage", "Report"),
        "sources/academy-press-2017.md": ("WebPage", "Book"),
        "sources/index.md": ("CollectionPage", None),
        "timeline/index.md": ("CollectionPage", None),
    }
    for path, (page, thing) in of.items():
        nodes = graph(heads[path])
        node = nodes[edition.url(path)]
        about = nodes[node["mainEntity"]["@id"]]["@type"] if "mainEntity" in node else None
        assert (node["@type"], about) == (page, thing), path
    article = ADDRESS + "sources/writer-2024/#subject"
    for path, page in edition.pages.items():
        if page.folder in ("background", "prospects") and not page.is_index:
            assert graph(heads[path])[edition.url(path)]["about"] == {"@id": article}, path


def test_entries_are_described_by_their_records(heads, edition):
    for path, page in edition.pages.items():
        if page.folder not in ("institutions", "projects") or page.is_index:
            continue
        node, meta = subject(heads[path], edition.url(path)), page.front
        forms = {name["text"] for name in meta["names"]} - {meta["title"]}
        assert node["name"] == meta["title"]
        assert set(node.get("alternateName", [])) == forms, path
        if page.folder == "projects":
            assert node["applicationCategory"].lower() == meta["field"].replace("-", " "), path
            makers = [each for each in meta.get("relations", []) if each["kind"] == "maker"]
            known = [each for each in makers if each["certainty"] in ("certain", "reported")]
            assert len(node.get("creator", [])) == len(known), path
            for maker, creator in zip(known, node.get("creator", []), strict=True):
                body = edition.entries[maker["to"]] if "to" in maker else None
                assert creator["name"] == (body.title if body else maker["name"]), path
                assert not body or creator["@id"] == edition.url(body.path) + "#subject", path


def test_pages_cite_their_sources(heads, edition):
    for path, page in edition.pages.items():
        if not page.is_entry:
            continue
        nodes = graph(heads[path])
        cited = {each["@id"] for each in nodes[edition.url(path)]["citation"]}
        ids = {edition.article_id if re.fullmatch(r"p\d+", ref) else ref for ref in page.cites}
        assert cited == {f"{ADDRESS}sources/{each}/#subject" for each in ids}, path
        for each in nodes[edition.url(path)]["citation"]:
            node = nodes.get(each["@id"], each)
            record = edition.source(each["@id"].split("/")[-2]).record
            assert node["name"] == csl.title(record), path


def test_terms_and_files_are_listed(heads, edition):
    terms = subject(heads["concepts/index.md"], ADDRESS + "concepts/")["hasDefinedTerm"]
    assert [(each["name"], each["description"]) for each in terms] == [
        (term.term, term.definition) for term in edition.terms
    ]
    ids = set(heads["concepts/index.md"].xpath("//@id"))
    assert all(each["url"].startswith(ADDRESS + "concepts/#") and each["url"].split("#")[1] in ids for each in terms)
    files = subject(heads["data/index.md"], ADDRESS + "data/")["distribution"]
    assert [each["contentUrl"] for each in files] == [
        ADDRESS + each["path"] for each in edition.pages["data/index.md"].front["files"]
    ]
    assert all("encodingFormat" in each for each in files)


def test_highwire_tags_of_sources_are_those_of_the_source(heads, edition):
    for path, page in edition.pages.items():
        own = path == "article/index.md"
        if not page.is_source and not own:
            continue
        record = edition.source(edition.article_id).record if own else page.record
        outlet = record.container
        persons = [each.listed for each in record.by if isinstance(each, records.Person)]
        report = record.type in ("report", "policy-article")
        found = tags(heads[path])
        url = web_address(record.url)
        first, _, last = record.pages.partition("–")
        expected = {
            "citation_title": [csl.title(record)],
            # A name without a comma would be cut in two.
            "citation_author": persons or [""],
            "citation_publication_date": [day(record.issued)],
            "citation_publisher": [record.publisher or outlet],
            "citation_technical_report_institution": [(record.publisher or outlet) if report else ""],
            "citation_technical_report_number": [(record.number or record.issue) if report else ""],
            "citation_isbn": [record.number if record.type == "dictionary" else ""],
            "citation_issue": ["" if report else record.issue],
            "citation_firstpage": [first],
            "citation_lastpage": [last],
            "citation_language": [record.language],
            "citation_public_url": [url],
            "citation_abstract_html_url": [edition.url(path) if own else ""],
        }
        expected = {key: value for key, value in expected.items() if value != [""]}
        assert {key: value for key, value in found.items() if key.startswith("citation_")} == expected, path
        assert found["DC.title"] == expected["citation_title"]
        assert found.get("DC.creator", []) == [each.listed for each in record.by]
        assert found.get("DC.publisher") == expected.get("citation_publisher")
        assert found["DC.language"] == [record.language]
        dates = [record.issued] if record.issued else [record.inferred + "?"] if record.inferred else None
        assert found.get("DCTERMS.issued") == dates
        assert NAME not in [each for key in ("publisher", "source", "creator") for each in found.get(f"DC.{key}", [])]


def test_highwire_tags_of_entries_are_those_of_the_page(heads, edition):
    for path, page in edition.pages.items():
        found = tags(heads[path])
        if page.is_entry:
            dates = edition.dates(page)
            assert {key: value for key, value in found.items() if key.startswith("citation_")} == {
                "citation_title": [page.title],
                "citation_publication_date": [day(dates[-1])],
                "citation_publisher": [NAME],
                "citation_language": ["en"],
                "citation_public_url": [edition.url(path)],
            }, path
        if not page.is_source and path != "article/index.md":
            assert found["DC.title"] == [page.title], path
            assert found["DC.publisher"] == [NAME]
            assert "DC.creator" not in found
            assert found["DC.type"] == ["webpage"]
            assert found["DC.identifier"] == [edition.url(path)]


def test_no_tag_is_empty(heads):
    assert not [(path, name) for path, tree in heads.items() for name, values in tags(tree).items() if not all(values)]


def test_open_graph_is_of_the_page(heads, edition):
    for path in edition.pages:
        page, found = edition.pages[path], tags(heads[path])
        article = page.is_entry or page.is_source or path == "article/index.md"
        dates = edition.dates(page)
        assert found["og:type"] == ["article" if article else "website"], path
        assert found["og:title"] == [page.title], path
        assert found["og:url"] == [edition.url(path)], path
        assert found.get("article:published_time") == ([dates[0]] if article else None), path
        assert found.get("article:modified_time") == ([dates[-1]] if article else None), path


def test_sources_are_described_by_their_records(heads, edition):
    for path in edition.pages:
        if not edition.pages[path].is_source:
            continue
        node, record = subject(heads[path], edition.url(path)), edition.pages[path].record
        assert node["name"] == csl.title(record), path
        assert node["inLanguage"] == record.language, path
        assert node.get("datePublished") == (record.issued or None), path
        assert node.get("publisher", {}).get("name") == (record.publisher or None), path
        assert node.get("url", "") == web_address(record.url), path
        authors = [getattr(each, "name", "") or f"{each.given} {each.family}".strip() for each in record.by]
        known = node.get("author", [])
        known = [known] if isinstance(known, dict) else known
        assert [each["name"] for each in known] == authors, path
    article = subject(heads["article/index.md"], ADDRESS + "article/")
    assert article == subject(heads["sources/writer-2024.md"], ADDRESS + "sources/writer-2024/")
    assert article["@type"] == "ScholarlyArticle"


@pytest.mark.parametrize("vocabulary", [csl, dublin_core, schema_org])
def test_every_kind_of_source_has_a_type(vocabulary):
    assert set(vocabulary.TYPES) == set(records.SOURCE_TYPES)


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def altered(request, tmp_path_factory):
    """The folder of a site with a hostile title and changes to some pages, built by either engine."""
    folder = copy_specimen(tmp_path_factory.mktemp("source") / "site")
    file = folder / "docs/sources/doe-2021.md"
    text = file.read_text("utf-8")
    line = f"work: {json.dumps(KOREAN + HOSTILE, ensure_ascii=False)}"
    file.write_text(re.sub("(?m)^work: .*$", lambda _: line, text), "utf-8")
    file = folder / "docs/sources/index.md"
    person = json.dumps({"id": "doe-jane", "family": "Doe", "given": HOSTILE}, ensure_ascii=False)
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"(?m)^  - \{id: doe-jane,.*$", lambda _: f"  - {person}", text), "utf-8")
    file = folder / "docs/about/index.md"
    file.write_text(re.sub(r"changes:\n(?:  .*\n)+", lambda _: CHANGES, file.read_text("utf-8")), "utf-8")
    result = run_engine(request.param, folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site"


@pytest.mark.parametrize(
    ("path", "revised"),
    [
        ("projects/parrot.md", "2025-03-01"),
        ("projects/magpie.md", "2025-02-01"),
        ("projects/index.md", "2025-03-01"),
        ("index.md", "2025-03-01"),
        ("institutions/index.md", "2025-01-01"),
        ("sources/doe-2021.md", "2025-01-01"),
    ],
)
def test_dates_follow_the_changes(altered, edition, path, revised):
    """A change without pages concerns all, another only its own."""
    tree = document(altered, path)
    node = graph(tree)[edition.url(path)]
    assert (node["datePublished"], node["dateModified"]) == ("2025-01-01", revised)
    if path.startswith("projects/") and path != "projects/index.md":
        assert tags(tree)["citation_publication_date"] == [day(revised)]
    sitemap = (altered / "sitemap.xml").read_text("utf-8")
    assert f"<loc>{edition.url(path)}</loc><lastmod>{revised}</lastmod>" in sitemap


def test_hostile_titles_survive(altered):
    tree = document(altered, "sources/doe-2021.md")
    assert not tree.xpath("//head//script[contains(., 'alert') and not(@type)]|//head//b")
    found, node = tags(tree), subject(tree, ADDRESS + "sources/doe-2021/")
    assert found["citation_title"] == found["DC.title"] == [KOREAN + HOSTILE]
    assert found["citation_author"] == found["DC.creator"] == [f"Doe, {HOSTILE}"]
    assert node["name"] == node["headline"] == KOREAN + HOSTILE
    assert node["author"][0]["givenName"] == HOSTILE
    (script,) = tree.xpath("//head/script[@type='application/ld+json']/text()")
    assert "<" not in script


def test_metadata_loads_nothing_from_elsewhere(heads, edition):
    """What is only named, such as a vocabulary, is not loaded."""
    for path, tree in heads.items():
        for element in tree.xpath("//head/link[@href]|//head/script[@src]|//head/img"):
            target = urljoin(edition.url(path), element.get("href") or element.get("src"))
            named = element.get("rel", "").startswith("schema.") or element.get("rel") == "canonical"
            assert named or target.startswith(ADDRESS), path


def test_unknown_addresses_have_no_record(specimen):
    tree = html.document_fromstring((specimen / "404.html").read_text("utf-8"))
    assert not [name for name in tags(tree) if name.startswith(("citation_", "DC", "article:"))]
    assert not tree.xpath("//script[@type='application/ld+json']")
