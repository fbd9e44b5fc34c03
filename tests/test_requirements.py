"""Locks hold every dependency, by version and hash, and say nothing about where it came from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.build import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
GROUPS = {"run": ["build"], "dev": ["build", "dev"], "bench": ["build", "dev", "bench"]}
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; (.*?))? \\$", re.MULTILINE)


def lock(name: str) -> Path:
    return REPOSITORY / "requirements" / f"{name}.txt"


def pins(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package, version, _ in PINNED.findall(lock(name).read_text("utf-8")):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize("name", GROUPS)
def test_the_lock_holds_what_the_project_asks_for(name: str) -> None:
    """After a change of dependencies, ``make lock`` renews the locks."""
    wanted = list(PROJECT["project"]["dependencies"])
    for group in GROUPS[name]:
        wanted += PROJECT["dependency-groups"][group]
    locked = pins(name)
    for text in wanted:
        requirement = Requirement(text)
        versions = locked.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not locked: make lock"
        outside = [version for version in versions if version not in requirement.specifier]
        assert outside == [], text


@pytest.mark.parametrize("name", GROUPS)
def test_the_lock_names_no_address_and_every_release_has_its_hash(name: str) -> None:
    text = lock(name).read_text("utf-8")
    assert re.findall(r"https?:|file:|--(?:extra-)?index|--find-links|--trusted|@ ", text) == []
    entries = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(PINNED.findall(text))
    assert [entry.split(" ")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_agree_so_that_one_environment_serves_demo_and_tests() -> None:
    run, dev, bench = pins("run"), pins("dev"), pins("bench")
    assert {name: dev.get(name) for name in run} == run
    assert {name: bench.get(name) for name in dev} == dev


def test_debian_packages_stand_in_one_place_with_a_reason() -> None:
    lines = (REPOSITORY / "requirements/debian.txt").read_text("utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in packages if not re.fullmatch(r"[a-z0-9.+-]+ +# .{8,}", line)] == []
