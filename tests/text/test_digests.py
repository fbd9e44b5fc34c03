from __future__ import annotations

from stopjihad.text.digests import source_digest, translation_digest


def test_every_part_counts():
    parts = ("fr", "bus/fact", "One", "Un")
    digest = translation_digest(*parts)
    assert len(digest) == 32
    for place in range(4):
        changed = list(parts)
        changed[place] += "x"
        assert translation_digest(*changed) != digest


def test_parts_do_not_run_together():
    assert source_digest("ab", "c") != source_digest("a", "bc")


def test_odd_characters_do_not_raise():
    assert source_digest("\ud800", "\x00")
