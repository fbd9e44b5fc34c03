"""Ask a person who is elsewhere about one whole, such as a talking point, in one language.

The answer signs all its words and the sentences of the reading list in it, or sends it back; it is
weaker than one in the studio, and marked so. Throughout, ``of`` is the whole that people are asked
about, ``project`` the campaign as it is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad.build.invitation import AskedSubject, Invitation, IssuedFile, invite, take
from stopjihad.catalog.languages import autonym
from stopjihad.check.reading_list import reading_list
from stopjihad.check.reading_list import subject_of as sentence_subject
from stopjihad.model.options import Shared, words_for
from stopjihad.model.project import Project
from stopjihad.model.remark import Remark, whole_digest
from stopjihad.model.review import ListedSentence, Review
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.alert.approval_page import (
    TEXT_PHRASES,
    AskedApproval,
    AskedLanguage,
    AskedText,
    render_approval,
)
from stopjihad.review.approval_code import Answer
from stopjihad.review.ledger import Reviewer, append_remarks, append_reviews, judge
from stopjihad.text.markdown.words import inline_words
from stopjihad.text.unicode.script import direction
from stopjihad.translate.status import SegmentState, approving_kind, key_of, signable_states
from stopjihad.translate.status import subject_of as text_subject
from stopjihad.view.alert_phrases import say

LIFE = dt.timedelta(days=7)
"""How long a code counts: a week in which an imam, a lawyer or a native speaker finds an hour."""


class AskedWhole(NamedTuple):
    """Name a whole by what its texts begin with (``they-lie``, ``pages/about``); BCP 47 tag."""

    key: str
    language: str


class TakenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a code said: who answers what, and how many lines the ledger got."""

    by: str
    answer: Answer
    lines: int


class _SignedWords(NamedTuple):
    """What is signed: texts that can be judged, and sentences in them that must be read."""

    texts: tuple[SegmentState, ...]
    sentences: tuple[ListedSentence, ...]

    def digest(self) -> str:
        signed = [one.digest for one in self.texts]
        return whole_digest([*signed, *(sentence_subject(one).digest for one in self.sentences)])


def issue(
    root: Path, project: Project, of: AskedWhole, to: str, shared: Shared, now: dt.datetime
) -> IssuedFile:
    """Make a file that asks one person whether a whole may be published as it stands.

    Returns:
        The file. Files for the same person that were made before no longer count.

    Raises:
        ProblemsFound: ``approval-code``: nothing of it can be judged, or no secret can be kept.
        msgspec.ValidationError: the name is none that a ledger may hold.
    """
    words = _words_of(project, of)
    if not words.texts:
        message = f"nothing of '{of.key}' can be judged in {of.language}: it is not translated yet"
        hint = "translate it first, or ask about another language"
        raise ProblemsFound((Problem(code="approval-code", message=message, hint=hint),))
    _sign(project, of, words, ("approve", to), now)  # a name that is refused, before a file is made
    invitation = Invitation(
        to=to,
        digest=words.digest(),
        languages=(of.language,),
        expires=now + LIFE,
        taken_back=_taken_back(project, of, words),
    )
    codes = invite(root, _describe_subject(project, of), invitation)
    campaign = project.campaign.record
    lang = _choose_language(of.language, campaign.source_language, shared)
    asked = AskedApproval(
        campaign=campaign.title,
        name=_title(words, of.key),
        phrases=TEXT_PHRASES,
        exercise=False,
        to=to,
        lang=lang,
        home=campaign.source_language,
        expires=invitation.expires,
        zone=campaign.schedule.timezone,
        languages=(_language(of.language, words),),
        codes=codes,
    )
    page = render_approval(asked, words_for(lang, shared.team_words))
    return IssuedFile(page, invitation.languages, invitation.expires)


def take_answer(
    root: Path, project: Project, of: AskedWhole, text: str, shared: Shared, now: dt.datetime
) -> TakenAnswer:
    """Take the code of a person who is elsewhere: the whole is signed, or sent back.

    Args:
        text: the code, pasted or typed as it was heard.

    Raises:
        ProblemsFound: ``approval-code``: it is misspelt, nobody was given it, it was used or is too
            old, or its words were changed; the disk refuses.
        Busy: another process takes a code at this moment.
    """
    invitation, answer = take(root, _describe_subject(project, of), text, now)
    words, by, slug = _words_of(project, of), invitation.to, project.campaign.record.id
    lines = _sign(project, of, words, (answer, by), now)
    # A disk that is full in between must not leave words approved that were sent back.
    append_reviews(root, slug, lines)
    if answer == "no":
        lang = _choose_language(of.language, project.campaign.record.source_language, shared)
        said = say(words_for(lang, shared.team_words), TEXT_PHRASES.answers[1])
        line = Remark(
            language=of.language, context=of.key, step="send-back", by=by, on=now, text=said
        )
        append_remarks(root, slug, (line,))
    return TakenAnswer(by=by, answer=answer, lines=len(lines))


def _choose_language(wanted: str, home: str, shared: Shared) -> str:
    """Choose the language around the words: English where the team's papers speak neither."""
    for tag in (wanted, home):
        if TEXT_PHRASES.title in words_for(tag, shared.team_words):
            return tag
    return "en"


def _words_of(project: Project, of: AskedWhole) -> _SignedWords:
    return _SignedWords(
        tuple(
            one
            for one in signable_states(project, of.language)
            if key_of(one.segment.context) == of.key and one.state in {"unreviewed", "approved"}
        ),
        tuple(one for one in reading_list(project, of.language) if key_of(one.context) == of.key),
    )


def _sign(
    project: Project, of: AskedWhole, words: _SignedWords, what: tuple[str, str], now: dt.datetime
) -> tuple[Review, ...]:
    """Make the lines of an answer, signatures or what takes them back, as ones of a file."""
    answer, by = what
    kind = approving_kind(project, of.language)
    texts = [text_subject(one, authored=kind == "editorial") for one in words.texts]
    who = Reviewer(by=by, kind=kind, on=now)
    if answer == "no":
        lines = judge(texts, of.language, "withdraw", who, project.reviews)
    else:
        lines = judge(texts, of.language, "approve", who, project.reviews)
        sentences = list(dict.fromkeys(sentence_subject(one) for one in words.sentences))
        reader = Reviewer(by=by, kind="reading", on=now)
        lines += judge(sentences, of.language, "approve", reader, project.reviews)
    return tuple(msgspec.structs.replace(one, through="file") for one in lines)


def _title(words: _SignedWords, key: str) -> str:
    leads = {f"{key}/{field}" for field in ("fact", "title", "headline")}
    found = (one.translation for one in words.texts if one.segment.context in leads)
    return next(found, key)


def _language(tag: str, words: _SignedWords) -> AskedLanguage:
    shown = tuple(
        AskedText(
            inline_words(one.segment.source) if one.segment.source != one.translation else "",
            inline_words(one.translation),
            tuple(_choose_sentences(one, words.sentences)),
        )
        for one in words.texts
    )
    return AskedLanguage(tag, autonym(tag), direction(tag), shown)


def _choose_sentences(state: SegmentState, sentences: Iterable[ListedSentence]) -> Iterable[str]:
    return (
        one.text for one in sentences if one.context == state.segment.context and one.text.strip()
    )


def _describe_subject(project: Project, of: AskedWhole) -> AskedSubject:
    def why_changed(one: Invitation) -> str:
        words = _words_of(project, of)
        if _taken_back(project, of, words) != one.taken_back:
            return f"the words were sent back since the file for {one.to} was made"
        if words.digest() != one.digest:
            return f"words were changed since the file for {one.to} was made"
        return ""

    name = f"{of.language} {of.key}"
    return AskedSubject(
        slug=project.campaign.record.id,
        key=f"texts/{of.language}/{of.key}",
        name=of.key,
        path="",
        code="approval-code",
        life=LIFE,
        again="make a new file:"
        f" stopjihad review approve --language {name} --send-to NAME -o FILE.html",
        why_changed=why_changed,
    )


def _taken_back(project: Project, of: AskedWhole, words: _SignedWords) -> int:
    """Count how often somebody sent these words back, or took an approval of them back."""
    known = {one.digest for one in words.texts}
    withdrawn = sum(one.verdict == "withdraw" and one.digest in known for one in project.reviews)
    return withdrawn + sum(
        one.step == "send-back" and one.language == of.language and key_of(one.context) == of.key
        for one in project.remarks
    )
