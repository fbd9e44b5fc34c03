"""Read the texts of a kit that people copy, each for its platform."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from stopjihad.render.kit.records import KitFile
from stopjihad.view.draft import SEPARATOR
from stopjihad.view.records import Text

_ASIDE = re.compile(r"\n*^=== (.+) ===$\n", re.MULTILINE)
"""What stands above a text of a draft that is pasted elsewhere (``render.post.files``)."""


class KitText(NamedTuple):
    """What is copied for a platform, called by its name: texts that are pasted one by one.

    ``beside`` are the texts that are pasted elsewhere, or made, each with what it is.
    """

    name: str
    parts: tuple[Text, ...]
    beside: tuple[tuple[str, Text], ...] = ()


class KitBytes(NamedTuple):
    """The files of a kit by name, and what its texts are in: language and platforms' names."""

    files: Mapping[str, bytes]
    lang: str
    platforms: Mapping[str, str]

    def text(self, file: KitFile) -> Text:
        """Give the words of a text file."""
        return Text(self.files[file.name].decode().rstrip("\n"), self.lang)

    def posts(self, files: Iterable[KitFile]) -> Iterator[KitText]:
        """Give those of some files that are for a platform."""
        for file in files:
            if file.platform:
                post, *more = _ASIDE.split(self.text(file).value)
                told = tuple(Text(part, self.lang) for part in post.split(f"\n{SEPARATOR}\n"))
                texts = (Text(text.strip("\n"), self.lang) for text in more[1::2])
                beside = tuple(zip(more[::2], texts, strict=True))
                yield KitText(self.platforms[file.platform], told, beside)
