"""What tests of the shell share."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.paths import Profile
from tests.app.cli.shell import Shell


@pytest.fixture
def empty(tmp_path: Path) -> Shell:
    """Commands on a profile that is not there yet."""
    return Shell(tmp_path / "profile")


@pytest.fixture
def demo(demo_profile: Profile) -> Shell:
    """Commands on the demo community."""
    return Shell(demo_profile.folder)
