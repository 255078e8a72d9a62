"""Conflict copies are recognised by the names that programs which sync folders give them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.paths import Profile
from app.safety import copies

NAMES = {
    "community (Jana's conflicted copy 2026-12-03).rapport": "Dropbox",
    "community (jana-laptop's conflicted copy 2026-12-03 (1)).rapport": "Dropbox",
    "community (Conflicted copy).rapport": "Dropbox",
    "community (conflicted copy 2026-12-03 061500).rapport": "Nextcloud",
    "community_conflict-20261203-061500.rapport": "Nextcloud",
    "community.sync-conflict-20261203-061500-ABCDEF7.rapport": "Syncthing",
    "community (SFConflict jana@lemonade.test 2026-12-03-06-15-00).rapport": "Seafile",
    "community.rapport": "",
    "community-2026-12-03-061500.rapport": "",
    "community-replaced-2026-12-03-061500.rapport": "",
    "community-before-step-14-2026-12-03-061500.rapport": "",
    "conflict.rapport": "",
}


@pytest.mark.parametrize("name", NAMES)
def test_each_program_is_told_by_its_name(name: str) -> None:
    assert copies.synced_by(Path("/somewhere") / name) == NAMES[name]
    assert bool(copies.explained(Path(name))) == bool(NAMES[name])
    assert NAMES[name] in copies.explained(Path(name))


def test_those_beside_the_file_are_listed_and_said(profile: Profile) -> None:
    assert copies.beside(profile) == []
    assert copies.warning(profile) == ""
    profile.folder.mkdir()
    for name in NAMES:
        (profile.folder / name).write_bytes(b"")
    (profile.folder / "notes (Jana's conflicted copy 2026-12-03).txt").write_bytes(b"")
    found = copies.beside(profile)
    assert {path.name for path in found} == {name for name, program in NAMES.items() if program}
    assert all(path.name in copies.warning(profile) for path in found)
