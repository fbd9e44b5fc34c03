"""``stopjihad signature``: the key of a campaign, and a check of what it signed."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stopjihad.cli import common, console

if TYPE_CHECKING:
    from stopjihad.problem import Problem


@click.group("signature")
def command() -> None:
    r"""Sign what partners load, and check it; needs the extra 'publish'.

    \b
    Example:
      stopjihad signature make
      stopjihad signature check feed.xml --key RWQ… --as en/feed.xml
    """


@command.command("make")
@click.argument("campaign", required=False)
@click.pass_context
def make(ctx: click.Context, campaign: str | None) -> None:
    r"""Make the key of a campaign outside of the workspace, and print the public key.

    One that is there stays. Keep a copy of the folder that is named in a safe place: without it,
    partners must be given a new key.

    \b
    Example:
      stopjihad signature make
    """
    from stopjihad.disk.user_key import key_folder

    click.echo(_public(ctx, campaign, make=True))
    click.echo(f"kept in {key_folder()}; write into campaign.yaml: signing_key: …", err=True)


@command.command("show")
@click.argument("campaign", required=False)
@click.option("--secret", is_flag=True, help="Print the secret key, for STOPJIHAD_SIGNING_KEY.")
@click.pass_context
def show(ctx: click.Context, campaign: str | None, *, secret: bool) -> None:
    r"""Print the public key of a campaign.

    \b
    Example:
      stopjihad signature show
    """
    click.echo(_public(ctx, campaign, make=False, secret=secret))


@command.command("check")
@click.argument("path", metavar="FILE_OR_FOLDER", type=click.Path(path_type=Path, exists=True))
@click.option("--key", "public", required=True, metavar="RW…", help="Public key of the campaign.")
@click.option("--as", "name", metavar="PATH", help="Path of the file on the site: en/feed.xml.")
@common.format_option()
def check(path: Path, public: str, name: str | None, style: str) -> None:
    r"""Check a file with its signature beside it, or a copy of a whole site.

    Refused are changed bytes, another file, what has expired, and what is older than what this
    user has checked before.

    \b
    Example:
      stopjihad signature check en/feed.xml --key RWQ… --as en/feed.xml
      stopjihad signature check copy-of-the-site --key RWQ…
    """
    from stopjihad.publish.signature import remember_seen, seen_before

    times: dict[str, int] = {}
    before = seen_before(public)
    if path.is_dir():
        problems = _folder(path, public, before, times)
    else:
        problems = _file(path, name or path.name, public, before, times)
    if not problems:
        remember_seen(public, times)
    console.print_problems(problems, style, Path.cwd())
    if problems:
        raise SystemExit(console.FOUND)
    if style == "text":
        click.echo(f"{len(times)} signature(s): good")


def _public(ctx: click.Context, campaign: str | None, *, make: bool, secret: bool = False) -> str:
    from stopjihad.problem import ProblemsFound
    from stopjihad.publish.signature import signing_key

    root = common.workspace_of(ctx).resolve()
    slug = common.campaign_of(root, campaign, "")
    try:
        key = signing_key(slug, make=make)
    except ProblemsFound as problem:
        console.fail(problem.problems, "text", root)
    if key is None:
        raise click.UsageError(f"{slug} has no key here: stopjihad signature make {slug}")
    return key.secret if secret else key.public


def _file(
    path: Path, name: str, public: str, before: dict[str, int], times: dict[str, int]
) -> list[Problem]:
    from stopjihad.problem import Problem
    from stopjihad.publish.signature import ENDING, Asked, verify
    from stopjihad.publish.signature import check as judge

    beside = path.with_name(path.name + ENDING)
    if not beside.is_file():
        message = f"there is no signature {beside.name} beside it"
        hint = "load that, too, from the same place"
        return [Problem(path=name, code="signature-missing", message=message, hint=hint)]
    data, signature = path.read_bytes(), beside.read_bytes()
    asked = Asked(name, int(time.time()), before.get(name, 0))
    problems = judge(data, signature, public, asked)
    claims = verify(data, signature, public)
    if claims is not None and not problems:
        times[name] = claims.signed
    return problems


def _folder(
    folder: Path, public: str, before: dict[str, int], times: dict[str, int]
) -> list[Problem]:
    """Check the list of files, every file that it names, and each signature that lies there."""
    import msgspec

    from stopjihad.problem import Problem
    from stopjihad.publish.release import PUBLIC_MANIFEST, PublicManifest
    from stopjihad.publish.signature import ENDING

    listed = folder / PUBLIC_MANIFEST
    if not listed.is_file():
        message = f"there is no {PUBLIC_MANIFEST}: this is no copy of a whole site"
        hint = "copy the whole site"
        return [Problem(path=str(folder), code="signature-missing", message=message, hint=hint)]
    problems = _file(listed, PUBLIC_MANIFEST, public, before, times)
    if problems:
        return problems
    manifest = msgspec.json.decode(listed.read_bytes(), type=PublicManifest)
    for path, digest in manifest.files.items():
        found = folder / path
        data = found.read_bytes() if found.is_file() else None
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            message = "this file is missing" if data is None else "this file was changed"
            hint = "copy it again; when it stays, tell the campaign"
            problems.append(Problem(path=path, code="signature-wrong", message=message, hint=hint))
        elif found.with_name(found.name + ENDING).is_file():
            problems += _file(found, path, public, before, times)
    return problems
