"""What only another copy has comes in as one action: a conflict copy, a backup; nothing that is here is changed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from app.base import clock
from app.base.paths import Profile
from app.safety import backup, differing
from app.safety.differing import Rows
from app.store.connection import open_connection
from app.store.sqlite import scalar
from app.voice import Draft, clear
from app.workbench import Workbench
from tests.app.lending.conftest import Open, a_week, arrive, demo_account, reply, waiting_talks
from tests.app.lending.test_desk import found, sound


def conflicting(home: Workbench, open_desk: Open, folder: Path) -> Workbench:
    """A second laptop's copy of the same file: both are written to from then on."""
    profile = Profile(folder)
    backup.make(home.store, home.profile, profile.file)
    profile.file.with_suffix(".rapport.sha256").unlink(missing_ok=True)
    copy = open_desk(profile)
    copy.standstill.release()
    return copy


def back(home: Workbench, copy: Workbench) -> Rows:
    """What a restore of the copy would bring back."""
    told = differing.compare(home.profile.file, copy.profile.file)
    assert told is not None
    return told.back


def texts(bench: Workbench, talk: int) -> list[str]:
    rows = bench.store.read.execute("SELECT text FROM message WHERE conversation_id = ? ORDER BY at, id", (talk,))
    return [row["text"] for row in rows]


def draft(bench: Workbench, talk: int) -> str:
    row = bench.store.read.execute("SELECT text FROM draft WHERE conversation_id = ?", (talk,)).fetchone()
    return "" if row is None else str(row["text"])


def test_a_week_of_both_is_put_together(home: Workbench, open_desk: Open, tmp_path: Path) -> None:
    copy = conflicting(home, open_desk, tmp_path / "laptop")
    arrive(home, "peter")  # both give the same ids to different rows
    home.members.add("Met at home")
    where = a_week(copy)
    wanted = back(home, copy)
    copy.close()
    came = home.lending.add(copy.profile.file)
    assert came == wanted
    assert came.received == 2
    assert came.sent >= 1
    assert texts(home, where["answered"])[-1] == "Answered by the stand-in."
    assert where["answered"] not in waiting_talks(home)
    for name in ("nora", "oliver", "peter"):
        assert found(home, f"question of {name}"), name
    (talk, *_) = found(home, "question of nora")
    assert talk in waiting_talks(home)
    content = home.store.read.execute(
        "SELECT b.bytes FROM attachment a JOIN attachment_bytes b ON b.sha256 = a.sha256 WHERE a.name = 'nora.txt'"
    ).fetchone()
    assert content["bytes"] == b"what nora sent"
    assert {"Met at home", "Met by the stand-in", "Nora", "Oliver", "Peter"} <= {
        row["name"] for row in home.store.read.execute("SELECT name FROM member")
    }
    assert draft(home, where["begun"]) == "Begun by the stand-in"
    assert sound(home)
    left = back(home, copy)
    assert (left.received, left.sent, left.drafts) == (0, 0, 0)


def test_it_comes_in_once(home: Workbench, open_desk: Open, tmp_path: Path) -> None:
    """Also what came under another id, as its own was taken here."""
    copy = conflicting(home, open_desk, tmp_path / "laptop")
    for bench, whose in ((home, "home"), (copy, "laptop")):
        bench.members.add(f"Met by the {whose}")
        with bench.store.write() as conn:
            at = clock.now() if bench is home else clock.now() - 5
            conn.execute(
                "INSERT INTO gift (member_id, item, why, worth, currency, state_at, created_at)"
                " VALUES (3, ?1, 'x', 1, 'EUR', ?2, ?2)", (f"Cap of the {whose}", at),
            )  # fmt: skip
            conn.execute("INSERT INTO handoff (ask, opened_at, updated_at) VALUES (?1, ?2, ?2)", (f"Ask {whose}", at))
            conn.execute("INSERT INTO promise (member_id, what, at) VALUES (3, ?, ?)", (f"a map of {whose}", at))
            conn.execute("INSERT INTO member_note (member_id, at, text) VALUES (3, ?, ?)", (at, f"seen at {whose}"))
            conn.execute("INSERT INTO letter_draft (subject, text, at) VALUES ('Hi', ?, ?)", (f"Dear {whose}", at))
    a_week(copy)
    copy.close()
    came = home.lending.add(copy.profile.file)
    assert min(came.members, came.gifts, came.handoffs, came.promises, came.notes, came.drafts) > 0
    actions = scalar(home.store.read, "SELECT count(*) FROM action")
    assert not home.lending.add(copy.profile.file)
    assert scalar(home.store.read, "SELECT count(*) FROM action") == actions
    left = back(home, copy)
    assert (left.members, left.gifts, left.handoffs, left.promises) == (0, 0, 0, 0)


def test_what_waits_there_is_a_draft_here_and_is_sent_by_nobody(
    home: Workbench, open_desk: Open, tmp_path: Path
) -> None:
    copy = conflicting(home, open_desk, tmp_path / "laptop")
    first, second, *_ = [talk for talk in waiting_talks(home) if not draft(home, talk)]
    home.inbox.keep_draft(second, "Mine", "en")
    for talk in (first, second):
        copy.outbox.submit(clear(Draft(f"It waits in {talk}", "en"), ()), talk, hold_seconds=3600)
    copy.close()
    before = scalar(home.store.read, "SELECT count(*) FROM outbox")
    home.lending.add(copy.profile.file)
    assert scalar(home.store.read, "SELECT count(*) FROM outbox") == before
    assert draft(home, first) == f"It waits in {first}"
    assert draft(home, second) == "Mine"
    (beside,) = home.store.read.execute("SELECT text FROM draft_beside WHERE conversation_id = ?", (second,)).fetchall()
    assert beside["text"] == f"It waits in {second}"


def test_both_heard_the_same_person(home: Workbench, open_desk: Open, tmp_path: Path) -> None:
    """The channel told both of them: one message, one conversation, one member."""
    copy = conflicting(home, open_desk, tmp_path / "laptop")
    home.members.add("Somebody else")  # the ids differ from here on
    for bench in (home, copy):
        arrive(bench, "nora")
    (theirs, *_) = found(copy, "question of nora")
    reply(copy, theirs, "We look into it.")
    sent = back(home, copy).sent
    copy.close()
    came = home.lending.add(copy.profile.file)
    assert (came.received, came.members, came.sent) == (0, 0, sent)
    (mine, *_) = dict.fromkeys(found(home, "question of nora"))
    assert texts(home, mine) == ["A question of nora", "We look into it."]
    assert scalar(home.store.read, "SELECT count(*) FROM member WHERE name = 'Nora'") == 1
    assert sound(home)


def test_who_was_merged_or_forgotten_here_stays_so(home: Workbench, open_desk: Open, tmp_path: Path) -> None:
    copy = conflicting(home, open_desk, tmp_path / "laptop")
    name = home.members.get(5).name
    with copy.store.write() as conn:
        for member in (5, 7):
            conn.execute(
                "INSERT INTO member_note (member_id, at, text) VALUES (?, ?, 'seen in Vienna')", (member, clock.now())
            )
    copy.close()
    home.members.merge(6, 7)
    home.forgetting.forget(5)
    home.lending.add(copy.profile.file)
    notes = home.store.read.execute("SELECT member_id FROM member_note WHERE text = 'seen in Vienna'").fetchall()
    assert [row["member_id"] for row in notes] == [6]
    assert name.encode() not in home.profile.file.read_bytes()


def test_other_words_about_a_member_become_a_note_of_the_day(home: Workbench, open_desk: Open, tmp_path: Path) -> None:
    copy = conflicting(home, open_desk, tmp_path / "laptop")
    copy.members.edit(2, {"note": "allergic to nuts"})
    home.members.edit(2, {"note": "likes tea"})
    copy.close()
    assert home.lending.add(copy.profile.file).notes == 1
    assert home.members.get(2).note == "likes tea"
    assert "allergic to nuts" in [note.text for note in home.members.own.notes(2)]
    assert 2 in home.members.find("nuts")


def test_an_undo_takes_it_out_again(home: Workbench, open_desk: Open, tmp_path: Path) -> None:
    copy = conflicting(home, open_desk, tmp_path / "laptop")
    where = a_week(copy)
    copy.close()
    counts = (
        "SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM member), (SELECT count(*) FROM attachment_bytes)"
    )
    before = tuple(home.store.read.execute(counts).fetchone())
    standing = dict(home.store.read.execute("SELECT * FROM conversation WHERE id = ?", (where["answered"],)).fetchone())
    home.lending.add(copy.profile.file)
    (seen, *_) = home.actions.listed(1)
    assert (seen.action.kind, seen.why, seen.keeps) == ("copy", "", {})
    home.actions.undo(seen.action.id)
    assert tuple(home.store.read.execute(counts).fetchone()) == before
    assert (
        dict(home.store.read.execute("SELECT * FROM conversation WHERE id = ?", (where["answered"],)).fetchone())
        == standing
    )
    assert draft(home, where["begun"]) == ""
    assert sound(home)


def test_gifts_handoffs_and_promises_come_with_what_they_are_about(
    home: Workbench, open_desk: Open, tmp_path: Path
) -> None:
    copy = conflicting(home, open_desk, tmp_path / "laptop")
    now = clock.now()
    arrive(copy, "nora")
    (talk, *_) = found(copy, "question of nora")
    with copy.store.write() as conn:
        (member,) = conn.execute(
            "SELECT i.member_id FROM conversation c JOIN identity i ON i.id = c.identity_id WHERE c.id = ?", (talk,)
        ).fetchone()
        mate = conn.execute("INSERT INTO teammate (name) VALUES ('Radek of the store')").lastrowid
        conn.execute(
            "INSERT INTO gift (member_id, conversation_id, item, why, worth, currency, state_at, created_at)"
            " VALUES (?, ?, 'Cap', 'x', 1, 'EUR', ?, ?)", (member, talk, now, now),
        )  # fmt: skip
        conn.execute(
            "INSERT INTO handoff (conversation_id, member_id, teammate_id, ask, opened_at, updated_at)"
            " VALUES (?, ?, ?, 'Where is it?', ?, ?)", (talk, member, mate, now, now),
        )  # fmt: skip
        conn.execute(
            "INSERT INTO promise (member_id, conversation_id, what, at) VALUES (?, ?, 'a map', ?)", (member, talk, now)
        )
    home.members.add("So that ids differ")
    arrive(home, "peter")
    wanted = back(home, copy)
    copy.close()
    came = home.lending.add(copy.profile.file)
    assert came == wanted
    assert (came.gifts, came.handoffs, came.promises) == (1, 1, 1)
    row = home.store.read.execute(
        "SELECT p.name, t.name AS mate, c.id AS talk FROM handoff h JOIN member p ON p.id = h.member_id"
        " JOIN teammate t ON t.id = h.teammate_id JOIN conversation c ON c.id = h.conversation_id"
        " WHERE h.ask = 'Where is it?'"
    ).fetchone()
    assert (row["name"], row["mate"]) == ("Nora", "Radek of the store")
    assert row["talk"] == found(home, "question of nora")[0]
    assert [p["name"] for p in home.store.read.execute(
        "SELECT m.name FROM promise p JOIN member m ON m.id = p.member_id WHERE p.what = 'a map'"
    )] == ["Nora"]  # fmt: skip
    assert sound(home)


def test_a_copy_that_is_lent_adds_nothing_to_a_lent_desk(home: Workbench, open_desk: Open, tmp_path: Path) -> None:
    copy = open_desk(home.lending.lend(tmp_path / "stick", "Katerina"))
    a_week(copy)
    copy.close()
    home.lending.take_back_alone()
    came = home.lending.add(copy.profile.file)
    assert (came.received, came.sent, came.waiting) == (2, 1, 1)
    with closing(open_connection(home.profile.file)) as conn:
        assert scalar(conn, "SELECT count(*) FROM message WHERE account_id = ?", (demo_account(home),)) > 0
    assert sound(home)


def test_what_went_out_there_is_not_sent_again_here(home: Workbench, open_desk: Open, tmp_path: Path) -> None:
    talk = next(each for each in waiting_talks(home) if not draft(home, each))
    sent, maybe = (
        home.outbox.submit(clear(Draft(words, "en"), ()), talk, hold_seconds=3600) for words in ("One.", "Two.")
    )
    copy = conflicting(home, open_desk, tmp_path / "laptop")
    with copy.store.write() as conn:
        conn.execute("UPDATE outbox SET state = 'held', held_until = 0, later = 0 WHERE id = ?", (sent,))
    copy.sync.run()
    with copy.store.write() as conn:
        assert scalar(conn, "SELECT state FROM outbox WHERE id = ?", (sent,)) == "sent"
        conn.execute("UPDATE outbox SET state = 'undecided' WHERE id = ?", (maybe,))
    copy.close()
    home.lending.add(copy.profile.file)
    states = dict(home.store.read.execute("SELECT id, state FROM outbox WHERE id IN (?, ?)", (sent, maybe)).fetchall())
    assert states == {sent: "sent", maybe: "undecided"}
    assert texts(home, talk).count("One.") == 1
