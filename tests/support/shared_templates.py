"""Equal templates are parsed once in a process of tests: reading them is half of a small build."""

from __future__ import annotations

from stopjihad.build.check import survey
from stopjihad.disk.cache import ByteMemory


def share_templates() -> None:
    """Let all that is built in this process take what is parsed of templates from one memory.

    It is kept under the digest of all templates, as a workspace keeps it; each build decodes it
    anew.
    """
    memory, own = ByteMemory(), survey.load_shared
    survey.load_shared = lambda workspace, _cache: own(workspace, memory)
