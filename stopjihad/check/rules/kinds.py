"""Name the kinds of check, by what they look at."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from stopjihad.check.rules import (
    calls,
    claims,
    links,
    notices,
    numbers,
    openings,
    people,
    seen,
    shape,
)
from stopjihad.check.rules.case import Kind

WHOLE: Mapping[str, Kind] = MappingProxyType(
    {
        "age": shape.age,
        "alternative": seen.alternative,
        "apart": shape.apart,
        "cited": shape.cited,
        "consent": people.consent,
        "contact": people.contact,
        "contrast": seen.contrast,
        "covered": calls.covered,
        "disclosed": people.disclosed,
        "elsewhere": notices.elsewhere,
        "everyone": people.everyone,
        "expiring": notices.expiring,
        "first_hand": shape.first_hand,
        "gate": shape.gate,
        "helpline": calls.helpline,
        "media": seen.media,
        "numbers": numbers.numbers,
        "pairing": people.pairing,
        "plan": people.plan,
        "reachable": calls.reachable,
        "replies": people.replies,
        "required": shape.required,
    }
)
"""Kinds that look at a whole campaign."""

BY_LANGUAGE: Mapping[str, Kind] = MappingProxyType(
    {
        "dangling": openings.dangling,
        "denied": links.denied,
        "fear": shape.fear,
        "flagged": claims.flagged,
        "form": seen.form,
        "isolated": seen.isolated,
        "label": shape.label,
        "markup": notices.markup,
        "opening": claims.opening,
        "overlap": claims.overlap,
        "repeated": claims.repeated,
    }
)
"""Kinds that look at a campaign in one language at a time, whatever the others say."""

OF_BODIES = frozenset({"dangling", "denied", "isolated"})
"""Those of ``BY_LANGUAGE`` that stop a build and read more than a talking point's short texts."""
