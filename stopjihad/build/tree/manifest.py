"""Write down every published file: what it is, what made it, from what; without any clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

from stopjihad import disk
from stopjihad.model.step import Plan, Step

FORMAT = "stopjihad-manifest/1"

_HEAD = b'{"format":"stopjihad-manifest/'
"""First bytes of every manifest of ours, of any version: the mark of an output folder."""


class MadeFile(msgspec.Struct, frozen=True, gc=False):
    """Say what a step gave: SHA-256 in lower-case hexadecimal and size in bytes."""

    sha256: str
    size: int


class ManifestFile(msgspec.Struct, frozen=True):
    """Describe one published file.

    Attributes:
        path: relative to the output folder, with forward slashes.
        sha256: digest of its content, lower-case hexadecimal.
        bytes: its size.
        kind: kind of the step that made it.
        step: key of that step.
        inputs: names of what it was made from; ``Manifest.inputs`` has their digests.
    """

    path: str
    sha256: str
    bytes: int
    kind: str
    step: str
    inputs: tuple[str, ...]


class Manifest(msgspec.Struct, frozen=True, tag_field="format", tag=FORMAT, omit_defaults=True):
    """Describe one published tree; the same build gives the same bytes.

    Attributes:
        campaign: its slug.
        product: version of the program.
        build: SHA-256 of all step keys.
        inputs: name to SHA-256 of everything the tree was made from, sorted.
        files: every file but the manifest, sorted by path.
        exercise: whether it says that something has happened that has not: never for readers.
    """

    campaign: str
    product: str
    build: str
    inputs: dict[str, str]
    files: tuple[ManifestFile, ...]
    exercise: bool = False


EXERCISE = "exercise"
"""Name of the input that everything made for an exercise has."""


class ManifestHead(msgspec.Struct, frozen=True):
    """Name a build: campaign, program version, digest of all step keys."""

    campaign: str
    product: str
    build: str


class Rest(msgspec.Struct, frozen=True):
    """What stays of another build: its files, and the digests of what they were made from."""

    files: tuple[ManifestFile, ...] = ()
    inputs: dict[str, str] = {}


NO_REST = Rest()
"""A build of everything leaves nothing of the one before."""


def rest_of(published: Manifest, paths: Collection[str], plan: Plan) -> Rest:
    """Take over what a manifest says of files that stay.

    Args:
        plan: what is made now. An input of another content than now gets the first 12 digits of its
            digest behind its name, as in ``frame/fr@0123456789ab``.
    """
    inputs: dict[str, str] = {}
    files = []
    for file in published.files:
        if file.path not in paths:
            continue
        names = []
        for name in file.inputs:
            digest = published.inputs.get(name, "")
            now = plan.inputs.get(name)
            older = now is not None and now.digest != digest
            names.append(f"{name}@{digest[:12]}" if older else name)
            inputs[names[-1]] = digest
        files.append(msgspec.structs.replace(file, inputs=tuple(names)))
    return Rest(tuple(files), inputs)


def restate_file(file: ManifestFile, key: str, made: MadeFile | None) -> ManifestFile:
    """Describe a file that was changed after its step.

    Args:
        made: its bytes now; None where they are the same.
    """
    if made is None:
        return file
    return msgspec.structs.replace(file, step=key, sha256=made.sha256, bytes=made.size)


def encode(
    head: ManifestHead,
    plan: Plan,
    keys: Mapping[str, str],
    made: Mapping[str, MadeFile],
    rest: Rest = NO_REST,
) -> bytearray:
    """Encode the manifest of a tree, one file or input a line, so that two compare as text.

    Returns:
        JSON in UTF-8.
    """
    encoder = msgspec.json.Encoder()
    start = encoder.encode(Manifest(head.campaign, head.product, head.build, {}, ()))
    older = {name: digest for name, digest in rest.inputs.items() if name not in plan.inputs}
    inputs = (
        encoder.encode(name) + b":" + encoder.encode(older.get(name) or plan.inputs[name].digest)
        for name in sorted((*older, *plan.inputs))
    )
    listed: list[Step | ManifestFile] = [*plan.steps, *rest.files]
    listed.sort(key=_path)
    files = (
        encoder.encode(one if isinstance(one, ManifestFile) else _file(one, keys, made))
        for one in listed
    )
    opened = start.removesuffix(b'"inputs":{},"files":[]}')
    if EXERCISE in plan.inputs or EXERCISE in rest.inputs:
        opened += b'"exercise":true,'
    # Lines are added one by one: those of a large site take megabytes, and are held once.
    data = bytearray(opened + b'\n"inputs":{')
    _add_lines(data, inputs)
    data += b'},\n"files":['
    _add_lines(data, files)
    data += b"]}\n"
    return data


def _path(one: Step | ManifestFile) -> str:
    return one.output if isinstance(one, Step) else one.path


def _file(step: Step, keys: Mapping[str, str], made: Mapping[str, MadeFile]) -> ManifestFile:
    return ManifestFile(
        path=step.output,
        sha256=made[step.output].sha256,
        bytes=made[step.output].size,
        kind=step.kind,
        step=keys[step.output],
        inputs=step.inputs,
    )


def _add_lines(data: bytearray, items: Iterable[bytes]) -> None:
    between = b"\n"
    for item in items:
        data += between
        data += item
        between = b",\n"
    if between == b",\n":
        data += b"\n"


def load(path: str) -> Manifest | None:
    """Read a manifest.

    Returns:
        The manifest, or None when it is missing, damaged or of another version.
    """
    data = disk.read(path)
    return None if data is None else decode(data)


def decode(data: bytes) -> Manifest | None:
    """Decode a manifest; None for what is damaged or of another version."""
    try:
        return msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def is_manifest(path: str) -> bool:
    """Tell whether a file begins as our manifests do, whatever their version."""
    return disk.read(path, len(_HEAD)) == _HEAD
