"""Checks of the settings and templates, before a build and without MkDocs: `run` returns all their errors."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import yaml
from jinja2 import Environment, TemplateSyntaxError, meta

from edition.checks import Problem
from edition.nodes import key_path, steps

FILE = "mkdocs.yml"
TEMPLATES = "overrides"
LISTS = ("extra_css", "extra_javascript")


def _doubled(root: yaml.Node) -> list[Problem]:
    """Return a problem for each key that stands twice in a mapping, at any level."""
    return [
        Problem(FILE, line, key_path(path), "stands twice; keep one")
        for path, line, is_doubled in steps(root)
        if is_doubled
    ]


def _assets(root: yaml.Node, folder: Path) -> list[Problem]:
    """Return a problem for each style sheet and script of the site's own that does not exist."""
    problems = []
    for name, value in root.value if isinstance(root, yaml.MappingNode) else []:
        if name.value not in LISTS or not isinstance(value, yaml.SequenceNode):
            continue
        for number, item in enumerate(value.value):
            parts = dict((str(k.value), v.value) for k, v in item.value) if isinstance(item, yaml.MappingNode) else {}
            path = str(parts.get("path", "")) if parts else str(item.value)
            if "//" not in path and not any((folder / place / path).is_file() for place in ("docs", TEMPLATES)):
                message = f"names {path}, which is neither in docs/ nor in {TEMPLATES}/; add it or delete the line"
                problems.append(Problem(FILE, item.start_mark.line + 1, f"{name.value}[{number}]", message))
    return problems


def _templates(folder: Path) -> list[Problem]:
    """Return a problem for each template with an error of syntax, or that names a template that does not exist."""
    spec = find_spec("material")
    material = [Path(place, "templates") for place in (spec.submodule_search_locations if spec else [])]
    environment = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n"])
    problems = []
    for file in sorted((folder / TEMPLATES).rglob("*.html")):
        name, text = file.relative_to(folder).as_posix(), file.read_text("utf-8", errors="replace")
        try:
            tree = environment.parse(text)
        except TemplateSyntaxError as error:
            problems.append(Problem(name, error.lineno, "", f"is not a valid template: {error.message}; correct it"))
            continue
        for other in dict.fromkeys(meta.find_referenced_templates(tree)):
            if other and material and not any((place / other).is_file() for place in (folder / TEMPLATES, *material)):
                line = next((n for n, part in enumerate(text.split("\n"), 1) if other in part), 1)
                message = f"names the template {other}, which does not exist; correct the name"
                problems.append(Problem(name, line, "", message))
    return problems


def run(folder: str | Path) -> list[Problem]:
    """Return what is wrong with mkdocs.yml and overrides/ in a folder; nothing that is missing there is told."""
    folder, problems = Path(folder), []
    if (folder / FILE).is_file():
        try:
            root = yaml.compose((folder / FILE).read_text("utf-8"), yaml.SafeLoader)
            problems = _doubled(root) + _assets(root, folder)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            problems = [Problem(FILE, line, "", f"is not valid YAML: {error.problem}; correct it")]
        except UnicodeDecodeError:
            problems = [Problem(FILE, 1, "", "is not UTF-8; save the file as UTF-8")]
        except (yaml.YAMLError, RecursionError) as error:
            what = getattr(error, "reason", "it is nested too deeply or holds itself")
            problems = [Problem(FILE, 1, "", f"is not valid YAML: {what}; correct it")]
    return problems + _templates(folder)
