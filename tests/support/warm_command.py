"""The command in processes that begin at once: each is forked from one that has loaded all that `align serve` needs.

A process of its own it is all the same: it has its own memory and files, and can be killed at any moment.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from support.command_line import CHECKOUT, HERE, plain_environment
from support.processes import alive, until


@dataclass(frozen=True)
class Running:
    """A command that runs."""

    pid: int

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return alive(self.pid)

    def kill(self) -> None:
        """End it as the power does, and wait till it is gone."""
        os.kill(self.pid, signal.SIGKILL)
        assert until(lambda: not self.alive)


@dataclass(frozen=True)
class Warm:
    """Starts commands."""

    parent: subprocess.Popen[str]

    def start(self, *arguments: str) -> Running:
        """The command with these arguments, which has begun."""
        assert self.parent.stdin is not None
        assert self.parent.stdout is not None
        self.parent.stdin.write(json.dumps(arguments) + "\n")
        self.parent.stdin.flush()
        return Running(int(self.parent.stdout.readline()))


@contextmanager
def warm_command() -> Iterator[Warm]:
    """What starts commands while the block runs."""
    environment = plain_environment() | {"PYTHONPATH": f"{CHECKOUT}{os.pathsep}{HERE.parent}"}
    words = [sys.executable, "-m", "support.warm_command"]
    with subprocess.Popen(
        words, env=environment, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        yield Warm(parent)


def _forks() -> None:
    import align.cli.serve  # noqa: F401 - all that a server needs, loaded before any fork
    from align.cli.main import main

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those that ended are gone at once
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os._exit(main(json.loads(line)))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _forks()
