"""What tests of the product share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.hooks import HOOKS
from app.store.store import Store
from app.workbench import Workbench


@pytest.fixture
def bench(profile: Profile) -> Iterator[Workbench]:
    """The whole product on a new, empty file of this test alone."""
    made = Workbench(profile)
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new, empty file of this test alone; an undo in it does all that it does in a community's."""
    made = Store(tmp_path / "community.rapport", HOOKS)
    yield made
    made.close()
