"""Take the recorded voices of films: ``media/voice/<language>/<talking point>.flac``.

A voice is somebody's: without the file that says whose it is and how they agreed, it is not used.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from stopjihad.load.sources import Sources
from stopjihad.model.loaded import Project
from stopjihad.model.media import Media
from stopjihad.problem import Problem

ENDINGS = (".flac", ".wav", ".mp3", ".m4a", ".ogg", ".opus")


class Voices(msgspec.Struct, frozen=True, kw_only=True):
    """Voices by ``<language>/<talking point>``, as recorded, and what is wrong with others."""

    found: dict[str, bytes] = {}
    problems: tuple[Problem, ...] = ()


def read_voices(sources: Sources, project: Project) -> Voices:
    """Take the voices of a campaign.

    Args:
        sources: its files.
        project: knows languages and talking points.

    Returns:
        The voices that may be used, and problems: ``voice-unknown`` (no such language or talking
        point), ``voice-consent`` (nothing says how the speaker agreed). What is wrong with the file
        that explains a voice is told where it was parsed.
    """
    folder = f"campaigns/{sources.slug}/media/voice/"
    notes = {note.path: note.record for note in project.media_notes}
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in sources.files:
        if not path.startswith(folder) or not path.endswith(ENDINGS):
            continue
        trouble = list(_problems(path, path.removeprefix(folder), project, notes))
        problems += trouble
        if not trouble:
            found[str(PurePosixPath(path.removeprefix(folder)).with_suffix(""))] = sources.files[
                path
            ]
    return Voices(found=found, problems=tuple(problems))


def _problems(
    path: str, inner: str, project: Project, notes: dict[str, Media]
) -> Iterator[Problem]:
    lang, _, name = inner.partition("/")
    points = {document.record.id for document in project.points}
    if lang not in project.campaign.record.languages or PurePosixPath(name).stem not in points:
        yield Problem(
            path=path,
            code="voice-unknown",
            message="no talking point and language of the campaign have this name",
            hint="name it media/voice/<language>/<talking point>.flac",
        )
    explained = notes.get(f"{path}.yaml")
    if explained is None or not explained.consent.strip():
        yield Problem(
            path=path,
            code="voice-consent",
            message="nothing says how the speaker agreed to be heard",
            hint=f"write {name}.yaml beside it, with source, licence, consent and alt",
        )
