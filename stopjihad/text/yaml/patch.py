"""Change one value in a YAML text; comments, order, quotes and all other lines stay.

Every change is tried on the text and read back: it is taken only when exactly the value that was
meant is another one. What YAML makes of a way to write a text is never guessed.
"""

from __future__ import annotations

import copy
import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import yaml

from stopjihad.text.yaml import write
from stopjihad.text.yaml.tree import (
    FoundNode,
    NoSuchPlace,
    Step,
    Value,
    compose,
    end,
    find,
    is_flow,
    line_end,
    line_start,
    plain,
    start,
    style,
)

Path = tuple[Step, ...]


class CannotChange(ValueError):
    """Say that a text cannot be changed without touching more of it."""


def set_value(text: str, path: Path, value: Value, order: Sequence[str] = ()) -> str:
    """Set a value, or add it.

    Args:
        path: keys and places of items that lead to the value; all but the last must be there.
        order: keys of the mapping that holds it, in the order of the schema: a new key comes after
            its nearest predecessor.

    Raises:
        NoSuchPlace: the path leads nowhere.
        CannotChange: no way to write it gives the value back.
    """
    value = normal(value)
    root = compose(text)
    holder = find(root, path[:-1]).node if len(path) > 1 else root
    try:
        found = find(root, path)
    except NoSuchPlace:
        if not isinstance(holder, yaml.MappingNode) or not isinstance(path[-1], str):
            raise
        expected = _with(plain(root), path, value)
        return _first_valid(_add_key(text, holder, path[-1], value, order), expected)
    if plain(found.node) == value:
        return text
    if isinstance(value, list) and isinstance(found.node, yaml.SequenceNode):
        return _set_list(text, path, plain(found.node), value)
    expected = _with(plain(root), path, value)
    return _first_valid(_replace_value(text, found.node, value, _depth(root, path)), expected)


def insert_item(text: str, path: Path, index: int, value: Value) -> str:
    """Insert an item into a list.

    Args:
        index: place of the new item, from 0.

    Raises:
        NoSuchPlace: there is no list.
        CannotChange: the item cannot be written there.
    """
    value = normal(value)
    root = compose(text)
    node = find(root, path).node
    known = plain(node)
    if not isinstance(known, list):
        if known != "":
            raise NoSuchPlace("there is no list")
        known = []
    items = [*known[:index], value, *known[index:]]
    expected = _with(plain(root), path, items)
    return _first_valid(_insert_item(text, node, index, value, _depth(root, path)), expected)


def remove_value(text: str, path: Path) -> str:
    """Remove a key with its value, or an item of a list.

    Raises:
        NoSuchPlace: the path leads nowhere.
        CannotChange: it cannot be taken out alone.
    """
    root = compose(text)
    found = find(root, path)
    expected = _without_value(plain(root), path)
    return _first_valid(_offer_removals(text, found), expected)


def normal(value: Value) -> Value:
    """Bring a value into the form in which files hold it: LF, no line ends around texts."""
    if isinstance(value, dict):
        return {key: normal(one) for key, one in value.items()}
    if isinstance(value, list):
        return [normal(one) for one in value]
    return value.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def _first_valid(offers: Iterable[str], expected: Value) -> str:
    for offer in offers:
        try:
            if plain(compose(offer)) == expected:
                return offer
        except NoSuchPlace:
            continue
    raise CannotChange("no way to write this keeps the rest as it is")


def _with(tree: Value, path: Path, value: Value) -> Value:
    changed = copy.deepcopy(tree)
    holder = _holder(changed, path)
    if isinstance(holder, dict):
        holder[str(path[-1])] = value
    elif isinstance(holder, list) and isinstance(path[-1], int):
        holder[path[-1]] = value
    return changed


def _without_value(tree: Value, path: Path) -> Value:
    changed = copy.deepcopy(tree)
    holder = _holder(changed, path)
    if isinstance(holder, dict):
        del holder[str(path[-1])]
    elif isinstance(holder, list) and isinstance(path[-1], int):
        del holder[path[-1]]
    return changed


def _holder(tree: Value, path: Path) -> Value:
    for step in path[:-1]:
        if isinstance(tree, dict):
            tree = tree[str(step)]
        elif isinstance(tree, list) and isinstance(step, int):
            tree = tree[step]
    return tree


def _depth(root: yaml.Node, path: Path) -> int:
    """Give the column of the key (or of the hyphen) that holds a value."""
    found = find(root, path)
    if found.key is not None:
        return int(found.key.start_mark.column)
    return int(found.parent.start_mark.column)


def _replace_value(text: str, node: yaml.Node, value: Value, depth: int) -> Iterator[str]:
    """Write a value in the place of another."""
    at, stop = start(node), end(text, node)
    before, rest = text[:at], text[stop:]
    inner = depth + write.INDENT
    if not isinstance(node, yaml.ScalarNode) or not isinstance(value, str):
        gap = "" if before.endswith((" ", "\n")) else " "
        if isinstance(value, (dict, list)) and value and not _within_flow(text, node):
            lines = "\n".join(write.block(value, inner))
            if not is_flow(node):
                yield f"{before.rstrip(' ').rstrip(chr(10))}\n{lines}{rest}"
        yield f"{before}{gap}{write.inline(value)}{rest}"
        return
    wanted = style(node) if node.value or style(node) else None
    gap = "" if not before or before[-1] in " \n[{" else " "
    comment = text[stop : line_end(text, stop)].strip() != ""
    flow = _within_flow(text, node)
    for written in write.scalars(value, wanted, inner, flow=flow or comment):
        yield f"{before}{gap}{written}{rest}"
    yield f"{before}{gap}{write.quoted_double(value)}{rest}"


def _within_flow(text: str, node: yaml.Node) -> bool:
    """Tell whether a value stands within brackets or braces: only those may follow it closely."""
    following = text[end(text, node) : line_end(text, end(text, node))].lstrip()
    return following[:1] in {",", "]", "}"} or text[: start(node)].rstrip(" ")[-1:] in {"[", "{"}


def _add_key(
    text: str, holder: yaml.Node, key: str, value: Value, order: Sequence[str]
) -> Iterator[str]:
    """Add a key to a mapping, behind its nearest predecessor in the schema."""
    if is_flow(holder):
        at = int(holder.end_mark.index) - 1
        between = ", " if holder.value else ""
        yield f"{text[:at].rstrip()}{between}{write.inline(key)}: {write.inline(value)}{text[at:]}"
        return
    column = int(holder.start_mark.column)
    before = order[: order.index(key)] if key in order else order
    anchors = [one for one in holder.value if one[0].value in before]
    lines = "\n".join(write.entry(key, value, column))
    if anchors:
        last = max(anchors, key=lambda one: before.index(one[0].value))
        at = line_end(text, end(text, last[1]))
        yield f"{text[:at]}\n{lines}{text[at:]}"
        return
    at = line_start(text, start(holder.value[0][0]))
    if text[at : start(holder.value[0][0])].strip():  # the first key of an item, behind a hyphen
        at = line_end(text, end(text, holder.value[-1][1]))
        yield f"{text[:at]}\n{lines}{text[at:]}"
        return
    yield f"{text[:at]}{lines}\n{text[at:]}"


def _insert_item(text: str, node: yaml.Node, index: int, value: Value, depth: int) -> Iterator[str]:
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    if not items:
        if isinstance(value, (dict, list)) and not _within_flow(text, node):
            lines = "\n".join(write.block([value], depth + write.INDENT))
            yield f"{text[: start(node)].rstrip(' ')}\n{lines}{text[end(text, node) :]}"
        yield from _replace_value(text, node, [value], depth)
        return
    if is_flow(node):
        written = write.inline(value)
        if index < len(items):
            at = start(items[index])
            yield f"{text[:at]}{written}, {text[at:]}"
        else:
            at = end(text, items[-1])
            yield f"{text[:at]}, {written}{text[at:]}"
        return
    lines = "\n".join(write.block([value], int(node.start_mark.column)))
    if index == 0:
        at = line_start(text, start(node))
        yield f"{text[:at]}{lines}\n{text[at:]}"
    else:
        at = line_end(text, end(text, items[index - 1]))
        yield f"{text[:at]}\n{lines}{text[at:]}"


def _set_list(text: str, path: Path, old: Value, new: list[Value]) -> str:
    """Change a list item by item, so that those that stay are not touched."""
    assert isinstance(old, list)
    matcher = difflib.SequenceMatcher(None, [repr(one) for one in old], [repr(one) for one in new])
    for _, low, high, start_new, end_new in reversed(matcher.get_opcodes()):
        if old[low:high] == new[start_new:end_new]:
            continue
        kept = min(high - low, end_new - start_new)
        for place in range(high - 1, low + kept - 1, -1):
            text = remove_value(text, (*path, place))
        for place in range(kept):
            text = set_value(text, (*path, low + place), new[start_new + place])
        for place in range(kept, end_new - start_new):
            text = insert_item(text, path, low + place, new[start_new + place])
    return text


def _offer_removals(text: str, found: FoundNode) -> Iterator[str]:
    """Offer texts without a value, the one that touches least first."""
    first = found.key if found.key is not None else found.node
    parts = [one[0] if isinstance(one, tuple) else one for one in found.parent.value]
    place = next(index for index, part in enumerate(parts) if part is first)
    if is_flow(found.parent):
        yield from _removed_from_flow(text, found, parts, place)
    elif len(parts) == 1:
        yield from _leave_empty(text, found)
    else:
        yield from _removed_lines(text, found, parts, place)


def _removed_from_flow(text: str, found: FoundNode, parts: list[Any], place: int) -> Iterator[str]:
    """Take out of brackets or braces, with the comma that is left over."""
    if place + 1 < len(parts):
        yield text[: start(parts[place])] + text[start(parts[place + 1]) :]
    elif place:
        before = found.parent.value[place - 1]
        stop = end(text, before[1] if isinstance(before, tuple) else before)
        yield text[:stop] + text[end(text, found.node) :]
    else:
        yield text[: start(parts[place])] + text[end(text, found.node) :]


def _removed_lines(text: str, found: FoundNode, parts: list[Any], place: int) -> Iterator[str]:
    """Take out whole lines."""
    low = line_start(text, start(parts[place]))
    high = min(line_end(text, end(text, found.node)) + 1, len(text))
    ahead = text[low : start(parts[place])]
    if found.key is None or not ahead.strip():
        whole = text[:low] + text[high:]
        yield whole
        yield whole.rstrip("\n")
    elif place + 1 < len(parts):  # the first key behind a hyphen: the next one takes its place
        yield text[: start(parts[place])] + text[start(parts[place + 1]) :]


def _leave_empty(text: str, found: FoundNode) -> Iterator[str]:
    """Leave an empty collection behind."""
    empty = "[]" if isinstance(found.parent, yaml.SequenceNode) else "{}"
    low = line_start(text, start(found.parent))
    high = line_end(text, end(text, found.node))
    lines = text[:low].split("\n")
    holder = next((at for at in range(len(lines) - 1, -1, -1) if _is_content(lines[at])), -1)
    if holder >= 0 and not text[low : start(found.parent)].strip(" -"):
        lines[holder] = f"{lines[holder].rstrip()} {empty}"
        yield "\n".join(lines).rstrip("\n") + text[high:]
    yield text[: start(found.parent)] + empty + text[end(text, found.node) :]


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
