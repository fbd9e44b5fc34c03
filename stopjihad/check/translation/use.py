"""Compare what a campaign says with what a file of translations has, some talking points at a time.

What is found of some talking points depends on their files and on that of the translations alone,
so that builds may keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from stopjihad.check.finding_cache import NO_FINDINGS, USES, FindingCache
from stopjihad.check.keeping import DOCUMENTS, files_digest, shelves
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Project
from stopjihad.model.translation import Translations, by_subject, subject_of
from stopjihad.view.source_segments import SourceSegment, other_segments, point_texts

Place = tuple[str, str]
"""Context and source of a text."""


class PartUse(msgspec.Struct, frozen=True):
    """What a file of translations has of some texts.

    Attributes:
        texts: how many there are.
        missing: contexts of those that it has not, not even a stale translation.
    """

    texts: int = 0
    missing: tuple[str, ...] = ()


class FileTexts(msgspec.Struct, frozen=True):
    """What a file of translations has, whoever uses it.

    Attributes:
        texts: how many different texts it translates.
        stale: context, source and line of each message whose source has changed.
    """

    texts: int = 0
    stale: tuple[tuple[str, str, int], ...] = ()


class FileUse(NamedTuple):
    """What a campaign uses of a file of translations.

    Attributes:
        texts: how many texts the campaign has.
        missing: contexts of those that the file has not.
        unused: how many texts of the file the campaign has not.
        stale: as in `FileTexts`.
    """

    texts: int
    missing: tuple[str, ...]
    unused: int
    stale: tuple[tuple[str, str, int], ...]


class Texts:
    """Tell which texts a campaign has, reading only the talking points that are asked about."""

    def __init__(self, project: Project) -> None:
        """Keep the campaign."""
        self._documents = {document.record.id: document for document in project.points}
        self.others = tuple(map(_place, other_segments(project)))
        self._known: dict[str, frozenset[Place]] = {}
        self._others = frozenset(self.others)

    def has(self, context: str, source: str) -> bool:
        """Tell whether the campaign has a text of this ``context`` and ``source``."""
        subject = subject_of(context)
        document = self._documents.get(subject)
        if document is not None and subject not in self._known:
            self._known[subject] = frozenset(_texts((document,)))
        place = (context, source)
        return place in self._known.get(subject, ()) or place in self._others


def file_use(
    project: Project, texts: Texts, file: Translations, cache: FindingCache = NO_FINDINGS
) -> FileUse:
    """Say what a campaign uses of a file of translations."""
    known = _KnownPlaces(file)
    where = cache if file.digest else NO_FINDINGS
    whole = where.get_or_make((USES, file.digest), known.read_whole, FileTexts)
    parts = [
        known.part(texts.others),
        *(_kept_part(file, shelf, known, where) for shelf in shelves(project.points, DOCUMENTS)),
    ]
    count = sum(part.texts for part in parts)
    absent = tuple(context for part in parts for context in part.missing)
    unused = whole.texts - (count - len(absent))
    return FileUse(count, absent, unused, whole.stale)


class _KnownPlaces:
    """Tell which texts a file translates: read as a whole, or only what is asked about."""

    def __init__(self, file: Translations) -> None:
        self._file = file
        self._about = by_subject(file.messages)
        self._places: set[Place] = set()

    def read_whole(self) -> FileTexts:
        """Read the file; its places serve all parts."""
        messages = self._file.messages
        self._places = {(message.context, message.source) for message in messages}
        stale = tuple((m.context, m.source, m.line) for m in messages if m.stale)
        return FileTexts(len(self._places), stale)

    def part(self, texts: Iterable[Place]) -> PartUse:
        """Say what the file has of some texts."""
        places = tuple(texts)
        known = self._places or self._of(dict.fromkeys(subject_of(place[0]) for place in places))
        return PartUse(len(places), tuple(place[0] for place in places if place not in known))

    def _of(self, subjects: Iterable[str]) -> set[Place]:
        return {(m.context, m.source) for subject in subjects for m in self._about.get(subject, ())}


def _kept_part(
    file: Translations, shelf: Sequence[Document[Point]], known: _KnownPlaces, cache: FindingCache
) -> PartUse:
    digest = files_digest(shelf)
    where = cache if digest else NO_FINDINGS
    return where.get_or_make(
        (USES, file.digest, digest), lambda: known.part(_texts(shelf)), PartUse
    )


def _texts(documents: Iterable[Document[Point]]) -> dict[Place, None]:
    """List the texts of talking points; one that stands twice in a field is listed once."""
    found = (text for document in documents for text in point_texts(document.record))
    return {_place(text): None for text in found if text.source}


def _place(segment: SourceSegment) -> Place:
    return segment.context, segment.source
