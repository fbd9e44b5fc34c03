"""Name what a step would make by everything that decides its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

import msgspec

from stopjihad.disk.program import installed_version
from stopjihad.model.output import announced_kind
from stopjihad.model.step import Input, Plan, Step
from stopjihad.render.kinds import KINDS

ANNOUNCED = ""
"""Stands for the kinds of announced outputs: the package and its code are in their parameters."""

_ENCODER = msgspec.msgpack.Encoder()


def step_key(
    step: Step,
    inputs: Mapping[str, Input],
    versions: Mapping[str, str],
    files: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Compute the key of a step: equal keys mean equal bytes.

    The output path is part of the key because a renderer sees it (relative links follow from it).
    The bytes that are hashed are MessagePack of plain strings and arrays, so no two steps share
    them by accident of joining.

    Args:
        inputs: at least the inputs the step names.
        versions: for each kind, the version of its renderer and of the libraries that decide its
            bytes, in any spelling.
        files: key of each output that it may be put together from.

    Returns:
        SHA-256 in lower-case hexadecimal, 64 characters.

    Raises:
        KeyError: the step names an input or a kind that is not there; that is a fault of the plan.
    """
    decides: tuple[object, ...] = (
        step.kind,
        versions[ANNOUNCED if announced_kind(step.kind) else step.kind],
        step.output,
        step.params,
        [(name, inputs[name].digest) for name in step.inputs],
    )
    if step.files:
        decides = (*decides, [(path, files[path]) for path in step.files if path in files])
    return hashlib.sha256(_ENCODER.encode(decides)).hexdigest()


def plan_keys(
    plan: Plan, versions: Mapping[str, str], kept: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Compute the keys of all steps: output path to key, in the order of the plan.

    Args:
        versions: version for each kind, as for `step_key`.
        kept: keys of published outputs that are not planned and stay.

    Raises:
        KeyError: as for `step_key`.
    """
    first = (step for step in plan.steps if not step.files)
    files = {step.output: step_key(step, plan.inputs, versions) for step in first}
    there = {**kept, **files}
    return {
        step.output: files.get(step.output) or step_key(step, plan.inputs, versions, there)
        for step in plan.steps
    }


def digest_of_build(campaign: str, product: str, keys: Iterable[str]) -> str:
    """Condense everything that decides a tree to one digest.

    Args:
        keys: step keys, in the order of the plan.

    Returns:
        SHA-256 in lower-case hexadecimal, 64 characters.
    """
    return hashlib.sha256("\n".join((campaign, product, *keys)).encode()).hexdigest()


def versions(code: str) -> dict[str, str]:
    """Give the version of each kind of step.

    Returns:
        Kind to a text that differs whenever its outputs may differ.
    """
    return {ANNOUNCED: code} | {
        kind: " ".join([code, *(f"{name} {version_of(name)}" for name in row.libraries)])
        for kind, row in KINDS.items()
    }


@cache
def version_of(name: str) -> str:
    """Give the version of a library; some come with an extra, and may not be here."""
    known = installed_version(name)
    if known:
        return known
    from importlib import metadata  # it takes 10 ms to import, and 1 ms to read each package

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"


_JUDGING = ("idna", "msgspec", "phonenumbers", "py3langid", "pyyaml")
"""Packages that decide what is found wrong, or what is sent between machines."""


@cache
def library_versions() -> dict[str, str]:
    """Give the versions of all that decides bytes on this machine: equal ones make the same.

    Returns:
        Name to version, ``absent`` for packages that are not installed.
    """
    import platform
    import unicodedata
    import zlib

    import uharfbuzz

    from stopjihad import __version__
    from stopjihad.disk.program import code_digest
    from stopjihad.text.language.stems import stemmer_name

    packages = {name for row in KINDS.values() for name in row.libraries}
    found = {name: version_of(name) for name in (*packages, *_JUDGING)}
    found |= {
        "stopjihad": f"{__version__} ({code_digest()[:12]})",
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "processor": platform.machine(),
        "Unicode": unicodedata.unidata_version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "HarfBuzz": str(uharfbuzz.version_string()),
        "stems": stemmer_name(),
    }
    return dict(sorted(found.items()))
