"""Brings an mbox into a file; after every commit it says how many messages it has seen stored, and waits."""

from __future__ import annotations

import sys
from pathlib import Path

from app.imports import Options
from app.imports import messages as chunks
from app.imports.desk import Imports
from app.intake import Intake
from app.store.changes import Changes
from app.store.store import Store
from tests.kill.sender import say, wait

CHUNK = 40  # messages in a commit; small, so that there are many instants to die at


def main(file: str, mbox: str) -> None:
    """Import `mbox` into the community at `file`."""
    chunks.CHUNK = CHUNK
    store = Store(Path(file))

    def acknowledge(_found: Changes) -> None:
        count = store.read.execute("SELECT count(*) FROM message").fetchone()[0]
        say("COMMITTED", count)
        wait()

    store.listen(acknowledge)
    Imports(store, Intake(store)).run(Path(mbox), Options(own=("brand@example.org",)))
    say("DONE")


if __name__ == "__main__":
    main(*sys.argv[1:])
