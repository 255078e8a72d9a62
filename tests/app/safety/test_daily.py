"""Backups that Rapport makes by itself: when, which stay, and the copy in a second place."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.paths import Profile
from app.imports import desk as importing
from app.safety import backup, daily, encryption
from app.store import verify, wayback
from app.store.manifest import manifest
from app.workbench import Workbench

DAY = 86_400


@pytest.fixture
def bench(demo_profile: Profile) -> Iterator[Workbench]:
    """The demo community, open."""
    made = Workbench(demo_profile)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder on another drive."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def backdated(folder: Path, days: list[int], stem: str = daily.DAILY) -> list[Path]:
    """Automatic backups of so many days ago; their bytes do not matter."""
    noon = datetime.now().astimezone().replace(hour=12, minute=0, second=0)
    folder.mkdir(exist_ok=True)
    files = [folder / f"{stem}-{noon - timedelta(days=days_ago):%Y-%m-%d-%H%M%S}.rapport" for days_ago in days]
    for file in files:
        file.write_bytes(b"old")
        manifest(file).write_text("0  old\n")
    return files


def untouched(profile: Profile, seconds: int) -> None:
    """As if nothing had been written for so long."""
    then = clock.now() - seconds
    for file in (profile.file, profile.file.with_name(f"{profile.file.name}-wal")):
        if file.exists():
            os.utime(file, (then, then))


def test_the_first_is_due_at_once_and_the_next_on_another_day(bench: Workbench) -> None:
    profile, now = bench.profile, clock.now()
    assert daily.is_due(profile, now)
    made = daily.run(bench.store, profile, bench.settings)
    assert made.missed == ""
    assert made.copy.file.name.startswith("community-daily-")
    assert verify.fault(made.copy.file) == ""
    bench.members.add("Written today")
    assert not daily.is_due(profile, now)
    assert daily.is_due(profile, now + DAY)


def test_none_is_due_while_nothing_was_written_since_the_last(bench: Workbench) -> None:
    backdated(bench.profile.backups, [2])
    untouched(bench.profile, 3 * DAY)
    assert not daily.is_due(bench.profile, clock.now())
    bench.members.add("Written now")
    assert daily.is_due(bench.profile, clock.now())


def test_a_backup_of_a_clock_that_was_ahead_holds_none_up(bench: Workbench) -> None:
    backdated(bench.profile.backups, [-30])
    assert daily.is_due(bench.profile, clock.now())


def test_without_a_file_none_is_due(tmp_path: Path) -> None:
    assert not daily.is_due(Profile(tmp_path), clock.now())


def test_only_its_own_are_thinned_out(bench: Workbench) -> None:
    folder = bench.profile.backups
    old = backdated(folder, list(range(1, 500)))
    mine = backdated(folder, [400, 401], "community")
    migrated = backdated(folder, [300], "community-before-step-12")
    made = daily.run(bench.store, bench.profile, bench.settings)
    left = set(wayback.listed(folder))
    assert {*mine, *migrated, made.copy.file} <= left
    assert len([file for file in old if file in left]) == 1 + 12 + 10 + 9
    assert made.thinned == len(old) - 32
    assert {path.name.removesuffix(".sha256") for path in folder.iterdir()} == {file.name for file in left}


def test_the_second_place_gets_a_checked_private_copy(bench: Workbench, stick: Path) -> None:
    bench.settings.put("backup_folder", str(stick))
    made = daily.run(bench.store, bench.profile, bench.settings)
    copy = stick / made.copy.file.name
    assert copy.read_bytes() == made.copy.file.read_bytes()
    assert verify.digest_of(copy) == made.copy.sha256
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    place = bench.backups.second()
    assert (place.folder, place.missed) == (str(stick), "")
    assert place.at is not None
    assert bench.backup_warning() == ""
    assert backup.preview_restore(bench.profile, copy).content.messages > 0


def test_with_a_passphrase_every_copy_there_is_encrypted(bench: Workbench, stick: Path) -> None:
    pytest.importorskip("pyrage")
    bench.settings.put("backup_folder", str(stick))
    first = daily.run(bench.store, bench.profile, bench.settings).copy.file
    (stick / "holiday.zip").write_bytes(b"not ours")
    bench.backups.encrypt_with("four words that stay")
    assert bench.backups.is_encrypted()
    made = daily.run(bench.store, bench.profile, bench.settings)
    names = {f"{file.name}.zip" for file in (first, made.copy.file)}
    assert {path.name for path in stick.iterdir()} == {*names, *(f"{name}.sha256" for name in names), "holiday.zip"}
    assert (
        made.copy.file.read_bytes()
        == encryption.decrypt(stick / f"{made.copy.file.name}.zip", "four words that stay", stick).read_bytes()
    )
    assert b"four words" not in bench.profile.file.read_bytes()
    first.unlink()  # thinned out here, and so there
    daily.run(bench.store, bench.profile, bench.settings)
    assert not (stick / f"{first.name}.zip").exists()
    assert (stick / "holiday.zip").exists()
    bench.backups.encrypt_with("")
    assert not bench.backups.is_encrypted()
    assert (stick / daily.run(bench.store, bench.profile, bench.settings).copy.file.name).exists()


def test_there_has_to_be_a_place_to_encrypt_for(bench: Workbench) -> None:
    with pytest.raises(UserError, match="second place"):
        bench.backups.refuse_encrypting()


def test_a_stick_that_is_not_there_is_told_until_it_has_its_copy(bench: Workbench, stick: Path) -> None:
    bench.settings.put("backup_folder", str(stick))
    stick.rmdir()
    made = daily.run(bench.store, bench.profile, bench.settings)
    said = f"{stick} isn't there or can't be written, so it has no copy of the latest backup."
    assert (made.missed, bench.backup_warning()) == (said, said)
    assert not stick.exists()
    stick.mkdir()
    daily.run(bench.store, bench.profile, bench.settings)
    assert bench.backup_warning() == ""


def test_in_the_second_place_only_what_was_put_there_is_thinned_out(bench: Workbench, stick: Path) -> None:
    bench.settings.put("backup_folder", str(stick))
    first = daily.run(bench.store, bench.profile, bench.settings).copy.file
    (other,) = backdated(stick, [60])
    days_ago = clock.local(clock.now()) - timedelta(days=600)
    aged = first.with_name(f"{daily.DAILY}-{days_ago:%Y-%m-%d-%H%M%S}.rapport")
    first.rename(aged)
    (stick / first.name).rename(stick / aged.name)
    noted = bench.store.read.execute("SELECT value FROM setting WHERE key = 'second_place'").fetchone()[0]
    with bench.store.write() as conn:
        conn.execute("UPDATE setting SET value = ? WHERE key = 'second_place'", (noted.replace(first.name, aged.name),))
    backdated(bench.profile.backups, list(range(2, 590)))
    last = daily.run(bench.store, bench.profile, bench.settings).copy.file
    assert not aged.exists()
    assert {file.name for file in wayback.listed(stick)} == {other.name, last.name}


@pytest.mark.parametrize("typed", ["backups", "/nowhere/at/all"])
def test_a_second_place_has_to_be_there(bench: Workbench, typed: str) -> None:
    with pytest.raises(UserError, match=f"There's no folder {typed}"):
        bench.settings.put("backup_folder", typed)


def test_a_second_place_with_the_first_is_none(bench: Workbench) -> None:
    inside = bench.profile.folder / "more"
    inside.mkdir()
    with pytest.raises(UserError, match="is inside your Rapport folder"):
        bench.settings.put("backup_folder", str(inside))
    bench.settings.put("backup_folder", "")


def test_a_large_import_is_preceded_by_a_backup(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name,email\nNew One,new@example.com\n", encoding="utf-8")
    bench.imports.run(table)
    assert wayback.listed(bench.profile.backups) == []
    monkeypatch.setattr(importing, "LARGE", 10)
    table.write_text("name,email\nNew Two,two@example.com\n", encoding="utf-8")
    bench.imports.run(table)
    (made,) = wayback.listed(bench.profile.backups)
    assert made.name.startswith("community-before-import-")
    held = verify.content(made)
    assert held.members == verify.counted(bench.store.read).members - 1
    assert held.last != ""


def test_nothing_to_lose_needs_no_backup(profile: Profile) -> None:
    bench = Workbench(profile)
    assert daily.before_import(bench.store) is None
    bench.close()


def test_what_fails_is_told_and_tried_again_an_hour_later(bench: Workbench) -> None:
    bench.profile.backups.write_text("a file where the folder should be")
    now = clock.now()
    assert bench.backups.see_to(now) is None
    assert bench.backup_warning().startswith("Today's backup couldn't be made. ")
    bench.profile.backups.unlink()
    assert bench.backups.see_to(now + 60) is None
    assert bench.backups.see_to(now + 3600) is not None
    assert bench.backup_warning() == ""


def test_who_works_in_a_shell_alone_has_backups_too(bench: Workbench) -> None:
    bench.do_what_is_due()
    assert len(wayback.listed(bench.profile.backups)) == 1
    bench.do_what_is_due()
    assert len(wayback.listed(bench.profile.backups)) == 1
