"""What tests of the product share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new, empty file of this test alone."""
    made = Store(tmp_path / "community.rapport")
    yield made
    made.close()
