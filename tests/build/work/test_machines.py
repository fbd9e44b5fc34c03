"""Other machines make the same bytes, or are refused; whichever of them ends, the site is whole."""

from __future__ import annotations

import gc
import os
import random
import shutil
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import dask
import distributed
import pytest
from click.testing import CliRunner
from stopjihad.build.tree.tree import build_tree
from stopjihad.build.work.answers import TaskFailed, differences
from stopjihad.build.work.batch import WIDE, Batch, cut
from stopjihad.build.work.execute import run_in
from stopjihad.build.work.keys import plan_keys
from stopjihad.build.work.machines import Machines, machines_at
from stopjihad.build.work.scheduler import connect_to, scheduler_address
from stopjihad.cli.main import main
from stopjihad.disk.store import SharedStore, StoreAddress, store_address
from stopjihad.problem import ProblemsFound

from support.build import CAMPAIGN, SMALL, day_of_the_campaign, stopjihad
from support.lying import SCHEDULER_LIES, WORKER_LIES, mark_in, ran_in
from support.machines import Cluster, cluster_in, environment, settings, write_certificates
from support.toy import VERSIONS, expected, make_plan, texts, toy_rendering, toy_target, tree


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder with the certificates that drivers in this process and others show."""
    folder = tmp_path_factory.mktemp("machines")
    write_certificates(folder)
    with pytest.MonkeyPatch.context() as patched, dask.config.set(settings(folder)):
        for name, path in environment(folder).items():
            patched.setenv(name, path)
        for name, path in mark_in(folder).items():
            patched.setenv(name, path)
        yield folder


@pytest.fixture(scope="module")
def machines(certificates: Path) -> Iterator[Cluster]:
    with cluster_in(certificates, 0) as cluster:
        yield cluster


@pytest.fixture
def cluster(machines: Cluster) -> Iterator[Cluster]:
    """Give a scheduler with two workers that nobody has ended."""
    machines.add_worker()
    machines.add_worker()
    yield machines
    machines.end_workers()


def workspace(folder: Path) -> Path:
    shutil.copytree(SMALL / "campaigns", folder / "campaigns")
    return folder


def build(folder: Path, cluster: Cluster, *words: str):
    return stopjihad(
        *("-C", folder, "build", "--quiet", "--executor", cluster.url, *words),
        SOURCE_DATE_EPOCH=day_of_the_campaign(),
        **cluster.environment,
    )


def toy_build(
    folder: Path,
    executor: Machines,
    count: int = 60,
    store: StoreAddress | None = None,
    **changes: str,
) -> None:
    plan = make_plan(texts(count, **changes))
    build_tree(plan, toy_target(folder), toy_rendering(executor=executor, store=store))


def site(folder: Path) -> dict[str, bytes]:
    files = tree(folder / "dist/toy")
    del files["manifest.json"]
    return files


def codes(error: ProblemsFound) -> list[str]:
    return [problem.code for problem in error.problems]


@pytest.mark.long
def test_a_campaign_made_elsewhere_has_the_same_bytes(
    cluster: Cluster, small: Path, tmp_path: Path
) -> None:
    root = workspace(tmp_path)
    done = build(root, cluster)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert tree(root / "dist" / CAMPAIGN) == tree(small)


def test_a_worker_with_another_harfbuzz_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    other = cluster.add_worker(version_string="1.0.0")
    done = build(workspace(tmp_path), cluster)
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if "worker-differs" in line]
    assert other in line
    assert "HarfBuzz 1.0.0 instead of" in line
    assert "zlib" not in line
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "dist").exists()


def test_a_worker_that_comes_later_is_refused_too(cluster: Cluster, tmp_path: Path) -> None:
    with machines_at(cluster.url) as executor:
        executor.join()
        cluster.end_workers()
        other = cluster.add_worker(version_string="1.0.0")
        with pytest.raises(ProblemsFound, match="HarfBuzz 1") as found:
            toy_build(tmp_path, executor, 3)
    assert codes(found.value) == ["worker-differs"]
    assert other in str(found.value)
    assert not (tmp_path / "dist/toy").exists()


def test_workers_that_are_killed_change_nothing(cluster: Cluster, tmp_path: Path) -> None:
    """Either worker ends at five random moments; another takes its place."""
    chance = random.Random(16)
    right = expected(make_plan(texts(60, p1="!slow", p2="!slow")))
    for number in range(5):
        folder = tmp_path / f"{number}"
        with machines_at(cluster.url) as executor:
            done = during(lambda: kill_one(cluster, chance))
            toy_build(folder, executor, p1="!slow", p2="!slow")
            done()
        assert site(folder) == right


@pytest.mark.long
def test_a_campaign_is_whole_whichever_worker_is_killed(
    cluster: Cluster, small: Path, tmp_path: Path
) -> None:
    """As people build it: five times, from new workspaces, a worker ended at a random moment."""
    chance = random.Random(2026)
    for number in range(5):
        root = workspace(tmp_path / f"{number}")
        done = during(lambda: kill_one(cluster, chance, 1.0, 6.0))
        built = build(root, cluster)
        done()
        assert (built.returncode, built.stderr) == (0, "")
        assert tree(root / "dist" / CAMPAIGN) == tree(small)


def kill_one(
    cluster: Cluster, chance: random.Random, first: float = 0.0, last: float = 0.5
) -> None:
    """End either worker between two moments, in seconds from now, and start another."""
    time.sleep(chance.uniform(first, last))
    cluster.kill_worker(chance.randrange(2))
    cluster.add_worker()


def during(action: Callable[[], None]) -> Callable[[], None]:
    """Do something beside; give a function that waits for its end."""
    other = threading.Thread(target=action)
    other.start()
    return other.join


def test_with_a_shared_store_no_bytes_come_back(cluster: Cluster, tmp_path: Path) -> None:
    store = store_address(str(tmp_path / "store"))
    plan = make_plan(texts(20))
    keys = plan_keys(plan, VERSIONS)
    costly = frozenset({"card"})
    like = Batch("support.toy:render_batch", (), (), {}, "", store, costly, away=True)
    todo = cut(plan.steps, keys, plan.inputs, like, WIDE)
    with machines_at(cluster.url) as executor:
        outcomes = [one for batch in run_in(executor, todo, 3) for one in batch]
        assert len(outcomes) == len(plan.steps)
        assert all(one.sha256 and one.data is None for one in outcomes)
        toy_build(tmp_path, executor, 20, store=store)
    assert site(tmp_path) == expected(plan)


def same(data: bytes) -> bytes:
    return data


def fail() -> int:
    return 1 // 0


@pytest.fixture
def without_collecting() -> Iterator[None]:
    """Leave cycles alone, as commands do: what is held by one is held to the end."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("without_collecting")
def test_nobody_keeps_work_that_is_done(cluster: Cluster) -> None:
    """A build of a hundred campaigns had all inputs in the scheduler, and results in workers."""
    size, count = 500_000, 60
    with machines_at(cluster.url) as executor:
        executor.join()
        tracemalloc.start()
        try:
            for number in range(count):
                data = number.to_bytes(2) * (size // 2)
                assert executor.submit(same, data).result() == data
            held, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert held < size * count / 4  # a few of the last messages, and none of the results
        assert forgotten(cluster)
        with pytest.raises(TaskFailed, match="ZeroDivisionError"):
            executor.submit(fail).result()
        assert forgotten(cluster)


def forgotten(cluster: Cluster) -> bool:
    """Tell whether the scheduler and its workers forget all work within some seconds."""
    with distributed.Client(cluster.url, set_as_default=False) as client:
        for _ in range(200):
            tasks = client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks))
            held = client.run(lambda dask_worker: len(dask_worker.state.tasks))
            if not tasks and not any(held.values()):
                return True
            time.sleep(0.02)
    return False


def test_what_is_damaged_in_a_shared_store_is_made_again(cluster: Cluster, tmp_path: Path) -> None:
    store = store_address(str(tmp_path / "store"))
    right = expected(make_plan(texts(20)))
    with machines_at(cluster.url) as executor:
        toy_build(tmp_path / "one", executor, 20, store=store)
        for file in (tmp_path / "store").rglob("*"):
            if file.is_file():
                file.write_bytes(file.read_bytes()[:-1] + b"!")
        toy_build(tmp_path / "two", executor, 20, store=store)
    assert site(tmp_path / "two") == right


def test_bytes_come_back_when_workers_see_another_store(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is no shared one: nothing that workers put there is found here."""
    store = store_address(str(tmp_path / "store"))
    monkeypatch.setattr(SharedStore, "get", lambda *_: None)
    with machines_at(cluster.url) as executor:
        toy_build(tmp_path, executor, 20, store=store)
    assert site(tmp_path) == expected(make_plan(texts(20)))


def test_the_same_campaign_is_taken_from_the_store(
    cluster: Cluster, small: Path, tmp_path: Path
) -> None:
    """Elsewhere first, then by a machine of its own, which makes nothing."""
    words = ("--store", str(tmp_path / "store"))
    first, second = workspace(tmp_path / "one"), workspace(tmp_path / "two")
    done = build(first, cluster, *words)
    assert (done.returncode, done.stderr) == (0, "")
    done = stopjihad("-C", second, "build", *words, SOURCE_DATE_EPOCH=day_of_the_campaign())
    assert (done.returncode, done.stderr) == (0, "")
    assert not (second / ".stopjihad" / "parsed").exists()  # nothing was parsed, or checked
    for root in (first, second):
        assert tree(root / "dist" / CAMPAIGN) == tree(small)


def test_work_that_ends_each_worker_is_named(cluster: Cluster, tmp_path: Path) -> None:
    cluster.add_worker()
    with machines_at(cluster.url) as executor, pytest.raises(ProblemsFound) as found:
        toy_build(tmp_path, executor, 1, p0="!exit")
    assert codes(found.value) == ["worker-died"]
    assert "site/cards/ar/p0/og.png and 4 more" in str(found.value)


def test_without_workers_a_build_ends(cluster: Cluster, tmp_path: Path) -> None:
    executor = Machines(cluster.url, lambda: connect_to(cluster.url), patience=0.5)
    executor.join()
    cluster.end_workers()
    with pytest.raises(ProblemsFound, match="has no workers") as found:
        toy_build(tmp_path, executor, 3)
    executor.shutdown()
    assert codes(found.value) == ["executor-silent"]


@pytest.mark.usefixtures("certificates")
def test_without_a_scheduler_a_build_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stopjihad.build.work.scheduler.ANSWER", 2)
    words = ["-C", str(workspace(tmp_path)), "build", "--executor", "tls://127.0.0.1:9"]
    done = CliRunner().invoke(main, words)  # in this process: nobody waits ten seconds here
    assert done.exit_code == 1
    assert "error[executor-silent] no scheduler answers at tls://127.0.0.1:9" in done.output
    assert isinstance(done.exception, SystemExit)


def test_a_connection_that_is_lost_leaves_the_old_site(
    certificates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cluster_in(certificates) as cluster, machines_at(cluster.url) as executor:
        toy_build(tmp_path, executor, 2)
        old = tree(tmp_path / "dist/toy")
        executor.join()
        monkeypatch.setattr("stopjihad.build.work.machines.ANSWER", 2)
        done = during(cluster.kill_scheduler)
        with pytest.raises(ProblemsFound, match="was lost") as found:
            toy_build(tmp_path, executor, 400, p1="!slow")
        done()
    assert codes(found.value) == ["executor-silent"]
    assert tree(tmp_path / "dist/toy") == old


def test_addresses() -> None:
    url = "tls://scheduler.example.org:8786"
    assert scheduler_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "dask://127.0.0.1:8786",  # any account of this machine could answer there
        "dask://scheduler:8786",
        "dask://192.0.2.1:8786",
        "dask://127.0.0.1.example.org:8786",
        "dask://127.0.0.1",
        "dask://me@127.0.0.1:8786",
        "tls://scheduler",
        "tls://scheduler:port",
        "tcp://127.0.0.1:8786",
        "8786",
        "",
    ],
)
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        scheduler_address(url)
    assert codes(found.value) == ["executor-address"]


def test_differences_are_named() -> None:
    assert differences({"a": "1", "b": "2"}, {"a": "1", "b": "3"}) == "b 3 instead of 2"
    assert differences({"a": "1"}, {"c": "1"}) == "a missing instead of 1, c 1 instead of none"


@pytest.mark.parametrize("lie", WORKER_LIES)
def test_21_what_a_worker_answers_runs_nothing_here(
    lie: str,
    cluster: Cluster,
    certificates: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """An object whose making is a command, in each place that Dask makes one of; and other lies."""
    cluster.end_workers()
    liar = cluster.add_worker(lie)
    with machines_at(cluster.url) as executor:
        toy_build(tmp_path, executor, 12)
        faults = executor.faults()
    assert site(tmp_path) == expected(make_plan(texts(12)))
    assert not ran_in(certificates, os.getpid())
    told = capfd.readouterr()
    assert "Traceback" not in told.err
    assert "printed" not in told.out
    if lie not in {"warning", "print"}:
        (fault,) = faults
        assert fault.code == "worker-answer"
        assert liar in str(fault) or lie == "exception"


@pytest.mark.parametrize("lie", SCHEDULER_LIES)
def test_21_what_a_scheduler_says_runs_nothing_here(
    lie: str,
    machines: Cluster,
    certificates: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    liar = machines.beside(lie)
    with machines_at(liar.url) as executor:
        try:
            toy_build(tmp_path, executor, 12)
        except ProblemsFound as found:
            assert codes(found) in (["worker-differs"], ["executor-silent"])  # noqa: PT017
        else:
            assert site(tmp_path) == expected(make_plan(texts(12)))
    assert not ran_in(certificates, os.getpid())
    assert "Traceback" not in capfd.readouterr().err
