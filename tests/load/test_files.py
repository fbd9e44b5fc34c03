from __future__ import annotations

from stopjihad.load.files import is_foreign


def test_what_programs_leave_is_no_authors_file() -> None:
    """The studio once watched for other names than a build passes over."""
    left = (".x.md.swp", "x.md~", "x.bak", "4913.tmp", "~$fact.md", "__MACOSX", ".DS_Store")
    assert all(map(is_foreign, left))
    assert not any(map(is_foreign, ("x.md", "x.yaml", "photo.jpg", "x~y.md", "macosx.md")))
