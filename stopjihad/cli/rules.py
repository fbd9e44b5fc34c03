"""``stopjihad rules``: what messages are judged by, why, and where that is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import console

if TYPE_CHECKING:
    from stopjihad.catalog.frames import LexiconFrame
    from stopjihad.catalog.phrases import StylePack
    from stopjihad.catalog.rules import Example, Rule, RuleReference


@click.command("rules")
@click.argument("names", nargs=-1, metavar="[ID…]")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to print: for people, for programs, or as the page of the docs.",
)
def command(names: tuple[str, ...], style: str) -> None:
    r"""Explain message rules: what each asks for, why, how to mend it, and its source.

    An ID is a rule (STR02) or a style pack (bbc). Without one, all rules are listed.

    \b
    Example:
      stopjihad rules
      stopjihad rules LNG04
      stopjihad rules bbc
    """
    from stopjihad.catalog.phrases import style_packs
    from stopjihad.catalog.rules import rules

    every, packs = rules(), style_packs()
    wanted = [name.upper() if name.upper() in every else name for name in names]
    for name in wanted:
        if name not in every and name not in packs:
            from stopjihad.text.nearest import close_name

            close = close_name(name, every)
            hint = f"did you mean {close}?" if close else f"packs: {', '.join(packs)}"
            raise click.UsageError(f"no rule or style pack '{name}'; {hint}")
    if style == "markdown":
        click.echo(markdown(every.values(), packs.values()), nl=False)
    elif style == "json":
        shown = [every.get(name) or packs[name] for name in wanted or [*every, *packs]]
        console.print_json(shown)
    elif not wanted:
        _print_all(every.values(), packs.values())
    else:
        for name in wanted:
            if name in every:
                _print_rule(every[name])
            else:
                _print_pack(packs[name])


def _print_all(rules: Iterable[Rule], packs: Iterable[StylePack]) -> None:
    for rule in rules:
        colour = {"error": "red", "warning": "yellow"}.get(rule.severity, "blue")
        head = click.style(f"{rule.id}  {rule.severity:<8}", fg=colour)
        click.echo(f"{head} {rule.name}")
    click.echo("\nStyle packs:")
    for pack in packs:
        click.echo(f"  {pack.id:<26} {pack.name}")
    click.echo("\nOne rule with its reason and source: stopjihad rules STR02")


def _print_rule(rule: Rule) -> None:
    click.secho(f"{rule.id} {rule.name} ({rule.severity})", bold=True)
    click.echo(f"looks at   {', '.join(rule.scope)}")
    if rule.languages:
        click.echo(f"languages  {', '.join(rule.languages)}")
    for name, text in (("asks", rule.checks), ("why", rule.why), ("mend", rule.mend)):
        click.echo(click.wrap_text(text.strip(), 88, f"{name:<10} ", " " * 11))
    if rule.also:
        click.echo(f"also       {', '.join(rule.also)}")
    people = {1: "one person may sign it", 2: "two people must sign it"}
    click.echo(f"exception  {people[rule.people] if rule.waivable else 'none'}")
    for source in rule.sources:
        click.echo(f"source     {source.title}\n           {source.url} ({source.checked})")
    example = rule.examples[0]
    for name, values in (("bad", example.bad), ("good", example.good)):
        click.echo(f"{name}:")
        click.echo("".join(f"  {line}\n" for line in example_yaml(values).splitlines()), nl=False)


def _print_pack(pack: StylePack) -> None:
    click.secho(f"{pack.id}: {pack.name}", bold=True)
    click.echo(f"source     {pack.source} ({pack.checked})")
    if pack.note:
        click.echo(click.wrap_text(pack.note.strip(), 88, "note       ", " " * 11))
    for entry in pack.entries:
        for language, terms in entry.terms.items():
            instead = entry.alternative.get(language, entry.alternative["en"])
            click.echo(f"  {language}  {', '.join(terms)}  →  {instead}")
        click.echo(f"      {entry.why}")


HEAD = """# Message rules

A campaign against extremists can do harm: spread the claim it answers, blame a religion, make
people suspicious of their neighbours, send frightened readers to a dead number. `stopjihad check`
looks for that in every text of a campaign, in every language, before anything is built. Each rule
comes from published guidance; `stopjihad rules STR02` explains one, with examples in each language.

An **error** stops a build, a **warning** and an **info** do not. Where a rule is wrong about a
sentence, people [except those very words](review.md#exceptions): by name, with a reason. Rules that
keep readers from harm ask for two people; a few have no exceptions.

Rules of wording know Arabic, Bengali, Dutch, English, French, German, Pashto, Russian, Somali,
Spanish, Turkish and Urdu (`stopjihad/catalog/rules/words` and `frames`). In other languages they
see nothing, and `check` says so. No native speaker has read the lists yet.

## What is an error, and what a person reads

Whether a sentence is fair to a faith or a people cannot be told by a program: rules that were
learnt from 53,000 sentences refused a fifth of what real people wrote *against* hatred. So there
are two things instead, and neither of them weighs anything.

**Frames are errors.** A frame is one thing that must not be said of a faith, of its people, of a
people by origin or nationality, or of refugees and migrants, as a whole; [the list](#frames) is
short. Its words stand in `stopjihad/catalog/rules/frames/<language>.yaml`, where anybody can read
them. A frame is found at the start of a clause ("Muslims are ...", never "people who attack Muslims
are ..."), and it is taken back by a denial, a question, a quotation, a report of what somebody says
or thinks, "some", a condition, a heading that announces lies or asks about the same, and a next
sentence that calls it a lie; a "not" in a later clause takes nothing back. The list names the words
that took it back. Frames are few because they must be right: most hatred has none of their words,
and goes to a person.

**The rest is a reading list.** Every sentence to be published that names a faith (Islam by its
names, books, people, places and dress) or its practice (prayer, fasting, beard, conversion, what
somebody no longer hears or drinks), those whom recruiters call unbelievers, migration, refugees or
migrants, praises some against the rest ("moderate Muslims"), or says something of a people in
general ("the ...", "every ...", "our ...", the bare plural as a subject) is read once by a person,
unless all that it says of practice, dress or places is that they are no sign:
those with the words of a frame first, then those with a word of harm, then the rest. Names in which
a name is none (Islamic State, Islam Karimov, a refugee camp, twelve thousand refugees) are passed
over. The list leaves out where a person or a place comes from ("a Syrian doctor"), peoples in other
positions ("he met Syrians"; in languages without articles also "of the Syrians"), other faiths
except as peoples, religion in general, slurs that name nobody, and whatever a picture says.

### How both do on texts that nobody here wrote

`bench/foreign.py <folder>` prints it for any set of labelled sentences; a test holds the limits (at
most 1 % of the fair sentences of a language refused; at least 90 % of the hateful ones that name
their target seen by a person). HateCheck (Röttger et al. 2021) and Multilingual HateCheck (Röttger
et al. 2022), CC BY 4.0, cases about Muslims, immigrants and refugees; "seen" is refused or listed.
The sentences were never read for writing frames, only counted:

{JUDGED}
{REAL}
This page is made by `stopjihad rules --format markdown`. Each example is laid over a small campaign
that breaks no rule, and is a test; so are three sentences that each frame refuses and three that it
keeps, in each language (`tests/check/frames`). Only short ones stand here; `stopjihad rules STR02`
shows all of a rule's.
"""

JUDGED = """| | fair | refused | hateful | refused | seen | seen of those that name the target |
|---|---|---|---|---|---|---|
| English, Muslims | 111 | 0 | 261 | 20 | 94 % | 237 of 237 |
| English, immigrants | 106 | 0 | 253 | 20 | 94 % | 237 of 237 |
| French, Muslims | 122 | 0 | 267 | 12 | 93 % | 237 of 237 |
| French, refugees | 104 | 0 | 237 | 12 | 100 % | 237 of 237 |
| Dutch, Muslims | 116 | 0 | 260 | 16 | 92 % | 240 of 240 |
| Dutch, immigrants | 116 | 0 | 260 | 16 | 92 % | 240 of 240 |
| German, refugees | 104 | 0 | 241 | 12 | 100 % | 241 of 241 |
| Arabic, immigrants | 104 | 0 | 242 | 9 | 99 % | 240 of 242 |
"""
"""Measured on 1 December 2026 by bench/foreign.py."""

REAL = """So frames alone catch one hateful sentence in twenty; the list catches the others. Of the
fair sentences nine in ten are listed, too: reading is for a person, and it is once.

The same sets whole, with the cases that are misspelt on purpose and all their targets (1 December
2026; not read for writing either), and two sets of posts. "Seen" of Muslims and newcomers counts
those that name them; no list has women, gay, trans or disabled people, who are named everywhere:

| | fair | refused | seen of the hateful: Muslims | newcomers | Jews | Black people |
|---|---|---|---|---|---|---|
| HateCheck, English | 1,165 | 0 | 99 % | 99 % | | 78 % |
| Multilingual HateCheck, French | 1,118 | 0 | 99 % | 99 % | | 75 % |
| Dutch | 1,125 | 0 | 100 % | 100 % | | 82 % |
| German | 1,095 | 0 | | 99 % | 84 % | 48 % |
| Spanish | 1,113 | 0 | | | 93 % | 79 % |
| Arabic | 1,076 | 0 | | 98 % | 93 % | 70 % |
| MLMA (MIT), en, ar, fr; seen: fr | 2,397 | 0 | 97 % | 86 % | 22 % | 23 % |
| GermEval 2018 (CC BY 4.0) | 11,302 | 0 | | | | |

Posts about newcomers that no writer of these rules has read (1 December 2026; HatEval 2019, CC BY-
NC 4.0; DETOXIS 2021, as its repository gives it; both many sentences long; "naming" are hateful
posts that name newcomers or Muslims):

| | fair | refused | naming | seen |
|---|---|---|---|---|
| English, HatEval | 5,790 | 1 | 925 | 94 % |
| Spanish, HatEval and DETOXIS | 6,111 | 0 | 201 | 90 % |

The fair English post that is refused says what some men were taught about women, in the words that
they were taught.

Sentences that people gave to Common Voice to be read aloud (CC0; July 2021; ten languages, 302,768
of at least three words: en 54,617, fr 94,870, de 37,359, ar 53,420, nl 29,452, es 10,823, ru 569,
tr 11,848, ur 9,407, bn 403), UD Taiga (ru, 2,458) and UD Sikaram (ps, 155) had no refusal; from
0.2 % (ru) to 3.4 % (ar, ur; of Pashto 15 sentences) would be listed.

Another 70,531 sentences of real text on that day (parts of UD EWT, GSD, PUD, BOUN, LassySmall;
MasakhaNEWS en, fr, so; ArSarcasm, RuSentNE, Urdu questions) had no refusal.

Real text, read on 28 November 2026, sentences that name the faith, its people, newcomers or a
people (nothing of it is kept here):

| | read | naming | refused | from |
|---|---|---|---|---|
| English | 46,042 | 726 | 0 | WikiNEuRal, CoNLL-2003, UD GUM, XQuAD |
| German | 67,419 | 1,162 | 0 | WikiNEuRal, CoNLL-2003, UD GSD, XQuAD, 10kGNAD |
| Spanish | 31,091 | 625 | 0 | WikiNEuRal, CoNLL-2002, UD GSD, XQuAD |
| French | 31,200 | 530 | 0 | WikiNEuRal, UD GSD, Sequoia, PUD |
| Russian | 38,619 | 554 | 0 | WikiNEuRal, NEREL, UD GSD, XQuAD |
| Urdu | 10,479 | 960 | 0 | Bend the Truth, UD UDTB |
| Dutch | 42,214 | 424 | 0 | WikiNEuRal, CoNLL-2002, UD LassySmall |
| Turkish | 10,686 | 364 | 0 | TQuAD, UD BOUN, Kenet, XQuAD |
| Arabic | 2,567 | 253 | 0 | ARCD, XQuAD |

| set | what it is | licence, as it says |
|---|---|---|
| HateCheck, Multilingual HateCheck | written test cases, by target and kind | CC BY 4.0 |
| WikiNEuRal | Wikipedia | CC BY-NC-SA 4.0 |
| CoNLL-2002 | news of EFE and De Morgen | research within the shared task only |
| CoNLL-2003 | news of Reuters and Frankfurter Rundschau | the publishers' terms, for research |
| XQuAD | Wikipedia, translated | CC BY-SA 4.0 |
| UD GSD (French, German, Russian, Spanish) | blogs, news, reviews, Wikipedia | CC BY-SA 4.0 |
| UD BOUN, UD Kenet (Turkish), UD LassySmall (Dutch) | news, examples, Wikipedia | CC BY-SA 4.0 |
| UD PUD (French) | news, Wikipedia | CC BY-SA 3.0 |
| UD Sequoia (French) | news, medicine, Wikipedia | LGPL-LR |
| UD GUM (English), UDTB (Urdu) | many genres; news | CC BY-NC-SA 4.0 |
| 10kGNAD | news of Der Standard | CC BY-NC-SA 4.0 |
| TQuAD | history of Islamic science | MIT |
| ARCD | Wikipedia | MIT |
| NEREL | Wikinews | none stated beside the texts |
| Bend the Truth | news, true and made up | none stated |

All were counted once, and nothing of them is kept, quoted or learnt from. Whoever counts again
reads their terms first: those of CoNLL-2002 name one purpose.

In Pashto, Bengali and Somali no such text was at hand: there the frames have been judged by
nobody but their writer. Nor do these texts say how frames do on argument, where people quote what
they answer in their own words: that is what HateCheck's counter-speech stands for above.
"""


def markdown(rules: Iterable[Rule], packs: Iterable[StylePack]) -> str:
    """Write the page."""
    from stopjihad.catalog.frames import frames

    every = list(rules)
    parts = [
        HEAD.replace("{JUDGED}", JUDGED).replace("{REAL}", REAL),
        "## Frames\n\n" + "\n".join(_frame(frame) for frame in frames().values()),
        "## Rules\n",
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
    """Write the values of an example as YAML."""
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
    lines = [f"### {rule.id} {rule.name}", ""]
    where = f" in {', '.join(rule.languages)}" if rule.languages else ""
    excuse = "" if rule.waivable else " It cannot be waived."
    lines += [f"**{rule.severity}**, looks at {', '.join(rule.scope)}{where}.{excuse}", ""]
    lines += [rule.checks.strip(), "", rule.why.strip(), "", f"Mend it: {_mend(rule)}.", ""]
    if rule.also:
        codes = ", ".join(f"`{code}`" for code in rule.also)
        lines += [f"Guarded also by {codes} ([problems.md](problems.md)).", ""]
    lines += [*_sources(rule.sources), ""]
    lines += _example(rule.examples[0])
    return "\n".join(lines)


def _mend(rule: Rule) -> str:
    return rule.mend.replace("{alternative}", "what the pack advises").rstrip(".")


LONGEST = 200
"""Characters of an example that stands on the page: it is read in one line."""


def _example(example: Example) -> list[str]:
    """Write a pair of examples, a line each; none where one of them is long."""
    pair = (("Bad", example.bad), ("Good", example.good))
    shown = [f"- {name}: {_short(values)}" for name, values in pair]
    return [*shown, ""] if max(map(len, shown)) <= LONGEST else []


def _short(values: dict[str, Any]) -> str:
    import yaml

    if values.keys() == {"text"} and "\n" not in values["text"]:
        return f"*{values['text']}*"
    written: str = yaml.safe_dump(
        values, allow_unicode=True, sort_keys=False, width=10 * LONGEST, default_flow_style=True
    )
    return f"`{written.strip()}`"


def _sources(sources: Iterable[RuleReference]) -> Iterator[str]:
    """Write sources in one line, by the day on which they were read."""
    known: dict[str, list[str]] = {}
    for source in sources:
        known.setdefault(f"{source.checked}", []).append(f"[{source.title}]({source.url})")
    for day, links in known.items():
        yield f"From {', '.join(links)}; read {day}."


def _frame(frame: LexiconFrame) -> str:
    return "\n".join(
        [
            f"### {frame.id}",
            "",
            f"{frame.rule}. The sentence {frame.says}.",
            f"Why not: {frame.why}. Instead: {frame.mend}.",
            "",
            f"Refused: *{frame.bad}* Not refused: *{frame.good}*",
            "",
            *_sources(frame.sources),
            "",
        ]
    )


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
