"""``stopjihad signature``: the key of a campaign, and a check of what it signed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
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

    One that is there stays, and this workspace may sign with it from now on. Keep a copy of the
    folder that is named in a safe place: without it, partners must be given a new key.

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
    r"""Check a file with its signature beside it, a copy of a whole site, or an unpacked kit.

    Refused are changed bytes, another file, what has expired or is from the future, what is older
    than what this user has checked before, and in a copy of a site what its list does not name.

    \b
    Example:
      stopjihad signature check en/feed.xml --key RWQ… --as en/feed.xml
      stopjihad signature check copy-of-the-site --key RWQ…
    """
    from stopjihad.publish.seen_signatures import remember_seen

    found = _folder(path, public) if path.is_dir() else _single(path, name or path.name, public)
    if not found.problems:
        remember_seen(public, found.ages)
    console.print_problems(found.problems, style, Path.cwd())
    if found.problems:
        raise SystemExit(console.FOUND)
    if style == "text":
        click.echo(f"{len(found.ages)} signature(s): good")


def _public(ctx: click.Context, campaign: str | None, *, make: bool, secret: bool = False) -> str:
    from stopjihad.problem import ProblemsFound
    from stopjihad.publish.signing_key import let_sign, signing_key

    root = common.workspace_of(ctx).resolve()
    slug = common.campaign_of(root, campaign, "")
    try:
        key = signing_key(slug, make=make)
    except ProblemsFound as problem:
        console.fail(problem.problems, "text", root)
    if key is None:
        raise click.UsageError(f"{slug} has no key here: stopjihad signature make {slug}")
    if make:
        let_sign(root, slug, key)
    return key.secret if secret else key.public


class SignatureCheck:
    """What a check has found so far: problems, and the ages of good signatures by path."""

    def __init__(self, public: str, folder: str) -> None:
        """Begin with what this user has seen before; paths are below ``folder``."""
        from stopjihad.publish.seen_signatures import seen_before

        self.public, self.folder = public, folder
        self.problems: list[Problem] = []
        self.ages: dict[str, tuple[int, int]] = {}
        self._before = seen_before(public)

    def add(self, path: str, code: str, message: str, hint: str) -> None:
        """Say that ``path`` is wrong: a ``code``, its ``message`` and a ``hint``."""
        from stopjihad.problem import Problem

        self.problems.append(Problem(path=path, code=code, message=message, hint=hint))

    def read(self, path: str) -> bytes | None:
        """Read a file; None for a link, and for whatever else is no file."""
        from stopjihad import disk

        return disk.read_below(self.folder, path)

    def judge(self, path: str, name: str) -> bytes | None:
        """Check the file ``path`` as ``name`` of the site; give its bytes if it is good."""
        from stopjihad.publish.signature import ENDING, SignatureRequest, check, verify

        data, signature = self.read(path), self.read(path + ENDING)
        if data is None or signature is None:
            missing = f"{name}{ENDING}" if data is not None else name
            message, hint = f"there is no {missing}", "load that, too, from the same place"
            self.add(name, "signature-missing", message, hint)
            return None
        asked = SignatureRequest(
            name, int(common.now().timestamp()), self._before.get(name, (0, 0))
        )
        wrong = check(data, signature, self.public, asked)
        self.problems += wrong
        claims = verify(data, signature, self.public)
        if wrong or claims is None:
            return None
        self.ages[name] = claims.age
        return data


def _single(path: Path, name: str, public: str) -> SignatureCheck:
    """Check one file, as the file ``name`` of the site."""
    real = path.resolve()
    found = SignatureCheck(public, str(real.parent))
    found.judge(real.name, name)
    return found


def _folder(folder: Path, public: str) -> SignatureCheck:
    """Check the list of files, all that it names, each signature, and what is beside them."""
    import msgspec

    from stopjihad.publish.release import PUBLIC_MANIFEST, PublicManifest
    from stopjihad.publish.signature import ENDING
    from stopjihad.render.kit.records import KitList
    from stopjihad.render.kit.zip_file import KIT_LIST

    found = SignatureCheck(public, str(folder.resolve()))
    kit = (folder / KIT_LIST).is_file() and not (folder / PUBLIC_MANIFEST).exists()
    name = KIT_LIST if kit else PUBLIC_MANIFEST
    kind: type[KitList | PublicManifest] = KitList if kit else PublicManifest
    data = found.judge(name, name)
    if data is None:
        return found
    try:
        files = msgspec.json.decode(data, type=kind).files
    except (msgspec.MsgspecError, UnicodeDecodeError):
        hint = "it was signed by another program: ask the campaign"
        found.add(name, "signature-wrong", "this is no list of files", hint)
        return found
    for path, digest in files.items():
        data = found.read(path)
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            message = "this file is missing" if data is None else "this file was changed"
            hint = "copy it again; when it stays, tell the campaign"
            found.add(path, "signature-wrong", message, hint)
        elif (folder / f"{path}{ENDING}").is_file():
            found.judge(path, path)
    listed = {name, *files}
    for path in _extra(folder, listed | {f"{path}{ENDING}" for path in listed}):
        message = "no list of the campaign names this: somebody put it here"
        hint = "do not show it; remove it from your copy, or copy the site again"
        found.add(path, "signature-extra", message, hint)
    return found


def _extra(folder: Path, known: set[str]) -> Iterator[str]:
    """Name what lies in a copy and is not known; a folder without anything known is named once."""
    above = {path.rpartition("/")[0] for path in known}
    while missing := {path.rpartition("/")[0] for path in above} - above:
        above |= missing
    pending = [""]
    while pending:
        here = pending.pop()
        with os.scandir(folder / here) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                path = f"{here}/{entry.name}" if here else entry.name
                if entry.is_dir(follow_symlinks=False) and path in above:
                    pending.append(path)
                elif path not in known or not entry.is_file(follow_symlinks=False):
                    yield path
