"""Servers as children of the tests: each on a free port of 127.0.0.1, ended with the test that began it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.waiting import wait_until


def free_port() -> int:
    """A port that nobody has at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for_door(child: subprocess.Popen[bytes], log: Path, family: socket.AddressFamily, where: Any) -> None:
    """Come back when `child` lets one in at that address; AssertionError where it ends, or never does."""

    def is_open() -> bool:
        assert child.poll() is None, log.read_text(errors="replace")
        with contextlib.suppress(OSError), socket.socket(family) as probe:
            probe.connect(where)
            return True
        return False

    wait_until(is_open, 30, why="it did not open its door")


class Child:
    """A server's process; what it said is told when it does not come up."""

    def __init__(self, *command: str | Path, cwd: Path, log: Path, env: Mapping[str, str] | None = None) -> None:
        self._log = log
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [str(part) for part in command], cwd=cwd, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL,
                stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def wait(self, ready: Callable[[], bool], seconds: float) -> None:
        """Until it is ready; AssertionError where it ends before, or takes longer."""
        until = time.monotonic() + seconds
        while not ready():
            ended = self._process.poll() is not None
            if ended or time.monotonic() > until:
                self.stop()
                why = "ended" if ended else "did not come up"
                msg = f"the server {why}: {self._log.read_text(errors='replace')[-3000:]}"
                raise AssertionError(msg)
            time.sleep(0.1)

    def stop(self) -> None:
        """End it, by force if it lingers."""
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
