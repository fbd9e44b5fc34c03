"""Set a text on a page of A4 with typst; arguments: text file, language, PDF, font files."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

import typst  # type: ignore[import-not-found]


def main() -> None:
    """Write the page, and say how many seconds of a processor the second one took."""
    source, lang, out, *fonts = sys.argv[1:]
    text = "\n\n".join(lines(source))
    with tempfile.TemporaryDirectory() as folder:
        for font in fonts:
            shutil.copy(font, folder)
        page = Path(folder) / "page.typ"
        families = '("Noto Sans Arabic", "Hind Siliguri", "Noto Sans")'
        head = f'#set document(title: "Text")\n#set page("a4")\n#set text(font: {families}'
        page.write_text(f'{head}, lang: "{lang}")\n{text}', "utf-8")
        for _ in range(2):
            begun = time.process_time()
            made = typst.compile(str(page), font_paths=[folder], pdf_standards=["ua-1"])
            spent = time.process_time() - begun
        Path(out).write_bytes(made)
    print(spent)


def lines(source: str) -> list[str]:
    """Read the paragraphs; what typst takes for its own marks is taken as letters."""
    marks = {ord(char): f"\\{char}" for char in "#$*_@<>[]`\\~"}
    return [line.translate(marks) for line in Path(source).read_text("utf-8").splitlines()]


main()
