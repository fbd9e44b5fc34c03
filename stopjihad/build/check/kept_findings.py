"""Keep what message rules and checks of PO files found, for files that do not change."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

import msgspec

from stopjihad.catalog.platforms import platforms
from stopjihad.check.finding import FileFindings
from stopjihad.check.finding_cache import (
    NO_FINDINGS,
    RULES,
    TRANSLATIONS,
    USES,
    FindingCache,
)
from stopjihad.disk.cache import Cache
from stopjihad.disk.program import code_digest
from stopjihad.model.project import Glossary, Project
from stopjihad.model.translation import Translations
from stopjihad.text.language.stems import stemmer_name

if TYPE_CHECKING:
    from stopjihad.check.translation.file import FileChecker, Identify

_DECIDING = ("catalog", "check", "lexicon", "load", "model", "text", "view")
"""Rules, words and the code that applies them: another version finds other things."""

FOUND_ELSEWHERE = re.compile(f"(?:{RULES}|{TRANSLATIONS}|{USES})-[0-9a-f]{{64}}")
"""Keys of what another machine may have found out; none of them is of a text or a picture."""


def program() -> tuple[str, ...]:
    """Digest the program that finds, and name the library that stems words."""
    return code_digest(*_DECIDING), stemmer_name()


def findings_in(kept: Cache) -> FindingCache:
    """Keep what this program finds in a cache."""
    return FindingCache(kept, program())


def translation_findings(
    project: Project, kept: FindingCache, *, thorough: bool
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
    decided = (campaign.source_language, hashlib.sha256(msgspec.json.encode(glossary)).hexdigest())
    languages = ",".join(campaign.languages)
    common = (TRANSLATIONS, *decided, str(thorough), languages if asked else "")
    fuller = (TRANSLATIONS, *decided, str(True), languages if can_identify() else "")

    @cache
    def checker() -> FileChecker:
        from stopjihad.check.translation.file import FileChecker  # mostly all is kept

        return FileChecker(campaign.source_language, glossary, platforms(), identify)

    def check(file: Translations) -> FileFindings:
        where = kept if file.digest else NO_FINDINGS
        own = (file.language, file.digest)
        known = None if thorough else where.get((*fuller, *own), FileFindings)
        if known is not None:  # an earlier check found warnings, too
            errors = (item for item in known.findings if item.severity == "error")
            return FileFindings(tuple(errors))
        return where.get_or_make(
            (*common, *own), lambda: checker().check(file, thorough=thorough), FileFindings
        )

    return {file.path: check(file) for file in project.translations}


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
