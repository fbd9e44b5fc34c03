"""Targets on real servers: a bucket of moto's, a folder of Debian's sshd, a folder of the disk."""

from __future__ import annotations

import copy
import getpass
import socket
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from stopjihad.model.targets import FolderTarget, PublishTarget, SftpTarget, StoreTarget
from stopjihad.publish.bucket import BucketDestination
from stopjihad.publish.channel import Channel, bucket, layout
from stopjihad.publish.folder import FolderDestination
from stopjihad.publish.sftp import SftpDestination

from support.targets import Seen, files_below
from support.timing import until

KEY_ID, SECRET = "CANARY-KEY-7151", "CANARY-SECRET-90aa2"
"""What the tests give to the servers, and look for in all that is printed and written."""


class Case(NamedTuple):
    """Hold a target, its place and layout, and what readers see there."""

    target: PublishTarget
    place: Any
    layout: str
    seen: Seen

    def channel(self, place: Any = None) -> Channel:
        if self.target.store is not None:
            return bucket(place or self.place, self.target)
        # Each publisher has a room of its own on the target, as programs of their own have.
        return layout(place or copy.copy(self.place), self.layout, self.target)


class Store(NamedTuple):
    """Hold a server that speaks S3: its address, and a client that is not ours."""

    endpoint: str
    client: Any


class Sshd(NamedTuple):
    """Hold Debian's sshd: its port, and a home folder that knows it."""

    port: int
    home: Path


def wait_for(port: int) -> None:
    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    until(listens, "sshd does not listen")


def folder_case(path: Path, name: str) -> Case:
    target = PublishTarget(
        id="live", folder=FolderTarget(path=str(path), layout=name), most_gone=100
    )
    return Case(target, FolderDestination(str(path)), name, on_disk(path, name))


def on_disk(path: Path, name: str) -> Seen:
    def seen() -> dict[str, bytes]:
        folder = path / "current" if name == "releases" else path
        return files_below(folder) if folder.exists() else {}

    return seen


_buckets = count()


def store_case(store: Store) -> Case:
    name = f"campaign-{next(_buckets)}"
    store.client.create_bucket(Bucket=name)
    settings = StoreTarget(bucket=name, prefix="site/x", endpoint=store.endpoint)
    target = PublishTarget(id="live", store=settings, most_gone=100)

    def seen() -> dict[str, bytes]:
        listed = store.client.list_objects_v2(Bucket=name, Prefix="site/x/").get("Contents", ())
        return {
            item["Key"].removeprefix("site/x/"): store.client.get_object(
                Bucket=name, Key=item["Key"]
            )["Body"].read()
            for item in listed
            if "/.stopjihad/" not in item["Key"]
        }

    return Case(target, BucketDestination(settings), "plain", seen)


def sftp_target(sshd: Sshd, path: Path, name: str) -> PublishTarget:
    settings = SftpTarget(
        host="127.0.0.1", port=sshd.port, user=getpass.getuser(), path=str(path), layout=name
    )
    return PublishTarget(id="live", sftp=settings, most_gone=100)


def elsewhere(place: SftpDestination, path: Path) -> SftpDestination:
    """Use a connection for another folder: each test need not connect a hundred times."""
    other = copy.copy(place)
    other._base, other._folders = str(path), set()
    return other
