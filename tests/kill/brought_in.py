"""Imports any file, or goes on with the import that broke off; after every chunk it says so, and waits."""

from __future__ import annotations

import sys
from pathlib import Path

from app.base import paths
from app.imports import Options, gift_sink, people
from app.imports import messages as chunks
from app.store.changes import Changes
from app.workbench import Workbench
from tests.kill.sender import say, wait

CHUNK = 20  # rows in a commit; small, so that there are many instants to die at


def in_small_chunks() -> None:
    """Have every kind of file stored in chunks of so few rows."""
    chunks.CHUNK = people.CHUNK = gift_sink.CHUNK = CHUNK  # type: ignore[attr-defined]


def main(folder: str, file: str = "") -> None:
    """Import `file` into the community in `folder`; without one, go on with what broke off there."""
    in_small_chunks()
    bench = Workbench(paths.profile(Path(folder)))

    def acknowledge(found: Changes) -> None:
        if found.touches("import_batch"):
            say("COMMITTED", bench.store.read.execute("SELECT coalesce(max(new), 0) FROM import_batch").fetchone()[0])
            wait()

    bench.store.listen(acknowledge)
    if file:
        bench.imports.run(Path(file), Options(own=("brand@example.org",)))
    else:
        (found,) = bench.imports.broken_off()
        bench.imports.go_on(found.batch)
    say("DONE")
    bench.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
