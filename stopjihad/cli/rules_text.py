"""Write rules and style packs as Markdown: the page ``docs/rules.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from stopjihad.catalog.rules import Rule
from stopjihad.catalog.style_packs import StylePack

HEAD = """# Message rules

A campaign against extremists can do harm: spread the claim it answers, blame a religion, make
people suspicious of their neighbours, send frightened readers to a dead number. `stopjihad check`
looks for that in every text of a campaign, in every language, before anything is built. Each rule
comes from published guidance; `stopjihad rules STR02` explains one.

An **error** stops a build, a **warning** and an **info** do not. Where a rule is wrong about a
text, a waiver excuses it, by name and until a day (`waivers` in the talking point or in
`campaign.yaml`):

```yaml
waivers:
  - {rule: STR03, reason: A survivor quotes the promise., by: Editor in chief, until: 2027-06-30}
```

A waiver that has run out is an error, one that excuses nothing any more a warning. Rules that
protect people from harm cannot be waived.

Rules of wording know Arabic, English, French, German, Russian, Spanish, Turkish and Urdu
(`stopjihad/catalog/rules/words`); in other languages they see nothing, and the source text is
where they work.

They do not replace a reader who knows the people a text is about. `tests/messages` holds almost
2,000 sentences, talking points and posts labelled by hand; on them every error rule finds
at least 95 of 100 faults, and at least 95 of 100 of what it finds are faults. But the rules were
mended on that very set. What counts is what they find in sentences written before they had seen
them, in English, French, German and Arabic:

| new sentences | LNG02 found | LNG04 found | respectful refused |
|---|---|---|---|
| four earlier rounds | 29, 44, 45, 82 % | 62, 32, 43, 38 % | none in the last two |
| says plainly that prayer, dress or food are signs | | 31 of 40 | 0 of 40 |
| hints at it, first round | | 6 of 80 | 11 of 80 |
| hints at it, second round | 5 of 20 | 9 of 60 | 3 of 80 |
| hints at it, third round | | 7 of 40 | 1 of 40 |

So words find most of what is said outright and little of what is insinuated ("a colleague with a
mark of prayer on his forehead ought to be checked"). In Spanish, Turkish, Russian and Urdu the
first unseen round found 27 of 40 faults for LNG02 and 25 of 40 for LNG04, and refused 7 of 60
respectful sentences; those were mended, and there is no later figure. Have a native reader look
at every text that speaks of a faith.

This page is made by `stopjihad rules --format markdown`. Each example below is laid over a small
campaign that breaks no rule, and is a test.
"""


def markdown(rules: Iterable[Rule], packs: Iterable[StylePack]) -> str:
    """Write the page.

    Args:
        rules: all rules, in reading order.
        packs: all style packs.

    Returns:
        Markdown.
    """
    every = list(rules)
    parts = [HEAD, "| rule | severity | name | looks at |\n|---|---|---|---|\n" + _rows(every)]
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
