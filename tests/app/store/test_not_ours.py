"""What is no whole file of ours is never opened as an empty inbox and never written to, whoever asks."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.base.errors import DamagedFileError, UserError
from app.base.paths import Profile
from app.demo import build, taken_away_unless_whole
from app.safety import backup, checkup
from app.store import header
from app.store.store import Store
from app.workbench import Workbench
from tests.app.store.test_store import child, content

Makes = Callable[[Path], object]


def database(path: Path, *statements: str, mode: str = "DELETE") -> None:
    """Another program's file."""
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"PRAGMA journal_mode = {mode}")
        for statement in statements:
            conn.execute(statement)
        conn.commit()


def half_made(path: Path) -> None:
    """As a kill left a file of ours before files were made whole: its header, and nothing else."""
    database(path, "PRAGMA page_size = 8192", "PRAGMA auto_vacuum = INCREMENTAL", "VACUUM", mode="WAL")


def with_a_log(path: Path) -> None:
    """Another program's file with all it holds still in the log."""
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("CREATE TABLE message (id INTEGER PRIMARY KEY)")
    conn.commit()
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", f"{path}.copy{ending}")
    conn.close()
    for ending in ("", "-wal"):
        Path(f"{path}.copy{ending}").replace(f"{path}{ending}")


NOT_OURS: dict[str, Makes] = {
    "zero bytes": lambda path: path.write_bytes(b""),
    "an empty database": lambda path: database(path, "CREATE TABLE a (b)", "DROP TABLE a"),
    "half made": half_made,
    "another program's": lambda path: database(path, "CREATE TABLE message (id INTEGER PRIMARY KEY)"),
    "another program's, with a mark": lambda path: database(path, "CREATE TABLE a (b)", "PRAGMA application_id = 4711"),
    "another program's in write-ahead mode": lambda path: database(path, "CREATE TABLE a (b)", mode="WAL"),
    "another program's with a log": with_a_log,
    "another program's with a version": lambda path: database(path, "CREATE TABLE a (b)", "PRAGMA user_version = 1"),
    "words": lambda path: path.write_bytes(b"Dear diary, " * 1000),
    "a few bytes": lambda path: path.write_bytes(b"SQLite format 3\0"),
}


def everything(folder: Path) -> dict[str, tuple[object, ...]]:
    return {name: (*known, stat.S_IMODE((folder / name).stat().st_mode)) for name, known in content(folder).items()}


@pytest.mark.slow
@pytest.mark.parametrize("beside", [True, False], ids=["with backups", "alone"])
@pytest.mark.parametrize("what", NOT_OURS)
def test_it_is_refused_in_a_sentence_and_not_touched(profile: Profile, what: str, *, beside: bool) -> None:
    named = _with_backup(profile) if beside else None
    profile.folder.mkdir(exist_ok=True)
    NOT_OURS[what](profile.file)
    before = everything(profile.folder)
    for opening in (lambda: Store(profile.file), lambda: Workbench(profile), lambda: checkup.check_file(profile.file)):
        with pytest.raises(DamagedFileError) as why:
            opening()
        said = str(why.value)
        assert str(profile.file) in said
        assert said.endswith(".")
        if beside:
            assert f"`restore {named}`" in said
        else:
            assert "There's no backup" in said or "another program" in said
    assert everything(profile.folder) == before


def _with_backup(profile: Profile) -> Path:
    """A good backup, and no file."""
    build(profile)
    bench = Workbench(profile)
    made = backup.make(bench.store, profile).file
    bench.close()
    profile.file.unlink()
    return made


@pytest.mark.slow
def test_a_missing_file_beside_backups_is_no_first_run(profile: Profile) -> None:
    named = _with_backup(profile)
    before = everything(profile.folder)
    with pytest.raises(DamagedFileError, match="is missing") as why:
        Workbench(profile)
    assert f"`restore {named}`" in str(why.value)
    with pytest.raises(DamagedFileError, match="is missing"):
        checkup.check_file(profile.file)
    assert everything(profile.folder) == before


@pytest.mark.slow
def test_only_a_good_backup_is_named(profile: Profile) -> None:
    first = _with_backup(profile)
    later = profile.backups / "community-2099-01-01-000000.rapport"
    later.write_bytes(b"not a backup at all")
    with pytest.raises(DamagedFileError, match="is missing") as why:
        Workbench(profile)
    assert str(first) in str(why.value)
    first.write_bytes(first.read_bytes()[:-4096])
    with pytest.raises(DamagedFileError, match="All the backups") as why:
        Workbench(profile)
    assert "restore" not in str(why.value)


def test_a_log_whose_file_is_gone_is_not_thrown_away(profile: Profile) -> None:
    profile.folder.mkdir()
    log = header.log_of(profile.file)
    log.write_bytes(b"words that somebody wrote")
    with pytest.raises(DamagedFileError, match="wal"):
        Workbench(profile)
    assert log.read_bytes() == b"words that somebody wrote"
    assert not profile.file.exists()


def test_a_link_to_a_file_on_a_drive_that_is_not_there_is_no_first_run(profile: Profile, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    profile.folder.mkdir(parents=True, exist_ok=True)
    profile.file.symlink_to(drive / "community.rapport")
    for opens in (lambda: Workbench(profile), lambda: checkup.check_file(profile.file)):
        with pytest.raises(DamagedFileError, match="is a link to"):
            opens()
    assert profile.file.is_symlink()
    assert list(drive.iterdir()) == []
    with pytest.raises(DamagedFileError), taken_away_unless_whole(profile):
        build(profile)
    assert profile.file.is_symlink()


def test_a_file_whose_first_page_is_still_in_the_log_is_ours(profile: Profile) -> None:
    """So was one that a kill left soon after it was made, before files were made whole."""
    killed = child(
        """
        import os, sys
        from pathlib import Path
        from app.store import migrations
        from app.store.connection import open_connection
        conn = open_connection(Path(sys.argv[1]))
        migrations.migrate(conn)
        conn.execute("INSERT INTO label (name) VALUES ('kept')")
        os.kill(os.getpid(), 9)
        """,
        profile.file,
    )
    killed.communicate()
    own = header.read(profile.file)
    assert own is not None
    assert not own.is_ours
    store = Store(profile.file)
    assert [row[0] for row in store.read.execute("SELECT name FROM label")] == ["kept"]
    store.close()


def test_tables_that_are_gone_are_a_sentence(profile: Profile) -> None:
    Store(profile.file).close()
    with closing(sqlite3.connect(profile.file)) as conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute("DROP TABLE message")
        conn.commit()
    for opening in (lambda: Store(profile.file), lambda: checkup.check_file(profile.file)):
        with pytest.raises(DamagedFileError, match="is missing tables"):
            opening()


def test_another_table_that_is_gone_is_a_fault_of_the_check(profile: Profile) -> None:
    Store(profile.file).close()
    with closing(sqlite3.connect(profile.file)) as conn:
        conn.execute("DROP TABLE gift")
        conn.commit()
    assert any("gift" in fault.what for fault in checkup.check_file(profile.file).faults)


GROWING = """
    import os, sys
    from pathlib import Path
    from app.base.paths import Profile
    from app.workbench import Workbench
    bench = Workbench(Profile(Path(sys.argv[1])))
    for number in range(40):
        bench.members.add(f"{sys.argv[2]} {number}", note="x" * 3000)
    os.kill(os.getpid(), 9)
"""


@pytest.mark.slow
def test_the_log_of_another_community_is_not_taken_in(tmp_path: Path) -> None:
    one, other = Profile(tmp_path / "one"), Profile(tmp_path / "other")
    for profile in (one, other):
        child(GROWING, profile.folder, profile.folder.name).communicate()
    Store(one.file).close()  # folds its own log
    shutil.copy(header.log_of(other.file), header.log_of(one.file))
    before = everything(one.folder)
    for opening in (lambda: Store(one.file), lambda: checkup.check_file(one.file)):
        with pytest.raises(DamagedFileError, match="belongs to a different file"):
            opening()
    assert everything(one.folder) == before
    bench = Workbench(other)
    assert bench.members.count() == 40
    bench.close()


MAKING = """
    import os, sys
    from pathlib import Path
    steps, counted, folder = int(sys.argv[2]), 0, str(Path(sys.argv[1]).parent)
    def count(event, given):
        global counted
        if event in ("os.rename", "os.link", "os.remove", "open", "os.mkdir") and folder in str(given):
            counted += 1
            if counted == steps:
                os.kill(os.getpid(), 9)
    from app.store import making
    from app.store.store import Store
    sys.addaudithook(count)
    Store(Path(sys.argv[1])).close()
    print("made")
"""


@pytest.mark.slow
def test_killed_while_it_is_made_there_is_all_of_it_or_none(tmp_path: Path) -> None:
    made, steps = False, 0
    for steps in range(1, 60):
        folder = tmp_path / str(steps)
        ran = child(MAKING, folder / "community.rapport", steps)
        made = ran.communicate()[0] == "made\n"
        Store(folder / "community.rapport").close()
        assert checkup.check_file(folder / "community.rapport").sound
        for part in folder.glob(".*"):
            os.utime(part, (1, 1))
        (folder / "community.rapport").unlink()
        Store(folder / "community.rapport").close()
        assert list(folder.glob(".*")) == []
        if made:
            break
    assert made
    assert steps > 3


@pytest.mark.slow
def test_every_opening_of_the_same_new_file_finds_one(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from app.store.store import Store; Store(Path(sys.argv[1])).close()"
    running = [child(code, tmp_path / "new" / "community.rapport") for _ in range(4)]
    for one in running:
        one.communicate()
    assert [one.returncode for one in running] == [0] * 4
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["community.rapport"]


def test_a_file_that_may_not_be_read_is_a_sentence(profile: Profile) -> None:
    profile.file.mkdir(parents=True)
    with pytest.raises(UserError):
        Workbench(profile)


def test_a_demo_that_is_stopped_as_its_file_is_begun_leaves_nothing(profile: Profile) -> None:
    def stopped() -> None:
        with taken_away_unless_whole(profile):
            profile.folder.mkdir(parents=True)
            profile.file.with_name(f".{profile.file.name}.new-0a").touch()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert not profile.folder.exists()
