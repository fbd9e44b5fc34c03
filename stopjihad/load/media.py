"""Take what lies in ``media/``: pictures of cards and pages, and the recorded voices of films.

A photo without the file that explains it may not be used. A voice is somebody's: without the file
that says whose it is and how they agreed, it is not used, either. It lies in
``media/voice/<language>/<talking point>.flac``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from stopjihad.disk.cache import Cache, get_or_make
from stopjihad.load.pictures import photo_problems, upright_size
from stopjihad.load.workspace import Sources
from stopjihad.model.media import Media, UsablePhoto
from stopjihad.model.options import Shared
from stopjihad.model.project import Project
from stopjihad.problem import Problem
from stopjihad.view.designs import is_picture, photo_of


class Pictures(msgspec.Struct, frozen=True, kw_only=True):
    """Photos by file name, the logo (empty without one), those of partners, and what is wrong."""

    photos: dict[str, UsablePhoto] = {}
    logo: bytes = b""
    partner_logos: dict[str, bytes] = {}
    problems: tuple[Problem, ...] = ()

    def add_to(self, shared: Shared) -> Shared:
        """Give the shared files with these pictures among them."""
        return msgspec.structs.replace(
            shared, pictures=self.photos, logo=self.logo, partner_logos=self.partner_logos
        )


class SoundPicture(msgspec.Struct, frozen=True):
    """The size of a picture that was decoded once without trouble, upright, px."""

    width: int
    height: int


def read_pictures(sources: Sources, project: Project, cache: Cache) -> Pictures:
    """Take the pictures that cards and pages of a campaign show.

    Args:
        project: the campaign; files that it names and lacks are left out.
        cache: remembers which versions of pictures are sound.

    Returns:
        The pictures that can be used, and the problems of the others: those of
        ``load.pictures.photo_problems``, and ``media-unexplained``. What is wrong with the file
        that explains a picture is told where it was parsed.
    """
    folder = f"campaigns/{sources.slug}/media"
    notes = {note.path: note.record for note in project.media_notes}
    photos: dict[str, UsablePhoto] = {}
    problems: list[Problem] = []
    for name in _shown_pictures(project):
        path = f"{folder}/{name}"
        if path not in project.media:
            continue
        found, trouble = _decode_all(path, sources, project, cache)
        explained = notes.get(f"{path}.yaml")
        if explained is not None and found is not None:
            photos[name] = UsablePhoto(
                data=sources.files[path],
                media=explained,
                width=found.width,
                height=found.height,
            )
        elif f"{path}.yaml" not in sources.files:
            trouble = [_unexplained_medium(path), *trouble]
        problems += trouble
    wanted = {"": project.campaign.record.brand.logo}  # of the campaign, then of partners by id
    wanted |= {one.record.id: one.record.logo for one in project.partners}
    logos = {}
    for whose, file in wanted.items():
        path = f"{folder}/{file}"
        if file and path in project.media:
            _, trouble = _decode_all(path, sources, project, cache)
            problems += map(_of_logo, trouble)
            logos[whose] = b"" if trouble else sources.files[path]
    logo = logos.pop("", b"")
    return Pictures(photos=photos, logo=logo, partner_logos=logos, problems=tuple(problems))


def _shown_pictures(project: Project) -> dict[str, None]:
    """Name the pictures that something shows, each once."""
    names = [photo_of(document.record) for document in project.points]
    names += [name for page in project.pages for name in page.record.media if is_picture(name)]
    return dict.fromkeys(filter(None, names))


def _of_logo(problem: Problem) -> Problem:
    """Ask for a PNG where the file is no picture that can be used: a JPEG has no transparency."""
    if problem.code != "photo-format":
        return problem
    hint = "export it as PNG, at least 600 px wide: that keeps what is transparent"
    return msgspec.structs.replace(problem, message="the logo is no PNG, WebP or JPEG", hint=hint)


def _unexplained_medium(path: str) -> Problem:
    beside = f"{path}.yaml".rpartition("/")[2]
    message = "nothing says where the picture comes from"
    hint = f"write {beside} with source, licence, consent and alt"
    return Problem(path=path, code="media-unexplained", message=message, hint=hint)


def _decode_all(
    path: str, sources: Sources, project: Project, cache: Cache
) -> tuple[SoundPicture | None, list[Problem]]:
    """Decode each version of a picture once: its size, or what is wrong with it."""

    def look() -> tuple[SoundPicture | None, list[Problem]]:
        problems = list(photo_problems(sources.files[path], path))
        return (None if problems else SoundPicture(*upright_size(sources.files[path]))), problems

    names = ("picture", path, project.media[path])
    return get_or_make(cache, names, SoundPicture, look)


ENDINGS = (".flac", ".wav", ".mp3", ".m4a", ".ogg", ".opus")


class Voices(msgspec.Struct, frozen=True, kw_only=True):
    """Voices by ``<language>/<talking point>``, as recorded, and what is wrong with others."""

    found: dict[str, bytes] = {}
    problems: tuple[Problem, ...] = ()


def read_voices(sources: Sources, project: Project) -> Voices:
    """Take the voices of a campaign.

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
        trouble = list(_voice_problems(path, path.removeprefix(folder), project, notes))
        problems += trouble
        if not trouble:
            found[str(PurePosixPath(path.removeprefix(folder)).with_suffix(""))] = sources.files[
                path
            ]
    return Voices(found=found, problems=tuple(problems))


def _voice_problems(
    path: str, inner: str, project: Project, notes: dict[str, Media]
) -> Iterator[Problem]:
    lang, _, name = inner.partition("/")
    points = {document.record.id for document in (*project.points, *project.draft_points)}
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
