"""What tests ask of a built site: its pages, parsed once, which links lead nowhere, how an address answers."""

from functools import cache, lru_cache
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import urlopen

import yaml
from lxml import html

from edition.derived.sources import load
from edition.reading.site import Site
from tools.site import SAMPLE
from tools.site import documents as files


def bibliography(folder: Path, records: dict[str, dict], index: dict) -> Site:
    """Return a site of sources alone, written below a folder: records by id, each with what the source `says`."""
    words = yaml.safe_load((SAMPLE / "vocabularies.yml").read_text("utf-8")) | {"language": "ko"}
    (folder / "docs/sources").mkdir(parents=True)
    (folder / "vocabularies.yml").write_text(yaml.safe_dump(words), "utf-8")
    pages = {
        id_: ({key: value for key, value in each.items() if key != "says"}, each["says"])
        for id_, each in records.items()
    }
    pages["index"] = ({"title": "Sources", "description": "All sources.", **index}, "Text.")
    for id_, (front, body) in pages.items():
        text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False)
        (folder / f"docs/sources/{id_}.md").write_text(f"---\n{text}---\n\n{body}\n", "utf-8")
    return load(str(folder / "docs"))


REPOSITORY = "https://example.org/repository"
"""The repository that the specimen is built for."""


@lru_cache(maxsize=3)
def documents(site: Path) -> dict[str, html.HtmlElement]:
    """Return every page of a built site by its path below the site's root, parsed once."""
    return {
        file.relative_to(site).as_posix(): html.document_fromstring(file.read_text("utf-8")) for file in files(site)
    }


def dead_links(site: Path, sub_path: str) -> list[tuple[str, str]]:
    """Return the links and assets of a site below a sub-path that are not there, each with the page that has it."""
    missing = []
    trees = documents(site)
    ids = {name: set(tree.xpath("//@id")) for name, tree in trees.items()}
    for name, tree in trees.items():
        # The 404 page is shown at any depth, so its addresses must not depend on where it is shown.
        here = urljoin(f"http://localhost{sub_path}", name if name != "404.html" else "any/depth/of/page/")
        for value in dict.fromkeys(tree.xpath("//@href | //@src")):
            url = urlsplit(urljoin(here, value))
            if url.netloc != "localhost" or url.scheme != "http":
                continue
            path = unquote(url.path)
            file = path.removeprefix(sub_path) + ("index.html" if path.endswith("/") else "")
            if not path.startswith(sub_path) or not is_file(site / file):
                missing.append((name, value))
            elif url.fragment and file in ids and unquote(url.fragment) not in ids[file]:
                missing.append((name, value))
    return missing


@cache
def is_file(file: Path) -> bool:
    """Tell whether a built site has a file; most are linked from every page."""
    return file.is_file()


def status(url: str) -> int:
    """Return the status with which an address answers."""
    try:
        with urlopen(url) as response:
            return response.status
    except HTTPError as error:
        return error.code
