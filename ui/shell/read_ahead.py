"""The pages' code is read from the disk while nobody waits, as a page is loaded when it is first opened.

Where the disk is slow, or busy with a sync, the page would otherwise stand still for each of its hundred small files: a
second was measured. Nothing is loaded into this process: the system keeps what it has read in memory it has to spare.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

import app
import ui


def compiled() -> Iterator[Path]:
    """The compiled files of the window and of what it shows, as far as there are any."""
    for package in (ui, app):
        for folder in package.__path__:
            for source in sorted(Path(folder).rglob("*.py")):
                file = Path(cache_from_source(str(source)))
                if file.is_file():
                    yield file


def begin() -> threading.Thread:
    """Read them on a thread of its own, which is returned; it holds nobody up at the end."""
    thread = threading.Thread(target=_read, name="reading ahead", daemon=True)
    thread.start()
    return thread


def _read() -> None:
    for file in compiled():
        with suppress(OSError):  # it is read when it is wanted, or compiled anew
            file.read_bytes()
