"""What the tests of older files share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def copied_schema() -> None:
    """Here each new file runs every step of the schema."""
