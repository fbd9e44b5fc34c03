"""``stopjihad review``: what is approved and read, by whom; its exceptions are ``exceptions``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console, elsewhere, exceptions, reviewer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stopjihad.model.project import Project
    from stopjihad.model.review import Kind, ListedSentence, Review
    from stopjihad.review.ledger import Subject
    from stopjihad.translate.status import SegmentState


@click.group("review")
def command() -> None:
    r"""Sign texts: approve them, read their sentences, except words from a rule.

    All signatures stand in ``reviews.jsonl`` of the campaign. Each is bound to the very words: when
    a word changes, it is gone.

    \b
    Example:
      stopjihad review status --language ar
      stopjihad review approve --language ar --by Nour --role teacher most-victims-are-muslims
      stopjihad review read --language en --by Nour
      stopjihad review withdraw --language ar --by Nour most-victims-are-muslims/fact
    """


command.add_command(exceptions.except_words)
command.add_command(exceptions.migrate)

_KINDS = ("native", "editorial", "legal", "back-translation")


@command.command("approve")
@click.argument("what", nargs=-1, required=True)
@reviewer.option_language
@reviewer.options_signer
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    help="What was judged; publishing asks for native, editorial in the source language.",
)
@click.option(
    "--urgent",
    is_flag=True,
    help="Where two must sign: goes out now; without a second signature in 24 hours it is taken"
    " down.",
)
@elsewhere.options_file
@reviewer.options_place
def approve(ctx: click.Context, what: tuple[str, ...], style: str, **chosen: Any) -> None:
    r"""Approve texts as they stand now: translations, or the source language's own.

    WHAT is a talking point (they-lie), a page (pages/about), one field (they-lie/fact), or "all".
    Stale and missing texts are passed over; exits 1 where there are no others. A person who is
    elsewhere gets a file about one talking point or page, with its words and two codes, yes and
    no, for a phone: it needs no program. The code that comes back counts once, for a week.

    \b
    Example:
      stopjihad review approve --language fr --by Nour --role "native speaker" they-lie
      stopjihad review approve --language fr they-lie --send-to Ida --output for-ida.html
      stopjihad review approve --language fr they-lie --code 7K3QF-M2XZ9-T4B8C
    """
    if elsewhere.is_asked(chosen):
        elsewhere.approve(ctx, what, style, chosen)
        return
    from stopjihad.review.ledger import judge
    from stopjihad.translate.status import approving_kind, subject_of

    root, project = reviewer.campaign_of(ctx, chosen["campaign"], style)
    project = project.as_written
    language = chosen["language"]
    states = _chosen(project, language, what)
    kind: Kind = chosen["kind"] or approving_kind(project, language)
    judged = [item for item in states if item.state in {"unreviewed", "approved"}]
    subjects = [subject_of(item, authored=kind == "editorial") for item in judged]
    if chosen["urgent"]:
        _require_urgent(project, subjects, kind)
    who = reviewer.signer(chosen["by"], chosen["role"], kind, urgent=chosen["urgent"])
    lines = reviewer.write_lines(
        root, project, lambda: judge(subjects, language, "approve", who, project.reviews), style
    )
    passed = len(states) - len(judged)
    if style == "json":
        console.print_json({"lines": lines, "passed_over": passed})
    else:
        _say_approved(lines, passed, language)
    if passed and not judged:
        raise SystemExit(console.FOUND)


def _require_urgent(project: Project, subjects: Iterable[Subject], kind: Kind) -> None:
    """Refuse haste where one signature is enough, or where two are always asked for."""
    from stopjihad.model.campaign import people_needed
    from stopjihad.model.review import may_be_urgent

    if people_needed(project.campaign.record) < 2:
        raise click.UsageError("one signature is enough in this campaign: leave --urgent out")
    if not all(may_be_urgent(one.context, kind) for one in subjects):
        raise click.UsageError(
            "only talking points and helplines are corrected urgently, by who approves them"
        )


def _say_approved(lines: Sequence[Review], passed: int, language: str) -> None:
    rest = f"; {passed} stale or missing passed over" if passed else ""
    click.echo(f"{len(lines)} approved{rest}")
    if passed:
        click.echo(f"  stopjihad translate update, then translate them in locale/{language}.po")


@command.command("withdraw")
@click.argument("what", nargs=-1, required=True)
@reviewer.option_language
@reviewer.options_signer
@click.option(
    "--kind",
    type=click.Choice([*_KINDS, "reading", "exception"]),
    help="What is taken back; approvals for publishing when not given.",
)
@reviewer.options_place
def withdraw(ctx: click.Context, what: tuple[str, ...], style: str, **chosen: Any) -> None:
    r"""Take signatures back: the lines that gave them stay, the last word counts.

    WHAT is as for approve; of readings and exceptions it is the field that the words stand in, the
    subject, or the first signs of their digest.

    \b
    Example:
      stopjihad review withdraw --language fr --by Nour they-lie/fact
      stopjihad review withdraw --language en --by Nour --kind exception 3f0c91ab
    """
    from stopjihad.review.ledger import judge
    from stopjihad.translate.status import approving_kind, subject_of

    root, project = reviewer.campaign_of(ctx, chosen["campaign"], style)
    language = chosen["language"]
    kind: Kind = chosen["kind"] or approving_kind(project, language)
    if kind in {"reading", "exception"}:
        subjects = _find_signed(project, language, kind, what)
    else:
        states = [item for item in _chosen(project, language, what) if item.digest]
        subjects = [subject_of(item, authored=kind == "editorial") for item in states]
    who = reviewer.signer(chosen["by"], chosen["role"], kind)
    lines = reviewer.write_lines(
        root, project, lambda: judge(subjects, language, "withdraw", who, project.reviews), style
    )
    if style == "json":
        console.print_json({"lines": lines, "passed_over": 0})
        return
    click.echo(f"{len(lines)} withdrawn")


@command.command("status")
@click.argument("campaign", nargs=-1)
@common.language_option("-l")
@common.format_option()
@click.pass_context
def status(
    ctx: click.Context, campaign: tuple[str, ...], languages: tuple[str, ...], style: str
) -> None:
    r"""Say what is approved, what waits, what is unread, and which signatures are lost.

    \b
    Example:
      stopjihad review status --format json
    """
    from stopjihad.check.reading_list import open_sentences
    from stopjihad.review.excused import list_exceptions
    from stopjihad.review.ledger import lost_approvals
    from stopjihad.translate.status import signable_states

    root = common.workspace_of(ctx)
    result: list[dict[str, Any]] = []
    for slug in common.campaigns_of(root, campaign):
        project = common.project_of(root, slug, style)
        exceptions = list_exceptions(project)
        for language in languages or project.campaign.record.languages:
            reviewer.check_language(project, language)
            states = signable_states(project, language)
            current = [item.digest for item in states if item.digest and item.state != "stale"]
            lost = lost_approvals(project.reviews, language, current)
            result.append(
                {
                    "campaign": slug,
                    "language": language,
                    "counts": {state: sum(i.state == state for i in states) for state in _STATES},
                    "unread": len(open_sentences(project, language)),
                    "lost": [one for one in lost if one.through != "shipping"],
                    "exceptions": [one for one in exceptions if one.language == language],
                }
            )
    if style == "json":
        console.print_json({"reviews": result})
        return
    for row in result:
        _print_status(row)


_STATES = ("approved", "unreviewed", "stale", "untranslated")


def _print_status(row: dict[str, Any]) -> None:
    from stopjihad.catalog.rules import rules

    known = rules()
    counts = row["counts"]
    words = [f"{counts[state]} {state}" for state in _STATES if counts[state]]
    words += [f"{row['unread']} sentence(s) to read"] if row["unread"] else []
    click.echo(f"{row['campaign']} {row['language']}: {', '.join(words)}")
    for review in row["lost"]:
        day = review.on.date().isoformat()
        click.echo(f"  lost: {review.context} ({review.kind} by {review.by} on {day})")
    for one in row["exceptions"]:
        until = f" until {one.until}" if one.until else ""
        lacking = one.rule in known and len(one.by) < known[one.rule].people
        rest = "; a second person must sign the same" if lacking else ""
        click.echo(f"  exception: {one.rule} {one.context} ({', '.join(one.by)}{until}){rest}")


def _find_signed(
    project: Project, language: str, kind: Kind, what: tuple[str, ...]
) -> list[Subject]:
    """Find standing readings or exceptions by field, subject or the first signs of a digest."""
    from stopjihad.model.review import standing_signatures
    from stopjihad.review.ledger import Subject

    own = [
        review
        for (_, one), review in standing_signatures(project.reviews).items()
        if one == kind and review.language == language
    ]
    short = [name for name in what if not any(review.context == name for review in own)]
    digests = set(reviewer.by_short_name(short, [review.digest for review in own]))
    return [
        Subject(review.context, review.digest, rule=review.rule)
        for review in own
        if review.context in what or review.digest in digests
    ]


def _chosen(project: Project, language: str, what: tuple[str, ...]) -> list[SegmentState]:
    """Find the texts that are meant; wrong usage for a language or a name that is not there."""
    from stopjihad.translate.status import key_of, signable_states

    reviewer.check_language(project, language)
    states = signable_states(project, language)
    names = {key_of(item.segment.context) for item in states}
    names |= {item.segment.context for item in states}
    for name in what:
        if name not in names and name != "all":
            raise click.UsageError(f"nothing is called '{name}'; {_nearest_name(name, names)}")
    return [
        item
        for item in states
        if "all" in what or item.segment.context in what or key_of(item.segment.context) in what
    ]


def _nearest_name(name: str, names: set[str]) -> str:
    from stopjihad.text.nearest import close_name

    close = close_name(name, names)
    return f"did you mean '{close}'?" if close else "name a talking point, or 'all'"


@command.command("read")
@click.argument("which", nargs=-1)
@reviewer.option_language
@reviewer.options_signer
@reviewer.options_place
def read(ctx: click.Context, which: tuple[str, ...], style: str, **chosen: Any) -> None:
    r"""Read the sentences that name a faith or a people in their paragraphs, and sign each.

    Without --by the open paragraphs are listed, their sentences to read between ⟦ and ⟧. With --by
    they are shown one after the other on a terminal, each to be signed or left. In a script, WHICH
    names paragraphs by the signs before them; the last four are shown here and nowhere else. Words
    that should not stand are changed in their file, not here.

    \b
    Example:
      stopjihad review read --language en
      stopjihad review read --language en --by Nour
      stopjihad review read --language en --by Nour 3f0c91ab-ylqa 77d2e0c4-b3fw
    """
    from stopjihad.check.reading_list import open_sentences, subject_of
    from stopjihad.review.ledger import judge

    root, project = reviewer.campaign_of(ctx, chosen["campaign"], style)
    language = chosen["language"]
    reviewer.check_language(project, language)
    listed = open_sentences(project, language)
    if not chosen["by"] and not which:
        _print_unread(listed, language, style, project)
        return
    who = reviewer.signer(chosen["by"], chosen["role"], "reading")
    if which:
        digests = list(dict.fromkeys(subject_of(one).digest for one in listed))
        named = set(reviewer.by_shown_name(which, digests))
        signed = [one for one in listed if subject_of(one).digest in named]
    elif not listed:
        signed = []
    elif sys.stdin.isatty():
        signed = _sign_each(listed)
    else:
        raise click.UsageError("name the sentences that were read, or sign on a terminal")
    subjects = list(dict.fromkeys(map(subject_of, signed)))
    lines = reviewer.write_lines(
        root, project, lambda: judge(subjects, language, "approve", who, project.reviews), style
    )
    if style == "json":
        console.print_json({"lines": lines})
        return
    click.echo(f"{len(signed)} read, {len(listed) - len(signed)} left")


def _print_unread(
    listed: tuple[ListedSentence, ...], language: str, style: str, project: Project
) -> None:
    from stopjihad.check.reading_list import count_reopened, subject_of, told_reopened

    if style == "json":
        import msgspec

        rows = [{"digest": subject_of(one).digest, **msgspec.structs.asdict(one)} for one in listed]
        console.print_json({"unread": rows})
        return
    for digest, some in _by_paragraph(listed):
        click.echo(f"{reviewer.shown_name(digest)}  {some[0].context}  {_reasons(some)}")
        click.echo(f"          {some[0].paragraph}")
    again = told_reopened(count_reopened(listed, project.reviews))
    click.echo(f"{len(listed)} sentence(s) to read{again}")
    if listed:
        click.echo(f"Sign what is fair: stopjihad review read --language {language} --by NAME")


def _by_paragraph(listed: Iterable[ListedSentence]) -> list[tuple[str, list[ListedSentence]]]:
    """Gather the sentences of each paragraph below its digest, the gravest first."""
    from stopjihad.check.reading_list import subject_of

    found: dict[str, list[ListedSentence]] = {}
    for one in listed:
        found.setdefault(subject_of(one).digest, []).append(one)
    return list(found.items())


def _sign_each(listed: tuple[ListedSentence, ...]) -> list[ListedSentence]:
    """Show each paragraph and ask; those answered are signed even when the others are left."""
    signed: list[ListedSentence] = []
    every = _by_paragraph(listed)
    for number, (_, some) in enumerate(every, 1):
        click.echo(f"\n{number}/{len(every)}  {some[0].context}  {_reasons(some)}")
        before, *rest = some[0].paragraph.split("⟦")
        click.echo(f"  {before}", nl=False)
        for part in rest:
            sentence, _, after = part.partition("⟧")
            click.secho(sentence, bold=True, nl=False)
            click.echo(after, nl=False)
        click.echo()
        answer = click.prompt(
            "  fair as it stands?",
            type=click.Choice(["y", "n", "q"]),
            default="n",
            show_default=True,
        )
        if answer == "q":
            break
        if answer == "y":
            signed += some
    return signed


def _reasons(some: Iterable[ListedSentence]) -> str:
    reasons = dict.fromkeys(reason for one in some for reason in one.reasons)
    return f"({', '.join(reasons)})"
