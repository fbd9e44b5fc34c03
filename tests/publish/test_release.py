"""What is published: the files of the site, in an order in which each page is whole."""

from __future__ import annotations

from support.targets import toy_release

FILES = {
    "assets/site.0123456789ab.css": "first, stays",
    "assets/latin.0123456789ab.woff2": "first, stays",
    "assets/market.0123456789ab.jpg": "first",
    "cards/en/p/og.png": "first",
    "cards/en/p/alt.txt": "first",
    "kit/en/all.zip": "first",
    "en/alert/og.png": "first",
    "index.html": "pages",
    "en/alert/index.html": "pages",
    "en/alert/feed.xml": "feeds",
    "en/alert/embed.json": "feeds",
    "cap.xml": "feeds",
    "en/feed.xml": "feeds",
    "sitemap.xml": "feeds",
    "en/feed.xml.minisig": "last",
    "manifest.json": "last",
}


def test_files_go_up_before_what_shows_lists_and_signs_them() -> None:
    """What an alert showed or a card said does not stay, whatever open pages ask for."""
    release = toy_release({path: path.encode() for path in FILES if path != "manifest.json"})
    names = ("first", "pages", "feeds", "last")
    found = {
        file.path: names[file.rank] + (", stays" if file.lingers else "") for file in release.files
    }
    assert found == FILES


def test_the_list_of_files_is_the_same_for_the_same_site() -> None:
    files = {"index.html": b"a", "en/index.html": b"b"}
    one, two = toy_release(files), toy_release(dict(reversed(files.items())))
    assert one.files == two.files
    assert one.read("manifest.json") == two.read("manifest.json")
    assert one.digest != toy_release(files, alert=True).digest
