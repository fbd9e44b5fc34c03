"""``stopjihad kit``: kits for partners."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.build.kit import CarriedFiles
    from stopjihad.problem import Problem
    from stopjihad.publish.kit_check import KitVerdict


@click.group("kit")
def command() -> None:
    r"""Make kits for partners, and check kits; what anybody may take is on the site.

    \b
    Example:
      stopjihad kit build club
    """


@command.command("check")
@click.argument("path", metavar="FOLDER_OR_ZIP", type=click.Path(path_type=Path, exists=True))
@click.option("--feed", required=True, metavar="FILE_OR_URL", help="Its site's kits/feed.json.")
@click.option("--key", "public", required=True, metavar="RW…", help="Public key of the campaign.")
@common.format_option()
def check(path: Path, feed: str, public: str, style: str) -> None:
    r"""Say of each file of a kit whether it is of today: else take it down, and say this instead.

    The feed is believed as far as the campaign's key signed it, until it is over, and never if it
    is older than one that was seen before. Exits with 1 where something is to be taken down.

    \b
    Example:
      stopjihad kit check kit.zip --feed https://example.org/kits/feed.json --key RWQ…
    """
    from stopjihad.problem import ProblemsFound
    from stopjihad.publish import kit_check
    from stopjihad.publish.seen_signatures import remember_seen, seen_before
    from stopjihad.publish.signature import SignatureRequest
    from stopjihad.render.kit.feed import FEED

    try:
        kit = kit_check.read_kit(path)
        data, signature = kit_check.fetch_feed(feed)
        newest = seen_before(public).get(FEED, (0, 0))
        asked = SignatureRequest(FEED, int(common.now().timestamp()), newest)
        told, claims = kit_check.read_feed(data, signature, public, asked)
        remember_seen(public, {FEED: claims.age})
        verdicts = kit_check.judge_kit(kit, told)
    except ProblemsFound as found:
        console.print_problems(found.problems, style, Path.cwd())
        raise SystemExit(console.FOUND) from None
    if style == "json":
        console.print_json({"kit": verdicts})
    else:
        _print_verdicts(verdicts)
    if any(one.state == "wrong" for one in verdicts):
        raise SystemExit(console.FOUND)


def _print_verdicts(verdicts: tuple[KitVerdict, ...]) -> None:
    """Print what is to be taken down first, then what is said anew, then what is of today."""
    heads = {
        "wrong": "TAKE DOWN",
        "reworded": "newer words, nothing was wrong",
        "current": "current",
    }
    for state, head in heads.items():
        for one in (each for each in verdicts if each.state == state):
            click.secho(f"{one.name}: {head}", bold=state == "wrong")
            told = {"why": one.why, "say instead": one.instead, "see": one.address}
            for name, text in told.items() if state != "current" else ():
                if text:
                    click.echo(f"  {name}: {text}")
            for file in one.files:
                click.echo(f"  {file}")


@command.command("mail")
@click.argument("point")
@common.campaign_option
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that gets a draft a partner [default: mails/ here].",
)
@click.pass_context
def mail(ctx: click.Context, point: str, campaign: str | None, output: Path | None) -> None:
    r"""Draft a mail to each partner who has a talking point that was wrong; nothing is sent.

    It says in their languages what was wrong last, which files to take down, and what to say
    instead. Open the drafts with a mail program.

    \b
    Example:
      stopjihad kit mail letters-home
    """
    from stopjihad.build.check.survey import survey
    from stopjihad.build.partner_mails import partner_mails

    root = common.workspace_of(ctx).resolve()
    slug = common.campaign_of(root, campaign)
    found = survey(root, slug, common.today(), thorough=False)
    if found.project is None:
        console.fail(found.errors, "text", root)
    mails = partner_mails(found, point)
    if not mails:
        raise click.UsageError(f"no partner has '{point}', or nothing was wrong with it")
    for one in mails:
        path = (output or Path("mails")) / f"{one.partner}-{point}.eml"
        common.write_file(path, one.as_file())
        click.echo(f"{path}  to {' '.join(one.contact.split())}")


@command.command("build")
@click.argument("partner", required=False)
@common.campaign_option
@click.option(
    "--unnamed",
    is_flag=True,
    help="Leave the partner's name out, until they have decided about it.",
)
@click.option("--stick", metavar="TAG", help="Make a folder for a stick in this language instead.")
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that gets a folder a partner, or what is on the stick "
    "[default: kits/ or stick-TAG/ here].",
)
@common.format_option()
@common.quiet_option()
@click.pass_context
def build(ctx: click.Context, /, partner: str | None, **chosen: Any) -> None:
    r"""Make the kit of a partner, whose file is in partners/, or of all: one zip a language.

    Their line stands beside the sponsor's, and the helplines are those of their country; --unnamed
    makes the kit that goes out first, until they have decided whether they are named. What a kit
    may have and has not is warned of: a picture too narrow for both names, a post too long for its
    platform. With --stick a folder is made that is carried on a stick: answers.html, opened by a
    click, has all answers, and beside it stands all that is in a kit.

    \b
    Example:
      stopjihad kit build club -o for-partners
      stopjihad kit build --stick ar -o stick
    """
    from stopjihad.build.kit import partner_ids

    if partner and chosen["stick"]:
        raise click.UsageError("a stick is no partner's: name one or the other")
    root = chosen["root"] = common.workspace_of(ctx).resolve()
    slug = common.campaign_of(root, chosen["campaign"])
    output: Path | None = chosen["output"]
    if chosen["stick"]:
        made = _make(root, slug, chosen, "")
        folder = output or Path(f"stick-{chosen['stick']}")
        _write(made.files, folder)
        total = sum(map(len, made.files.values()))
        _print_made({folder / "answers.html": total}, made.left_out, chosen)
        return
    wanted = (partner,) if partner else partner_ids(root, slug)
    if not wanted:
        raise click.UsageError(f"{slug} has no partners: write a file first, docs/partners.md")
    every: dict[Path, int] = {}
    left_out: list[Problem] = []
    for one in wanted:
        name = f"{one}-unnamed" if chosen["unnamed"] else one
        made = _make(root, slug, chosen, one)
        folder = (output or Path("kits")) / name
        _write(made.files, folder)
        every |= {folder / file: len(data) for file, data in made.files.items()}
        left_out += made.left_out
    _print_made(every, left_out, chosen)


def _make(root: Path, slug: str, chosen: dict[str, Any], partner: str) -> CarriedFiles:
    """Make the kits of a partner, or what is on a stick where one is chosen."""
    from stopjihad.build.kit import CarriedFiles, make_kits, make_stick
    from stopjihad.build.request import Request
    from stopjihad.disk.program import code_digest
    from stopjihad.model.options import UnknownLanguage
    from stopjihad.problem import ProblemsFound
    from stopjihad.publish.kit_signature import sign_kits

    shown = not chosen["quiet"] and chosen["style"] == "text"
    with console.ProgressBar(shown=shown) as bar:
        request = Request(
            out=root / "dist", today=common.today(), code=code_digest(), progress=bar.update
        )
        try:
            if chosen["stick"]:
                return make_stick(root, slug, chosen["stick"], request)
            kits = make_kits(root, slug, partner, request, unnamed=chosen["unnamed"])
            return CarriedFiles(sign_kits(root, slug, kits), kits.left_out)
        except UnknownLanguage as unknown:
            bar.close()
            raise click.UsageError(str(unknown)) from None
        except ProblemsFound as found:
            bar.close()
            console.fail(found.problems, chosen["style"], root)


def _write(files: dict[str, bytes], folder: Path) -> None:
    for name, data in files.items():
        common.write_file(folder / name, data)


def _print_made(
    sizes: dict[Path, int], left_out: Sequence[Problem], chosen: dict[str, Any]
) -> None:
    """Name what was made with its bytes, then what is left out of it."""
    if chosen["style"] == "json":
        made = [{"file": str(path), "bytes": size} for path, size in sizes.items()]
        console.print_json({"kits": made, "left_out": left_out})
        return
    for path, size in sizes.items() if not chosen["quiet"] else ():
        click.echo(f"{path}  {size / 1e6:.1f} MB")
    console.print_problems(left_out, "text", chosen["root"])
