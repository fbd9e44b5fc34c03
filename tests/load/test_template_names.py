"""A template that nothing asks for was silently left out: the built-in one went on being used."""

from __future__ import annotations

from collections.abc import Collection

from stopjihad.load.template_names import unread_templates

BUILT_IN = {"site/help.html", "cards/fact.yaml", "locale/fr.po", "studio/base.html", "new/point.md"}


def unread(*own: str, included: Collection[str] = ()) -> dict[str, str]:
    found = unread_templates(own, BUILT_IN, {"x", "facebook"}, {"site": included})
    return {problem.path.removeprefix("templates/"): problem.hint for problem in found}


def test_files_that_something_asks_for_are_read() -> None:
    assert not unread("site/help.html", "cards/mine.yaml", "locale/it.po", "team/locale/it.po")
    assert not unread("posts/facebook.yaml", "platforms.yaml", "new/point.md")
    assert not unread("site/mine.html", included={"mine.html"})


def test_others_are_told_with_what_was_probably_meant() -> None:
    assert unread("site/hepl.html") == {"site/hepl.html": "rename it to help.html"}
    assert unread("sites/help.html") == {"sites/help.html": "move it to templates/site/help.html"}
    assert unread("posts/twitter.yaml") == {"posts/twitter.yaml": "rename it to x.yaml"}
    assert "end in .yaml" in unread("cards/fact.yml")["cards/fact.yml"]
    assert "include it" in unread("site/zzz.html")["site/zzz.html"]
    assert "platforms.yaml" in unread("what/ever.txt")["what/ever.txt"]
    assert "delete it" in unread("studio/base.html")["studio/base.html"]
