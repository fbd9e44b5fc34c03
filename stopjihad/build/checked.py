"""Check PO files once for each version: findings are kept under what decides them."""

from __future__ import annotations

import hashlib

import msgspec

from stopjihad.build.identify import can_identify, make_identifier
from stopjihad.catalog.platforms import platforms
from stopjihad.check.translation_file import FileChecker, FileFindings
from stopjihad.disk.cache import Cache, NoCache, get_or_make
from stopjihad.disk.code import code_digest
from stopjihad.model.glossary import Glossary
from stopjihad.model.loaded import Project
from stopjihad.model.translation import Translations
from stopjihad.problem import Problem


def translation_findings(
    project: Project, kept: Cache, *, thorough: bool
) -> dict[str, FileFindings]:
    """Check the PO files of a project, those that did not change from the cache.

    Args:
        project: the campaign.
        kept: where findings are kept.
        thorough: whether warnings are wanted as well as errors.

    Returns:
        Path of each PO file to what was found in it.
    """
    campaign = project.campaign.record
    glossary = project.glossary or Glossary(path="")
    asked = thorough and can_identify()
    identify = make_identifier(campaign.languages) if asked else None
    checker = FileChecker(campaign.source_language, glossary, platforms(), identify)
    common = (
        "translation-findings",
        code_digest("check", "text"),
        campaign.source_language,
        hashlib.sha256(msgspec.json.encode(glossary)).hexdigest(),
        str(thorough),
        ",".join(campaign.languages) if asked else "",
    )

    def check(file: Translations) -> FileFindings:
        def work() -> tuple[FileFindings, list[Problem]]:
            return checker.check(file, thorough=thorough), []

        names = (*common, file.language, file.digest)
        result, _ = get_or_make(kept if file.digest else NoCache(), names, FileFindings, work)
        return result or FileFindings()

    return {file.path: check(file) for file in project.translations}
