"""The page of the data: of each table what its columns are."""

from __future__ import annotations

from edition.derived.tables import TABLES, TYPES, Column, version
from edition.pages.markup import table as written
from edition.reading.site import Site
from edition.text import slug

PLACE = '<div class="ed-files"></div>'
"""Where the template lists the files."""


def explained(column: Column) -> list[str]:
    """Return a column's row on the page: name, type, meaning with its vocabulary and the table that it joins."""
    told = column.meaning + (f"; joins `id` of [{column.joins}](#{column.joins})" if column.joins else "") + "."
    labels = {value: label.rstrip(".") if slug(label) != slug(value) else "" for value, label in column.values.items()}
    if labels:
        values = [f"`{value}`" + (f": {label}" if label else "") for value, label in labels.items()]
        told += f" One of {('; ' if any(labels.values()) else ', ').join(values)}."
    optional = "" if column.required else ", may be empty"
    return [f"`{column.name}`", TYPES[column.type].label + optional, told]


def tables(site: Site) -> list[str]:
    """Return the version, and of each table its heading, what it holds, its number of rows and its columns."""
    number = version(site)
    told = [f"This is version {number}."] if number else []
    for table in TABLES:
        count = len(list(table.rows(site)))
        unique = f", no two with the same {' and '.join(f'`{name}`' for name in table.key)}" if table.key else ""
        told += [
            f"## {table.title} {{#{table.name} data-search-exclude}}",
            f"{table.meaning} {count} row{'' if count == 1 else 's'}{unique}.",
            written("columns", ["Column", "Type", "Meaning"], list(map(explained, table.columns))),
        ]
    return told
