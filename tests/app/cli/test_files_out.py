"""`export everything`, `print` and `setting`: files that are whole, and sentences where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.export import KINDS
from tests.app.cli.shell import Shell


@pytest.fixture(scope="module")
def shell(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Commands on a copy of the demo."""
    return Shell(Path(shutil.copytree(planted, tmp_path_factory.mktemp("demo") / "profile")))


def test_everything_goes_into_a_new_folder(shell: Shell, tmp_path: Path) -> None:
    told = shell.told("export", "everything", tmp_path / "all")
    assert told["rows"]["messages"] == shell.told("export", "messages", tmp_path / "m.csv")["rows"] > 0
    assert sorted(path.stem for path in (tmp_path / "all").iterdir()) == sorted([*KINDS, "accounts", "moderation"])
    assert "already exists" in shell.told("export", "everything", tmp_path / "all", status=1)["error"]
    assert "new folder" in shell.told("export", "everything", tmp_path / "b", "--force", status=1)["error"]


def test_what_is_printed_is_a_page(shell: Shell, tmp_path: Path) -> None:
    done = shell.told("print", "C-5", tmp_path / "c.html")
    page = (tmp_path / "c.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert f"<title>{done['title']}</title>" in page
    assert (tmp_path / "c.html").stat().st_mode & 0o777 == 0o600
    assert "already exists" in shell.told("print", "C-5", tmp_path / "c.html", status=1)["error"]
    shell.told("print", "P-3", tmp_path / "c.html", "--notes", "--force")
    assert "Petr Han\u00e1k" in (tmp_path / "c.html").read_text("utf-8")
    assert "can't be printed" in shell.told("print", "O-1", tmp_path / "o.html", status=1)["error"]


@pytest.mark.parametrize("state", ["needs-me", "done"])
def test_a_list_of_conversations_is_that_of_its_state(shell: Shell, tmp_path: Path, state: str) -> None:
    shell.told("print", "conversations", tmp_path / "l.html", "--state", state)
    listed = shell.told("list", "--state", state, "--limit", "0")
    assert (tmp_path / "l.html").read_text("utf-8").count("<tr>") == len(listed) + 1 > 2


def test_a_setting_is_shown_and_changed(shell: Shell) -> None:
    assert shell.told("setting")["hold_seconds"] == 10
    assert shell.told("setting", "later_hours", "4") == {"later_hours": 4}
    assert shell.told("setting", "later_hours") == {"later_hours": 4}
    assert "from 5 to 30" in shell.told("setting", "hold_seconds", "4", status=1)["error"]
    assert "no setting" in shell.told("setting", "colour", "red", status=1)["error"]
