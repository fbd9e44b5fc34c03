"""Write beside each other: words into fields, pulls that clash, choices between two versions."""

from __future__ import annotations

import difflib
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stopjihad.disk import kernel
from stopjihad.text.versions import regions


def words_in(text: str) -> set[str]:
    """Find the words that writers of a test wrote: the letter of each, and a number."""
    return set(re.findall(r"[a-e]word\d+(?:x\d+)?", text))


_TYPE = """([selector, place, text]) => {
    const field = document.querySelectorAll(selector)[place];
    if (field.closest('[inert]') || field.readOnly) return false;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    return document.execCommand('insertText', false, text) && field.value.includes(text);
}"""


def type_word(page: Any, selector: str, word: str, place: int = 0) -> bool:
    """Type a word at the end of a text box, in one moment; False where it takes none."""
    return bool(page.evaluate(_TYPE, [selector, place, f" {word}"]))


_CHOOSE = """random => {
    const seen = one => one.checkVisibility() && one.closest('[hidden]') === null;
    const box = [...document.querySelectorAll('.conflict:not([data-taken])')].find(seen);
    if (!box) return null;
    const both = [...box.querySelectorAll('[data-theirs], [data-mine]')];
    const sides = both.map(one => one.textContent);
    sides.push(box.closest('.text')?.querySelector('textarea').value ?? '');
    const takes = [...box.querySelectorAll('[data-take]')].filter(seen);
    takes[Math.floor(random * takes.length)].click();
    return sides.join(' ');
}"""


def choose(page: Any, chance: random.Random) -> set[str] | None:
    """Take one of two versions in the first dialog of a page, whichever it is.

    Returns:
        The words that it showed at that moment; None without a dialog.
    """
    shown = page.evaluate(_CHOOSE, chance.random())
    return None if shown is None else words_in(shown)


def merged(mine: str, theirs: str, chance: random.Random) -> str:
    """Put two versions together as git does: marks around each place where they differ.

    Whether the version before both is named, and whose side stands first, is up to ``chance``.
    """
    old, rebased = chance.random() < 0.5, chance.random() < 0.5
    base = "||||||| 0a1b2c3\n" if old else ""
    end = ">>>>>>> 1f0c2d4 (Write)\n" if rebased else ">>>>>>> origin/main\n"
    one, other = mine.splitlines(keepends=True), theirs.splitlines(keepends=True)
    found = []
    for tag, low, high, first, last in difflib.SequenceMatcher(None, one, other).get_opcodes():
        own, fetched = "".join(one[low:high]), "".join(other[first:last])
        sides = (fetched, own) if rebased else (own, fetched)
        clash = f"<<<<<<< HEAD\n{sides[0]}{base}=======\n{sides[1]}{end}"
        found.append(own if tag == "equal" else clash)
    return "".join(found)


def pull(file: Path, changed: Callable[[str], str], chance: random.Random) -> tuple[bool, set[str]]:
    """Fetch another version of a file, which clashes with what is there.

    Args:
        changed: gives the file as somebody else has it.

    Returns:
        Whether it was fetched: nothing is while another clash waits, or the file is away; and the
        words that somebody saved at that very moment: the pull overwrote them, not the studio.
    """
    fresh = file.with_name(".pulled.swp")
    while file.exists():
        before = file.read_text("utf-8")
        if regions(before):
            break
        fresh.write_text(merged(before, changed(before), chance), "utf-8")
        if file.read_text("utf-8") == before:
            assert kernel.exchange(str(fresh), str(file))
            overwritten = words_in(fresh.read_text("utf-8")) - words_in(before)
            fresh.unlink()
            return True, overwritten
    fresh.unlink(missing_ok=True)
    return False, set()
