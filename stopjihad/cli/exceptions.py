"""``stopjihad review except`` and ``migrate``: words that people excuse from a rule."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console, reviewer

if TYPE_CHECKING:
    from stopjihad.catalog.rules import Rule
    from stopjihad.check.finding import Finding
    from stopjihad.model.project import Project
    from stopjihad.model.review import Review
    from stopjihad.review.ledger import Subject


@click.command("except")
@click.argument("where", nargs=-1)
@reviewer.option_language
@click.option("--rule", required=True, metavar="ID", help="The rule, such as LNG05.")
@reviewer.options_signer
@click.option("--reason", default="", help="Why the words may stand, one line.")
@click.option("--until", metavar="YYYY-MM-DD", help="Last day; none: as long as the words stand.")
@reviewer.options_place
def except_words(ctx: click.Context, where: tuple[str, ...], style: str, **chosen: Any) -> None:
    r"""Excuse words from a rule: these very words, in this place and language, and no others.

    Without WHERE the findings are listed and nothing is signed. WHERE is the place in that list
    (they-lie/body), or the signs before it. For rules that keep readers from harm a second person
    must sign the same words.

    \b
    Example:
      stopjihad review except --language en --rule LNG05 --by Nour --reason "Quoted." they-lie/body
    """
    from stopjihad.catalog.rules import rules
    from stopjihad.check.rules.exceptions import subject_of
    from stopjihad.review.ledger import judge
    from stopjihad.text.nearest import nearest

    root, project = reviewer.campaign_of(ctx, chosen["campaign"], style)
    language, rule = chosen["language"], rules().get(chosen["rule"])
    reviewer.check_language(project, language)
    if rule is None:
        raise click.UsageError(
            f"there is no rule '{chosen['rule']}'; {nearest(chosen['rule'], rules())}"
        )
    if not rule.waivable:
        raise click.UsageError(f"{rule.id} has no exceptions: {rule.mend}")
    found = _findings(project, rule.id, language)
    subjects = [subject_of(one) for one in found]
    if not where or not found:
        _list(found, subjects)
        return
    if not chosen["reason"].strip():
        raise click.UsageError("say why the words may stand: --reason TEXT")
    who = reviewer.signer(
        chosen["by"], chosen["role"], "exception", reason=chosen["reason"], until=_day(chosen)
    )
    meant = _meant_subjects(subjects, where)
    lines = reviewer.write_lines(
        root, project, lambda: judge(meant, language, "approve", who, project.reviews), style
    )
    if style == "json":
        console.print_json({"lines": lines})
        return
    click.echo(f"{len(lines)} excused{_still_open(rule, [*project.reviews, *lines], meant)}")


@click.command("migrate")
@reviewer.options_place
def migrate(ctx: click.Context, style: str, campaign: str | None) -> None:
    r"""Turn the waivers of an older campaign into exceptions of the words that they excuse today.

    Afterwards delete the ``waivers:`` of talking points and of campaign.yaml.

    \b
    Example:
      stopjihad review migrate
    """
    from stopjihad.catalog.rules import rules
    from stopjihad.check.rules.exceptions import subject_of, waivers
    from stopjihad.check.rules.run import rule_findings
    from stopjihad.review.ledger import judge

    root, project = reviewer.campaign_of(ctx, campaign, style)
    today = common.today()
    known = [one for one in waivers(project) if one.waiver.until >= today]
    findings = rule_findings(project, today) if known else ()

    def make() -> list[Review]:
        lines: list[Review] = []
        for one in known:
            waiver = one.waiver
            who = reviewer.signer(
                waiver.by, "", "exception", reason=waiver.reason, until=waiver.until
            )
            for finding in findings:
                if one.fits(finding) and rules()[finding.rule].waivable:
                    subject = [subject_of(finding)]
                    reviews = (*project.reviews, *lines)
                    lines += judge(subject, finding.language, "approve", who, reviews)
        return lines

    lines = reviewer.write_lines(root, project, make, style)
    if style == "json":
        console.print_json({"lines": lines})
        return
    if not known:
        click.echo("no waiver counts today: nothing was written")
        return
    click.echo(f"{len(known)} waiver(s), {len(lines)} exception(s) written: delete 'waivers:' now")


def _still_open(rule: Rule, reviews: list[Review], meant: list[Subject]) -> str:
    """Say that a second person must sign, while somebody must."""
    from stopjihad.model.review import signatures

    signed = signatures(reviews)
    lacking = any(len(signed.get((one.digest, "exception"), ())) < rule.people for one in meant)
    return "; a second person must sign the same" if lacking else ""


def _findings(project: Project, rule: str, language: str) -> list[Finding]:
    from stopjihad.check.rules.run import rule_findings

    found = rule_findings(project, common.today())
    return [one for one in found if one.rule == rule and one.language == language]


def _list(found: list[Finding], subjects: list[Subject]) -> None:
    if not found:
        click.echo("the rule finds nothing in this language")
    for finding, subject in zip(found, subjects, strict=True):
        click.echo(f"{subject.digest[: reviewer.SHORT]}  {subject.context}  {finding.path}")
        click.echo(f"          {subject.words}")


def _meant_subjects(subjects: list[Subject], where: tuple[str, ...]) -> list[Subject]:
    contexts = {subject.context for subject in subjects}
    short = [name for name in where if name not in contexts]
    digests = set(reviewer.by_short_name(short, [subject.digest for subject in subjects]))
    return [one for one in subjects if one.context in where or one.digest in digests]


def _day(chosen: dict[str, Any]) -> dt.date | None:
    if not chosen["until"]:
        return None
    try:
        day = dt.date.fromisoformat(chosen["until"])
    except ValueError:
        raise click.UsageError(f"--until: '{chosen['until']}' is no day: YYYY-MM-DD") from None
    if day < common.today():
        raise click.UsageError(f"--until: {day} is over: the exception would excuse nothing")
    return day
