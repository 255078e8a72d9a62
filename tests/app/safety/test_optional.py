"""Without the packages that not every system has a wheel for, the product works, and `check` says what is weaker.

Each run is a fresh interpreter in which the import of the package fails, as it does where it is not installed.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parents[3]
WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in sys.argv[1].split(","):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
from main import main
raise SystemExit(main(sys.argv[2:]))
"""


def run(absent: str, *words: str) -> str:
    """What the command prints in an interpreter without these packages; it has to succeed."""
    command = [sys.executable, "-c", WITHOUT, absent, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HOUSE, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def checked(absent: str, folder: Path) -> dict[str, Any]:
    """What `check` says, as JSON."""
    found: dict[str, Any] = json.loads(run(absent, "--profile", str(folder), "check", "--json"))
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo community, made without either package."""
    folder = tmp_path_factory.mktemp("without") / "profile"
    run("pycld2,pysqlite3", "demo", str(folder))
    return folder


@pytest.mark.slow
def test_a_community_made_without_them_is_sound_and_is_searched(made: Path) -> None:
    assert checked("pycld2,pysqlite3", made)["sound"]
    assert "limon" in run("pycld2,pysqlite3", "--profile", str(made), "search", "limonádé").casefold()


@pytest.mark.slow
def test_check_names_what_is_weaker_and_only_that(made: Path) -> None:
    pytest.importorskip("pycld2")
    pytest.importorskip("pysqlite3")
    pytest.importorskip("pyrage")
    assert checked("", made)["weaker"] == []
    (locks,) = checked("pyrage", made)["weaker"]
    assert locks.startswith("Backups in a second place can't be encrypted")
    (language,) = checked("pycld2", made)["weaker"]
    assert language.startswith("Languages can't be recognised")
    assert language in run("pycld2", "--profile", str(made), "check").splitlines()


@pytest.mark.skipif(sqlite3.sqlite_version_info >= (3, 51, 3), reason="this system's own SQLite has no such fault")
def test_check_names_the_older_sqlite(made: Path) -> None:
    (older,) = [one for one in checked("pysqlite3", made)["weaker"] if "pysqlite3" in one]
    assert f"SQLite {sqlite3.sqlite_version}," in older


@pytest.mark.slow
def test_mail_comes_in_without_a_language_where_none_is_recognized(tmp_path: Path) -> None:
    letter = "From: Dora <d@l.test>\nTo: us@l.test\nDate: Mon, 1 Jun 2026 10:00:00 +0000\nMessage-ID: <1@l.test>\n"
    text = "Subject: Order\n\nWhere is the box of lemonade that I ordered from you two weeks ago, please?\n"
    (tmp_path / "one.eml").write_text(letter + text, "utf-8")
    for absent, language in (("pycld2", ""), *([("", "en")] if find_spec("pycld2") else [])):
        folder = tmp_path / f"profile-{language}"
        run(absent, "--profile", str(folder), "import", str(tmp_path / "one.eml"), "--channel", "Post")
        (line,) = csv.DictReader(io.StringIO(run("", "--profile", str(folder), "export", "messages", "-")))
        assert line["language"] == language
