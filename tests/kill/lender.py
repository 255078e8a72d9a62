"""The one that is killed: lends the desk, takes it back, or adds what a copy has, saying each step before it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.base import paths
from app.lending import adding, desk, people
from app.store import backup, twin
from app.workbench import Workbench
from tests.kill.sender import say, wait


def _telling(word: str, step: Callable[..., Any]) -> Callable[..., Any]:
    def told(*given: Any, **more: Any) -> Any:
        say("COMMITTED", word)
        wait()
        return step(*given, **more)

    return told


def main(deed: str, folder: str, other: str) -> None:
    """Do it in the community in `folder`; `other` is where the copy goes, or comes from."""
    bench = Workbench(paths.profile(Path(folder)))
    backup.copy = _telling("COPY", backup.copy)
    for name in ("_fill", "_move_into_place"):
        setattr(backup, name, _telling(name, getattr(backup, name)))
    for name in ("take_over", "_make_alike", "note"):
        setattr(twin, name, _telling(name, getattr(twin, name)))
    people.reindex = _telling("REINDEX", people.reindex)
    desk.settings.store_value = _telling("SET", desk.settings.store_value)  # type: ignore[attr-defined]
    desk.settings.delete_value = _telling("DELETED", desk.settings.delete_value)  # type: ignore[attr-defined]
    desk.standstill.read_first = _telling("READ", desk.standstill.read_first)  # type: ignore[attr-defined]
    adding.records.measure_quickly = _telling("MEASURE", adding.records.measure_quickly)  # type: ignore[attr-defined]
    adding.standing.arrived = _telling("STAND", adding.standing.arrived)  # type: ignore[attr-defined]
    if deed == "lend":
        bench.lending.lend(Path(other), "Katerina")
    elif deed == "take":
        bench.lending.take_back(Path(other))
    else:
        bench.lending.add(Path(other))
    say("DONE")
    bench.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
