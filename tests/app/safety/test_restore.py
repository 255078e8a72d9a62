"""A backup is brought back whole, the file that was there is kept, and nothing is sent before somebody says so."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.errors import DamagedFileError, DiskError, NotFoundError, UserError
from app.base.paths import Profile
from app.demo import build
from app.safety import backup, checkup
from app.store import header
from app.store.connection import open_connection
from app.store.header import LATEST
from app.store.store import Store
from app.workbench import Workbench
from tests.app.safety.test_backup import damage
from tests.app.store.test_store import child, content

WHO = 2


@pytest.fixture
def demo(demo_profile: Profile) -> Profile:
    """The demo community with one backup, and with a note that is newer than the backup."""
    bench = Workbench(demo_profile)
    backup.make(bench.store, demo_profile)
    bench.members.edit(WHO, {"note": "newer than the backup"})
    bench.close()
    return demo_profile


def the_backup(profile: Profile) -> Path:
    (found,) = profile.backups.glob("*.rapport")
    return found


def note(profile: Profile) -> str:
    bench = Workbench(profile)
    try:
        return bench.members.get(WHO).note
    finally:
        bench.close()


def test_it_comes_back_whole_and_stands_still(demo: Profile) -> None:
    before = content(demo.backups)
    done = backup.bring_back(demo, the_backup(demo))
    assert done.kept is not None
    assert done.kept.name.startswith("community-replaced-")
    assert note(demo) != "newer than the backup"
    bench = Workbench(demo)
    assert bench.standstill
    assert bench.inbox.counts()
    bench.close()
    assert checkup.check_file(demo.file).sound
    assert stat.S_IMODE(demo.file.stat().st_mode) == 0o600
    assert content(demo.backups) == before
    kept = Profile(demo.folder.parent / "kept")
    kept.folder.mkdir()
    shutil.copy(done.kept, kept.file)
    assert note(kept) == "newer than the backup"


def test_today_s_log_is_folded_into_the_file_that_is_kept(demo: Profile) -> None:
    killed = child(
        """
        import os, sys
        from pathlib import Path
        from app.base.paths import Profile
        from app.workbench import Workbench
        bench = Workbench(Profile(Path(sys.argv[1])))
        bench.members.edit(2, {"note": "only in the log"})
        os.kill(os.getpid(), 9)
        """,
        demo.folder,
    )
    killed.communicate()
    assert header.has_log(demo.file)
    done = backup.bring_back(demo, the_backup(demo))
    assert done.kept is not None
    # files of teammates and contacts lie there too
    there = {path.name for path in demo.folder.iterdir() if path.suffix not in (".csv", ".vcf")}
    assert there == {"community.rapport", "backups", done.kept.name}
    assert note(demo) != "only in the log"
    assert checkup.check_file(demo.file).sound
    again = backup.bring_back(demo, done.kept)
    assert note(demo) == "only in the log"
    assert again.kept is not None


def test_a_damaged_file_is_kept_as_it_is_with_its_log(demo: Profile) -> None:
    damage(demo.file)
    demo.file.write_bytes(b"junk" + demo.file.read_bytes()[4:])
    log = header.log_of(demo.file)
    log.write_bytes(b"a log that nobody can read")
    whole = demo.file.read_bytes()
    done = backup.bring_back(demo, the_backup(demo))
    assert done.kept is not None
    assert done.kept.read_bytes() == whole
    assert header.log_of(done.kept).read_bytes() == b"a log that nobody can read"
    assert not log.exists()
    assert checkup.check_file(demo.file).sound


def test_a_backup_put_in_place_by_hand_does_not_take_in_the_log_that_a_kill_left(demo: Profile) -> None:
    killed = child(
        """
        import os, sys
        from pathlib import Path
        from app.base.paths import Profile
        from app.workbench import Workbench
        bench = Workbench(Profile(Path(sys.argv[1])))
        bench.inbox.mark(1, "hard", on=True)
        os.kill(os.getpid(), 9)
        """,
        demo.folder,
    )
    killed.communicate()
    shutil.copyfile(the_backup(demo), demo.file)
    before = content(demo.folder)
    for opening in (Workbench, lambda profile: checkup.check_file(profile.file)):
        with pytest.raises(DamagedFileError, match="belongs to a different file"):
            opening(demo)
    assert content(demo.folder) == before
    header.log_of(demo.file).unlink()
    bench = Workbench(demo)
    assert bench.standstill
    bench.close()


def test_a_missing_file_comes_back(demo: Profile) -> None:
    file = the_backup(demo)
    demo.file.unlink()
    assert backup.bring_back(demo, file).kept is None
    assert checkup.check_file(demo.file).sound
    elsewhere = Profile(demo.folder.parent / "new laptop")
    assert backup.bring_back(elsewhere, file).kept is None
    assert checkup.check_file(elsewhere.file).sound


def test_while_anybody_has_it_open_nothing_happens(demo: Profile) -> None:
    bench = Workbench(demo)
    before = content(demo.folder)
    with pytest.raises(DiskError, match="is open in another Rapport window"):
        backup.bring_back(demo, the_backup(demo))
    assert content(demo.folder) == before
    bench.close()
    backup.bring_back(demo, the_backup(demo))


@pytest.mark.slow
def test_another_program_that_has_the_file_open_is_seen_too(demo: Profile) -> None:
    conn = open_connection(demo.file)
    conn.execute("SELECT count(*) FROM member").fetchone()
    with pytest.raises(DiskError, match="Another program is using"):
        backup.bring_back(demo, the_backup(demo))
    conn.close()
    assert note(demo) == "newer than the backup"


def spoilt(file: Path) -> None:
    damage(file)


def foreign(file: Path) -> None:
    file.write_bytes(b"Dear diary, " * 1000)


def newer(file: Path) -> None:
    file.with_name(f"{file.name}.sha256").unlink()
    conn = open_connection(file)
    conn.execute(f"PRAGMA user_version = {LATEST + 1}")
    conn.close()


def damaged_without_manifest(file: Path) -> None:
    file.with_name(f"{file.name}.sha256").unlink()
    damage(file)


@pytest.mark.parametrize("harm", [spoilt, foreign, newer, damaged_without_manifest, Path.unlink])
def test_what_is_no_sound_backup_is_refused_and_nothing_changes(demo: Profile, harm: Callable[[Path], object]) -> None:
    file = the_backup(demo)
    harm(file)
    before = content(demo.folder)
    with pytest.raises((DamagedFileError, NotFoundError)):
        backup.bring_back(demo, file)
    assert content(demo.folder) == before
    assert [one for one in backup.listed(demo) if one.ok] == []
    assert backup.newest(demo) is None


def test_the_file_itself_is_no_backup(demo: Profile) -> None:
    with pytest.raises(UserError, match="own file"):
        backup.bring_back(demo, demo.file)


def test_a_look_changes_nothing(demo: Profile) -> None:
    before = content(demo.folder)
    seen = backup.preview_restore(demo, the_backup(demo))
    assert seen.content.messages > 500
    assert content(demo.folder) == before


def test_without_a_manifest_it_is_read_through(demo: Profile) -> None:
    file = the_backup(demo)
    file.with_name(f"{file.name}.sha256").unlink()
    assert [one.fault for one in backup.listed(demo)] == [""]
    backup.bring_back(demo, file)
    assert checkup.check_file(demo.file).sound


@pytest.mark.slow
def test_a_log_of_another_community_beside_a_backup_is_not_taken_in(demo: Profile, tmp_path: Path) -> None:
    other = Profile(tmp_path / "other")
    build(other)
    source = tmp_path / "old.rapport"
    shutil.copy(other.file, source)
    bench = Workbench(demo)
    bench.inbox.label(2, ["of another"])
    shutil.copy(header.log_of(demo.file), header.log_of(source))
    bench.close()
    before = content(demo.folder)
    for asks in (backup.preview_restore, backup.bring_back):
        with pytest.raises(DamagedFileError, match="belongs to a different file"):
            asks(demo, source)
    assert content(demo.folder) == before


def test_what_killed_backups_have_left_goes_with_the_next(demo: Profile) -> None:
    left = [demo.backups / f".community-2026-01-02-030405.rapport.part{ending}" for ending in ("", "-wal", "-journal")]
    for part in left:
        part.write_bytes(b"x")
    other = demo.backups / ".notes.part"
    other.write_bytes(b"mine")
    bench = Workbench(demo)
    backup.make(bench.store, demo)
    bench.close()
    assert [part for part in left if part.exists()] == []
    assert other.exists()


CHILD = """
    import os, sys
    from pathlib import Path
    steps = int(sys.argv[3])
    counted = 0
    WATCHED = ("os.rename", "os.link", "os.remove", "open", "shutil.copyfile", "sqlite3.connect", "os.mkdir")
    def count(event, given):
        global counted
        if event in WATCHED and begun:
            counted += 1
            if counted == steps:
                os.kill(os.getpid(), 9)
    begun = False
    sys.addaudithook(count)
    from app.safety import backup
    from app.base.paths import Profile
    from app.store import restore, verify
    from app.workbench import Workbench
    begun = True
    backup.bring_back(Profile(Path(sys.argv[1])), Path(sys.argv[2]))
    print("done")
"""


@pytest.mark.slow
def test_killed_at_any_step_the_old_file_or_the_new_one_is_there(demo: Profile, tmp_path: Path) -> None:
    """The steps are counted by what the interpreter says that it is about to do to a file."""
    seen, finished = set(), False
    for steps in range(1, 200):
        profile = Profile(tmp_path / f"try {steps}")
        shutil.copytree(demo.folder, profile.folder)
        conn = open_connection(profile.file)  # something is only in the log, as after a kill
        conn.execute("UPDATE member SET city = 'Höfn' WHERE id = 2")
        for ending in ("", "-wal"):
            file = profile.file.with_name(profile.file.name + ending)
            shutil.copy(file, profile.folder / f"saved{ending}")
        conn.close()
        for ending in ("", "-wal"):
            (profile.folder / f"saved{ending}").replace(profile.file.with_name(profile.file.name + ending))
        ran = child(CHILD, profile.folder, the_backup(profile), steps)
        finished = ran.communicate()[0] == "done\n"
        assert checkup.check_file(profile.file).sound, steps
        bench = Workbench(profile)
        member = bench.members.get(WHO)
        new = bool(bench.standstill)
        bench.close()
        if not new:
            assert (member.note, member.city) == ("newer than the backup", "Höfn"), steps
        seen.add(new)
        backup.bring_back(profile, the_backup(profile))  # and what was left does not stand in the way
        assert not [path for path in profile.folder.iterdir() if path.name.startswith(".")]
        for kept in profile.folder.glob("community-replaced-*.rapport"):
            assert kept.stat().st_nlink == 1
        shutil.rmtree(profile.folder)
        if finished:
            break
    assert finished
    assert seen == {True, False}
    assert steps > 10


@pytest.mark.usefixtures("demo_profile")
def test_a_store_waits_for_nobody_and_leaves_no_hold(profile: Profile) -> None:
    first, second = Store(profile.file), Store(profile.file)
    first.close()
    second.close()
    handle = os.open(profile.folder, os.O_RDONLY)
    import fcntl  # noqa: PLC0415

    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)
