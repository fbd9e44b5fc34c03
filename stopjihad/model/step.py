"""Steps of a build as plain data: what is made, by which kind of renderer, from which inputs."""

from __future__ import annotations

import msgspec


class Input(msgspec.Struct, frozen=True, gc=False):
    """The canonical bytes of one thing that outputs are made from.

    ``name`` is unique in a build (``point/<id>``, ``messages/<lang>/<id>``, ``frame/<lang>`` …),
    ``digest`` is the SHA-256 of ``data`` in lower-case hexadecimal.
    """

    name: str
    digest: str
    data: bytes


class Step(msgspec.Struct, frozen=True, order=True):
    """Make one output file; everything the renderer may look at is named here.

    ``files`` are outputs that it is put together from once they are there: each becomes an input of
    its path; one that is neither planned nor published is left out.
    """

    output: str
    kind: str
    inputs: tuple[str, ...] = ()
    params: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """The sorted steps of one campaign and the inputs they name.

    ``parts`` are made before ``steps``: the output of each becomes the input of that name.
    """

    campaign: str
    steps: tuple[Step, ...]
    inputs: dict[str, Input]
    parts: tuple[Step, ...] = ()
