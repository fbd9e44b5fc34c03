"""Serve a folder on loopback as a plain web host would: files, a 404 page, the header file."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from support.pages import NOT_FOUND


def header_rules(text: str) -> list[tuple[str, str, str]]:
    """Read a ``_headers`` file: pattern, name and value of each header."""
    rules, pattern = [], ""
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            pattern = line.strip()
            continue
        name, _, value = line.strip().partition(":")
        rules.append((pattern, name.strip(), value.strip()))
    return rules


def matches(pattern: str, path: str) -> bool:
    """Tell whether a path is of a pattern: ``*`` is anything, ``:name`` one folder."""
    written = re.sub(r":[a-z]+", "[^/]+", re.escape(pattern).replace(r"\*", ".*"))
    return re.fullmatch(written, path) is not None


@contextmanager
def served(site: Path, prefix: str, *, with_headers: bool = True) -> Iterator[str]:
    """Serve ``site`` under ``prefix`` (``/`` or ``/x/y/``) and nothing else; give its address.

    Args:
        site: the folder.
        prefix: begins every path.
        with_headers: whether ``_headers`` holds; it lets no page stand in a frame.
    """
    headers = site / "_headers"
    rules = header_rules(headers.read_text("utf-8")) if with_headers and headers.exists() else []

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(site))  # type: ignore[arg-type]

        def send_head(self) -> object:
            if not self.path.startswith(prefix):
                self.send_error(404)
                return None
            self.path = "/" + self.path[len(prefix) :]
            return super().send_head()

        def send_error(self, code: int, *args: object) -> None:
            page = site / NOT_FOUND
            if code != 404 or not page.exists():
                super().send_error(code, *args)  # type: ignore[arg-type]
                return
            body = page.read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def end_headers(self) -> None:
            for pattern, name, value in rules:
                if matches(pattern, self.path.split("?")[0]):
                    self.send_header(name, value)
            super().end_headers()

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
