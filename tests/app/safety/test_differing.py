"""What a restore would lose and bring back: every number is a count by SQL over the two files."""

from __future__ import annotations

import lzma
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.base import clock
from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.safety import backup
from app.safety.differing import Difference, Rows, compare
from app.store.connection import open_connection
from app.store.sqlite import connect, scalar
from app.voice import Draft, clear
from app.workbench import Workbench
from tests.app.safety.test_backup import damage
from tests.app.store.test_store import child, content

PROFILES = Path(__file__).parents[2] / "profiles"
IDS = {
    "received": "SELECT id FROM message WHERE NOT out",
    "sent": "SELECT id FROM message WHERE out",
    "waiting": "SELECT key FROM outbox WHERE state NOT IN ('sent', 'discarded')",
    "members": "SELECT id FROM member WHERE merged_into IS NULL",
    "gifts": "SELECT id FROM gift",
    "handoffs": "SELECT id FROM handoff",
    "promises": "SELECT id FROM promise",
}
"""What each count is about, by ids: the demo has one history, in which they say enough."""
WORDS = {
    "notes": ("SELECT 'note', text FROM member_note", "SELECT id, note FROM member WHERE note <> ''"),
    "drafts": ("SELECT conversation_id, text FROM draft", "SELECT id, text FROM letter_draft"),
}  # fmt: skip


@pytest.fixture
def bench(demo_profile: Profile) -> Iterator[Workbench]:
    """The demo community, open."""
    made = Workbench(demo_profile)
    yield made
    made.close()


def apart(here: Path, there: Path) -> Rows:
    """The same counts in another way: sets of ids and words in Python."""
    found: dict[str, int] = {}
    with closing(connect(str(here))) as new, closing(connect(str(there))) as old:
        for name, sql in IDS.items():
            found[name] = len({row[0] for row in new.execute(sql)} - {row[0] for row in old.execute(sql)})
        for name, queries in WORDS.items():
            one, other = ({tuple(row) for sql in queries for row in conn.execute(sql)} for conn in (new, old))
            found[name] = len({row for row in one if row[1]} - other)
    return Rows(**found)


def difference(bench: Workbench, copy: backup.Copy) -> Difference:
    told = compare(bench.profile.file, copy.file)
    assert told is not None
    assert told.why == ""
    return told


def a_week_later(bench: Workbench) -> None:
    """What comes in and is done after the backup."""
    talk, account = bench.store.read.execute(
        "SELECT c.id, c.account_id FROM conversation c JOIN account a ON a.id = c.account_id"
        " WHERE c.state = 'needs_me' AND a.mode = 'demo' ORDER BY c.id LIMIT 1"
    ).fetchone()
    said = [
        Incoming(f"new-{n}", clock.now(), f"New question {n}", Author(f"nora{n}", f"nora{n}", "Nora"), thread=f"n{n}")
        for n in range(3)
    ]
    bench.intake.take(account, said)
    bench.outbox.submit(clear(Draft("Sent since the backup.", "en"), ()), talk, hold_seconds=0)
    bench.sync.run()
    bench.outbox.submit(clear(Draft("Waiting since.", "en"), ()), talk, hold_seconds=30)
    bench.members.edit(2, {"note": "newer than the backup"})
    bench.members.add("Newer than the backup")
    with bench.store.write() as conn:
        conn.execute("INSERT INTO draft (conversation_id, text, at) VALUES (2, 'begun since', 1) ON CONFLICT DO UPDATE"
                     " SET text = excluded.text")  # fmt: skip
        conn.execute("INSERT INTO member_note (member_id, at, text) VALUES (3, ?, 'met in Brno')", (clock.now(),))
        conn.execute("INSERT INTO promise (member_id, what, at) VALUES (3, 'a map', ?)", (clock.now(),))
        conn.execute(
            "INSERT INTO gift (member_id, item, why, worth, currency, state_at, created_at) VALUES (3, 'Cap', 'x', 1,"
            " 'EUR', ?1, ?1)", (clock.now(),)
        )  # fmt: skip
        conn.execute("INSERT INTO handoff (ask, opened_at, updated_at) VALUES ('Where is it?', ?1, ?1)", (clock.now(),))


def test_each_number_is_what_two_sets_come_to(bench: Workbench) -> None:
    copy = backup.make(bench.store, bench.profile)
    assert difference(bench, copy) == Difference()
    a_week_later(bench)
    told = difference(bench, copy)
    assert told.lost == apart(bench.profile.file, copy.file)
    assert told.back == apart(copy.file, bench.profile.file)
    assert all(getattr(told.lost, name) for name in (*IDS, *WORDS))
    assert told.lost.received == 3
    assert (told.lost.sent, len(told.last_sent)) == (1, 1)
    assert told.done == scalar(bench.store.read, "SELECT count(*) FROM action") - scalar_of(copy, "action")


def scalar_of(copy: backup.Copy, table: str) -> int:
    with closing(connect(str(copy.file))) as conn:
        return int(scalar(conn, f"SELECT count(*) FROM {table}"))


def test_whom_you_wrote_to_since_is_named_the_last_first(bench: Workbench) -> None:
    copy = backup.make(bench.store, bench.profile)
    rows = bench.store.read.execute(
        "SELECT c.id FROM conversation c JOIN account a ON a.id = c.account_id"
        " WHERE a.mode = 'demo' AND c.state = 'needs_me' AND c.public = 0 ORDER BY c.id LIMIT 7"
    ).fetchall()
    assert len(rows) == 7
    whom = []
    for number, row in enumerate(rows):
        draft = Draft(f"Answer {number}, of its own.", "en")
        sent = bench.outbox.submit(clear(draft, ()), row["id"], hold_seconds=0)
        bench.sync.run()
        whom.append(bench.outbox.get(sent).to_whom)
        with bench.store.write() as conn:
            message = bench.outbox.get(sent).message_id
            conn.execute("UPDATE message SET at = ? WHERE id = ?", (clock.now() + 10 * number, message))
    told = difference(bench, copy)
    assert told.lost.sent == 7
    assert [one.whom for one in told.last_sent] == whom[:1:-1]


def test_what_was_deleted_since_comes_back(bench: Workbench) -> None:
    with bench.store.write() as conn:
        conn.execute("INSERT INTO draft (conversation_id, text, at) VALUES (2, 'thrown away since', 1)")
        conn.execute("INSERT INTO member_note (member_id, at, text) VALUES (3, 1, 'thrown away since')")
    copy = backup.make(bench.store, bench.profile)
    with bench.store.write() as conn:
        conn.execute("DELETE FROM draft WHERE conversation_id = 2")
        conn.execute("DELETE FROM member_note WHERE text = 'thrown away since'")
    told = difference(bench, copy)
    assert (told.lost, told.back) == (Rows(), Rows(drafts=1, notes=1))
    assert told.back_words() == "In the backup and not in the present file, so it comes back: 1 draft, 1 note."


def test_whoever_was_forgotten_is_not_said_to_come_back(bench: Workbench) -> None:
    number = bench.store.read.execute(
        "SELECT i.member_id FROM message m JOIN identity i ON i.id = m.identity_id WHERE m.remote_id IS NOT NULL"
        " AND i.member_id IN (SELECT member_id FROM gift) GROUP BY i.member_id ORDER BY count(*) DESC LIMIT 1"
    ).fetchone()[0]
    bench.members.edit(number, {"note": "Likes lemons"})
    with bench.store.write() as conn:
        conn.execute("INSERT INTO member_note (member_id, at, text) VALUES (?, 1, 'met in Brno')", (number,))
    copy = backup.make(bench.store, bench.profile)
    elsewhere = bench.profile.folder.parent / "elsewhere.rapport"
    shutil.copy(copy.file, elsewhere)  # out of reach of the forgetting, which writes backups anew
    bench.forgetting.forget(number)
    told = compare(bench.profile.file, elsewhere)
    assert told is not None
    assert told.back == Rows()


def test_a_row_with_the_same_id_of_another_time_is_another_row(bench: Workbench) -> None:
    with bench.store.write() as conn:
        conn.execute("INSERT INTO promise (id, member_id, what, at) VALUES (9000, 3, 'one', 1)")
    copy = backup.make(bench.store, bench.profile)
    with bench.store.write() as conn:
        conn.execute("UPDATE promise SET at = 2, what = 'made after an earlier restore' WHERE id = 9000")
    told = difference(bench, copy)
    assert (told.lost.promises, told.back.promises) == (1, 1)


def test_a_message_that_has_another_id_here_is_the_same_message(bench: Workbench) -> None:
    copy = backup.make(bench.store, bench.profile)
    with bench.store.write() as conn:
        conn.execute("PRAGMA defer_foreign_keys = ON")
        conn.execute(
            "UPDATE message SET id = id + 1 WHERE id = (SELECT max(id) FROM message WHERE remote_id IS NOT NULL"
            " AND NOT out AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.message_id = message.id))"
        )
    told = difference(bench, copy)
    assert (told.lost.received, told.back.received) == (0, 0)


def test_what_is_only_in_the_log_counts_and_nothing_is_changed(bench: Workbench) -> None:
    copy = backup.make(bench.store, bench.profile)
    bench.close()
    killed = child(
        """
        import os, sys
        from pathlib import Path
        from app.base.paths import Profile
        from app.workbench import Workbench
        bench = Workbench(Profile(Path(sys.argv[1])))
        bench.members.add("Only in the log")
        os.kill(os.getpid(), 9)
        """,
        bench.profile.folder,
    )
    killed.communicate()
    before = {name: held for name, held in content(bench.profile.folder).items() if not str(name).endswith("-shm")}
    assert difference(bench, copy).lost == Rows(members=1)
    after = {name: held for name, held in content(bench.profile.folder).items() if not str(name).endswith("-shm")}
    assert after == before


def test_a_look_leaves_nothing_beside_the_files(bench: Workbench) -> None:
    copy = backup.make(bench.store, bench.profile)
    bench.close()
    before = content(bench.profile.folder)
    difference(bench, copy)
    assert content(bench.profile.folder) == before


@pytest.mark.parametrize("harm", ["pages", "head", "empty"])
def test_where_the_present_file_cannot_be_read_that_is_said(bench: Workbench, harm: str) -> None:
    copy = backup.make(bench.store, bench.profile)
    bench.close()
    file = bench.profile.file
    if harm == "pages":
        damage(file)
        whole = bytearray(file.read_bytes())
        whole[8192:] = b"\xa5" * (len(whole) - 8192)
        file.write_bytes(bytes(whole))
    else:
        file.write_bytes(b"" if harm == "empty" else b"junk" + file.read_bytes()[4:])
    told = compare(file, copy.file)
    assert told is not None
    assert told.why == "The present file can't be read, so Rapport can't say what would be lost."
    assert (told.lost_words(), told.back_words()) == ("", "")


def test_without_a_present_file_there_is_nothing_to_lose(bench: Workbench, tmp_path: Path) -> None:
    copy = backup.make(bench.store, bench.profile)
    assert compare(tmp_path / "community.rapport", copy.file) is None


def test_nobody_waits_for_it_any_more(bench: Workbench) -> None:
    copy = backup.make(bench.store, bench.profile)
    assert compare(bench.profile.file, copy.file, lambda: True) is None


def test_a_live_file_as_the_source_counts_with_its_log(bench: Workbench, tmp_path: Path) -> None:
    source = tmp_path / "other" / "community.rapport"
    source.parent.mkdir()
    shutil.copy(backup.make(bench.store, bench.profile).file, source)
    with closing(open_connection(source)) as conn:
        conn.execute("INSERT INTO promise (member_id, what, at) VALUES (3, 'in its log', 1)")
        told = compare(bench.profile.file, source)
        assert told is not None
        assert told.back == Rows(promises=1)


@pytest.mark.parametrize("step", [1, 5, 13])
def test_a_backup_of_an_earlier_rapport_is_compared_too(bench: Workbench, tmp_path: Path, step: int) -> None:
    source = tmp_path / "old.rapport"
    source.write_bytes(lzma.decompress((PROFILES / f"step_{step}.rapport.xz").read_bytes()))
    bench.close()
    seen = backup.preview_restore(bench.profile, source)
    told = compare(bench.profile.file, source)
    assert told is not None
    assert told.why == ""
    with closing(connect(str(bench.profile.file))) as conn:
        assert told.lost.members == scalar(conn, "SELECT count(*) FROM member WHERE merged_into IS NULL")
    assert 0 < told.back.received + told.back.sent <= seen.content.messages
