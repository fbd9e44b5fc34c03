"""A git server by https: what goes and comes, and what is said when it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from stopjihad.problem import ProblemsFound
from stopjihad.publish import git_credentials
from stopjihad.publish.team.exchange import fetch, read_state, send

from support.colleagues import POINT, TEXT, Colleagues, git, read, write
from support.git_server import PASSWORD, USER, GitServer, git_server
from support.targets import files_below


@pytest.fixture
def server(
    team: Colleagues, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[GitServer]:
    """Serve what the team shares; its host is named, its certificate trusted, its user known."""
    certificate = tmp_path / "certificate.pem"
    with git_server(team.shared.parent, certificate) as server:
        git(team.ours, "config", "remote.origin.url", f"https://{server.host}/{team.shared.name}")
        git_credentials.name_host(server.host)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        monkeypatch.setenv(git_credentials.USER, USER)
        monkeypatch.setenv(git_credentials.TOKEN, PASSWORD)
        yield server


def test_words_come_and_go_over_https(team: Colleagues, server: GitServer) -> None:
    team.they_send(POINT, TEXT.replace("first", "third"))
    assert [one.by for one in fetch(team.ours, "Amal").came] == ["Noor"]
    write(team.ours, POINT, TEXT.replace("first", "fourth"))
    assert [one.path for one in send(team.ours, "Amal").sent] == [POINT]
    git(team.theirs, "pull", "-q")
    assert "fourth" in read(team.theirs, POINT)
    assert read_state(team.ours).address == f"https://{server.host}/team.git"
    kept = files_below(team.ours.parent)
    assert not [path for path, data in kept.items() if PASSWORD.encode() in data]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("certificate", "its certificate is not to be trusted"),
        ("token", "it takes no name and token"),
        ("403", "it does not let you in"),
        ("404", "there is no repository"),
        ("503", "it is out of order"),
        ("302", "it has another address now"),
        ("gone", "the remote does not answer"),
    ],
)
def test_what_a_server_refuses_is_said_with_a_remedy_and_nothing_is_lost(
    team: Colleagues,
    server: GitServer,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    said: str,
) -> None:
    write(team.ours, POINT, TEXT.replace("first", "fourth"))
    if kind == "certificate":
        monkeypatch.delenv("SSL_CERT_FILE")
    elif kind == "token":
        monkeypatch.setenv(git_credentials.USER, "somebody")
    elif kind == "gone":
        server.shutdown()  # else a caller may get in still, whose socket ssl leaves open
        server.server_close()
    else:
        server.status = int(kind)
    for act in (fetch, send):
        with pytest.raises(ProblemsFound) as found:
            act(team.ours, "Amal")
        (problem,) = found.value.problems
        assert said in problem.message
        assert problem.hint
        assert "\n" not in str(problem)
        assert PASSWORD not in str(problem)
    assert "fourth" in read(team.ours, POINT)
    assert [one.path for one in read_state(team.ours).outgoing] == [POINT]
