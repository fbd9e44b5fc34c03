"""Close what is open at the end of a block."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Closing(ABC):
    """Something that is open: a block that ends closes it, with an error or without."""

    def __enter__(self) -> Self:
        """Use it in a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it; errors go on."""
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of what is held; once is enough."""
