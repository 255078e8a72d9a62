"""The nets of conftest.py hold: a lost exception and an unexpected ERROR fail a test, and a marked one passes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
HEAD = """
import logging, sys, threading
import pytest
from PySide6.QtCore import QCoreApplication, QTimer
"""
SLOT = """
def test_it():
    made = QCoreApplication.instance() or QCoreApplication([])
    QTimer.singleShot(0, lambda: 1 / 0)
    QTimer.singleShot(20, made.quit)
    made.exec()
"""
LOGGED = """
def test_it():
    logging.getLogger("rapport").error("lost a letter")
"""
MISTAKE = """
def test_it(tmp_path):
    from app.safety import log
    log.write_error(tmp_path / "rapport.log", ZeroDivisionError("at work"))
"""
THREAD = """
def test_it():
    worker = threading.Thread(target=lambda: 1 / 0)
    worker.start()
    worker.join()
"""


def outcome(folder: Path, body: str, ci: str = "", more: tuple[str, ...] = ()) -> tuple[int, str]:
    """The exit status and words of pytest on one small test under our conftest.py; its report is in `folder`."""
    (folder / "conftest.py").write_text((HERE / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "test_small.py").write_text(HEAD + body, encoding="utf-8")
    rules = ["-c", str(HERE.parent / "pyproject.toml"), "--rootdir", str(folder), "-p", "no:cacheprovider", "-q"]
    run = [sys.executable, "-m", "pytest", *rules, str(folder), *more]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}  # no worker's own
    environ |= {"CI": ci, "PYTHONPATH": str(HERE.parent), "RAPPORT_REPORT": str(folder / "report")}
    done = subprocess.run(run, capture_output=True, text=True, check=False, env=environ)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_an_exception_in_a_slot_fails(tmp_path: Path) -> None:
    status, told = outcome(tmp_path, SLOT)
    assert status == 1
    assert "ZeroDivisionError" in told


@pytest.mark.slow
def test_an_exception_in_a_thread_fails(tmp_path: Path) -> None:
    status, told = outcome(tmp_path, THREAD)
    assert status == 1
    assert "ZeroDivisionError" in told


@pytest.mark.slow
def test_a_mistake_in_our_log_fails(tmp_path: Path) -> None:
    status, told = outcome(tmp_path, MISTAKE)
    assert status == 1
    assert "ZeroDivisionError: at work" in told


@pytest.mark.slow
def test_a_logged_error_fails_unless_it_is_expected(tmp_path: Path) -> None:
    status, told = outcome(tmp_path, LOGGED)
    assert status == 1
    assert "lost a letter" in told
    status, told = outcome(tmp_path, LOGGED.replace("def", "@pytest.mark.expects_errors\ndef"))
    assert status == 0, told


@pytest.mark.slow
def test_an_absent_server_skips_and_under_ci_fails(tmp_path: Path) -> None:
    absent = "@pytest.mark.servers('no-such-server')\ndef test_it():\n    pass\n"
    status, told = outcome(tmp_path, absent)
    assert status == 0
    assert "no-such-server not installed here: `python3 packaging/develop.py test` as root" in told
    status, told = outcome(tmp_path, f"@pytest.mark.peers\n{absent}", more=("--peers",))
    assert status == 0
    assert "no-such-server not installed here: `python3 packaging/develop.py test --peers` as root" in told
    status, told = outcome(tmp_path, absent, ci="true")
    assert status == 1
    assert "must be installed under CI" in told


@pytest.mark.slow
def test_what_is_slow_and_left_out_is_written_down_once(tmp_path: Path) -> None:
    slow = "@pytest.mark.slow\ndef test_it():\n    pass\n"
    many = "@pytest.mark.parametrize('number', range(5))\ndef test_many(number):\n    pass\n"
    report = tmp_path / "report"
    for more in ((), ("-n", "2")):
        status, told = outcome(tmp_path, f"{slow}{many}def test_well():\n    pass\n", more=("--quick", *more))
        assert status == 0, told
        assert report.read_text(encoding="utf-8") == "slow\t5\t.\n"  # the slow one, and four of five cases
        report.unlink()


@pytest.mark.slow
def test_what_was_skipped_is_written_down_once_with_what_lacks_a_program(tmp_path: Path) -> None:
    absent = "@pytest.mark.servers('no-such-server')\ndef test_it():\n    pass\n"
    other = "def test_other():\n    pytest.skip('it takes no replies')\n"
    report = tmp_path / "report"
    for more in ((), ("-n", "2")):
        status, told = outcome(tmp_path, f"{absent}{other}def test_well():\n    pass\n", more=more)
        assert status == 0, told
        assert report.read_text(encoding="utf-8") == "skipped\t2\t1\n"
        report.unlink()
    assert outcome(tmp_path, "def test_well():\n    pass\n")[0] == 0
    assert not report.exists()
