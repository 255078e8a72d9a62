"""Halts a process in the middle of a write, and lets it go on."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.store.store import Store
from tests.kill.halted import AFTER, BEFORE
from tests.kill.killing import ROOT


@contextmanager
def halted(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that is stopped in the middle of a write; it has gone on to its end afterwards."""
    command = [sys.executable, "-m", "tests.kill.halted", str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline().split() == ["HALF"]
        child.send_signal(signal.SIGSTOP)
        child.stdin.write("on\n")
        child.stdin.flush()
        try:
            yield child
        finally:
            child.send_signal(signal.SIGCONT)
        assert child.stdout.readline().split() == ["DONE"]
        assert child.wait(30) == 0


def names(store: Store) -> list[str]:
    sql = "SELECT name FROM member WHERE name IN (?, ?, 'ours') ORDER BY id"
    return [name for (name,) in store.read.execute(sql, (BEFORE, AFTER))]
