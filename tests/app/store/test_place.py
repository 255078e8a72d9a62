"""A file that another program replaces while it is open is noticed, and its log is never taken for another's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.base.errors import DamagedFileError, DiskError, UserError
from app.settings import store_value
from app.store import backup, header
from app.store.obstacles import GONE, REPLACED
from app.store.sqlite import Connection, connect
from app.store.store import Store

KILLED = """
import os, sys
from pathlib import Path
from app.settings import store_value
from app.store.store import Store
store = Store(Path(sys.argv[1]))
with store.write() as conn:
    store_value(conn, "said", sys.argv[2])
os._exit(9)
"""


def say(store: Store, what: str) -> None:
    with store.write() as conn:
        store_value(conn, "said", what)


def said(path: Path) -> str:
    with closing(connect(str(path))) as conn:
        (value,) = conn.execute("SELECT value FROM setting WHERE key = 'said'").fetchone()
    return str(value)


def said_in(conn: Connection) -> str:
    return str(conn.execute("SELECT value FROM setting WHERE key = 'said'").fetchone()["value"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that says "both"."""
    file = tmp_path / "here" / "community.rapport"
    file.parent.mkdir()
    with closing(Store(file)) as store:
        say(store, "both")
    return file


@pytest.fixture
def theirs(path: Path, tmp_path: Path) -> Path:
    """A copy of it in which another computer went on: it says "theirs"."""
    file = tmp_path / "there" / "community.rapport"
    file.parent.mkdir()
    shutil.copyfile(path, file)
    with closing(Store(file)) as store:
        say(store, "theirs")
    return file


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """The open file, which says "mine"."""
    with closing(Store(path)) as opened:
        say(opened, "mine")
        assert said_in(opened.read) == "mine"
        yield opened


def keep(store: Store, folder: Path) -> Path:
    def copy(conn: Connection) -> Path:
        target = folder / "kept.rapport"
        backup.copy(conn, target)
        return target

    return store.keep_open_file(copy)


def test_nothing_is_written_to_a_file_that_was_replaced(store: Store, path: Path, theirs: Path) -> None:
    theirs.replace(path)
    found = store.obstacle()
    assert found is not None
    assert (found.kind, found.title) == (REPLACED, "Another program replaced your file")
    assert str(path) in found.sentence
    with pytest.raises(DiskError, match="put another file in the place of"):
        say(store, "late")
    with pytest.raises(DiskError, match="put another file"):
        store.rebuild()
    with pytest.raises(DiskError, match="put another file"), store.rehearse(["setting"]):
        pass
    assert said_in(store.read) == "mine"


def test_what_was_open_is_kept_and_read_from_then_on(store: Store, path: Path, theirs: Path, tmp_path: Path) -> None:
    theirs.replace(path)
    kept = keep(store, tmp_path)
    assert said(kept) == "mine"
    assert said_in(store.read) == "mine"
    assert not header.has_log(path)
    store.close()
    assert said(path) == "theirs"
    with closing(Store(path)) as again:
        assert said_in(again.read) == "theirs"
        say(again, "again")
    assert said(path) == "again"


def test_a_replaced_file_that_was_not_kept_leaves_a_log_that_is_not_taken_over(
    store: Store, path: Path, theirs: Path
) -> None:
    theirs.replace(path)
    store.close()
    assert header.has_log(path)
    with pytest.raises(DamagedFileError, match="belongs to a different file"):
        Store(path)


def test_whoever_else_opens_it_meanwhile_is_refused(store: Store, path: Path, theirs: Path) -> None:
    theirs.replace(path)
    with pytest.raises(DiskError, match="while Rapport had it open"):
        Store(path)
    assert said_in(store.read) == "mine"


def test_the_log_of_a_killed_program_is_not_taken_for_that_of_a_file_that_was_put_there_since(
    path: Path, theirs: Path
) -> None:
    subprocess.run([sys.executable, "-c", KILLED, path, "mine"], check=False)
    assert header.has_log(path)
    theirs.replace(path)
    with pytest.raises(DamagedFileError, match="belongs to a different file"):
        Store(path)


def test_the_log_of_a_killed_program_is_its_own(path: Path) -> None:
    for words in ("mine", "mine again"):
        subprocess.run([sys.executable, "-c", KILLED, path, words], check=False)
    with closing(Store(path)) as store:
        assert said_in(store.read) == "mine again"


def test_a_file_that_is_moved_away_is_missed_until_it_is_back(store: Store, path: Path, tmp_path: Path) -> None:
    path.rename(tmp_path / "elsewhere")
    found = store.obstacle()
    assert found is not None
    assert (found.kind, found.title) == (GONE, "Your file was moved or deleted")
    with pytest.raises(DiskError, match="moved or deleted while it was open"):
        say(store, "late")
    keep(store, tmp_path)
    (tmp_path / "elsewhere").rename(path)
    assert store.obstacle() is None
    assert store.poll_other_processes()
    say(store, "back")
    assert said_in(store.read) == "back"


def test_a_log_that_is_taken_away_is_noticed(store: Store, path: Path, tmp_path: Path) -> None:
    header.log_of(path).rename(tmp_path / "log")
    found = store.obstacle()
    assert found is not None
    assert found.kind == REPLACED
    kept = keep(store, tmp_path)
    assert said(kept) == "mine"
    store.close()
    assert said(path) == "mine"


def test_last_words_are_written_to_the_copy(store: Store, path: Path, theirs: Path, tmp_path: Path) -> None:
    theirs.replace(path)
    kept = keep(store, tmp_path)
    with store.place.last_words():
        say(store, "last")
    assert said_in(store.read) == "last"
    with pytest.raises(DiskError):
        say(store, "later")
    store.close()
    assert said(kept) == "last"
    assert sorted(file.name for file in tmp_path.glob("kept*")) == ["kept.rapport", "kept.rapport.sha256"]


def test_who_opens_the_new_file_meanwhile_writes_undisturbed(
    store: Store, path: Path, theirs: Path, tmp_path: Path
) -> None:
    theirs.replace(path)
    kept = keep(store, tmp_path)
    with closing(Store(path)) as other:
        say(other, "theirs too")
        with store.place.last_words():
            say(store, "last")
        store.poll_other_processes()
        store.close()
        assert said_in(other.read) == "theirs too"
        say(other, "and on")
    assert said(path) == "and on"
    assert said(kept) == "last"


def test_a_file_that_is_only_rewritten_in_place_is_still_the_same(store: Store) -> None:
    store.rebuild()
    assert store.empty_log()
    assert store.obstacle() is None
    say(store, "on")


def test_copies_of_one_file_differ_once_both_were_written_to(path: Path, theirs: Path) -> None:
    own, other = header.read(path), header.read(theirs)
    assert own is not None
    assert other is not None
    assert own.cookie != other.cookie


def test_who_only_reads_leaves_every_byte(path: Path) -> None:
    before = path.read_bytes()
    with closing(Store(path)) as store:
        assert said_in(store.read) == "both"
    assert path.read_bytes() == before


def test_a_file_keeps_its_number_while_somebody_else_has_it_open(path: Path) -> None:
    with closing(Store(path)):
        before = header.latest(path)
        with closing(Store(path)) as second:
            say(second, "second")
        assert header.latest(path) == before


def test_a_kill_while_the_number_changes_leaves_a_file_that_opens(path: Path) -> None:
    script = KILLED.replace("os._exit(9)", "import app.store.store as at\n"
        "real = at.give_number\n"
        "def dies(conn):\n    real(conn)\n    os._exit(9)\n"
        "at.give_number = dies\nstore.close()")  # fmt: skip
    subprocess.run([sys.executable, "-c", script, path, "mine"], check=False)
    assert header.has_log(path)
    assert not header.has_foreign_log(path)
    with closing(Store(path)) as store:
        assert said_in(store.read) == "mine"


def test_what_can_not_be_kept_is_said(store: Store, path: Path, theirs: Path) -> None:
    theirs.replace(path)

    def refuses(_conn: Connection) -> Path:
        msg = "no room"
        raise UserError(msg)

    with pytest.raises(UserError, match="no room"):
        store.keep_open_file(refuses)
    assert said_in(store.read) == "mine"
    assert os.path.getsize(header.log_of(path)) > 0  # noqa: PTH202  nothing is thrown away before it is kept
