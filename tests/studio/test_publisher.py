"""An alert is uploaded from its board while somebody else uploads."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from stopjihad.model.targets import FolderTarget, PublishTarget
from stopjihad.problem import ProblemsFound
from stopjihad.publish.lease import NOBODY, TargetBusy
from stopjihad.publish.publish_request import PublishRequest
from stopjihad.studio import publisher


def test_an_upload_beside_another_one_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was said to be a fault of the program."""

    def leased(*_: object) -> None:
        raise TargetBusy(NOBODY)

    for name in ("open_channel", "ready_release"):
        monkeypatch.setattr(publisher, name, lambda *_: contextlib.nullcontext())
    monkeypatch.setattr(publisher, "ready_upload", lambda *_: SimpleNamespace(release=None))
    monkeypatch.setattr(publisher.deployment, "publish", leased)
    target = PublishTarget(id="live", folder=FolderTarget(path="web"))
    live: Any = SimpleNamespace(root=tmp_path, slug="demo")
    asked = PublishRequest(root=tmp_path, campaign="demo", target=target, now=0)
    with pytest.raises(ProblemsFound, match=r"publish-leased.*at work on 'live'"):
        publisher.publish_build(live, asked, dt.datetime.now(dt.UTC))
