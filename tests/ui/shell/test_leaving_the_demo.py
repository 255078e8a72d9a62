"""Leaving a demo that was started as one: the person's own file is then locked as by any other window."""

from __future__ import annotations

import pytest

from app.base.paths import Profile
from app.workbench import Workbench
from ui.shell.application import Application, qt_application
from ui.shell.lock import WindowLock


@pytest.mark.slow
def test_ones_own_file_is_locked_once_the_demo_is_left(profile: Profile) -> None:
    qt_application(["rapport"])
    Workbench(profile).close()
    application = Application(profile, demo=True)
    application.start()
    other = WindowLock(profile.folder)
    assert other.take()
    other.free()
    application.leave_demo()
    assert not application.demo
    assert not other.take()
    application.close()
    application._lock.free()
    assert other.take()
    other.free()
