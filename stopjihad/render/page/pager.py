"""Lead through the pages of a list."""

from __future__ import annotations

from typing import NamedTuple

from stopjihad.theme.job import PageJob


class Pager(NamedTuple):
    """Lead through the pages of a list; an empty address stands for a page that does not exist.

    ``pages`` pairs numbers with addresses: the first, the last, and those near this one.
    """

    number: int
    total: int
    before: str
    after: str
    pages: tuple[tuple[int, str], ...]


def pager(job: PageJob, folder: str = "") -> Pager | None:
    """Make the links to the other pages of a list.

    Args:
        folder: of all pages but the first, below that of the first.

    Returns:
        The links, relative to the page; None where the list has one page.
    """
    if job.count < 2:
        return None
    first = "" if job.number == 1 else "../" * (folder.count("/") + 1)
    others = folder if job.number == 1 else "../"

    def address(number: int) -> str:
        if not 1 <= number <= job.count:
            return ""
        return f"{first}index.html" if number == 1 else f"{others}{number}/index.html"

    near = {1, job.count, *range(job.number - 2, job.number + 3)}
    numbers = sorted(number for number in near if 1 <= number <= job.count)
    pages = tuple((number, address(number)) for number in numbers)
    number = job.number
    return Pager(number, job.count, address(number - 1), address(number + 1), pages)
