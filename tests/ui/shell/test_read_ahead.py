"""What pages are made of is read before they are opened; nothing of it is loaded."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from ui.frame.registry import in_rail
from ui.shell import read_ahead


def test_every_page_is_read_and_none_is_loaded() -> None:
    pages = [find_spec(f"ui.pages.{page.id}.page") for page in in_rail()]
    wanted = [Path(spec.cached) for spec in pages if spec is not None and spec.cached is not None]
    assert len(wanted) == len(in_rail())
    there, loaded = {file for file in wanted if file.exists()}, set(sys.modules)
    assert there <= set(read_ahead.compiled())
    thread = read_ahead.begin()
    thread.join(60)
    assert not thread.is_alive()
    assert set(sys.modules) - loaded == set()


def test_a_file_that_cannot_be_read_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read = list[Path]()
    (tmp_path / "there").write_bytes(b"code")
    monkeypatch.setattr(read_ahead, "compiled", lambda: iter([tmp_path / "gone", tmp_path / "there"]))
    whole = Path.read_bytes

    def noted(file: Path) -> bytes:
        if file.parent == tmp_path:  # a window of another test may be reading ahead still
            read.append(file)
        return whole(file)

    monkeypatch.setattr(Path, "read_bytes", noted)
    read_ahead.begin().join(60)
    assert read == [tmp_path / "gone", tmp_path / "there"]
