"""The timeline: every dated statement of the site in order, gathered from the records."""

from __future__ import annotations

from collections import Counter
from html import escape
from itertools import groupby

from edition import records
from edition.derived.dated import Dated, dated
from edition.language import html_spoken, korean_words
from edition.pages.markup import anchor, as_html, filters, href, tagged
from edition.reading.pages import Page
from edition.reading.site import Site
from edition.records import ARTICLE
from edition.text import day, is_paragraph


def when(each: Dated) -> str:
    """Return the day or span of a statement as readers write it; a report's date says that it is one."""
    span = day(each.date) + (f" to {day(each.until)}" if each.until else "")
    return f"reported {span}" if each.dated == "report" else span


def key(site: Site, path: str) -> str:
    """Return the value by which statements of a page are filtered."""
    page = site.pages[path]
    return page.folder if page.is_index else page.id


def row(page: Page, site: Site, each: Dated) -> str:
    """Return a statement as a row: when, what with its sources, on which pages, in whose voice."""
    sources = []
    for ref in each.cites:
        source = site.source(ref)
        of_article = is_paragraph(ref)
        label = f"¶{ref[1:]}" if of_article else source.title if source else ref
        sources.append(anchor(page, f"{ARTICLE}#{ref}" if of_article else f"sources/{ref}.md", label))
    text = korean_words(escape(each.text, quote=False), html_spoken)
    told = [tagged(anchor(page, path, site.pages[path].title), page=key(site, path)) for path in each.pages]
    voice = tagged(site.vocabulary.voices[each.voice], voice=each.voice)
    voice += f" ({tagged('disputed', standing='disputed')})" if each.disputed else ""
    cells = [
        when(each),
        f"{text} {', '.join(sources)}".strip(),
        ", ".join(told),
        voice,
    ]
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def rows_of(page: Page, site: Site, statements: list[Dated]) -> str:
    """Return statements as a table."""
    head = "".join(f'<th scope="col">{title}</th>' for title in ("When", "What", "Page", "Voice"))
    body = "\n".join(row(page, site, each) for each in statements)
    table = f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"
    return as_html(f'<div class="ed-timeline">{table}</div>')


def period(each: Dated, article: str) -> tuple[str, str]:
    """Return id and title of the period of a statement: its decade; that of the article ends on the article's day."""
    decade = f"{each.date[:3]}0s"
    if decade != f"{article[:3]}0s":
        return decade, decade
    return ("since", "Since the article") if each.date > article else (decade, f"{decade}, up to the article")


def strip(statements: list[Dated]) -> str:
    """Return the overview: a bar a year, as high as the year has statements; below it the decades as links."""
    counts = Counter(int(each.date[:4]) for each in statements)
    first, last = min(counts) // 10 * 10, max(counts)
    most = max(counts.values())
    bars = "".join(f'<path d="M{year - first}.5 {most}v-{count}"/>' for year, count in sorted(counts.items()))
    densest = max(counts, key=counts.get)
    told = f"Statements a year, {min(counts)} to {last}; most of them ({most}) in {densest}"
    svg = (
        f'<svg viewBox="0 0 {last - first + 1} {most}" preserveAspectRatio="none" role="img" aria-label="{told}">'
        f"{bars}</svg>"
    )
    decades = [
        f"[{decade}s](#{decade}s)" if any(decade <= year < decade + 10 for year in counts) else f"{decade}s"
        for decade in range(first, last + 1, 10)
    ]
    labels = "\n".join(f"- {label}" for label in decades)
    share = 100 * 10 / (last - first + 1)
    return (
        f'<figure class="ed-strip" markdown="1">\n{svg}\n\n'
        f'<div class="ed-strip__decades" style="--share: {share:.2f}%" markdown="1">\n\n{labels}\n\n</div>\n\n'
        f"<figcaption>{told}.</figcaption>\n</figure>"
    )


def timeline(page: Page, site: Site) -> list[str]:
    """Return the overview, the filter and the periods with their statements."""
    statements = dated(site)
    source = site.source(site.article_id)
    issued = source.record.issued if source else ""
    entries = {key(site, path): site.pages[path].title for each in statements for path in each.pages}
    voices = {
        voice: label for voice, label in site.vocabulary.voices.items() if any(s.voice == voice for s in statements)
    }
    named = dict(sorted(entries.items(), key=lambda item: item[1]))
    keys = {"voice": ("Voice", voices), "page": ("Page", named)}
    if any(each.disputed for each in statements):
        keys["standing"] = ("Standing", {"disputed": "Disputed"})
    parts = [
        strip(statements),
        filters("the statements", keys, len(statements)),
    ]
    for (id_, title), group in groupby(statements, lambda each: period(each, issued)):
        parts.append(f"## {title} {{#{id_} data-search-exclude}}")
        parts.append(rows_of(page, site, list(group)))
    return parts


def own_dates(page: Page, site: Site) -> str:
    """Return the link from an entry to its part of the timeline, empty if it has none."""
    years = [each.date[:4] for each in dated(site) if page.path in each.pages]
    if not years:
        return ""
    span = years[0] if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
    return f"[{span}: {len(years)} on the timeline]({href(page.path, f'{records.TIMELINE}?page={page.id}')})"
