"""Starting with the session: the file that is written, and that it goes again."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from app.base import autostart
from app.base.errors import DiskError
from app.workbench import Workbench

pytestmark = pytest.mark.skipif(not autostart.is_possible(), reason="sessions here read no such files")


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config"


def test_the_setting_writes_the_file_and_removes_it(bench: Workbench, config: Path) -> None:
    bench.settings.put("start_with_session", value=True)
    (file,) = (config / "autostart").iterdir()
    assert file == autostart.place(bench.profile.folder)
    (line,) = [line for line in file.read_text("utf-8").splitlines() if line.startswith("Exec=")]
    words = shlex.split(line.removeprefix("Exec="))
    assert words[0] == sys.executable
    assert Path(words[1]).is_file()
    assert words[2:] == ["--profile", str(bench.profile.folder)]
    bench.settings.put("start_with_session", value=False)
    assert not file.exists()


def test_odd_folders_are_quoted_as_the_specification_has_it() -> None:
    line = autostart.entry(["/usr/bin/python3", '/a b/50% "$x" \\ `y`'])
    assert 'Exec="/usr/bin/python3" "/a b/50%% \\\\"\\\\$x\\\\" \\\\\\\\ \\\\`y\\\\`"\n' in line


def test_each_profile_has_its_own(tmp_path: Path) -> None:
    assert autostart.place(tmp_path / "a") != autostart.place(tmp_path / "b")


def test_where_it_cannot_be_written_nothing_is_stored(bench: Workbench, config: Path) -> None:
    config.write_text("", "utf-8")
    with pytest.raises(DiskError, match="can't be changed"):
        bench.settings.put("start_with_session", value=True)
    assert bench.settings.get("start_with_session") is False
