"""Strip Markdown to its words, for posts, descriptions and alternative texts."""

from __future__ import annotations

from functools import lru_cache

from stopjihad.text.markdown import blocks, inline


def words(markdown: str) -> str:
    """Give the words of authored Markdown without its marks.

    Args:
        markdown: authored text.

    Returns:
        Text in which blocks are separated by an empty line and list items by a line feed; source
        references are gone, links keep their words, soft line breaks are spaces.
    """
    return "\n\n".join(filter(None, (_block(block) for block in blocks.parse(markdown))))


@lru_cache(maxsize=1024)  # a language of the sample has 1,000 texts
def inline_words(text: str) -> str:
    """Give the words of one block; several rules ask for those of a passage.

    Args:
        text: text of a paragraph, heading or list item.

    Returns:
        The words; hard line breaks are line feeds.
    """
    found: list[str] = []
    for kind, value in inline.parse(text):
        if kind == inline.TEXT:
            found.append(value.replace("\n", " "))
        elif kind == inline.BREAK:
            found.append("\n")
        elif kind == inline.REFERENCE and found:
            # "everything. [^un2014]" and "the list [^un2014]." lose the space as well.
            found[-1] = found[-1].rstrip(" ")
    return "".join(found).strip()


def _block(block: blocks.Block) -> str:
    if isinstance(block, blocks.Listing):
        return "\n".join(_join(item.children, "\n") for item in block.items)
    if isinstance(block, blocks.QuoteBlock):
        return _join(block.children, "\n\n")
    return inline_words(block.text)


def _join(children: tuple[blocks.Block, ...], between: str) -> str:
    return between.join(filter(None, (_block(child) for child in children)))
