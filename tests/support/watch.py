"""Watch a browser page: what it asks for, what it complains about, what it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

_REPORT_VIOLATIONS = """
addEventListener('securitypolicyviolation', event => console.error(
    'CSP violation: ' + event.violatedDirective + ' ' + event.blockedURI));
"""
_SHOW_ALL = """async () => {
    const lazy = [...document.querySelectorAll('img[loading=lazy]')];
    for (const picture of lazy) picture.loading = 'eager';
    await Promise.allSettled(lazy.map(picture => picture.decode()));
}"""
_KEPT = """async () => ({
    cookies: location.protocol === 'file:' ? '' : document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: globalThis.caches ? (await caches.keys()).length : 0,
    workers: navigator.serviceWorker && location.protocol !== 'file:'
        ? (await navigator.serviceWorker.getRegistrations()).length : 0,
})"""


_WITHOUT_FAULT = """(given) => {
    try { const holds = %s; return typeof holds === 'function' ? holds(given) : holds; }
    catch { return false; }
}"""


def wait_until(page: Page, script: str, arg: Any = None, timeout: int = 30_000) -> None:
    """Wait until a script says yes, at most so many ms: a page that has no body yet says no."""
    page.wait_for_function(_WITHOUT_FAULT % script, arg=arg, timeout=timeout)


@dataclass
class Watched:
    """Hold a page and what was seen on it so far."""

    page: Page
    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def visit(self, address: str) -> None:
        """Load a page and everything that it shows, pictures far below included."""
        response = self.page.goto(address, wait_until="load")
        if response is not None and response.status >= 400:
            self.troubles.append(f"{address}: status {response.status}")
        self.page.evaluate(_SHOW_ALL)

    def kept(self) -> dict[str, Any]:
        """Give what the page could have left on the reader's device: all must be empty."""
        found: dict[str, Any] = self.page.evaluate(_KEPT)
        return {name: value for name, value in found.items() if value}

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            place = message.location.get("url", "")  # what could not be loaded, too
            self.troubles.append(f"{self.page.url}: {message.type}: {message.text} {place}")

    def _failed(self, request: Request) -> None:
        if request.failure == "net::ERR_ABORTED":
            return  # we moved on before it came; what a policy refuses is on the console
        self.troubles.append(f"{self.page.url}: cannot load {request.url}: {request.failure}")


@contextmanager
def watched(browser: Browser, **options: Any) -> Iterator[tuple[Watched, BrowserContext]]:
    """Open a page in a context of its own and watch it."""
    context = browser.new_context(**options)
    context.add_init_script(_REPORT_VIOLATIONS)
    page = context.new_page()
    seen = Watched(page)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("requestfailed", seen._failed)
    page.on("console", seen._console)
    page.on("pageerror", lambda error: seen.troubles.append(f"{page.url}: {error}"))
    try:
        yield seen, context
    finally:
        context.close()
