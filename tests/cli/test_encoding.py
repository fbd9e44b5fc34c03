"""No encoding of the output ends a command: letters that it lacks are escaped."""

from __future__ import annotations

import io
import json
import sys
from contextlib import suppress

import pytest
from stopjihad.cli.encoding import write_any_letter
from stopjihad.cli.main import main

from support.build import REPOSITORY

LETTERS = "✓ Grüße مرحبا 🔥 \udc80"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_every_letter_can_be_written(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    write_any_letter()
    sys.stdout.write(json.dumps(LETTERS, ensure_ascii=False))
    sys.stdout.flush()
    assert json.loads(raw.getvalue().decode(encoding)) == LETTERS


@pytest.mark.parametrize("words", [["doctor"], ["review", "read", "-l", "ar"]])
def test_a_command_says_all_it_has_to_say_in_the_encoding_of_windows(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    with suppress(SystemExit):
        main(["-C", str(REPOSITORY), *words], standalone_mode=False)
    sys.stdout.flush()
    assert len(raw.getvalue()) > 100
