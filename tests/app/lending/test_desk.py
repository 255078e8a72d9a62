"""Lending the desk: one pen, no secrets in the copy, and its work back as one action with one undo."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.base.errors import DiskError, FieldError, NotFoundError, UserError
from app.base.paths import Profile
from app.safety import backup, checkup
from app.store import twin
from app.store.connection import open_connection
from app.store.sqlite import Connection, scalar
from app.voice import Draft, clear
from app.workbench import Workbench
from tests.app.lending.conftest import Open, a_week, arrive, demo_account, reply, waiting_talks

FOLLOWS = ("activity", "involvement", "tally")
"""Tables that follow from others, which are not taken over."""


def lent(home: Workbench, open_desk: Open, stick: Path) -> Workbench:
    """The desk of the copy."""
    return open_desk(home.lending.lend(stick, "Katerina"))


def differing(conn: Connection) -> dict[str, twin.Differing]:
    """What differs in all tables that are taken over."""
    return twin.all_differing(conn, twin.sheets(conn))


def alike(one: Path, other: Path) -> None:
    """Both files have the same rows, in all tables that are taken over and in those that follow."""
    with closing(open_connection(one)) as conn, twin.beside(conn, other):
        assert differing(conn) == {}
        for table in FOLLOWS:
            mine, theirs = (
                {tuple(row) for row in conn.execute(f"SELECT * FROM {side}.{table}")} for side in ("main", twin.OTHER)
            )
            assert mine == theirs, table


def sound(bench: Workbench) -> bool:
    """Whether the file is, counts and indexes included."""
    return not checkup.check_file(bench.profile.file).faults


def found(bench: Workbench, words: str) -> list[int]:
    """The conversations that a search finds."""
    return [hit.conversation_id for hit in bench.search.messages(words)]


def test_the_copy_has_the_pen_and_home_is_only_read(home: Workbench, open_desk: Open, stick: Path) -> None:
    first, *_ = waiting_talks(home)
    copy = lent(home, open_desk, stick)
    with pytest.raises(DiskError, match="lent to Katerina"):
        home.inbox.done([first])
    obstacle = home.store.obstacle()
    assert obstacle is not None
    assert obstacle.title == "The desk is lent"
    assert waiting_talks(home)[0] == first
    assert copy.store.obstacle() is None
    copy.inbox.done([first])
    assert first not in waiting_talks(copy)


def test_another_process_keeps_to_it_at_once(home: Workbench, open_desk: Open, stick: Path) -> None:
    beside = open_desk(home.profile)
    beside.store.obstacle()
    home.lending.lend(stick, "Katerina")
    with pytest.raises(DiskError, match="lent to Katerina"):
        beside.inbox.done(waiting_talks(beside)[:1])


def test_what_belongs_to_this_computer_stays_here(
    home: Workbench, open_desk: Open, stick: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    home.settings.put("backup_folder", str(second))
    copy = lent(home, open_desk, stick)
    assert copy.settings.text("backup_folder") == ""
    assert home.settings.text("backup_folder") == str(second)
    assert sorted(path.name for path in stick.iterdir() if path.suffix == ".rapport") == ["community.rapport"]
    assert stick.joinpath("community.rapport").stat().st_mode & 0o077 == 0


def test_a_week_comes_back_as_one_action_and_both_are_alike(home: Workbench, open_desk: Open, stick: Path) -> None:
    copy = lent(home, open_desk, stick)
    where = a_week(copy)
    copy.lending.hand_back()
    copy.close()
    told = home.lending.look(stick)
    came = home.lending.take_back(stick / "community.rapport")
    assert told == came
    assert (came.received, came.sent, came.waiting) == (2, 1, 1)
    assert came.new["member"] == 3
    alike(home.profile.file, stick / "community.rapport")
    assert home.lending.lent() is None
    assert home.store.obstacle() is None
    assert home.actions.last()[0].title == "Took the desk back from Katerina"
    assert found(home, "question of nora")
    assert where["answered"] in found(home, "Answered by the stand-in")
    assert 3 in home.members.find("Brno")
    assert sound(home)
    home.inbox.done([where["held"]])  # and it goes on


def test_one_undo_takes_it_all_back_but_what_was_sent(
    home: Workbench, open_desk: Open, stick: Path, tmp_path: Path
) -> None:
    before = backup.make(home.store, home.profile, tmp_path / "before.rapport").file
    copy = lent(home, open_desk, stick)
    where = a_week(copy)
    copy.lending.hand_back()
    copy.close()
    home.lending.take_back(stick)
    (seen,) = home.actions.listed(1)
    assert (seen.why, seen.action.only_from_list) == ("", True)
    assert seen.keeps == {"conversation with a reply that was, or may have been, sent": 1}
    with pytest.raises(UserError, match="only be undone by its number"):
        home.actions.undo_recent()
    undone = home.actions.undo(seen.action.id)
    assert "What was sent stays sent." in undone.remark
    with closing(open_connection(home.profile.file)) as conn, twin.beside(conn, before):
        left = differing(conn)
        talks = {
            row[0] for row in conn.execute("SELECT id FROM main.conversation EXCEPT SELECT id FROM twin.conversation")
        }
        texts = [
            row["text"] for row in conn.execute("SELECT text FROM main.message EXCEPT SELECT text FROM twin.message")
        ]
        (orphans,) = conn.execute(
            "SELECT count(*) FROM attachment_bytes b"
            " WHERE NOT EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = b.sha256)"
        ).fetchone()
    assert talks == set()
    assert texts == ["Answered by the stand-in."]
    assert left["conversation"].changed == ((where["answered"],),)
    assert not left["conversation"].new
    assert "member" not in left
    assert orphans == 0
    assert found(home, "question of nora") == []
    assert where["answered"] in found(home, "Answered by the stand-in")
    assert sound(home)


def test_what_was_done_since_stays_when_it_is_undone(home: Workbench, open_desk: Open, stick: Path) -> None:
    copy = lent(home, open_desk, stick)
    arrive(copy, "nora")
    copy.lending.hand_back()
    copy.close()
    home.lending.take_back(stick)
    (talk,) = found(home, "question of nora")
    reply(home, talk, "We look into it.")
    (seen, *_) = [one for one in home.actions.listed(5) if one.action.kind == "copy"]
    assert seen.keeps == {"conversation with something done since": 1}
    home.actions.undo(seen.action.id)
    assert talk in found(home, "question of nora")
    assert sound(home)


def refused(words: str, do: Callable[[], object], home: Workbench) -> None:
    """It is refused with these words, and the desk stays lent."""
    with pytest.raises(UserError, match=words):
        do()
    assert home.lending.lent() is not None


def test_only_the_copy_that_was_handed_back_is_taken(
    home: Workbench, open_desk: Open, stick: Path, tmp_path: Path
) -> None:
    copy = lent(home, open_desk, stick)
    refused("hasn't been handed back", lambda: home.lending.take_back(stick), home)
    other = backup.make(home.store, home.profile, tmp_path / "other.rapport").file
    refused("isn't the copy that was lent to Katerina", lambda: home.lending.take_back(other), home)
    refused("There's no file", lambda: home.lending.take_back(tmp_path / "nowhere"), home)
    copy.lending.hand_back()
    with pytest.raises(DiskError, match="handed back"):
        copy.inbox.done(waiting_talks(copy)[:1])
    with pytest.raises(UserError, match="handed back already"):
        copy.lending.hand_back()
    copy.close()
    broken = tmp_path / "broken.rapport"
    broken.write_bytes(stick.joinpath("community.rapport").read_bytes()[:50_000])
    refused("can't be read", lambda: home.lending.take_back(broken), home)
    home.lending.take_back(stick)
    with pytest.raises(UserError, match="isn't lent"):
        home.lending.take_back(stick)


def test_the_pen_stays_here_where_no_copy_can_be_written(home: Workbench, tmp_path: Path) -> None:
    with pytest.raises(FieldError, match="To whom"):
        home.lending.lend(tmp_path / "stick", "  ")
    with pytest.raises(FieldError, match="in use by a community"):
        home.lending.lend(home.profile.folder, "Katerina")
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UserError):
        home.lending.lend(tmp_path / "file" / "below", "Katerina")
    assert home.lending.lent() is None
    home.inbox.done(waiting_talks(home)[:1])


def test_nothing_changes_hands_while_something_is_being_sent(home: Workbench, stick: Path) -> None:
    with home.store.write() as conn:
        conn.execute(
            "INSERT INTO outbox (key, account_id, conversation_id, text, state, created_at, held_until)"
            " VALUES ('k', ?, ?, 'x', 'sending', 1, 1)", (demo_account(home), waiting_talks(home)[0]),
        )  # fmt: skip
    with pytest.raises(UserError, match="being sent"):
        home.lending.lend(stick, "Katerina")
    assert home.lending.lent() is None
    assert not stick.exists()


def test_the_pen_is_taken_back_without_the_copy(home: Workbench, open_desk: Open, stick: Path) -> None:
    held, *_ = waiting_talks(home)
    number = home.outbox.submit(clear(Draft("It waits at home.", "en"), ()), held, hold_seconds=3600)
    lent(home, open_desk, stick)
    waiting = home.lending.take_back_alone()
    state = scalar(home.store.read, "SELECT state FROM outbox WHERE id = ?", (number,))
    assert waiting >= 1
    assert state == "undecided"  # the copy may have sent it
    home.inbox.done([held])
    with pytest.raises(UserError, match="isn't lent"):
        home.lending.take_back_alone()


def test_a_restored_backup_of_the_day_keeps_nobody_from_taking_it_back(
    home: Workbench, open_desk: Open, stick: Path
) -> None:
    copy = lent(home, open_desk, stick)
    a_week(copy)
    copy.lending.hand_back()
    copy.close()
    home.lending.take_back(stick)
    (made,) = home.profile.backups.glob("community-before-import-*.rapport")
    file = home.profile
    home.close()
    backup.bring_back(file, made)
    again = open_desk(file)
    assert again.lending.lent() is not None
    again.lending.take_back(stick)
    alike(file.file, stick / "community.rapport")


def test_who_was_forgotten_in_the_copy_is_forgotten_at_home(home: Workbench, open_desk: Open, stick: Path) -> None:
    name = home.members.get(5).name
    backup.make(home.store, home.profile)
    copy = lent(home, open_desk, stick)
    copy.forgetting.forget(5)
    copy.lending.hand_back()
    copy.close()
    came = home.lending.take_back(stick)
    assert came.forgotten == 1
    assert any("forgotten there" in line for line in came.lines())
    home.forgetting.finish()
    home.close()
    for file in (home.profile.file, *home.profile.backups.glob("*.rapport")):
        assert name.encode() not in file.read_bytes(), file.name


def test_a_desk_without_work_comes_back(home: Workbench, open_desk: Open, stick: Path) -> None:
    copy = lent(home, open_desk, stick)
    copy.lending.hand_back()
    copy.close()
    came = home.lending.take_back(stick)
    assert came.is_empty
    assert came.lines() == ["Nothing was done in that copy."]
    assert home.lending.lent() is None


def test_the_marks_are_of_a_profile(home: Workbench, open_desk: Open, stick: Path) -> None:
    there = home.lending.lend(stick, " Katerina ")
    assert there == Profile(stick)
    copy = open_desk(there)
    mine, theirs = home.lending.lent(), copy.lending.on_loan()
    assert mine is not None
    assert mine == theirs
    assert (mine.to, copy.lending.lent(), home.lending.on_loan()) == ("Katerina", None, None)
    with pytest.raises(UserError, match="wasn't lent"):
        open_desk(Profile(stick.parent / "new")).lending.hand_back()


def test_missing_copies_are_told(home: Workbench, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        home.lending.add(tmp_path / "nowhere.rapport")
