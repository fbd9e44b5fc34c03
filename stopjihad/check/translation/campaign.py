"""Check the translations of a campaign: what is missing, stale, wrong, or lost its approval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from stopjihad.catalog.languages import is_known, standard_tag, tag_hint
from stopjihad.check.finding import FileFindings, at
from stopjihad.check.finding_cache import NO_FINDINGS, FindingCache
from stopjihad.check.translation.use import FileUse, Texts, file_use
from stopjihad.model import contexts
from stopjihad.model.campaign import people_needed
from stopjihad.model.point import CLAIM_CHARACTERS, FACT_GRAPHEMES, LINE_GRAPHEMES
from stopjihad.model.project import Project
from stopjihad.model.review import Review, approved_digests, standing_signatures, translation_digest
from stopjihad.model.translation import Message, Translations
from stopjihad.problem import Problem, Severity
from stopjihad.text.unicode.graphemes import count
from stopjihad.view.source_segments import stood_in

LONGER = {
    "fr": 1.50, "de": 1.48, "el": 1.44, "bg": 1.42, "es": 1.40, "ca": 1.40, "it": 1.40,
    "nl": 1.40, "ro": 1.39, "hu": 1.38, "uk": 1.35, "ru": 1.32, "pl": 1.30, "pt": 1.29,
    "fa": 1.28, "ar": 1.10, "he": 0.93, "ja": 0.69, "ko": 0.67, "zh": 0.43,
    "so": 1.43, "tr": 1.24, "ur": 1.20, "bn": 1.18, "ps": 1.14,
}  # fmt: skip
"""90th percentile of a translation's length over that of its English source of 40 to 80 characters
(localization reference, 3.1); so, tr, ur, bn and ps: the sample campaign's 63 texts
of that length."""


def check_translations(
    project: Project,
    findings: Mapping[str, FileFindings],
    *,
    whole: bool = True,
    cache: FindingCache = NO_FINDINGS,
) -> Iterator[Problem]:
    """Check all languages of a campaign.

    Args:
        findings: path of a PO file to what ``check_file`` found in it.
        whole: whether every file of the campaign could be read; where one could not, its texts
            only seem to have been dropped.

    Yields:
        Problems of ``check_file`` about texts in use, and ``translation-incomplete``,
        ``translation-stale``, ``translation-outdated``, ``translation-unreviewed``,
        ``approval-lost``, ``translation-overflow``, ``language-tag``, ``language-unknown``.
    """
    campaign = project.campaign.record
    texts = Texts(project)
    points = frozenset(document.record.id for document in project.points)
    pages = (document.record for document in project.pages)
    talks = tuple(contexts.page(page.id, "") for page in pages if page.discussion)
    approvals = _approvals(project)
    approved = approved_digests(project.reviews, people_needed(campaign))
    policy = campaign.publication.unreviewed
    missing: dict[str, Collection[str]] = {}
    for file in project.translations:
        use = file_use(project, texts, file, cache)
        missing[file.language] = frozenset(use.missing)
        if file.language not in campaign.languages or file.language == campaign.source_language:
            continue
        for item in findings.get(file.path, FileFindings()).findings:
            if texts.has(item.context, item.source):
                yield _problem(file, item.line, item.code, item.message, item.hint, item.severity)
        yield from _incomplete(file, use, points, talks)
        if whole:
            yield from _outdated_texts(file, use)
        yield from _stale(file, use, texts, points)
        if policy == "block":
            yield from _unread(file, texts, use.texts, approved)
        if policy != "allow":
            yield from _lost_approvals(file, texts, approvals[file.language])
    yield from _overflow(project, missing)
    yield from _tags(project)


def _tags(project: Project) -> Iterator[Problem]:
    """Judge tags: browsers, search engines and screen readers know them by the standard form."""
    for index, tag in enumerate(project.campaign.record.languages):
        right = standard_tag(tag)
        where = f"languages.{index}"
        if right != tag:
            message = f"'{tag}' is an outdated tag"
            yield at(project.campaign, where, "language-tag", message, f"write '{right}'")
        elif not is_known(tag):
            message = f"no language has the tag '{tag}'"
            yield at(project.campaign, where, "language-unknown", message, tag_hint(tag))


def _incomplete(
    file: Translations, use: FileUse, points: frozenset[str], talks: tuple[str, ...]
) -> Iterator[Problem]:
    # In the place of a post by hand a draft is composed: nothing falls back, nothing is left out.
    # Pages with questions are there in the languages that have them, and nowhere else.
    missing = [one for one in use.missing if not (stood_in(one) or one.startswith(talks))]
    if missing:
        counts = f"{len(missing)} of {use.texts}{_left_out(missing, points)}"
        message = f"texts without translation, which fall back: {counts}"
        hint = "list them: stopjihad translate status --texts"
        yield _problem(file, 0, "translation-incomplete", message, hint, "warning")


def _stale(
    file: Translations, use: FileUse, texts: Texts, points: frozenset[str]
) -> Iterator[Problem]:
    for context, source, line in use.stale:
        if texts.has(context, source):
            rest = ", without cards and posts" if context.partition("/")[0] in points else ""
            then = "a draft is composed" if stood_in(context) else f"it falls back{rest}"
            message = f"{context}: the source has changed since; {then}"
            hint = "compare with the lines '#| msgid', correct, and remove 'fuzzy'"
            yield _problem(file, line, "translation-stale", message, hint, "warning")


def _outdated_texts(file: Translations, use: FileUse) -> Iterator[Problem]:
    """Count the texts that no file of the campaign has any more."""
    if use.unused:
        message = f"texts that the campaign has changed or dropped since: {use.unused}"
        hint = "run: stopjihad translate update"
        yield _problem(file, 0, "translation-outdated", message, hint, "warning")


def _left_out(contexts: Iterable[str], points: frozenset[str]) -> str:
    """Name the talking points among the contexts: they get neither cards nor posts."""
    names = sorted({context.partition("/")[0] for context in contexts} & points)
    if not names:
        return ""
    shown = ", ".join(names[:_NAMED]) + (", \u2026" if len(names) > _NAMED else "")
    return f"; no cards and posts for {shown} ({len(names)} of {len(points)})"


_NAMED = 3
"""Talking points that a message names; `translate status` lists the others."""


def _unread(
    file: Translations, texts: Texts, count: int, approved: Collection[str]
) -> Iterator[Problem]:
    """Count what waits for a native speaker, or a second one, where only that is published."""
    stand = [item for item in file.messages if _stands(item, texts)]
    unread = sum(_digest(file, item, item.source) not in approved for item in stand)
    if unread:
        message = f"translations that nobody has approved, which fall back: {unread} of {count}"
        hint = "see them: stopjihad review status"
        yield _problem(file, 0, "translation-unreviewed", message, hint, "warning")


def _approvals(project: Project) -> dict[str, dict[str, Review]]:
    """List the native approvals that stand, by language and digest."""
    found: dict[str, dict[str, Review]] = defaultdict(dict)
    for (digest, kind), review in standing_signatures(project.reviews).items():
        if kind == "native":
            found[review.language][digest] = review
    return found


def _lost_approvals(
    file: Translations, texts: Texts, approvals: dict[str, Review]
) -> Iterator[Problem]:
    """Name each text whose approved words are no longer the ones that would be published."""
    if not approvals:
        return
    current = {_digest(file, item, item.source) for item in file.messages if _stands(item, texts)}
    lost = {digest: review for digest, review in approvals.items() if digest not in current}
    for item in file.messages:
        old = item.previous or item.source
        review = lost.pop(_digest(file, item, old), None)
        if review is not None:
            yield _lost_approval(file, item, review, "the source")
    # What is left was approved in words that the file does not have any more.
    # Reviews that keep no source are of any text of their field.
    rest = {(review.context, review.source): review for review in lost.values()}
    for item in file.messages:
        fresh = _stands(item, texts) and _digest(file, item, item.source) not in approvals
        before = rest.get((item.context, item.source)) or rest.get((item.context, ""))
        if fresh and before:
            yield _lost_approval(file, item, before, "the translation")


def _stands(item: Message, texts: Texts) -> bool:
    return not item.stale and texts.has(item.context, item.source)


def _digest(file: Translations, item: Message, source: str) -> str:
    return translation_digest(file.language, item.context, source, item.translation)


def _lost_approval(file: Translations, item: Message, review: Review, changed: str) -> Problem:
    day = review.on.date().isoformat()
    message = f"{item.context}: {changed} has changed since {review.by} approved it on {day}"
    hint = "have it read again, then: stopjihad review approve"
    return _problem(file, item.line, "approval-lost", message, hint, "warning")


def _overflow(project: Project, missing: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Warn while it is cheap: a source that leaves translators no room.

    Args:
        missing: language to the contexts of texts that it has not.
    """
    campaign = project.campaign.record
    roomy = [
        (tag, LONGER.get(tag.partition("-")[0], 1.0))
        for tag in campaign.languages
        if tag != campaign.source_language
    ]
    most = max((factor for _, factor in roomy), default=0.0)
    for document in project.points:
        point = document.record
        for field, text, longest in (
            ("fact", point.fact, FACT_GRAPHEMES),
            ("line", point.line, LINE_GRAPHEMES),
            ("claim", point.claim, CLAIM_CHARACTERS),
        ):
            if not text or len(text) * most <= longest:  # no text has more graphemes than letters
                continue
            context, length = contexts.point(point.id, field), count(text)
            tight = [
                tag
                for tag, factor in roomy
                if length * factor > longest and (tag not in missing or context in missing[tag])
            ]
            if tight and length <= longest:
                message = f"{length} of {longest} characters leave no room in {', '.join(tight)}"
                hint = "shorten it before it is translated"
                yield at(document, field, "translation-overflow", message, hint, "info")


def _problem(
    file: Translations, line: int, code: str, message: str, hint: str, severity: Severity
) -> Problem:
    return Problem(
        path=file.path, line=line, code=code, message=message, hint=hint, severity=severity
    )
