"""Tell translators what a text is for, where it stands and how long it may be.

Said here as well: for which languages PO files are written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from stopjihad.catalog.languages import language
from stopjihad.catalog.platforms import Platform
from stopjihad.model.project import Project
from stopjihad.text.count import CountRule, units
from stopjihad.text.po import prefix_lines
from stopjihad.text.web.addresses import OWN_PLACE
from stopjihad.view.source_segments import Limit, SourceSegment

_OURS = frozenset(".:,|~")
_OWN_FLAG = re.compile(r"fuzzy|max-length:\d+|md-text")


class NoteTarget(msgspec.Struct, frozen=True, kw_only=True):
    """Say for whom a PO file is written.

    Attributes:
        language: BCP 47 tag; empty for the template.
        campaign: id of the campaign.
        base_url: address of the published site, without a slash at its end.
        updated: day of the campaign's last change, ``2026-11-24``.
        platforms: rows of the catalogue by id, for limits of posts.
    """

    language: str
    campaign: str
    base_url: str
    updated: str
    platforms: Mapping[str, Platform] = {}


class Notes(msgspec.Struct, frozen=True, array_like=True):
    """The comment lines of an entry that are ours: what it is for, its file, its flags."""

    extracted: tuple[str, ...]
    reference: str
    flags: tuple[str, ...]


def notes_for(segment: SourceSegment, target: NoteTarget) -> Notes:
    """Write down what a translator needs to know of one text.

    Returns:
        The notes; the limit is in characters of that language, rounded down.
    """
    lines = [segment.comment]
    flags = []
    for limit in segment.limits:
        words, most = limit_of(limit, target)
        if most:
            lines.append(words)
            flags.append(f"max-length:{most}")
    page = _page(segment.context)
    if page is not None and target.language:
        lines.append(f"Seen at {target.base_url}/{target.language}/{page}")
    if segment.markdown:
        flags.append("md-text")
    return Notes(tuple(lines), file_of(segment.context), tuple(flags))


def compose(
    translator: tuple[str, ...], notes: Notes, flags: tuple[str, ...], previous: str
) -> str:
    """Put the comment lines of an entry in gettext's order.

    Args:
        translator: lines of translators' own comments, as they stand in the file.
        previous: lines that start with ``#|``, or nothing.
    """
    every = (*flags, *notes.flags)
    return "".join(
        (
            *(f"{line}\n" for line in translator),
            prefix_lines("#. ", notes.extracted),
            f"#: {notes.reference}\n",
            f"#, {', '.join(every)}\n" if every else "",
            previous,
        )
    )


def foreign_flags(notes: str) -> tuple[str, ...]:
    """Find flags that are not ours: they are kept."""
    return tuple(flag for flag in flags_in(notes) if not _OWN_FLAG.fullmatch(flag))


def flags_in(notes: str) -> list[str]:
    """List all flags in ``notes``, the comment lines of an entry."""
    if "#," not in notes:
        return []
    lines = [line[2:] for line in notes.split("\n") if line.startswith("#,")]
    return [flag.strip() for line in lines for flag in line.split(",") if flag.strip()]


def translators_lines(notes: str) -> tuple[str, ...]:
    """Find translators' own comments.

    Returns:
        Lines that start with ``# `` or are a lone ``#``.
    """
    return (
        tuple(
            line.rstrip()
            for line in notes.split("\n")
            if line.startswith("#") and line[1:2] not in _OURS
        )
        if "# " in notes or "#\n" in notes
        else ()
    )


def file_of(context: str) -> str:
    """Name the file in the campaign's folder that a text is written in.

    Returns:
        A path such as ``points/they-lie.md``; never with a line number: those change.
    """
    first, _, rest = context.partition("/")
    name = rest.partition("/")[0]
    if first == "campaign":
        return "campaign.yaml"
    if first == "helplines":
        return "helplines.yaml"
    if first == "alerts":
        return f"alerts/templates/{name}.yaml"
    if first == "pages":
        return f"{first}/{name}.md"
    return f"media/{name}.yaml" if first == "media" else f"points/{first}.md"


def _page(context: str) -> str | None:
    first, _, rest = context.partition("/")
    if first == "campaign":
        return "index.html"
    if first == "alerts":
        return "alert/index.html"
    if first == "helplines":
        return "help/index.html"
    if first == "pages":
        name = rest.partition("/")[0]
        return f"{name}/index.html" if name in OWN_PLACE else f"pages/{name}/index.html"
    return None if first == "media" else f"points/{first}/index.html"


def limit_of(limit: Limit, target: NoteTarget) -> tuple[str, int]:
    """Say a limit in words, and give it in characters of a language.

    Returns:
        A sentence, and the most characters; 0 where there is no limit.
    """
    if limit.counter == "graphemes":
        return f"At most {limit.most} characters", limit.most
    platform = target.platforms.get(limit.counter)
    if platform is None or platform.limit is None:
        return "", 0
    most = _characters(platform.rule, target.language)
    return f"At most {most} characters, as {platform.name} counts this language", most


@lru_cache(maxsize=1024)
def _characters(rule: CountRule, tag: str) -> int:
    """Turn a platform's limit into characters of a language: X counts ideographs twice."""
    sample = language(tag).autonym if tag else "x"
    return (rule.limit or 0) * len(sample) // max(1, units(rule, sample))


def target_languages(project: Project) -> tuple[str, ...]:
    """List the languages that a project is translated into.

    Returns:
        BCP 47 tags without the source language, in the campaign's order.
    """
    campaign = project.campaign.record
    return tuple(tag for tag in campaign.languages if tag != campaign.source_language)


def target_of(project: Project, tag: str, platforms: Mapping[str, Platform]) -> NoteTarget:
    """Describe one PO file.

    Args:
        tag: BCP 47 tag; empty for the template.
    """
    campaign = project.campaign.record
    return NoteTarget(
        language=tag,
        campaign=campaign.id,
        base_url=campaign.base_url.rstrip("/"),
        updated=campaign.updated.isoformat(),
        platforms=platforms,
    )
