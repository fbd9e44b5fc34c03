"""What is kept in memory has a bound."""

from __future__ import annotations

from stopjihad.disk.cache import ByteMemory


def test_memory_lets_go_of_what_was_used_longest_ago() -> None:
    memory = ByteMemory(limit=10)
    memory.put("a", b"1234")
    memory.put("b", b"1234")
    assert memory.get("a") == b"1234"
    memory.put("c", b"1234")
    assert memory.get("b") is None
    assert memory.get("a") == b"1234"
    memory.put("a", b"")
    memory.put("d", b"123456")
    assert memory.get("c") == b"1234"
    memory.put("huge", b"12345678901")
    assert memory.get("huge") is None
