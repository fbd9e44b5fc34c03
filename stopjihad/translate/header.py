"""Write and keep the header of a PO file, without anybody's address."""

from __future__ import annotations

import re

from stopjihad.catalog.languages import language
from stopjihad.text import po
from stopjihad.text.po import write_entry, write_string
from stopjihad.translate.notes import NoteTarget

_ADDRESS = re.compile(r"[ ]*<?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?")

_LEAD = """\
# {name}: translation of the campaign {campaign}
#
# "fuzzy" means that the source has changed since: compare with the lines "#| msgid".
# Keep **marks**, [^references] and the addresses of links as they are.
"""


def header_of(old: po.PoEntry | None, text: str, target: NoteTarget) -> str:
    """Give the first entry of a PO file.

    Args:
        old: the header that the file has, or None.
        text: the file.
        target: the language and the campaign.

    Returns:
        The old header as it stands but for e-mail addresses, which the repository must not
        gather, and with the fields that gettext asks for; or a new one.
    """
    if old is None:
        name = language(target.language).english if target.language else "Template"
        lead = _LEAD.format(name=name, campaign=target.campaign)
        return write_entry(lead, None, "", "".join(line for _, line in _fields(target)))
    kept = po.own_notes(old.notes) + text[old.start : old.end]
    kept = kept if kept.endswith("\n") else f"{kept}\n"
    kept += "".join(_line(line) for line in _missing(old.translation, target))
    return _ADDRESS.sub("", kept) if "@" in kept else kept


_WANTED = frozenset({"Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team"})


def _fields(target: NoteTarget) -> tuple[tuple[str, str], ...]:
    tag = target.language.replace("-", "_")
    fields = (
        ("Project-Id-Version", target.campaign),
        ("PO-Revision-Date", f"{target.updated} 00:00+0000"),
        ("Last-Translator", "not recorded"),
        ("Language-Team", language(target.language).english if target.language else "none"),
        ("Language", tag),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("X-Source", "stopjihad"),
    )
    return tuple((name, f"{name}: {value}".rstrip() + "\n") for name, value in fields)


def _line(field: str) -> str:
    return write_string("msgstr", field, width=1000).removeprefix("msgstr ")


def _missing(header: str, target: NoteTarget) -> list[str]:
    """List the fields that a header lacks and ``msgfmt --check`` warns about."""
    if header and not header.endswith("\n"):
        return []
    known = {line.partition(":")[0].strip().lower() for line in header.split("\n")}
    return [line for name, line in _fields(target) if name in _WANTED and name.lower() not in known]
