"""MkDocs hook: check the source before anything is built, write the exports, keep no site of a failed build.

It changes nothing that a page says. Zensical runs no hooks: `edition.exports`
is run after it.
"""

import logging
import shutil
from pathlib import Path

from mkdocs.exceptions import Abort

from edition import checks, exports
from edition.site import configured, read

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
    problems = checks.run(config.docs_dir, config.nav, config.config_file_path)
    if problems:
        for problem in problems:
            log.error(problem)
        raise Abort(checks.summary(problems))
    return config


def on_post_build(config) -> None:
    """Write the exports beside the pages."""
    exports.write(configured(config), Path(config.site_dir))


def on_build_error(error: Exception) -> None:
    """Leave no site behind that could be taken for the result of the failed build."""
    if _command == "build":
        shutil.rmtree(_site_dir, ignore_errors=True)
