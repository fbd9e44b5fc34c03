"""The plan for replies: what hostile readers say, and what the team answers."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from stopjihad.model.record import Record


class Reply(Record, frozen=True, kw_only=True):
    """Pair what people write with an answer; ``note`` is for the team alone."""

    says: str
    answer: str
    note: str = ""


class Responses(Record, frozen=True, kw_only=True):
    """Hold ``responses.yaml``.

    Attributes:
        netiquette: house rules, as the public reads them.
        replies: common replies, each with an answer.
        no_answer: what is never answered, and what is done instead: hide, report, block.
    """

    netiquette: str
    replies: Annotated[tuple[Reply, ...], Meta(min_length=1)]
    no_answer: tuple[str, ...] = ()
