"""Turn a step of a kit into its zip."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

import msgspec

from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.render.kit.guide import write_guide
from stopjihad.render.kit.originals import LOGO
from stopjihad.render.kit.readme import write_readme
from stopjihad.render.kit.records import KitContents, KitWords
from stopjihad.render.kit.update_check import write_update_check
from stopjihad.render.kit.zip_file import KIT_LIST, zip_files
from stopjihad.view.records import Frame
from stopjihad.view.slides import LEAF, SWIPE

README, UPDATE_CHECK = "README.html", "UPDATE-CHECK.html"


def render_kit(step: Step, decoded: StepInputs) -> bytes:
    """Zip a kit: what is there of its files, the page that is opened first, and the list of all.

    Args:
        step: its params name language and path; its files are inputs where they were made.
    """
    params = dict(step.params)
    lang = params["lang"]
    listed: KitContents = decoded.value(input_names.kit_contents(params["path"]))
    there = tuple(file for file in listed.files if decoded.has(file.path))
    missing = (file for file in listed.files if not decoded.has(file.path))
    left_out = tuple(file for file in missing if file.point or not file.platform)  # but replies
    contents = msgspec.structs.replace(listed, files=there, left_out=left_out)
    words = [decoded.words(lang, informal=informal) for informal in (False, True)]
    files = {
        file.name: leave_slides_out(decoded.raw(file.path), words)
        if file.platform
        else decoded.raw(file.path)
        for file in there
    }
    if contents.logo:
        files[LOGO] = decoded.raw(input_names.PARTNER_LOGO)
    files[UPDATE_CHECK] = write_update_check(contents, lang, decoded)
    for guide in contents.guides:
        files[guide.file(lang)] = write_guide(guide, contents, lang, decoded)
    files[README] = write_readme(contents, files, lang, decoded)
    for post in (file.name for file in there if file.point and file.platform):
        files[post] = leave_note_out(files[post], words[0])
    frame: Frame = decoded.value(input_names.frame(lang))
    files[KIT_LIST] = write_list(contents, files, frame)
    return zip_files(files)


NOTE = "For the team: do not copy"
"""Theme message above what a draft tells the team alone; the page of the kit tells it, too."""


def leave_note_out(post: bytes, words: Mapping[str, str]) -> bytes:
    """Leave what is for the team out of a post: whoever selects all of a file copies it."""
    label = re.escape(words.get(NOTE) or NOTE)
    note = re.compile(rf"\n=== {label} ===\n.*?(?=\n=== |\Z)", re.DOTALL)
    return note.sub("", post.decode()).encode()


def leave_slides_out(post: bytes, words: Iterable[Mapping[str, str]]) -> bytes:
    """Leave the invitation to slides out of a post: they stand on the site, and are in no kit.

    Args:
        words: of the theme, as different readers are spoken to.
    """
    told = {known.get(one) or one for known in words for one in (SWIPE, LEAF)}
    invites = "|".join(r"\s+".join(map(re.escape, one.split())) for one in sorted(told))
    return re.sub(rf"(?:{invites})\n*", "", post.decode()).encode()


def _with_files(point: KitWords, name: str, contents: KitContents) -> KitWords:
    own = sorted(file.name for file in contents.files if file.point == name)
    return msgspec.structs.replace(point, files=tuple(own))


def write_list(contents: KitContents, files: Mapping[str, bytes], frame: Frame) -> bytes:
    """List what is in a kit, with who is behind it: so programs and people tell what was changed.

    Returns:
        JSON in UTF-8, the same for the same kit.
    """
    listed = {
        "format": "stopjihad-kit/1",
        "campaign": frame.campaign,
        "title": frame.title.value,
        "language": frame.lang,
        "sponsor": frame.sponsor.value,
        "funders": frame.funders,
        "partner": {
            "line": contents.partner,
            "kind": contents.kind,
            "funded_by": contents.funded_by,
        }
        if contents.partner
        else None,
        "address": frame.base_url,
        "updated": frame.updated,
        "version": contents.version,
        "points": {
            name: _with_files(one, name, contents) for name, one in contents.versions.items()
        },
        "lines": {line.id: line.e164 for line in frame.helplines},
        "left_out": sorted(file.name for file in contents.left_out),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    return msgspec.json.format(msgspec.json.encode(listed), indent=1) + b"\n"
