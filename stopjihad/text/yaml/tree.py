"""See a YAML text as nodes with offsets, and as plain values to compare.

Throughout, ``text`` is the whole file and ``offset`` a place in it, in code points from 0.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple, TypeAlias

import yaml

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""What a file may hold: texts, lists and keys with values; the schema types texts later."""

Step: TypeAlias = "str | int"
"""A key of a mapping or the place of an item in a list, counted from 0."""

BLOCK = ("|", ">")

_BaseLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_TAGS: dict[type[yaml.Node] | None, str] = {
    yaml.ScalarNode: yaml.resolver.BaseResolver.DEFAULT_SCALAR_TAG,
    yaml.SequenceNode: yaml.resolver.BaseResolver.DEFAULT_SEQUENCE_TAG,
    yaml.MappingNode: yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG,
}


class Loader(_BaseLoader):  # type: ignore[misc]
    """Construct nothing, keep every scalar as text; marks count characters.

    Nodes have tags by their kind alone, as those of ``BaseLoader``, which looks for rules at each
    of them though it has none: a quarter of the time.
    """

    def resolve(self, kind: type[yaml.Node], _value: object, _implicit: object) -> str:
        """Give the tag of a node that has none of its own; ``kind`` is its class."""
        return _TAGS[kind]

    def descend_resolver(self, _node: object, _index: object) -> None:
        """Know of no rules by place."""

    def ascend_resolver(self) -> None:
        """Know of no rules by place."""


RECENT = 8
"""Texts whose nodes are kept: one save reads a file before and after it about ten times."""


class NoSuchPlace(LookupError):
    """Say that a text has nothing at a path."""


class FoundNode(NamedTuple):
    """What a path leads to.

    ``key`` is the node of the key that the value belongs to, or None for an item of a list;
    ``parent`` is the collection that holds the value.
    """

    parent: yaml.Node
    key: yaml.Node | None
    node: yaml.Node


@functools.lru_cache(maxsize=RECENT)
def nodes(text: str) -> yaml.Node | None:
    """Compose a YAML text; one that was composed a moment ago is not composed again.

    Args:
        text: any text, line ends as LF.

    Returns:
        Its root, which nobody may change; None when the text holds nothing.

    Raises:
        YAMLError: the text is no YAML.
    """
    return yaml.compose(text, Loader=Loader)


def compose(text: str) -> yaml.Node:
    """Take a YAML text apart.

    Args:
        text: a text that ``load.yaml.parse`` accepts, line ends as LF.

    Raises:
        NoSuchPlace: the text is no YAML, or empty.
    """
    try:
        root = nodes(text)
    except yaml.YAMLError as error:
        raise NoSuchPlace(str(error)) from error
    if root is None:
        raise NoSuchPlace("the text holds nothing")
    return root


def plain(node: yaml.Node) -> Value:
    """Give a node's value as ``load.schema`` reads it: block texts without their line ends."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    text = str(node.value)
    return text.strip("\n") if style(node) in BLOCK else text


def style(node: yaml.Node) -> str | None:
    """Tell how a scalar was written: plain (None), quoted, or as a block."""
    found: str | None = getattr(node, "style", None)
    return found or None


def is_flow(node: yaml.Node) -> bool:
    """Tell whether a collection stands in brackets or braces."""
    return bool(getattr(node, "flow_style", False))


def find(root: yaml.Node, path: tuple[Step, ...]) -> FoundNode:
    """Follow a path.

    Raises:
        NoSuchPlace: nothing is.
    """
    parent, key, node = root, None, root
    for step in path:
        parent, key = node, None
        if isinstance(node, yaml.MappingNode):
            match = [(k, v) for k, v in node.value if k.value == step]
            if not match:
                raise NoSuchPlace(str(step))
            key, node = match[-1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            if not 0 <= step < len(node.value):
                raise NoSuchPlace(str(step))
            node = node.value[step]
        else:
            raise NoSuchPlace(str(step))
    return FoundNode(parent, key, node)


def start(node: yaml.Node) -> int:
    """Give the offset of a node's first character."""
    return int(node.start_mark.index)


def end(text: str, node: yaml.Node) -> int:
    """Give the offset behind a node's last own character.

    The marks of blocks end where the next thing begins, behind comments and empty lines that do
    not belong to them.

    Returns:
        An offset in the text; for block scalars that of the line end of the last line.
    """
    if isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) and not is_flow(node):
        if not node.value:
            return start(node)
        last = node.value[-1]
        return end(text, last[1] if isinstance(last, tuple) else last)
    stop = int(node.end_mark.index)
    if style(node) in BLOCK:
        return len(text[:stop].rstrip("\n "))
    return stop


def line_start(text: str, offset: int) -> int:
    """Give the offset of the first character of a line."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Give the offset of the line feed that ends a line, or the end of the text."""
    found = text.find("\n", offset)
    return len(text) if found < 0 else found
