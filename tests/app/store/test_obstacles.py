"""What keeps a file from being written to: asked of the system, and of a real disk that is full or read-only."""

from __future__ import annotations

from pathlib import Path

from app.store import obstacles
from tests.disks import Disk


def kind(path: Path, *, closely: bool = False) -> str:
    found = obstacles.of_drive(path, closely=closely)
    return found.kind if found is not None else ""


def test_a_disk_is_full_until_there_is_room_for_a_small_write(disk: Disk) -> None:
    path = disk.path / "community.rapport"
    assert kind(path) == ""
    disk.fill()
    found = obstacles.of_drive(path)
    assert found is not None
    assert (found.kind, found.title) == (obstacles.FULL, "The disk is full")
    assert found.sentence == (f"The disk with {disk.path} is full. Free up some space and try again; nothing was lost.")
    disk.make_room()
    assert kind(path, closely=True) == ""
    assert list(disk.path.iterdir()) == []


def test_a_drive_that_can_only_be_read_is_told_from_a_full_one(disk: Disk) -> None:
    path = disk.path / "community.rapport"
    disk.fill()
    disk.make_read_only()
    found = obstacles.of_drive(path)
    assert found is not None
    assert found.kind == obstacles.READ_ONLY
    assert "can only be read" in found.sentence
    assert str(disk.path) in found.sentence


def test_what_the_figures_do_not_tell_is_tried(disk: Disk) -> None:
    """As with a quota: there seems to be room for it."""
    path = disk.path / "community.rapport"
    disk.fill(leave=obstacles._LEAST_BYTES)
    assert kind(path) == ""
    (disk.path / "more").write_bytes(bytes(4_096))
    disk_says, obstacles_asks = kind(path), kind(path, closely=True)
    assert (disk_says, obstacles_asks) == (obstacles.FULL, obstacles.FULL)


def test_an_own_folder_has_no_obstacle(tmp_path: Path) -> None:
    assert obstacles.of_drive(tmp_path / "community.rapport", closely=True) is None
    assert obstacles.of_network(tmp_path / "community.rapport") is None
    assert list(tmp_path.iterdir()) == []
