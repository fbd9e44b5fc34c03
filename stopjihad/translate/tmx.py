"""Write TMX 1.4: all translations as a memory for translators' own tools."""

from __future__ import annotations

from collections.abc import Mapping

from stopjihad.text.xml import attribute, content
from stopjihad.view.source_segments import SourceSegment


def write(
    segments: tuple[SourceSegment, ...],
    source_language: str,
    translations: Mapping[str, Mapping[tuple[str, str], str]],
) -> bytes:
    """Write a translation memory.

    Args:
        segments: texts of the campaign.
        source_language: BCP 47 tag of their language.
        translations: BCP 47 tag to (context, source) to current translation; stale ones are not
            for a memory.

    Returns:
        UTF-8. Texts without any translation are left out.
    """
    source = attribute(source_language)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        '<header creationtool="stopjihad" creationtoolversion="1" segtype="paragraph" '
        f'o-tmf="PO" adminlang="en" srclang="{source}" datatype="plaintext"/>\n<body>\n'
    )
    units = "".join(_unit(segment, source_language, translations) for segment in segments)
    return f"{head}{units}</body>\n</tmx>\n".encode("utf-8", "replace")


def _unit(
    segment: SourceSegment,
    source_language: str,
    translations: Mapping[str, Mapping[tuple[str, str], str]],
) -> str:
    key = (segment.context, segment.source)
    found = {tag: words[key] for tag, words in sorted(translations.items()) if key in words}
    if not found:
        return ""
    variants = "".join(
        f'<tuv xml:lang="{attribute(tag)}"><seg>{content(words)}</seg></tuv>\n'
        for tag, words in {source_language: segment.source, **found}.items()
    )
    context = f'<prop type="x-context">{content(segment.context)}</prop>\n'
    return f"<tu>\n{context}{variants}</tu>\n"
