"""Commands as a person types them, with what each printed and its status.

A command runs within the tests' own process, where nothing has to be imported anew: a process for each would take four
minutes. One with an environment of its own has a process too, and `apart=True` is for what only a process can show.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import main

HOUSE = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said, and how it ended."""

    out: str
    err: str
    status: int


def within(words: Sequence[str], given: str, folder: Path) -> Said:
    """Run a command in this process, with streams of its own, in that folder."""
    streams = [io.TextIOWrapper(io.BytesIO(begun), encoding="utf-8") for begun in (given.encode(), b"", b"")]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        status = main.main(words)
    for stream in streams[1:]:
        stream.flush()
    out, err = (stream.buffer.getvalue().decode() for stream in streams[1:])
    return Said(out, err, status)


@dataclass(slots=True)
class Shell:
    """A profile, and commands on it."""

    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    def run(self, *words: str | Path, given: str = "", profile: bool = True, apart: bool = False) -> Said:
        """Run a command; `given` comes on its standard input."""
        asked = [*(["--profile", str(self.folder)] if profile else []), *map(str, words)]
        if not (apart or self.environ):
            return within(asked, given, self.folder.parent)
        done = subprocess.run(
            [sys.executable, str(HOUSE / "main.py"), *asked], capture_output=True, encoding="utf-8", input=given,
            timeout=120, check=False, cwd=self.folder.parent, env={**os.environ, **self.environ},
        )  # fmt: skip
        return Said(done.stdout, done.stderr, done.returncode)

    def told(self, *words: str | Path, given: str = "", status: int = 0) -> Any:
        """The one JSON document that a command prints with --json; the test fails at another status."""
        said = self.run(*words, "--json", given=given)
        assert said.status == status, (words, said)
        return json.loads(said.out)
