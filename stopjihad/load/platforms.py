"""Read what a workspace knows better about platforms: ``templates/platforms.yaml``."""

from __future__ import annotations

from pathlib import Path

from stopjihad.catalog.platforms import OTHER_NAMES, OwnPlatform, Platform, platforms, with_own
from stopjihad.load import files
from stopjihad.problem import Problem
from stopjihad.text.nearest import nearest

OWN = "platforms.yaml"
"""The workspace's own values, in ``templates/``."""

PATH = f"templates/{OWN}"


def load_platforms(root: Path) -> tuple[dict[str, Platform], list[Problem]]:
    """Read the platforms with the workspace's own values."""
    if not (root / PATH).is_file():
        return platforms(), []
    data = files.read(root, PATH, files.MAX_TEXT_BYTES)
    return (platforms(), [data]) if isinstance(data, Problem) else own_platforms(data)


def own_platforms(data: bytes | None) -> tuple[dict[str, Platform], list[Problem]]:
    """Give the platforms with the workspace's own values.

    Args:
        data: its ``templates/platforms.yaml``, if there is one: keys by platform, such as
            ``mastodon: {limit: 5000}``.
    """
    known = platforms()
    if data is None:
        return known, []
    text = files.decode(data, PATH)
    if isinstance(text, Problem):
        return known, [text]
    own, problems = _parse(text, known)
    return with_own(known, own), problems


def _parse(text: str, known: dict[str, Platform]) -> tuple[dict[str, OwnPlatform], list[Problem]]:
    import yaml

    from stopjihad.load.schema import Converter
    from stopjihad.load.yaml import parse

    root, problems = parse(text, PATH)
    converter = Converter(PATH)
    own: dict[str, OwnPlatform] = {}
    if not isinstance(root, yaml.MappingNode):
        if root is not None:
            converter.add(root, "wrong-type", "the file must be platforms with values")
        return own, problems + converter.problems
    for key, node in root.value:
        if key.value not in known:
            hint = nearest(key.value, known, OTHER_NAMES)
            converter.add(key, "unknown-platform", f"the platform '{key.value}' is not known", hint)
            continue
        row = converter.record(node, OwnPlatform)
        if row is not None:
            own[key.value] = row
    return own, problems + converter.problems
