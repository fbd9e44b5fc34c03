"""Start ``ssh`` for a git repository elsewhere: it sees no secret of ours, and none outlives us."""

from __future__ import annotations

import contextlib
import functools
import subprocess
from typing import TYPE_CHECKING, Any

from stopjihad.publish.destination import Unreachable
from stopjihad.publish.git_credentials import clean_environment

if TYPE_CHECKING:
    from dulwich.client import GitClient, SubprocessWrapper
    from dulwich.protocol import Protocol

PATIENCE = 20
"""Seconds to wait for a host."""

ENDING = 2
"""Seconds that ``ssh`` has to end by itself when nothing more is asked of it."""

_SSH = ("ssh", "-x", "-o", "BatchMode=yes", "-o", f"ConnectTimeout={PATIENCE}")


class SshProcesses:
    """Start processes as the library asks for them, and end those that it left."""

    def __init__(self) -> None:
        """Start with none."""
        self._started: list[subprocess.Popen[bytes]] = []
        self._lines: list[Protocol] = []

    def serve(self, client: GitClient) -> None:
        """Let ``client`` start ``ssh`` here, and close at the end what it opens and gives up."""
        serving: Any = client
        connect = getattr(client, "_connect", None)
        if connect is None:
            return  # by https there is no process

        def keep_connection(*words: Any, **named: Any) -> Any:
            made = connect(*words, **named)
            self._lines.append(made[0])
            return made

        serving.ssh_vendor, serving._connect = self, keep_connection  # noqa: SLF001

    def close(self) -> None:
        """End all that still run, and close what leads to them."""
        for process in self._started:
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            process.kill()
            process.wait()
        for line in self._lines:
            line.close()

    def run_command(
        self,
        host: str,
        command: bytes,
        username: str | None = None,
        port: int | None = None,
        protocol_version: int | None = None,
        **_: Any,
    ) -> SubprocessWrapper:
        """Run a command on a host.

        Args:
            username: who logs in; the user's own settings say so when not given.
            port: of the host; the user's own settings say so when not given.
            protocol_version: of git's protocol; 0 is not mentioned.

        Raises:
            Unreachable: the name would be an option.
        """
        from dulwich.client import SubprocessWrapper

        where = f"{username}@{host}" if username else host
        if where.startswith("-"):
            raise Unreachable("this is no name of a host")
        words = [*_SSH, *(("-p", str(port)) if port else ())]
        if protocol_version:
            words += ["-o", f"SetEnv GIT_PROTOCOL=version={protocol_version}"]
        process = subprocess.Popen(  # noqa: S603 (no shell, and no option of a stranger)
            [*words, where, command],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=clean_environment(),
        )
        self._started.append(process)
        way = SubprocessWrapper(process)
        way.close = functools.partial(way.close, timeout=ENDING)  # type: ignore[method-assign]
        return way
