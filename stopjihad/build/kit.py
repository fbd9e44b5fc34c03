"""Make the kit of one partner, outside a build: the same steps, keys and store."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad.build.campaign import make_campaign_plan
from stopjihad.build.check.survey import CheckedCampaign, survey, with_fonts
from stopjihad.build.live_alert import with_alert
from stopjihad.build.logo import HEADER, logo_assets
from stopjihad.build.parts import complete_plan
from stopjihad.build.request import Request, rendering_of, target_of
from stopjihad.build.work.batch import StepOutcome
from stopjihad.build.work.execute import Due, make, require_all
from stopjihad.build.work.joining import join_step
from stopjihad.build.work.keys import plan_keys
from stopjihad.check.voices import check_voice
from stopjihad.disk import PRIVATE
from stopjihad.load.workspace import read_workspace
from stopjihad.model.options import Options
from stopjihad.model.partner import Partner
from stopjihad.model.project import Document, Project
from stopjihad.model.step import Plan
from stopjihad.plan.editions import make_editions
from stopjihad.plan.partner_project import for_partner, kept_out_of_class, kept_to_lessons
from stopjihad.plan.selection import Selection
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.kit.answers import too_large
from stopjihad.render.kit.feed import words_digest
from stopjihad.render.paper.check import check_paper
from stopjihad.text.nearest import nearest


class PartnerKits(NamedTuple):
    """The kits of a partner.

    Attributes:
        zips: bytes by file name, one a language.
        updated: day of the campaign's last change.
        signing_key: public key that the campaign signs with; empty for none.
        left_out: a warning for each file that is in none of them.
    """

    zips: dict[str, bytes]
    updated: dt.date
    signing_key: str
    left_out: tuple[Problem, ...] = ()


class CarriedFiles(NamedTuple):
    """Zips or files by name, and a warning for each file that is left out of them."""

    files: dict[str, bytes]
    left_out: tuple[Problem, ...] = ()


def partner_ids(root: Path, slug: str) -> tuple[str, ...]:
    """Name the partners of a campaign, as their files are called."""
    folder = f"campaigns/{slug}/partners/"
    names = (path.removeprefix(folder) for path in read_workspace(root, slug).campaign.files)
    return tuple(
        sorted(
            name.removesuffix(".yaml")
            for name in names
            if name.endswith(".yaml") and "/" not in name
        )
    )


def make_kits(
    root: Path, slug: str, partner: str, request: Request, *, unnamed: bool = False
) -> PartnerKits:
    """Make the kit of a partner in each of their languages.

    Args:
        unnamed: make it without their name, whatever their file says: nobody has decided yet.

    Raises:
        ProblemsFound: the campaign has errors, the partner's file among it; ``unknown-partner``;
            ``kit-empty``: no talking point of theirs is whole in a language; ``paper-line-due``;
            ``voice-stale`` and ``voice-unapproved`` where the campaign publishes only what is
            approved.
    """
    found = survey(root, slug, request.today)
    if found.errors or found.project is None:
        raise ProblemsFound(found.errors)
    record = found.project.campaign.record
    one = _find_partner(found, slug, partner)
    if unnamed:
        one = msgspec.structs.replace(one, record=msgspec.structs.replace(one.record, named=False))
    if record.publication.unreviewed == "block":
        held = tuple(check_voice(found.project, one))
        if held:
            raise ProblemsFound(
                tuple(msgspec.structs.replace(problem, severity="error") for problem in held)
            )
    options = Options(only=("cards", "posts", "originals", "kits", "paper"), partner=one.record)
    dressed = with_fonts(found, root, options)
    zips: dict[str, bytes] = {}
    left_out = tuple(_left_to_ask_for(found.project, one))
    for language in one.record.languages:
        asked = msgspec.structs.replace(request, options=options)
        try:
            made = _make_kit(root, dressed, asked, language)
        except ProblemsFound as stopped:
            if _fits_without_name(stopped, root, dressed, asked, language):
                raise ProblemsFound(_long_name(one, stopped)) from None
            raise
        zips |= made.files
        left_out += made.left_out
    return PartnerKits(zips, record.updated, record.signing_key or "", left_out)


def _make_kit(root: Path, found: CheckedCampaign, request: Request, language: str) -> CarriedFiles:
    """Make the kit in one language; the partner stands in the options of the request."""
    partner = request.options.partner
    assert found.project is not None
    assert partner is not None
    own = for_partner(found.project, partner, language)
    due = tuple(check_paper(own.project, request.today, (language,), refused=True))
    if any(problem.severity == "error" for problem in due):
        raise ProblemsFound(due)
    voice = msgspec.structs.replace(
        own.voice, words=_campaign_words(found.project, own.project, language)
    )
    options = msgspec.structs.replace(
        request.options,
        languages=(language,),
        voice=voice,
        partner=partner.in_language(language),
    )
    request = msgspec.structs.replace(request, options=options)
    logos = {
        name: logo_assets(data)[HEADER] for name, data in found.shared.partner_logos.items() if data
    }
    shared = msgspec.structs.replace(found.shared, partner_logos=logos)
    found = msgspec.structs.replace(found, project=own.project, shared=shared)
    made = _zip_kits(root, found, request)
    if not made.files:
        raise ProblemsFound((_empty(own.project.campaign.record.id, partner, language),))
    return made


def _zip_kits(root: Path, found: CheckedCampaign, request: Request) -> CarriedFiles:
    """Make what the kits of a plan hold, and zip them."""
    assert found.project is not None
    options = request.options
    plan = _narrow_plan(make_campaign_plan(found, options))
    workspace = read_workspace(root, found.project.campaign.record.id)
    target, how = target_of(workspace, request), rendering_of(request)
    plan, long_posts = complete_plan(plan, target, how, Selection(options, frozenset()))
    kits = tuple(step for step in plan.steps if step.files)
    held = _make_files(root, plan, request)
    made = {}
    for step in kits:
        there = {path: held.files[path] for path in step.files if path in held.files}
        outcome = join_step(step, "", plan.inputs, there)
        require_all((outcome,))
        assert outcome.data is not None
        made[step.output.rpartition("/")[2]] = outcome.data
    return CarriedFiles(made, (*long_posts, *held.left_out))


STICK = 25_000_000
"""Bytes at most of what is carried on a stick."""


def make_stick(root: Path, slug: str, language: str, request: Request) -> CarriedFiles:
    """Make what is carried on a stick: a language's kit, unpacked, with its answers on one page.

    An alert that holds stands on that page. The result is bytes by path in the folder.

    Raises:
        ProblemsFound: the campaign has errors; ``paper-line-due``; ``stick-empty``: no talking
            point is whole in the language; ``stick-too-large``.
        UnknownLanguage: the campaign has not the language.
    """
    found = survey(root, slug, request.today)
    if found.errors or found.project is None:
        raise ProblemsFound(found.errors)
    due = tuple(check_paper(found.project, request.today, (language,), refused=True))
    if any(problem.severity == "error" for problem in due):
        raise ProblemsFound(due)
    parts = ("cards", "posts", "originals", "kits", "paper")
    options = Options(only=parts, languages=(language,), stick=True)
    request = with_alert(
        read_workspace(root, slug), msgspec.structs.replace(request, options=options)
    )
    made = _zip_kits(root, with_fonts(found, root, request.options), request)
    files: dict[str, bytes] = {}
    for data in made.files.values():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files |= {name: archive.read(name) for name in archive.namelist()}
    if not files:
        raise ProblemsFound((_bare_language(slug, language),))
    total = sum(map(len, files.values()))
    if total > STICK:
        raise ProblemsFound((too_large(language, total, STICK),))
    return CarriedFiles(files, made.left_out)


def _bare_language(slug: str, language: str) -> Problem:
    return Problem(
        path=f"campaigns/{slug}/locale/{language}.po",
        code="stick-empty",
        message=f"no talking point is whole in '{language}'",
        hint="translate one first",
    )


def _campaign_words(project: Project, own: Project, language: str) -> dict[str, str]:
    """Give the digests of what the campaign says of the points that its partner says otherwise."""
    points = {one.record.id: one.record for one in project.points}
    said = [one.record.id for one in own.points if one.record != points[one.record.id]]
    if not said:
        return {}
    (edition,) = make_editions(project, (language,))
    return {name: words_digest(points[name], edition) for name in said}


def _narrow_plan(plan: Plan) -> Plan:
    """Leave the kits of a plan and what they hold."""
    wanted = {path for step in plan.steps for path in step.files}
    steps = tuple(step for step in plan.steps if step.files or step.output in wanted)
    return Plan(plan.campaign, steps, plan.inputs, plan.parts)


def _make_files(root: Path, plan: Plan, request: Request) -> CarriedFiles:
    """Make what the kits of a plan hold: bytes by path."""
    steps = tuple(step for step in plan.steps if not step.files)
    how = rendering_of(request)
    keys = plan_keys(Plan(plan.campaign, steps, plan.inputs), how.versions)
    due = Due(steps, keys, plan.inputs, str(root / PRIVATE / "store"), "kit")
    outcomes = list(make(due, how, ""))
    narrow = tuple(_narrow_pictures(outcomes))
    require_all(one for one in outcomes if one.problems and one not in narrow)
    files = {one.output: one.data for one in outcomes if one.data is not None}
    return CarriedFiles(files, tuple(_left_out(one) for one in narrow))


def _narrow_pictures(outcomes: Sequence[StepOutcome]) -> Iterator[StepOutcome]:
    """Give pictures that hold not both names, where other forms of them are made."""
    made = {one.output.rpartition("/")[0] for one in outcomes if _is_picture(one)}
    for one in outcomes:
        narrow = all(problem.code == "card-too-long" for problem in one.problems)
        if one.problems and narrow and one.output.rpartition("/")[0] in made:
            yield one


def _left_out(picture: StepOutcome) -> Problem:
    """Warn of a picture that a kit has not, as is warned of a post that is too long."""
    first = picture.problems[0]
    message = f"{first.message}; it is left out"
    return msgspec.structs.replace(first, message=message, severity="warning")


def _is_picture(outcome: StepOutcome) -> bool:
    return outcome.data is not None and not outcome.output.endswith(".txt")


def _find_partner(found: CheckedCampaign, slug: str, name: str) -> Document[Partner]:
    assert found.project is not None
    known = {document.record.id: document for document in found.project.partners}
    if name not in known:
        path = f"campaigns/{slug}/partners/{name}.yaml"
        message = f"the campaign knows no partner '{name}': they get no kit"
        hint = nearest(name, sorted(known)) if known else "write their file first: docs/partners.md"
        raise ProblemsFound(
            (Problem(path=path, code="unknown-partner", message=message, hint=hint),)
        )
    return known[name]


TOO_LONG = frozenset({"card-too-long", "paper-too-long"})
"""Problems that a partner's name may make, on pictures and on paper."""


def _fits_without_name(
    stopped: ProblemsFound, root: Path, found: CheckedCampaign, request: Request, language: str
) -> bool:
    """Tell whether what is too long fits where the partner's name stands nowhere."""
    partner = request.options.partner
    if not (partner and partner.named) or any(one.code not in TOO_LONG for one in stopped.problems):
        return False
    unnamed = msgspec.structs.replace(partner, named=False)
    options = msgspec.structs.replace(request.options, partner=unnamed)
    try:
        _make_kit(root, found, msgspec.structs.replace(request, options=options), language)
    except ProblemsFound:
        return False
    return True


def _left_to_ask_for(project: Project, partner: Document[Partner]) -> Iterator[Problem]:
    """Say what a school gets only if its file names it, where the State keeps it out of class."""
    out, in_class = (keep(project, partner.record) for keep in (kept_out_of_class, kept_to_lessons))
    said = {
        "'{}' is left out: it is about a religion": out,
        "of '{}' a school gets only the lesson page: what it asks for is political": in_class,
    }
    line, column = partner.place("kind")
    for message, points in said.items():
        for point in sorted(points):
            yield Problem(
                path=partner.path,
                line=line,
                column=column,
                code="kept-out-of-class",
                message=message.format(point),
                hint="name it under 'points', with all others they get, where it is meant",
                severity="info",
            )


def _long_name(partner: Document[Partner], stopped: ProblemsFound) -> tuple[Problem, ...]:
    """Say where a partner's name has no room beside the sponsor's: on pictures, on which paper.

    Without the name all of it fits; each sheet of paper is named, once of all pictures.
    """
    line, column = partner.place("name")
    found = {one.code: one for one in stopped.problems if one.code == "card-too-long"}
    papers = (one for one in stopped.problems if one.code == "paper-too-long")
    told = f"'{partner.record.name}' is too long to stand beside the sponsor"
    hint = "write a shorter name, or 'named: false' where they shall stand nowhere"
    return tuple(
        Problem(
            path=partner.path,
            line=line,
            column=column,
            code=one.code,
            message=f"{told}: {one.message}",
            hint=hint,
        )
        for one in (*found.values(), *papers)
    )


def _empty(slug: str, partner: Partner, tag: str) -> Problem:
    return Problem(
        path=f"campaigns/{slug}/partners/{partner.id}.yaml",
        code="kit-empty",
        message=f"no talking point of this partner is whole in '{tag}'",
        hint="translate one, or take the language out of 'languages'",
    )
