"""MkDocs hook: check the source before anything is built, write the exports, keep no site of a failed build.

It changes nothing that a page says. Zensical runs no hooks: `edition.exports`
is run after it.
"""

import logging
import shutil
from collections import Counter
from pathlib import Path

from mkdocs.exceptions import Abort

from edition import checks
from edition.checks import settings
from edition.derived.sources import configured
from edition.exports import write
from edition.pages import compose
from edition.reading.site import read

log = logging.getLogger("mkdocs.hooks.edition")

_command = ""
_site_dir = ""


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this is `build` or `serve`."""
    global _command
    _command = command


def on_config(config):
    """Read the source anew and stop with all its errors, each a line."""
    global _site_dir
    _site_dir = config.site_dir
    read.cache_clear()
    compose.environment.cache_clear()
    _stop(checks.run(config.docs_dir) + settings.run(Path(config.docs_dir).parent))
    return config


def on_nav(nav, config, files):
    """Stop where a page stands in navigation twice: MkDocs tells of one that is left out or missing, not of this."""
    file = Path(config.docs_dir, ".nav.yml")
    lines = file.read_text("utf-8").split("\n") if file.is_file() else []
    times = Counter(page.file.src_uri for page in nav.pages)
    problems = []
    for path in sorted(path for path in times if times[path] > 1):
        line = max((number for number, text in enumerate(lines, 1) if path in text.split()), default=1)
        problems.append(checks.Problem(f"{file.parent.name}/{file.name}", line, "nav", f"names {path} twice; keep one"))
    _stop(problems)
    return nav


def _stop(problems: list[checks.Problem]) -> None:
    """End the build with all problems, each a line, if there are any."""
    if problems:
        for problem in problems:
            log.error(problem)
        raise Abort(checks.summary(problems))


def on_post_build(config) -> None:
    """Write the exports beside the pages."""
    write(configured(config), Path(config.site_dir))


def on_build_error(error: Exception) -> None:
    """Leave no site behind that could be taken for the result of the failed build."""
    if _command == "build":
        shutil.rmtree(_site_dir, ignore_errors=True)
