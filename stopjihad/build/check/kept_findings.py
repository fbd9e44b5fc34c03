"""Keep what message rules and checks of PO files found, for files that do not change."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

import msgspec

from stopjihad.catalog.platforms import platforms
from stopjihad.check.finding import FileFindings, Finding
from stopjihad.check.keeping import Keep, KeepProblems, files_digest
from stopjihad.check.translation.use import FileTexts, PartUse, UseCache
from stopjihad.disk.cache import Cache, NoCache, get_or_make
from stopjihad.disk.program import code_digest
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Glossary, Project
from stopjihad.model.translation import Translations
from stopjihad.problem import Problem
from stopjihad.text.language.stems import stemmer_name

if TYPE_CHECKING:
    from stopjihad.check.translation.file import FileChecker, Identify

_DECIDING = ("catalog", "check", "lexicon", "load", "model", "text", "view")
"""Rules, words and the code that applies them: another version finds other things."""


_RULES, _FINDINGS, _USE = "rules", "translation-findings", "translation-use"

FOUND_ELSEWHERE = re.compile(f"(?:{_RULES}|{_FINDINGS}|{_USE})-[0-9a-f]{{64}}")
"""Keys of what another machine may have found out; none of them is of a text or a picture."""


class Findings(msgspec.Struct, frozen=True):
    """What rules found in some texts."""

    findings: tuple[Finding, ...] = ()


def keeper(kept: Cache) -> Keep:
    """Make a function that keeps findings."""

    def keep(
        names: tuple[str, ...],
        work: Callable[[], Iterable[Finding]],
        *,
        clean: bool,
        fuller: tuple[str, ...] = (),
    ) -> Sequence[Finding]:
        decided = (code_digest(*_DECIDING), stemmer_name())
        known = _find_kept(kept, (_RULES, *decided, *fuller), Findings) if fuller else None
        if known is not None:
            # After the next edit the fuller ones serve no more: what they say of these rules is
            # kept for itself. Names have the ids of rules among them.
            if clean and not any(one.rule in names for one in known.findings):
                with suppress(LookupError):  # who only probes keeps nothing
                    _kept_or_made(kept, (_RULES, *decided, *names), Findings, Findings)
            return known.findings
        return _kept_or_made(
            kept,
            (_RULES, *decided, *names),
            Findings,
            lambda: Findings(tuple(work())),
            lambda found: not (clean and found.findings),
        ).findings

    return keep


T = TypeVar("T", bound=msgspec.Struct)


def _kept_or_made(
    kept: Cache,
    names: tuple[str, ...],
    kind: type[T],
    make: Callable[[], T],
    lasts: Callable[[T], bool] = lambda _: True,
) -> T:
    """Give what is kept under some names, or make it; what ``lasts`` is kept."""
    made: list[T] = []

    def parse() -> tuple[T | None, list[Problem]]:
        made.append(make())
        return (made[0] if lasts(made[0]) else None), []

    known, _ = get_or_make(kept, names, kind, parse)
    return known if known is not None else made[0]


def _find_kept(kept: Cache, names: tuple[str, ...], kind: type[T]) -> T | None:
    """Give what is kept under some names, or None."""
    with suppress(LookupError):  # who probes whether the others are kept stops there
        return get_or_make(kept, names, kind, lambda: (None, []))[0]
    return None


def translation_findings(
    project: Project, kept: Cache, *, thorough: bool
) -> dict[str, FileFindings]:
    """Check the PO files of a project, those that did not change from the cache.

    Args:
        thorough: whether warnings are wanted as well as errors.

    Returns:
        Path of each PO file to what was found in it.
    """
    campaign = project.campaign.record
    glossary = project.glossary or Glossary(path="")
    asked = thorough and can_identify()
    identify = make_identifier(campaign.languages) if asked else None
    decided = (
        _FINDINGS,
        code_digest(*_DECIDING),
        campaign.source_language,
        hashlib.sha256(msgspec.json.encode(glossary)).hexdigest(),
    )
    languages = ",".join(campaign.languages)
    common = (*decided, str(thorough), languages if asked else "")
    fuller = (*decided, str(True), languages if can_identify() else "")

    @cache
    def checker() -> FileChecker:
        from stopjihad.check.translation.file import FileChecker  # mostly all is kept, Identify

        return FileChecker(campaign.source_language, glossary, platforms(), identify)

    def check(file: Translations) -> FileFindings:
        own = (file.language, file.digest)
        known = None
        if file.digest and not thorough:
            known = _find_kept(kept, (*fuller, *own), FileFindings)
        if known is not None:  # an earlier check found warnings, too
            errors = (item for item in known.findings if item.severity == "error")
            return FileFindings(tuple(errors))
        names = (*common, *own)
        return _kept_or_made(
            kept if file.digest else NoCache(),
            names,
            FileFindings,
            lambda: checker().check(file, thorough=thorough),
        )

    return {file.path: check(file) for file in project.translations}


def keeping_uses(kept: Cache) -> UseCache:
    """Keep what campaigns use of files of translations."""
    decided = (_USE, code_digest(*_DECIDING))

    def part(
        file: Translations, shelf: Sequence[Document[Point]], make: Callable[[], PartUse]
    ) -> PartUse:
        digest = files_digest(shelf)
        names = (*decided, file.digest, digest)
        return _kept_or_made(_if(file.digest and digest), names, PartUse, make)

    def whole(file: Translations, make: Callable[[], FileTexts]) -> FileTexts:
        names = (*decided, file.digest)
        return _kept_or_made(_if(file.digest), names, FileTexts, make)

    def _if(known: str) -> Cache:
        return kept if known else NoCache()

    return UseCache(part, whole)


class Problems(msgspec.Struct, frozen=True):
    """What was found in some talking points."""

    problems: tuple[Problem, ...] = ()


def keeping_problems(kept: Cache) -> KeepProblems:
    """Keep what was found in talking points that do not change."""
    decided = ("problems", code_digest(*_DECIDING))

    def keep(names: tuple[str, ...], work: Callable[[], Iterable[Problem]]) -> Iterable[Problem]:
        return _kept_or_made(
            kept if names[0] else NoCache(),
            (*decided, *names),
            Problems,
            lambda: Problems(tuple(work())),
        ).problems

    return keep


def can_identify() -> bool:
    """Tell whether the model is installed; loads nothing."""
    return find_spec("py3langid") is not None


def make_identifier(languages: Iterable[str]) -> Identify | None:
    """Prepare the model for some languages; it is loaded when the first text is asked about.

    Args:
        languages: BCP 47 tags.

    Returns:
        The model restricted to these languages; None where it is not installed.
    """
    if not can_identify():
        return None
    known = frozenset(tag.partition("-")[0] for tag in languages)

    def identify(text: str) -> tuple[str, float]:
        return _model(known)(text)

    return identify


@cache
def _model(languages: frozenset[str]) -> Identify:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = languages & set(model.labels)
    if len(known) < 2:
        return lambda _: ("", 0.0)  # it has nothing to choose from
    model.set_languages(known)

    def identify(text: str) -> tuple[str, float]:
        language, certainty = model.classify(text)
        return str(language), float(certainty)

    return identify
