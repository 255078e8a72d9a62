"""What main.py says where a window cannot open: one sentence, with the line that helps here."""

from __future__ import annotations

import shutil
from pathlib import Path

import libraries
import pytest

import main


def test_without_pyside_a_checkout_and_an_installed_rapport_name_their_own_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = ModuleNotFoundError("No module named 'PySide6'", name="PySide6")
    assert "run `python3 packaging/develop.py run`" in main.what_to_install(missing)
    shutil.copy(libraries.__file__, tmp_path)  # all that a wheel holds of packaging/
    monkeypatch.setattr(main, "PACKAGING", tmp_path)
    assert ": install Rapport again. Commands work without it" in main.what_to_install(missing)


def test_a_missing_library_is_named_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(main, "_loads", lambda library: library != "libGL.so.1")
    monkeypatch.setenv("DISPLAY", ":0")
    why = ImportError("libGL.so.1: cannot open shared object file: No such file or directory")
    said = main.what_to_install(why).splitlines()[0]
    assert said.startswith("The window needs libGL.so.1, which isn't installed.")
    assert said.endswith("Install it with: sudo apt-get install -y libgl1")
    monkeypatch.setattr(main, "_loads", lambda _library: True)
    assert "packages for Qt 6" in main.what_to_install(why)


def test_only_a_want_of_qt_is_called_one() -> None:
    assert main.lacks_qt(ModuleNotFoundError("No module named 'shiboken6'", name="shiboken6"))
    assert main.lacks_qt(ImportError("libEGL.so.1: cannot open shared object file"))
    assert not main.lacks_qt(ModuleNotFoundError("No module named 'app.nowhere'", name="app.nowhere"))
