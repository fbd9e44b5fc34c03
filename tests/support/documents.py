"""Documents of the Markdown we allow, made from a seed, and soups of its signs."""

from __future__ import annotations

import random

PROSE = """
people asked for bread and a school bus, quietly; nobody answered them in 2019
Die Familie wartet auf Nachricht. الناس يبحثون عن عمل وكرامة. Les gens ont faim, dit-elle.
они вернулись домой 12,5 person بچے اسکول جاتے ہیں 家庭 等待 (quoted) A-b don't
"""
WORDS = tuple(PROSE.split())

SIGNS = (
    *("word", "foo bar", "*", "**", "_", "__", "***", "[", "](https://a.org/)", "]", "\n", "\n\n"),
    *("- ", "* ", "1. ", "2. ", "3) ", "> ", ">", " ", "  ", "   ", "## ", "# ", "#", "\\", "("),
    *(
        "\\\n",
        "  \n",
        ")",
        ".",
        "!",
        "é",
        "，",
        '"',
        "<",
        ">",
        "&",
        "1",
        "**bold**",
        "*it*",
        "[^s]",
    ),
    *(
        "[x](https://a.org/?a=1&b=2)",
        "[^s]",
        "[^un2014]",
        "![",
        "<b>",
        "</p>",
        "`",
        "\t",
        "ا",
        "{{ x }}",
    ),
)


def document(seed: int) -> str:
    """Write a document of paragraphs, headings, lists and quotes."""
    rng = random.Random(seed)
    return "\n\n".join(_block(rng, 0) for _ in range(rng.randint(1, 7))) + rng.choice(("", "\n"))


def soup(rng: random.Random, most: int = 40) -> str:
    """Throw signs together."""
    return "".join(rng.choice(SIGNS) for _ in range(rng.randint(1, most)))


def _block(rng: random.Random, depth: int) -> str:
    kind = rng.choice(("paragraph", "paragraph", "heading", "bullets", "numbers", "quote"))
    if kind == "paragraph" or depth > 2:
        return _wrapped(rng)
    if kind == "heading":
        return f"{'#' * rng.randint(2, 4)} {_line(rng)}"
    if kind == "quote":
        inner = "\n\n".join(_block(rng, depth + 1) for _ in range(rng.randint(1, 2)))
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
    return _list(rng, kind, depth)


def _list(rng: random.Random, kind: str, depth: int) -> str:
    gap = rng.choice(("\n", "\n", "\n\n"))
    items = []
    for number in range(1, rng.randint(2, 5)):
        marker = "- " if kind == "bullets" else f"{number}. "
        text = _line(rng)
        if depth < 4 and rng.random() < 0.3:
            text += ("\n" if gap == "\n" else "\n\n") + _list(rng, "bullets", depth + 1)
        elif gap == "\n\n" and rng.random() < 0.5:
            text += "\n\n" + _wrapped(rng)
        lines = text.split("\n")
        rest = [f"{' ' * len(marker)}{line}".rstrip() for line in lines[1:]]
        items.append("\n".join([marker + lines[0], *rest]))
    return gap.join(items)


def _line(rng: random.Random) -> str:
    words = [rng.choice(WORDS) for _ in range(rng.randint(2, 9))]
    at = rng.randrange(len(words))
    words[at] = rng.choice(
        (
            f"**{words[at]}**",
            f"*{words[at]}*",
            f"[{words[at]}](https://example.org/?a=1&b=2)",
            f"[{words[at]}](../pages/about.md)",
            f"{words[at]}[^un2014]",
            words[at],
        )
    )
    return f"The {' '.join(words)}."


def _wrapped(rng: random.Random) -> str:
    ends = (" ", "\n", "\n", "  \n", "\\\n")
    lines = [_line(rng) for _ in range(rng.randint(1, 4))]
    return "".join(line + rng.choice(ends) for line in lines[:-1]) + lines[-1]
