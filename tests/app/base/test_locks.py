"""Locks on files: one holder, seen from outside, and free once it goes."""

from __future__ import annotations

from pathlib import Path

from app.base.locks import FileLock, is_taken


def test_one_holds_it_and_others_see_that(tmp_path: Path) -> None:
    place = tmp_path / "folder" / "x.lock"
    assert not is_taken(place)
    assert not place.exists()  # looking makes nothing
    first, second = FileLock(place), FileLock(place)
    assert first.take()
    assert is_taken(place)
    assert not second.take()
    first.free()
    assert not is_taken(place)
    assert second.take()
    second.free()
