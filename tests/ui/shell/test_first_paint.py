"""What the window's start loads, in a process of its own: nothing that only later work needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.demo import build
from ui.shell.bindings import SWITCH

HOUSE = Path(__file__).parents[3]
LATER = (
    "sqlite_utils", "requests", "keyring", "pycld2", "babel", "email", "feedparser", "imapclient", "regex", "hashlib",
    "tomllib", "logging", "argparse", "app.channels.base", "app.channels.http",
    "app.voice", "app.templates", "app.accounts", "app.base.jobs", "app.imports", "app.demo", "PySide6.QtNetwork",
)  # fmt: skip
START = """
import builtins, json, os, sys
sys.path.insert(0, sys.argv[1])
import main
def before_qt(environ, system):
    from ui.shell import application
    class Watched(application.Application):
        def start(self):
            window = super().start()
            window.painted.disconnect(self._painted)
            window.painted.connect(tell)
            return window
    application.Application = Watched
    return ""
def tell():
    loaded = [name for name in sys.argv[3:] if name in sys.modules]
    own = builtins.__import__ is builtins.__orig_import__
    print(json.dumps({"loaded": loaded, "own_import": own}), flush=True)
    os._exit(0)
main.no_screen = before_qt
main.main(["--profile", sys.argv[2]])
"""


def _start(folder: Path, **environ: str) -> dict[str, object]:
    """What a start says at its first paint, on a file with conversations of many channels in it."""
    profile = Profile(folder)
    build(profile)
    run = [sys.executable, "-c", START, str(HOUSE), str(profile.folder), *LATER, "app.inbox"]
    settings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **environ}
    done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=60, env=settings)
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """A start as it is."""
    return _start(tmp_path_factory.mktemp("start"))


def test_nothing_is_loaded_before_the_first_paint_that_only_later_work_needs(told: dict[str, object]) -> None:
    assert told["loaded"] == ["app.inbox"]  # this one has to be there: the probe sees what is loaded


def test_the_import_of_pyside_that_reads_every_module_is_not_in_force(told: dict[str, object]) -> None:
    assert told["own_import"] is True


@pytest.mark.slow
def test_the_window_is_painted_with_pyside_loaded_as_it_loads_itself(tmp_path: Path) -> None:
    plain = _start(tmp_path, **{SWITCH: "1"})
    assert plain["own_import"] is False
    assert "app.inbox" in str(plain["loaded"])
