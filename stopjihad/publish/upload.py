"""Make a finished build fit for a target, and say what of notices the target shows.

Throughout, ``channel`` leads to the target, ``asked`` says which one, and which campaign; ``bare``
takes signatures away, and believes the target, in an emergency; ``planned`` says that nothing goes
up: then nothing is remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stopjihad.build.alert_inputs import read_for_alert
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.deployment import Terms, explain_target
from stopjihad.publish.overlay import over_published
from stopjihad.publish.release import PUBLIC_MANIFEST, PublicManifest, Release
from stopjihad.publish.seen_signatures import MADE_HERE, newest_version, remember_seen
from stopjihad.publish.signed_release import add_signatures, remove_signatures
from stopjihad.publish.signing_key import SigningKey, may_sign, signing_key

if TYPE_CHECKING:
    from pathlib import Path

    from stopjihad.publish.channel import Channel
    from stopjihad.publish.publish_request import PublishRequest


class ReadyUpload(NamedTuple):
    """What goes up.

    Attributes:
        release: the files, signed.
        over: whether it is an alert alone, laid over what the target holds.
        ahead: Unix time of a signature on the target that is to come; 0 for none.
    """

    release: Release
    over: bool = False
    ahead: int = 0


def ready_upload(
    release: Release,
    channel: Channel,
    asked: PublishRequest,
    *,
    bare: bool = False,
    planned: bool = False,
) -> ReadyUpload:
    """Lay a release over what the target holds, where it is an alert alone, and sign it.

    Raises:
        ProblemsFound: ``publish-unvouched``, or ``signature-key``.
    """
    terms = Terms(public=public_key(asked), unvouched=bare)
    with explain_target(asked.target):
        laid = over_published(release, channel, asked, terms)
    return signed_upload(laid, channel, asked, bare=bare, planned=planned)._replace(
        over=laid is not release
    )


def signed_upload(
    release: Release,
    channel: Channel,
    asked: PublishRequest,
    *,
    bare: bool = False,
    planned: bool = False,
) -> ReadyUpload:
    """Sign what partners check, where the campaign says with which key; as ``ready_upload``."""
    public = public_key(asked)
    if public is None or bare:
        return ReadyUpload(remove_signatures(release))
    key = upload_key(asked.root, asked.campaign, public)
    found = add_signatures(release, key, asked.now, channel.fetch, newest_version(public))
    if found.version and not planned:
        remember_seen(public, {MADE_HERE: (found.version, asked.now)})
    return ReadyUpload(found.release, ahead=found.ahead)


def upload_key(root: Path, campaign: str, public: str) -> SigningKey:
    """Give the key that signs what goes up, where readers check with ``public``.

    Raises:
        ProblemsFound: ``signature-key``: this computer has none, another one, or that of another
            workspace.
    """
    key = signing_key(campaign)
    hint = "set STOPJIHAD_SIGNING_KEY; in an emergency --unsigned takes signatures away"
    message = ""
    if key is None or key.public != public:
        had = "another key than" if key else "no key, and"
        message = f"this computer has {had} the one that readers check with: {public}"
    elif not may_sign(root, campaign, key):
        message = "the key that you have for this name was made in another workspace, not in this"
        hint = f"if this one is yours, too: stopjihad signature make {campaign}"
    if key is None or message:
        path = f"campaigns/{campaign}/campaign.yaml"
        raise ProblemsFound((Problem(path=path, code="signature-key", message=message, hint=hint),))
    return key


def public_key(asked: PublishRequest) -> str | None:
    """Read with which key the campaign signs, as far as it can be read; a wrong one is an error."""
    found = read_for_alert(asked.root, asked.campaign)
    if "signing_key" in found.said:
        raise ProblemsFound(tuple(one for one in found.debts if one.severity == "error"))
    return found.project.campaign.record.signing_key


class ShownThere(NamedTuple):
    """What a target says that it shows: a publication, when, and digests of lines of the ledger."""

    id: str
    when: str
    alerts: frozenset[str]


def shown_there(channel: Channel) -> ShownThere | None:
    """Ask a target what readers see of alerts.

    Returns:
        What it says; None where nothing is published.
    """
    base = channel.read_published()
    if base is None:
        return None
    try:
        listed = msgspec.json.decode(channel.fetch(PUBLIC_MANIFEST) or b"", type=PublicManifest)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ShownThere(base.id, base.when, frozenset())
    return ShownThere(base.id, base.when, frozenset(listed.says.alert.split()))
