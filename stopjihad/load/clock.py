"""The clock that counts for whatever is read and made."""

from __future__ import annotations

import datetime as dt
import os


def read_clock() -> dt.datetime:
    """Give the moment that counts, to the second: SOURCE_DATE_EPOCH when set, else the clock's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
