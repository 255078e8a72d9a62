"""What several processes want is made by one of them, and whole for all."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from tests.once import once


def test_it_is_made_once_and_nobody_sees_it_half(tmp_path: Path) -> None:
    made: list[int] = []
    seen: list[list[str]] = []

    def slowly(folder: Path) -> None:
        made.append(threading.get_ident())
        (folder / "first").touch()
        time.sleep(0.2)
        (folder / "second").touch()

    def ask() -> None:
        seen.append(sorted(path.name for path in once(tmp_path / "it", slowly).iterdir()))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert seen == [["first", "second"]] * 4


def test_where_making_it_fails_the_next_one_tries_again(tmp_path: Path) -> None:
    def break_down(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011  any will do
        once(tmp_path / "it", break_down)
    assert list(tmp_path.iterdir()) == []
    made = once(tmp_path / "it", lambda folder: (folder / "whole").touch())
    assert [path.name for path in made.iterdir()] == ["whole"]
