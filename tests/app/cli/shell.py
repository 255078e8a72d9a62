"""Commands as a person types them: each in a process of its own, with what it printed and its status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said, and how it ended."""

    out: str
    err: str
    status: int


@dataclass(slots=True)
class Shell:
    """A profile, and commands on it."""

    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    def run(self, *words: str | Path, given: str = "", profile: bool = True) -> Said:
        """Run a command; `given` comes on its standard input."""
        command = [sys.executable, str(HOUSE / "main.py"), *(["--profile", str(self.folder)] if profile else [])]
        done = subprocess.run(
            [*command, *map(str, words)], capture_output=True, encoding="utf-8", input=given, timeout=120, check=False,
            cwd=self.folder.parent, env={**os.environ, **self.environ},
        )  # fmt: skip
        return Said(done.stdout, done.stderr, done.returncode)

    def told(self, *words: str | Path, given: str = "", status: int = 0) -> Any:
        """The one JSON document that a command prints with --json; the test fails at another status."""
        said = self.run(*words, "--json", given=given)
        assert said.status == status, (words, said)
        return json.loads(said.out)
