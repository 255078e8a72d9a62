"""Reads a file back and applies it; before each row that is written it says so, and goes on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from app.base import paths
from app.handoffs import returned
from app.workbench import Workbench
from tests.kill.sender import say

_take = returned.take


def _told(*given: Any, **more: Any) -> None:
    say("TAKING", given[1])
    _take(*given, **more)


def main(folder: str, file: str) -> None:
    """Apply `file` to the community in `folder`."""
    returned.take = _told
    bench = Workbench(paths.profile(Path(folder)))
    found = bench.returns.read(Path(file))
    say("READ")
    bench.returns.apply(found)
    say("DONE")
    bench.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
