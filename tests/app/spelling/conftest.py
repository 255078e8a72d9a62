"""Small dictionaries of our own; Hunspell itself is asked about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.spelling import Spelling
from app.workbench import Workbench
from tests.app.spelling.small import write

pytest.importorskip("hunspell", reason="chunspell is an extra")


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with a small dictionary of each of the five languages."""
    folder = tmp_path / "shelf"
    write(folder)
    return folder


@pytest.fixture
def made(bench: Workbench) -> Iterator[Callable[..., Spelling]]:
    """Makes a desk of spelling over these folders; its processes end with the test."""
    desks = []

    def make(*folders: Path) -> Spelling:
        desks.append(Spelling(bench.store, bench.settings, [("own", str(folder)) for folder in folders], bundled=False))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def spelling(made: Callable[..., Spelling], shelf: Path) -> Spelling:
    """The desk over the small dictionaries."""
    return made(shelf)
