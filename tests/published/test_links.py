"""Every link inside the site leads to a file, relatively: the site works wherever it stands."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from support.pages import NOT_FOUND, Page

# Feeds, search engines and link previews need full addresses here; readers never follow these.
FOR_MACHINES = {"canonical", "alternate"}


def broken(pages: dict[str, Page], site: Path) -> list[str]:
    """List internal addresses that lead to no file, or to no place in it."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    found = []
    for page in pages.values():
        for element, address in page.addresses():
            target = page.target(address)
            if target is None:
                continue
            path, fragment = target
            if path not in files:
                found.append(f"{page.path}: <{element.tag}> {address}")
            elif fragment and path in pages and fragment not in pages[path].ids:
                found.append(f"{page.path}: {address}: no such place")
    return found


def test_no_internal_link_is_broken(pages: dict[str, Page], site: Path) -> None:
    assert broken(pages, site) == []
    assert sum(
        page.target(link) is not None for page in pages.values() for _, link in page.addresses()
    ) > 10 * len(pages)


def loaded_from_elsewhere(page: Page) -> list[str]:
    """List addresses of other hosts that a browser asks for without a click."""
    return [
        f"{page.path}: <{element.tag}> {address}"
        for element, address in page.addresses()
        if element.tag not in {"a", "form"}
        if element.tag != "link" or not FOR_MACHINES & {*element.get("rel").split()}
        if page.target(address) is None and not address.startswith("data:")
    ]


def test_no_page_loads_anything_from_elsewhere(pages: dict[str, Page]) -> None:
    """Browsers open a page of each kind; a tracker on any other one would be seen by readers."""
    assert [one for page in pages.values() for one in loaded_from_elsewhere(page)] == []


def test_what_is_loaded_from_elsewhere_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<link rel="canonical" href="https://a.test/"><link rel="preconnect" href="//b.test">'
        '<a href="https://c.test/"><img src="https://d.test/x.png" srcset="y.png 2x"></a>'
        '<img src="data:image/gif;base64,R0"><iframe src="https://e.test"></iframe>'
    )
    found = loaded_from_elsewhere(Page(tmp_path, "index.html"))
    assert [line.rpartition("/")[2] for line in found] == ["b.test", "x.png", "e.test"]


def test_the_check_notices_missing_files_folders_and_places(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en/index.html").write_text(
        '<p id="here"><a href="#here"></a><a href="#there"></a><a href="../en/"></a>'
        '<a href="no.html"></a><img srcset="a.png 1x, index.html 2x">'
    )
    found = broken({"en/index.html": Page(tmp_path, "en/index.html")}, tmp_path)
    assert [line.split(": ", 1)[1] for line in found] == [
        "#there: no such place",
        "<a> ../en/",
        "<a> no.html",
        "<img> a.png",
    ]


def test_no_link_to_the_site_itself_names_a_host_or_starts_at_the_root(
    pages: dict[str, Page],
) -> None:
    host = urlsplit(pages["en/index.html"].rel("canonical")[0].get("href")).netloc
    absolute = [
        f"{page.path}: {address}"
        for page in pages.values()
        for element, address in page.addresses()
        if page.path != NOT_FOUND
        and not FOR_MACHINES & set(element.get("rel").split())
        and (address.startswith("/") or urlsplit(address).netloc == host)
    ]
    assert absolute == []


def test_links_to_other_sites_are_https_and_tell_them_nothing(pages: dict[str, Page]) -> None:
    loose = []
    for page in pages.values():
        for link in page.all("a"):
            address = link.get("href")
            parts = urlsplit(address)
            if parts.netloc and not (
                parts.scheme == "https"
                and {"noopener", "noreferrer"} <= set(link.get("rel").split())
            ):
                loose.append(f"{page.path}: {address}")
            if parts.scheme not in ("", "https", "tel", "sms", "mailto"):
                loose.append(f"{page.path}: {address}")
    assert loose == []
