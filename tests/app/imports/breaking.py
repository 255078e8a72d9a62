"""An import that breaks off after its first chunk, as when the window is closed in the midst of it."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from app.base import paths
from app.imports import Options, messages, people
from app.store.changes import Changes
from app.workbench import Workbench

CHUNK = 20
ROWS = 50


def table(folder: Path, rows: int = ROWS) -> Path:
    """A table of members, of so many rows."""
    file = folder / "guests.csv"
    lines = (f"Guest {one},g{one}@example.org" for one in range(rows))
    file.write_text("\n".join(["name,email", *lines, ""]), encoding="utf-8")
    return file


def said(folder: Path, rows: int = ROWS) -> Path:
    """A table of messages, of so many rows."""
    file = folder / "said.csv"
    lines = (f"Blog,2026-03-{one % 27 + 1:02} 10:{one % 60:02},Guest {one},Word {one}" for one in range(rows))
    file.write_text("\n".join(["channel,date,author,text", *lines, ""]), encoding="utf-8")
    return file


def break_off(folder: Path, file: Path, options: Options | None = None) -> int:
    """Import the file into the profile in `folder` up to its first chunk; the number of the import."""
    bench, stop = Workbench(paths.profile(folder)), Event()

    def heard(found: Changes) -> None:
        if found.touches("import_batch"):
            stop.set()

    bench.store.listen(heard)
    with pytest.MonkeyPatch.context() as patch:
        for module in (messages, people):
            patch.setattr(module, "CHUNK", CHUNK)
        done = bench.imports.run(file, options or Options(), None, stop)
    bench.close()
    assert done.stopped
    assert done.batch_id is not None
    return done.batch_id
