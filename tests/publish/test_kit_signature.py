"""A partner's kit is signed where the campaign's key is: a changed sponsor is noticed then."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from stopjihad.build.kit import PartnerKits
from stopjihad.publish.kit_signature import sign_kits
from stopjihad.publish.signing_key import VARIABLE, SigningKey

from support.build import CAMPAIGN, SMALL, stopjihad
from support.campaign import DAY

KEY = SigningKey(b"12345678", bytes(range(32)))


def signed(small: Path) -> bytes:
    kit = (small / f"site/kits/en/{CAMPAIGN}-en.zip").read_bytes()
    (made,) = sign_kits(SMALL, CAMPAIGN, PartnerKits({"a.zip": kit}, DAY, KEY.public)).values()
    return made


def unpack(kit: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(kit)) as archive:
        archive.extractall(folder)
    return folder


def answer(folder: Path, home: Path) -> str:
    there = {"XDG_STATE_HOME": str(home), "SOURCE_DATE_EPOCH": "1795478400"}
    done = stopjihad("signature", "check", folder, "--key", KEY.public, **there)
    return done.stdout + done.stderr


def test_a_signed_kit_tells_of_a_changed_sponsor_and_of_what_was_added(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, KEY.secret)
    kit = signed(small)
    assert signed(small) == kit
    folder = unpack(kit, tmp_path / "kit")
    assert "1 signature(s): good" in answer(folder, tmp_path)
    read = folder / "README.html"
    text = read.read_text("utf-8")
    read.write_text(text.replace("Sample Campaign Team", "Somebody Else"), "utf-8")
    assert "README.html: error[signature-wrong]" in answer(folder, tmp_path)
    read.write_text(text, "utf-8")
    (folder / "more.html").write_text("more", "utf-8")
    assert "more.html: error[signature-extra]" in answer(folder, tmp_path)


def test_nobody_signs_a_kit_with_a_key_that_the_campaign_does_not_name(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = SigningKey(b"87654321", bytes(32))
    monkeypatch.setenv(VARIABLE, other.secret)
    with zipfile.ZipFile(io.BytesIO(signed(small))) as archive:
        assert "kit.json.minisig" not in archive.namelist()
