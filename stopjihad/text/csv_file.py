"""Write CSV files in which no spreadsheet runs anything, in parts where a limit asks for them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

Row = Sequence[str]

_PASSED = r"[^\S\n\r]*[\"\u200b-\u200f\u2060-\u2069\ufeff]*[^\S\n\r]*"
_PHONE = r"\+\d[\d ().-]{4,20}(?![\d+*/=|!(^&-])"
_TRIGGER = re.compile(
    rf"(?:^|(?<=[\n\r\v\f\x85\u2028\u2029]))(?={_PASSED}[=+\-@＝＋－＠]|[\t\r])"
    rf"|(?<=[;\t])(?!{_PASSED}{_PHONE})(?={_PASSED}[=+\-@＝＋－＠])"
)
"""Start of a line that makes a spreadsheet calculate, white and invisible signs passed over: OWASP,
CSV injection; Symfony CVE-2021-41270; full-width forms, as some programs fold them. The same after
a semicolon or a tab: where those part cells, a spreadsheet parts a file of commas there too, quoted
or not. A telephone number after a semicolon stays as it is."""


def harmless(cell: str) -> str:
    """Keep a cell from being calculated, by an apostrophe before each part that could be.

    Returns:
        The text; only lines that start with ``= + - @``, a tab or a carriage return change, and
        what follows a semicolon or a tab.
    """
    return _TRIGGER.sub("'", cell)


def csv_bytes(header: Row | None, rows: Sequence[Row]) -> bytes:
    """Write a CSV file.

    Args:
        header: names of the columns, or None for a file without them.

    Returns:
        UTF-8 without byte order mark, lines ending in CRLF (RFC 4180), harmless cells.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if header is not None:
        writer.writerow(header)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue().encode()


def write_numbered(
    stem: str, header: Row | None, rows: Sequence[Row], most: int | None
) -> Iterator[tuple[str, bytes]]:
    """Write rows to as many files as a limit asks for.

    Args:
        stem: name of the file without its ending.
        header: names of the columns, or None.
        most: rows of one file; None for no limit.

    Yields:
        Name and content; the files are numbered when there are several.
    """
    size = most or max(1, len(rows))
    pieces = [rows[start : start + size] for start in range(0, len(rows), size)]
    for number, piece in enumerate(pieces, 1):
        name = f"{stem}-{number}.csv" if len(pieces) > 1 else f"{stem}.csv"
        yield name, csv_bytes(header, piece)
