"""A shared store in a bucket: what several machines keep there is found, and nothing else.

Its folder form is tested in tests/disk; the server that speaks S3 is here.
"""

from __future__ import annotations

import pytest
from stopjihad.disk.store import SharedStore, StoreAddress, store_address

from support.servers import SECRET, Store

KEYS = [f"{number:02x}" * 32 for number in range(20)]


@pytest.fixture
def address(store: Store, credentials: None, monkeypatch: pytest.MonkeyPatch) -> StoreAddress:
    store.client.create_bucket(Bucket="shared-outputs")
    monkeypatch.setenv("AWS_ENDPOINT_URL", store.endpoint)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    return store_address("s3://shared-outputs/some/folder")


def test_a_bucket_keeps_what_was_put_first(store: Store, address: StoreAddress) -> None:
    shared = SharedStore(address)
    shared.require()
    assert shared.get(KEYS[0]) is None
    for key in KEYS:
        assert shared.keep(key, key.encode())
    assert shared.keep(KEYS[0], b"another")
    assert SharedStore(address).get_all(KEYS) == [key.encode() for key in KEYS]
    listed = store.client.list_objects_v2(Bucket="shared-outputs")["Contents"]
    assert {item["Key"].split("/")[:2] == ["some", "folder"] for item in listed} == {True}
    bodies = [
        store.client.get_object(Bucket="shared-outputs", Key=item["Key"])["Body"].read()
        for item in listed
    ]
    assert not any(SECRET.encode() in body or address.secret in body for body in bodies)
    name = next(item["Key"] for item in listed if item["Key"].endswith(KEYS[3]))
    store.client.put_object(Bucket="shared-outputs", Key=name, Body=b"x" * 96)
    assert shared.get(KEYS[3]) is None
    assert shared.keep(KEYS[3], b"mended")
    assert shared.get(KEYS[3]) == b"mended"
