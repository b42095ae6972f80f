"""`align review` and `align serve` as processes, as a user starts them, and a browser's requests to them."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from support.command_line import CHECKOUT, LONGEST_S, plain_environment


@dataclass
class Started:
    """A server that says that it serves."""

    process: subprocess.Popen[str]
    origin: str
    client: httpx.Client
    said: list[str]

    def decide(self, key: str, *, seen: str | None = None, kind: str = "link") -> httpx.Response:
        """The answer to a decision about a subject."""
        return self.client.put(
            f"/api/subjects/{kind}/{key}",
            content=json.dumps({"event": secrets.token_hex(16), "decision": "right"}),
            headers={"If-Match": f'"{seen or "none"}"', "X-Align": "1", "Content-Type": "application/json",
                     "Origin": self.origin},
        )  # fmt: skip


@contextmanager
def started(*arguments: str, cwd: Path = CHECKOUT) -> Iterator[Started]:
    """The server of these arguments; the secret in its address is exchanged already. It is killed after the block."""
    command = [sys.executable, "-m", "align", *arguments]
    with subprocess.Popen(
        command, env=plain_environment(), stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=cwd
    ) as process:
        try:
            said: list[str] = []
            found = None
            while found is None:
                assert process.stderr is not None
                said.append(process.stderr.readline())
                assert said[-1], "".join(said)
                found = re.search(r"until Ctrl-C: ((http://[\d.:]+)\S*)", said[-1])
            with httpx.Client(base_url=found[2], timeout=LONGEST_S) as client:
                if "secret=" in found[1]:
                    assert client.get(found[1]).status_code == 303
                yield Started(process, found[2], client, said)
        finally:
            process.kill()
