"""Tell drafts from what is ready: they are read and checked, and stand in nobody's way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import msgspec

from stopjihad.problem import Problem

_SAID = re.compile(r"""^draft:[ \t]*(["']?)true\1[ \t]*(?:#.*)?\r?$""", re.MULTILINE)
_END = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


def says_draft(text: str) -> bool:
    """Tell whether a file says ``draft: true`` in front of its Markdown, however broken it is."""
    return bool(_SAID.search(front_matter(text)))


def front_matter(text: str) -> str:
    """Give what stands in front of the Markdown of a file, however broken it is."""
    ends = [found.start() for found in _END.finditer(text)]
    return text[: ends[1]] if len(ends) > 1 else text


def begin_draft(text: str) -> str:
    """Give a new file, front matter and Markdown, the line that makes it a draft."""
    return text.replace("---\n", "---\ndraft: true\n", 1)


def as_warnings(problems: Iterable[Problem], drafts: Collection[str]) -> list[Problem]:
    """Let errors in the files of ``drafts`` stop nothing; other problems stay as they are."""
    return [
        msgspec.structs.replace(one, severity="warning")
        if one.path in drafts and one.severity == "error"
        else one
        for one in problems
    ]


def draft_notice(campaign: str, drafts: Collection[str]) -> Problem:
    """Say at the file of a ``campaign`` which of its files, by path, are ``drafts``."""
    folder = campaign.rpartition("/")[0] + "/"
    names = sorted(path.removeprefix(folder).removesuffix(".md") for path in drafts)
    shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    return Problem(
        path=campaign,
        severity="info",
        code="draft",
        message=f"drafts, of which nothing is made: {len(names)} ({shown})",
        hint="when one is ready, take its line 'draft: true' out, or press Ready in the studio",
    )


_NAMED = 5
