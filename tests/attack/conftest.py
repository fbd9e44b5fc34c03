"""Keep what tests publish out of the folder of the one who runs them."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from support.state import own_state

PUBLISHING = {"test_publications.py", "test_roll_back.py", "test_what_is_published.py"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    if item.path.name not in PUBLISHING:
        return (yield)
    with own_state():
        return (yield)
