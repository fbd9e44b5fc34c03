"""Write the page that leads to what was found wrong since a kit was made."""

from __future__ import annotations

from stopjihad.model import input_names
from stopjihad.plan.decoded import StepInputs
from stopjihad.render.kit.records import POLICY, KitContents
from stopjihad.theme.job import PageJob
from stopjihad.theme.site import site_of
from stopjihad.view.page_address import absolute, kit_version_path
from stopjihad.view.records import Frame


def write_update_check(contents: KitContents, lang: str, decoded: StepInputs) -> bytes:
    """Write the page that leads to what was wrong since: it asks for nothing until it is clicked.

    Returns:
        HTML in UTF-8.
    """
    frame: Frame = decoded.typeset(input_names.frame(lang))
    words = decoded.value(input_names.words(lang))
    site = site_of(decoded.theme(), PageJob(frame=frame, words=words, path="UPDATE-CHECK.html"))
    values = {**site.values, "policy": POLICY, "check": check_address(frame, contents)}
    return site.fill("kit-update-check.html", values).encode()


def check_address(frame: Frame, contents: KitContents) -> str:
    """Give the address of the page that says what was wrong in a kit of this version."""
    return absolute(frame.base_url, f"{frame.lang}/{kit_version_path(contents.version)}")
