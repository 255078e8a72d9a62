"""The one that is killed: runs a rule of keeping, saying before each step what it has come to, and waiting then."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app import rewriting
from app.base import paths
from app.forgetting import desk
from app.workbench import Workbench
from tests.kill.sender import say, wait


def _tell(word: str) -> None:
    say("COMMITTED", word)
    wait()


def _telling(word: str, step: Callable[..., Any]) -> Callable[..., Any]:
    def told(*given: Any, **more: Any) -> Any:
        _tell(word)
        return step(*given, **more)

    return told


def main(folder: str, number: str) -> None:
    """Run the rule of that number in the community in `folder`."""
    bench = Workbench(paths.profile(Path(folder)))
    seen = bench.retention.trial(bench.retention.get(int(number)))
    rewriting.rewrite = _telling("COPY", rewriting.rewrite)
    rewriting.drop_traces = _telling("TRACES", rewriting.drop_traces)
    for name in ("erase", "remove", "store_value", "delete_value"):
        setattr(desk, name, _telling(name.upper(), getattr(desk, name)))
    bench.store.rebuild = _telling("REBUILD", bench.store.rebuild)  # type: ignore[method-assign]
    bench.store.empty_log = _telling("LOG", bench.store.empty_log)  # type: ignore[method-assign]
    bench.retention.run(seen, lambda: _tell("ON"))
    say("DONE")
    bench.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
