"""Write rules and style packs as Markdown: the page ``docs/rules.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from stopjihad.catalog.rules import Rule
from stopjihad.catalog.style_packs import StylePack

HEAD = """# Message rules

A campaign against extremists can do harm: spread the claim it answers, blame a religion, make
people suspicious of their neighbours, send frightened readers to a dead number. `stopjihad check`
looks for that in every text of a campaign, in every language, before anything is built. Each rule
comes from published guidance; `stopjihad rules STR02` explains one.

An **error** stops a build, a **warning** and an **info** do not. Where a rule is wrong about a
sentence, people [except those very words](review.md#exceptions): by name, with a reason. Rules that
keep readers from harm ask for two people; a few have no exceptions.

Rules of wording know Arabic, Bengali, Dutch, English, French, German, Pashto, Russian, Somali,
Spanish, Turkish and Urdu (`stopjihad/catalog/rules/words` and `senses`); in other languages they
see nothing, and the source text is where they work. No native speaker has read the lexicons yet.

## How sentences are weighed

Whether a sentence blames a religion (LNG02) or makes lawful practice a sign (LNG04) cannot be told
by a list of phrases: too many people find too many words for it. So each language has a lexicon of
what its words speak of: prayer, dress, a change, a sign, a threat, a denial, a victim and some
forty senses more. What a sentence does with them, which of them it brings together, how near and in
which order, is weighed by `stopjihad/catalog/rules/weights.json`. The weights were learnt from
sentences labelled by hand (`tests/messages/sentences`, `tests/messages/canon.yaml`), from those of
all languages together: `make learn` repeats it.

A heavy sentence is **refused** (LNG02, LNG04). One that is less clear is a **doubt** (LNG07): a
warning that asks a person to read it. A question is read with its answer, an item of a list with
its heading, and a sentence with the next one where that may take it back.

On the labelled set every error rule finds at least 95 of 100 faults, and at least 95 of 100 of what
it finds are faults. But the rules learnt from that very set. What counts are sentences that nothing
was learnt from, written apart from rules and lexicons. In the first set (`tests/messages/plain`;
settings and some of the plainest frames were chosen after looking at it) blame and suspicion are
said outright, and the fair sentences are those of schools, newspapers, museums and help services:

{PLAIN}

In the second (`tests/messages/unseen`) both are made hard: blame is dressed up, and most of the
fair sentences were written to be mistaken ("Muslim soldiers died fighting the terrorists"):

{UNSEEN}

So most of what is said outright is refused and most of the rest is doubted; of what is only
insinuated ("Mark was a normal lad until he discovered Friday prayers") a quarter
to a half is refused.
In the other languages less was learnt. Of a set left out while learning, this was refused: in
Russian 52 % of blame and 69 % of suspicion; in Spanish, Turkish and Urdu 37 to 42 % and 56 to 57 %;
in Bengali, Dutch and Pashto 36 to 40 % and 45 to 52 %; in Somali 23 % and 40 %. Have somebody
who knows the people read every text that speaks of a faith.

This page is made by `stopjihad rules --format markdown`. Each example below is laid over a small
campaign that breaks no rule, and is a test.
"""


PLAIN: dict[str, tuple[int, ...]] = {
    "en": (72, 84, 0, 89, 94, 1),
    "fr": (81, 91, 1, 88, 97, 2),
    "de": (64, 80, 0, 86, 97, 2),
    "ar": (66, 90, 0, 90, 97, 1),
}
"""Language to the share, in percent, of plain sentences that are refused: blame, suspicion, fair
ones; then the same of those refused or doubted. Measured by tests/messages/test_unseen.py."""

UNSEEN: dict[str, tuple[int, ...]] = {
    "en": (72, 82, 27, 1, 91, 93, 63, 4),
    "fr": (77, 89, 34, 2, 86, 98, 56, 5),
    "de": (81, 87, 54, 0, 94, 95, 70, 6),
    "ar": (67, 72, 26, 1, 89, 86, 60, 4),
}
"""Language to the share, in percent, of unseen sentences that are refused: blame, suspicion, hints,
fair ones; then the same of those refused or doubted. Measured by tests/messages/test_unseen.py."""

_NAMES = {"en": "English", "fr": "French", "de": "German", "ar": "Arabic"}


_KINDS = ("blame", "practice as a sign", "fair")
_HARD_KINDS = ("blame", "practice as a sign", "only hinted at", "fair")


def _shares(shares: Mapping[str, tuple[int, ...]], kinds: Sequence[str]) -> str:
    head = "| | " + " | ".join(_NAMES[language] for language in shares) + " |"
    rule = "|---|" + "---|" * len(shares)
    rows = [
        f"| {kind} | "
        + " | ".join(
            f"{found[i]} % refused, {found[i + len(kinds)] - found[i]} % doubted"
            for found in shares.values()
        )
        + " |"
        for i, kind in enumerate(kinds)
    ]
    return "\n".join([head, rule, *rows])


def markdown(rules: Iterable[Rule], packs: Iterable[StylePack]) -> str:
    """Write the page.

    Args:
        rules: all rules, in reading order.
        packs: all style packs.

    Returns:
        Markdown.
    """
    every = list(rules)
    parts = [
        HEAD.replace("{PLAIN}", _shares(PLAIN, _KINDS)).replace(
            "{UNSEEN}", _shares(UNSEEN, _HARD_KINDS)
        ),
        "| rule | severity | name | looks at |\n|---|---|---|---|\n" + _rows(every),
    ]
    parts += [_rule(rule) for rule in every]
    parts.append("## Style packs\n\n" + _PACKS)
    parts += [_pack(pack) for pack in packs]
    return "\n".join(parts)


_PACKS = """Guides disagree about words, so a campaign chooses: for
example `style_packs: [plain-language, bbc]`. Rule LNG01 reports what a pack advises against, and
packs that contradict each other are reported, too.
"""


def example_yaml(values: dict[str, Any]) -> str:
    """Write the values of an example as YAML.

    Args:
        values: of ``Example.bad`` or ``Example.good``.

    Returns:
        YAML with a final line feed.
    """
    import yaml

    made: str = yaml.safe_dump(
        values, allow_unicode=True, sort_keys=False, width=92, default_flow_style=None
    )
    return made


def _rows(rules: Iterable[Rule]) -> str:
    return "".join(
        f"| [{rule.id}](#{_anchor(rule)}) | {rule.severity} | {rule.name} "
        f"| {', '.join(rule.scope)} |\n"
        for rule in rules
    )


def _anchor(rule: Rule) -> str:
    return f"{rule.id} {rule.name}".lower().replace(" ", "-")


def _rule(rule: Rule) -> str:
    lines = [f"## {rule.id} {rule.name}", ""]
    where = f" in {', '.join(rule.languages)}" if rule.languages else ""
    excuse = "" if rule.waivable else " It cannot be waived."
    lines += [f"**{rule.severity}**, looks at {', '.join(rule.scope)}{where}.{excuse}", ""]
    lines += [rule.checks.strip(), "", rule.why.strip(), "", f"Mend it: {_mend(rule)}.", ""]
    if rule.also:
        codes = ", ".join(f"`{code}`" for code in rule.also)
        lines += [f"Guarded also by {codes} ([problems.md](problems.md)).", ""]
    for source in rule.sources:
        lines.append(f"Source: [{source.title}]({source.url}), read {source.checked}.")
        lines.append("")
    for example in rule.examples:
        lines += list(_example(example.bad, "Bad", example.language))
        lines += list(_example(example.good, "Good", example.language))
    return "\n".join(lines)


def _mend(rule: Rule) -> str:
    return rule.mend.replace("{alternative}", "what the pack advises").rstrip(".")


def _example(values: dict[str, Any], name: str, language: str) -> Iterator[str]:
    yield f"{name} ({language}):"
    yield ""
    yield f"```yaml\n{example_yaml(values)}```"
    yield ""


def _pack(pack: StylePack) -> str:
    read = f"{pack.name}. [Source]({pack.source}), read {pack.checked}."
    lines = [f"### {pack.id}", "", read, ""]
    if pack.note:
        lines += [pack.note.strip(), ""]
    lines += ["| language | not | but | why |", "|---|---|---|---|"]
    for entry in pack.entries:
        for language, terms in entry.terms.items():
            instead = entry.alternative.get(language, entry.alternative["en"])
            shown = ", ".join(term.replace("|", " / ").replace("?", "") for term in terms)
            lines.append(f"| {language} | {shown} | {instead} | {entry.why} |")
    return "\n".join([*lines, ""])
