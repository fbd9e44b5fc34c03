"""Set a text on a page of A4 with WeasyPrint; arguments: text file, language, PDF, font files."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from weasyprint import HTML  # type: ignore[import-not-found]


def main() -> None:
    """Write the page, and say how many seconds of a processor the second one took."""
    source, lang, out, *fonts = sys.argv[1:]
    faces = "".join(
        f"@font-face{{font-family:Own;src:url('{Path(font).as_uri()}')}}" for font in fonts
    )
    way = "rtl" if lang in {"ar", "ur", "ps"} else "ltr"
    paragraphs = "".join(f"<p>{line}</p>" for line in Path(source).read_text("utf-8").splitlines())
    page = (
        f"<html lang={lang} dir={way}><style>{faces}@page{{size:A4}}"
        f"body{{font:12pt/1.5 Own}}</style>{paragraphs}"
    )
    for _ in range(2):
        begun = time.process_time()
        HTML(string=page).write_pdf(out, pdf_variant="pdf/ua-1")
        spent = time.process_time() - begun
    print(spent)


main()
