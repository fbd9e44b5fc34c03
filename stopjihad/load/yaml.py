"""Read strict YAML: every scalar stays text, every node knows its line and column.

Aliases, tags, duplicate keys and deep nesting are problems, not features: a campaign file is
data that people read, and each of these has been used to hide or to blow up content.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from stopjihad.problem import Problem
from stopjihad.text.yaml.tree import Loader, nodes

MAX_DEPTH = 12
"""Deepest nesting of a file; DESIGN section 5. Real campaign files need five levels."""

MAX_BYTES = 256 * 1024
"""Largest YAML text in bytes; security reference S16."""

_TEXT = "tag:yaml.org,2002:str"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_HASHTAG = re.compile(r"[ \t]+#[^\s#]")
"""Begins a comment for YAML, and looks like a hashtag or a number to people."""

_CURLY = re.compile("[\u201c\u201d\u201e]")
_OPENING = re.compile(r"[\[{]")


def parse(text: str, path: str, first_line: int = 1) -> tuple[yaml.Node | None, list[Problem]]:
    """Parse one YAML document into nodes.

    Args:
        text: the YAML alone, line ends as LF.
        first_line: line of the file on which ``text`` starts; the first line is 1.

    Returns:
        The root node, or None, and the problems: ``yaml-too-large``, ``yaml-character``,
        ``yaml-syntax``, ``yaml-empty``, ``yaml-alias``, ``yaml-tag``, ``yaml-depth``,
        ``yaml-duplicate-key``, ``yaml-key``, ``yaml-hashtag``.
    """
    refused = _refuse(text, path, first_line)
    if refused:
        return None, [refused]
    try:
        root = nodes(text)
    except yaml.MarkedYAMLError as error:
        told = _told_by_a_line(text, error, path, first_line)
        if told is not None:
            return None, [told]
        quote = _runaway_quote(text, error)
        failed = error.problem_mark.line if error.problem_mark else 0
        lines = text.split("\n")
        line = lines[failed] if failed < len(lines) else ""
        return None, [_syntax(error, quote, path, first_line, line)]
    except yaml.YAMLError as error:
        return None, [
            Problem(path=path, line=first_line, code="yaml-syntax", message=_first_line(str(error)))
        ]
    if root is None:
        message = "the file holds no YAML"
        return None, [Problem(path=path, line=first_line, code="yaml-empty", message=message)]
    problems: list[Problem] = []
    lines = text.split("\n") if _HASHTAG.search(text) else []
    _walk(root, _Place(path, first_line, problems, lines), 1, set())
    return (None if problems else root), problems


class _Place:
    """Carry where problems go while walking nodes, and the lines where a hashtag may stand."""

    def __init__(
        self, path: str, first_line: int, problems: list[Problem], lines: list[str]
    ) -> None:
        self.path, self.first_line, self.problems = path, first_line, problems
        self.lines = lines

    def add(self, node: yaml.Node, code: str, message: str, hint: str) -> None:
        mark = node.start_mark
        self.problems.append(
            Problem(
                path=self.path,
                line=mark.line + self.first_line,
                column=mark.column + 1,
                code=code,
                message=message,
                hint=hint,
            )
        )


def _refuse(text: str, path: str, first_line: int) -> Problem | None:
    """Refuse what the parser must not see: huge text, control characters, bracket bombs."""
    if len(text) > MAX_BYTES:
        return Problem(
            path=path,
            line=first_line,
            code="yaml-too-large",
            message=f"the YAML is {len(text)} characters long; {MAX_BYTES} are allowed",
            hint="move long text below the front matter",
        )
    control = _CONTROL.search(text)
    if control:
        line, column = _position(text, control.start())
        return Problem(
            path=path,
            line=line + first_line,
            column=column + 1,
            code="yaml-character",
            message=f"the character U+{ord(control[0]):04X} is not allowed",
            hint="delete it and type the text again",
        )
    return _too_deep(text, path, first_line)


def _too_deep(text: str, path: str, first_line: int) -> Problem | None:
    """Find nesting over the limit before libyaml recurses into it."""
    if len(_OPENING.findall(text)) <= MAX_DEPTH and text.count("- - ") <= MAX_DEPTH:
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                mark = event.start_mark
                if depth > MAX_DEPTH and mark is not None:
                    return Problem(
                        path=path,
                        line=mark.line + first_line,
                        column=mark.column + 1,
                        code="yaml-depth",
                        message=f"nested deeper than {MAX_DEPTH} levels",
                        hint="flatten the structure",
                    )
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return None
    return None


def _walk(node: yaml.Node, place: _Place, depth: int, seen: set[int]) -> None:
    """Collect aliases, tags, duplicate keys and deep nesting below ``node``."""
    if id(node) in seen:
        place.add(node, "yaml-alias", "aliases are not allowed", "write the value again")
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        if node.tag != _TEXT:
            place.add(node, "yaml-tag", f"the tag {node.tag} is not allowed", "remove the tag")
        elif place.lines and not node.style and " " in node.value:
            _no_lost_words(node, place)
        return
    if depth > MAX_DEPTH:
        place.add(node, "yaml-depth", f"nested deeper than {MAX_DEPTH} levels", "flatten it")
        return
    if not node.tag.startswith("tag:yaml.org,2002:"):
        place.add(node, "yaml-tag", f"the tag {node.tag} is not allowed", "remove the tag")
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _walk(item, place, depth + 1, seen)
        return
    _walk_mapping(node, place, depth, seen)


def _no_lost_words(node: yaml.ScalarNode, place: _Place) -> None:
    """Refuse a sentence that goes on with a hashtag: YAML takes the rest of the line away."""
    mark = node.end_mark
    rest = place.lines[mark.line][mark.column :] if mark.line < len(place.lines) else ""
    if _HASHTAG.match(rest):
        place.add(
            node,
            "yaml-hashtag",
            f"the text ends before {rest.strip()[:40]!r}: what follows ' #' is a comment",
            "put the text between straight quotes; a comment has a space behind its #",
        )


def _walk_mapping(node: yaml.Node, place: _Place, depth: int, seen: set[int]) -> None:
    keys: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            place.add(key, "yaml-key", "a key must be one word", "use a plain word as key")
            continue
        if key.value in keys:
            place.add(
                key,
                "yaml-duplicate-key",
                f"the key {key.value!r} stands twice (first on line {keys[key.value]})",
                "keep one of the two",
            )
        else:
            keys[key.value] = key.start_mark.line + place.first_line
        _walk(value, place, depth + 1, seen)


_NO_BREAK = re.compile(r"^[ \t]*[\u00a0\u202f]")
"""A line that is indented by spaces of a word processor."""

_LOST_LIST = re.compile(r"(?:\[|,)\s*#[^\s#][^\]]*\]")
"""A list between brackets in which a hashtag begins a comment: the bracket never closes."""


def _told_by_a_line(
    text: str, error: yaml.MarkedYAMLError, path: str, first_line: int
) -> Problem | None:
    """Find a line that explains by itself why this is not YAML, above where the parser gives up."""
    failed = error.problem_mark.line if error.problem_mark else 0
    for number, line in enumerate(text.split("\n")[: failed + 1]):
        lost, odd = _LOST_LIST.search(line), _NO_BREAK.search(line)
        if odd is None and lost is None:
            continue
        code = "yaml-syntax" if odd else "yaml-hashtag"
        message = "this line begins with a no-break space, as word processors write it"
        hint = "delete what stands before the first word and type spaces"
        if lost and odd is None:
            message = "a # behind a bracket or comma begins a comment: the list never ends"
            hint = "write hashtags without #, or put quotation marks around each"
        column = (odd or lost).start() + 1  # type: ignore[union-attr]
        return Problem(
            path=path,
            line=number + first_line,
            column=column,
            code=code,
            message=message,
            hint=hint,
        )
    return None


def _runaway_quote(text: str, error: yaml.MarkedYAMLError) -> Any:
    """Find the quote that was never closed: it swallowed lines up to the next quote in the file.

    The parser fails only behind that next quote, far from the line that people must mend.
    """
    failed = error.problem_mark.line if error.problem_mark else 0
    found = None
    try:
        for event in yaml.parse(text, Loader=Loader):
            if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"'):
                start, end = event.start_mark, event.end_mark
                if start and end and start.line < end.line and end.line >= failed - 1:
                    found = start
    except yaml.YAMLError:
        pass
    return found


def _syntax(
    error: yaml.MarkedYAMLError, runaway: Any, path: str, first_line: int, line: str
) -> Problem:
    """Turn libyaml's own words into one line at the place where the trouble starts."""
    quoted = runaway is not None or "quoted scalar" in (error.context or "")
    mark = runaway or (error.context_mark if quoted else None) or error.problem_mark
    words = " ".join(part for part in (error.problem, error.context) if part)
    return Problem(
        path=path,
        line=mark.line + first_line if mark else first_line,
        column=mark.column + 1 if mark else 0,
        code="yaml-syntax",
        message="this quote is never closed"
        if quoted
        else f"this is not YAML: {_first_line(words)}",
        hint="close the quote that opens here" if quoted else _mend(words, line),
    )


def _mend(words: str, line: str) -> str:
    """Say how to mend what libyaml says in these words about a line."""
    if "cannot start any token" in words or "found a tab" in words:
        return "indent with spaces, never with a tab; quote text that begins with @, ` or %"
    if _CURLY.search(line):
        return 'curly quotes do not quote here: put straight ones (") around the whole text'
    if "mapping values are not allowed" in words:
        return (
            'a text with a colon in it stands between straight quotes ("); else look whether this '
            "line begins as far in as the one above"
        )
    if "could not find expected ':'" in words:
        return "behind the colon of a field stands a space (claim: …): look at the line above, too"
    return "check indentation, colons and quotes; quote text that has ': ' or ' #' in it"


def _first_line(words: str) -> str:
    return words.strip().split("\n", 1)[0][:200]


def _position(text: str, index: int) -> tuple[int, int]:
    before = text[:index]
    return before.count("\n"), index - (before.rfind("\n") + 1)
