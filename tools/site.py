"""Build and serve the site for the tests and for what measures and compares."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).parent.parent
SUB_PATH = "/some/sub/path/"
ADDRESS = f"http://localhost{SUB_PATH}"
"""The public address that tests build for."""
SOURCE = ("docs", "overrides", "edition", "mkdocs.yml", "vocabularies.yml")
NOW = os.environ.get("SOURCE_DATE_EPOCH") or str(int(time.time()))
"""The time of every build of a run, in seconds since 1970: no record may be dated later."""
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".md", ".txt")
SAMPLE = ROOT / "tests/sample"
"""The specimen: a small edition of an article that was made up, with one of everything."""


def copy_source(target: Path) -> Path:
    """Copy what a build reads into an empty folder; return the folder."""
    target.mkdir(parents=True, exist_ok=True)
    for name in SOURCE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)
    return target


def copy_specimen(target: Path) -> Path:
    """Copy what a build of the specimen reads into a folder: its pages, and the engine and settings of the site."""
    for name in ("overrides", "edition"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(SAMPLE / "docs", target / "docs", dirs_exist_ok=True)
    shutil.copy(SAMPLE / "vocabularies.yml", target)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    for line in (SAMPLE / "mkdocs.yml").read_text("utf-8").splitlines():
        key, _, _ = line.partition(": ")
        settings = re.sub(rf"(?m)^{key}: .*$", lambda _, line=line: line, settings)
    (target / "mkdocs.yml").write_text(settings, "utf-8")
    return target


def run_engine(engine: str, folder: Path, **environment: str) -> subprocess.CompletedProcess:
    """Build the source in `folder` with `mkdocs` or `zensical` into `folder/site`; keep its output."""
    command = [sys.executable, "-m", engine, "build", "--clean"]
    defaults = {
        "SITE_URL": ADDRESS,
        "SOURCE_DATE_EPOCH": NOW,
        "NO_MKDOCS_2_WARNING": "1",
    }
    # The copy's own package is imported, not the installed one.
    defaults["PYTHONPATH"] = str(folder)
    env = {**os.environ, **defaults, **environment}
    result = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if engine == "zensical" and not result.returncode:
        # MkDocs writes the exports through its hook.
        exports = [sys.executable, "-m", "edition.exports"]
        subprocess.run(exports, cwd=folder, env=env, capture_output=True, text=True, check=True)
    return result


def build(folder: Path, engine: str = "mkdocs", **environment: str) -> Path:
    """Build the source in a folder and return the site; where that fails, end the run with what the engine printed."""
    result = run_engine(engine, folder, **environment)
    if result.returncode or not (folder / "site").is_dir():
        sys.exit(f"{engine} failed:\n{result.stdout}{result.stderr}")
    return folder / "site"


def documents(site: Path) -> Iterator[Path]:
    """Yield the files of a built site's pages, without what only leads from an address that was given up."""
    for file in sorted(site.rglob("*.html")):
        if b'http-equiv="refresh"' not in file.read_bytes()[:500]:
            yield file


def pages(site: Path) -> list[str]:
    """Return the addresses of a built site's pages, relative to its root, without the 404 page."""
    folders = (file.parent.relative_to(site).as_posix() for file in documents(site) if file.name == "index.html")
    return sorted("" if folder == "." else folder for folder in folders)


class Handler(SimpleHTTPRequestHandler):
    """Serves a site below a sub-path as GitHub Pages does: unknown addresses get 404.html."""

    # Connections are kept, as hosts keep them.
    protocol_version = "HTTP/1.1"
    sub_path = "/"
    isolated = False
    # By this type a browser takes the file away and a reference manager takes it in.
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".ris": "application/x-research-info-systems"}

    def end_headers(self) -> None:
        """Isolate pages from other origins where that is wanted: only then does a browser measure time finely."""
        if self.isolated:
            self.send_header("Cross-Origin-Opener-Policy", "same-origin")
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()

    def translate_path(self, path: str) -> str:
        """Map an address to a file; addresses outside the sub-path have none."""
        if not path.startswith(self.sub_path):
            return str(Path(self.directory) / "outside-the-site")
        return super().translate_path("/" + path.removeprefix(self.sub_path))

    def send_head(self) -> BinaryIO | None:
        """Send text compressed, as hosts do, to those who take it."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if self.path.partition("?")[0].endswith("/") else file
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if not takes or file.suffix not in COMPRESSED or not file.is_file():
            return super().send_head()
        body = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file.name))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer 404 with the site's own page."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Keep the test output quiet."""


class Server(ThreadingHTTPServer):
    """Keeps quiet about browsers that leave before an answer is sent."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Tell of every error but a closed connection."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve(site: Path, sub_path: str = SUB_PATH, isolated: bool = False) -> Iterator[str]:
    """Serve a built site below a sub-path; yield its address."""
    handler = type("SiteHandler", (Handler,), {"sub_path": sub_path, "isolated": isolated})
    with Server(("127.0.0.1", 0), partial(handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{sub_path}"
        server.shutdown()
