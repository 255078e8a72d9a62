"""The one that is halted: it stands in the middle of a write, says so, and goes on with it once it is told to."""

from __future__ import annotations

import sys
from pathlib import Path

from app.store.store import Store
from tests.kill.sender import say, wait

BEFORE, AFTER = "half of it", "the other half"


def run(path: Path) -> None:
    """Add a first half, wait for a line, add the second half, and end."""
    store = Store(path)
    with store.write("Added") as conn:
        conn.execute("INSERT INTO member (name, created_at) VALUES (?, 0)", (BEFORE,))
        say("HALF")
        wait()
        conn.execute("INSERT INTO member (name, created_at) VALUES (?, 0)", (AFTER,))
    store.close()
    say("DONE")


if __name__ == "__main__":
    run(Path(sys.argv[1]))
