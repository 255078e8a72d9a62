"""What a start loads: opening a file, and running a command, cost no module that only later work needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.store.store import Store

HOUSE = Path(__file__).parent.parent
HEAVY = ("sqlite_utils", "requests", "keyring", "pycld2", "babel", "imapclient")
OPEN = """
import sys
from app.base.paths import profile
from app.workbench import Workbench
bench = Workbench(profile(sys.argv[1]))
bench.inbox, bench.is_empty
bench.close()
"""
REPORT = "\nprint([name for name in %r if name in sys.modules])"


def loaded(script: str, profile: Profile, *asked: str) -> str:
    """What a fresh process says that it has loaded of the modules asked for, after the script."""
    run = [sys.executable, "-c", script + REPORT % (asked,), str(profile.folder)]
    done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=HOUSE)
    return done.stdout.strip().splitlines()[-1]


@pytest.fixture
def grown(profile: Profile) -> Profile:
    """A profile whose file has been made and migrated before."""
    Store(profile.file).close()
    return profile


def test_opening_a_file_loads_nothing_heavy(grown: Profile) -> None:
    assert loaded(OPEN, grown, *HEAVY) == "[]"


def test_the_product_loads_no_qt(grown: Profile) -> None:
    assert loaded(OPEN, grown, "PySide6", "ui") == "[]"


def test_opening_a_file_makes_no_dataclass(grown: Profile) -> None:
    """Each takes 0.4 ms of the start; what is made before the first paint is a NamedTuple (decision 5)."""
    made = OPEN + (
        "\nfound = [name for module in list(sys.modules.values()) if module.__name__.startswith('app')"
        " for name, kind in vars(module).items() if hasattr(kind, '__dataclass_fields__') and isinstance(kind, type)"
        " and kind.__module__ == module.__name__]\nprint(found)"
    )
    run = [sys.executable, "-c", made, str(grown.folder)]
    done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=HOUSE)
    assert done.stdout.strip() == "[]"


def test_the_probe_sees_what_is_loaded(grown: Profile) -> None:
    assert loaded("import sys, requests\n", grown, *HEAVY) == "['requests']"
