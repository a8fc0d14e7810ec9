"""The data of the site as files: CSV, JSON, and the schema of each, made from `edition.derived.tables`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import partial

from edition.derived.tables import FOLDER, TABLES, TYPES, Column, Table, Value, rows, version
from edition.reading.site import Site
from edition.records import LICENCE
from edition.text import slug

FORMULA = ("=", "+", "-", "@")
"""What begins a formula in a spreadsheet."""


def cell(column: Column, value: Value) -> str:
    """Return a value as it stands in CSV: text that a spreadsheet would run as a formula has an apostrophe before it.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    if isinstance(value, bool):
        return str(value).lower()
    text = TYPES[column.type].separator.join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_csv(table: Table, site: Site) -> str:
    """Return a table as CSV (RFC 4180) with a header row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(column.name for column in table.columns)
    writer.writerows([cell(column, row[column.name]) for column in table.columns] for row in rows(table, site))
    return text.getvalue()


def description(site: Site) -> str:
    """Return what the data are, as their page says it."""
    page = site.pages.get(f"{FOLDER}/index.md")
    return page.description if page else ""


def document(site: Site) -> dict:
    """Return all tables as one JSON document, in real types; keys without value are left out."""
    tables = {
        table.name: [{name: value for name, value in row.items() if value is not None} for row in rows(table, site)]
        for table in TABLES
    }
    return {"name": site.name, "address": site.address, "licence": LICENCE["name"], "version": version(site), **tables}


def meaning(column: Column) -> str:
    """Return what a column means as plain text, with the table it joins."""
    joined = f"; joins {column.joins}.id" if column.joins else ""
    return column.meaning.replace("`", "") + joined


def schema(site: Site) -> dict:
    """Return the JSON Schema of `document`."""

    def of(column: Column) -> dict:
        values = {"enum": list(words)} if (words := column.words(site)) else {}
        return {**TYPES[column.type].schema, **values, "description": meaning(column)}

    def items(table: Table) -> dict:
        return {
            "type": "object",
            "properties": {column.name: of(column) for column in table.columns},
            "required": [column.name for column in table.columns if column.always],
            "additionalProperties": False,
        }

    head = {
        "name": {"type": "string", "description": "The site’s name"},
        "address": {"type": "string", "format": "uri", "description": "The site’s address"},
        "licence": {"const": LICENCE["name"], "description": "Licence of the site’s own text and arrangement (SPDX)"},
        "version": {**TYPES["date"].schema, "description": "The day of the newest change to the site"},
    }
    tables = {
        table.name: {"type": "array", "title": table.title, "description": table.meaning, "items": items(table)}
        for table in TABLES
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{site.address}{FOLDER}/schema.json",
        "title": site.name,
        "description": description(site),
        "type": "object",
        "properties": {**head, **tables},
        "required": [*head, *(table.name for table in TABLES)],
        "additionalProperties": False,
    }


def package(site: Site) -> dict:
    """Return the descriptor of the CSV files: a tabular data package (Frictionless, version 1)."""

    def of(column: Column) -> dict:
        type_ = TYPES[column.type]
        constraints = dict(type_.field.get("constraints", {}))
        constraints |= {"required": True} if column.required else {}
        constraints |= {"enum": list(words)} if (words := column.words(site)) else {}
        listed = f"; parted by {type_.separator!r}" if type_.separator else ""
        told = {"name": column.name, **type_.field, "description": meaning(column) + listed}
        return {**told, **({"constraints": constraints} if constraints else {})}

    def resource(table: Table) -> dict:
        key = {"primaryKey": list(table.key)} if table.key else {}
        foreign = [
            {"fields": column.name, "reference": {"resource": column.joins, "fields": "id"}}
            for column in table.columns
            if column.joins
        ]
        return {
            "name": table.name,
            "path": f"{table.name}.csv",
            "profile": "tabular-data-resource",
            "title": table.title,
            "description": table.meaning,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": list(map(of, table.columns)),
                "missingValues": [""],
                **key,
                **({"foreignKeys": foreign} if foreign else {}),
            },
        }

    return {
        "profile": "tabular-data-package",
        "name": slug(site.name),
        "title": site.name,
        "description": description(site),
        "homepage": site.url(f"{FOLDER}/index.md"),
        "version": version(site),
        "licenses": [LICENCE],
        "resources": list(map(resource, TABLES)),
    }


def as_json(make: Callable[[Site], dict], site: Site) -> str:
    """Return a document as JSON."""
    return json.dumps(make(site), ensure_ascii=False, indent=1) + "\n"


FILES: dict[str, Callable[[Site], str]] = {
    **{f"{FOLDER}/{table.name}.csv": partial(as_csv, table) for table in TABLES},
    f"{FOLDER}/data.json": partial(as_json, document),
    f"{FOLDER}/schema.json": partial(as_json, schema),
    f"{FOLDER}/datapackage.json": partial(as_json, package),
}
"""The tables, a CSV each and all in one JSON document, with what describes them, by path: how each is made."""


def files(site: Site) -> dict[str, str]:
    """Return the text of the files by path."""
    return {path: make(site) for path, make in FILES.items()}
