"""A window that is ended from outside closes as by hand, and a demo leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.store.store import Store
from tests.kill.leaver import TYPED
from tests.waiting import wait_until

HOUSE = Path(__file__).parents[3]


def _window(folder: Path, *words: str) -> subprocess.Popen[str]:
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(folder)}
    command = [sys.executable, str(HOUSE / "main.py"), *words]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals to other processes")
@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 0), ("SIGHUP", 0)])
@pytest.mark.parametrize("soon", [True, False])
def test_a_demo_that_is_stopped_leaves_nothing_in_the_temporary_folder(
    tmp_path: Path,
    name: str,
    status: int,
    soon: bool,  # noqa: FBT001
) -> None:
    child = _window(tmp_path, "--demo")
    wait_until(lambda: any(tmp_path.glob("rapport-demo-*")), step=0.005)
    if not soon:
        assert child.stderr is not None
        assert "is open" in child.stderr.readline()
        time.sleep(0.5)
    child.send_signal(getattr(signal, name))
    _, err = child.communicate(timeout=60)
    assert child.returncode == status
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals to other processes")
def test_ones_own_file_is_closed_and_its_window_remembered(tmp_path: Path) -> None:
    child = _window(tmp_path, "--profile", str(tmp_path / "own"))
    assert child.stderr is not None
    assert "is open" in child.stderr.readline()
    child.send_signal(signal.SIGTERM)
    child.communicate(timeout=60)
    assert child.returncode == 0
    names = {path.name for path in (tmp_path / "own").iterdir()}
    assert {"community.rapport", "window.ini"} <= names
    assert "community.rapport-wal" not in names


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals to other processes")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_reply_that_is_being_typed_is_kept(demo_profile: Profile, name: str) -> None:
    command = [sys.executable, "-m", "tests.kill.leaver", str(demo_profile.folder)]
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, env=environ, cwd=HOUSE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said, number = child.stdout.readline().split()
        assert said == "TYPED"
        child.send_signal(getattr(signal, name))
        assert child.wait(60) == 0
    with closing(Store(demo_profile.file)) as store:
        sql = "SELECT text FROM draft WHERE conversation_id = ?"
        assert [row["text"] for row in store.read.execute(sql, (number,))] == [TYPED]
