"""Every kind of file yields its rows in one form; what cannot be read is put aside, never left out of the count."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.contacts.person import Person
from app.imports import Options
from app.imports.desk import Imports
from app.imports.mapping import MEMBERS, MESSAGES
from app.imports.messages import Placed
from app.imports.recognise import recognise
from app.imports.sources import source_of
from app.store.store import Store
from tests.app.imports.conftest import OWN, Write, counts, mail, mbox

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Lemon days</title>
<item><title>One</title><link>https://a.example/1</link><guid>1</guid><description>first</description></item>
<item><title>Two</title><link>https://a.example/2</link><guid>2</guid><description>second</description></item>
</channel></rss>"""
MESSAGE_ROWS = "author,text,date\nÁsta,Hæ,2024-03-05 10:00\nBo,,2024-03-05\nDi,a,2024-03-06\n"
MEMBER_ROWS = "Name,Email\nAnna,anna@example.is\nB,no address\nAnna J,ANNA@example.is\nCy,cy@example.is\n"


@pytest.mark.parametrize(
    ("name", "content", "holds", "where", "kept", "rejected"),
    [
        ("box", mbox(mail(1), mail(2), mail(3)), MESSAGES, "Imported mail", 3, 0),
        ("one.eml", mail(1), MESSAGES, "Imported mail", 1, 0),
        ("feed.xml", FEED, MESSAGES, "Lemon days", 2, 0),
        ("the_readers.csv", MESSAGE_ROWS, MESSAGES, "the readers", 2, 1),
        ("people.csv", MEMBER_ROWS, MEMBERS, "", 3, 1),
    ],
)
def test_each_kind_yields_rows_up_to_its_total(
    store: Store, write: Write, name: str, content: str | bytes, holds: str, where: str, kept: int, rejected: int
) -> None:
    source = source_of(recognise(write(name, content)), store, Options(own=(OWN,), dry_run=True))
    assert (source.holds, source.where, source.is_small) == (holds, where, True)
    source.begin()
    rows = list(source.rows())
    held = [row.item for row in rows if row.item is not None]
    assert (len(held), len(rows) - len(held)) == (kept, rejected)
    assert (source.rejected.count if source.rejected else 0) == rejected
    assert all(isinstance(item, Person if holds == MEMBERS else Placed) for item in held)
    done = [row.done for row in rows]
    assert done == sorted(set(done))
    assert done[-1] == (source.total or len(rows))  # of a feed nobody knows before


def test_a_folder_of_mails_counts_its_files(store: Store, tmp_path: Path) -> None:
    (tmp_path / "e").mkdir()
    for number in (1, 2):
        (tmp_path / "e" / f"{number}.eml").write_bytes(mail(number))
    source = source_of(recognise(tmp_path / "e"), store, Options())
    assert [row.done for row in source.rows()] == [1, 2]
    assert source.total == 2


def test_a_dry_run_of_members_counts_as_the_run_does_and_writes_nothing(
    store: Store, imports: Imports, write: Write
) -> None:
    path = write("people.csv", MEMBER_ROWS)
    dry = imports.run(path, Options(dry_run=True))
    assert (dry.new, dry.known, dry.doubles, dry.rejected, dry.rejected_file) == (2, 1, 1, 1, None)
    assert not any(counts(store).values())
    assert store.read.execute("SELECT count(*) FROM import_batch").fetchone()[0] == 0
    done = imports.run(path)
    assert (done.new, done.known, done.doubles, done.rejected) == (2, 1, 1, 1)


def test_members_come_in_chunks_and_a_stop_keeps_the_whole_ones(
    store: Store, imports: Imports, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.imports.people.CHUNK", 10)
    monkeypatch.setattr("app.imports.desk._PROGRESS_ROWS", 25)
    path = write("people.csv", "Name,Email\n" + "".join(f"M{n},m{n}@example.is\n" for n in range(60)))
    stop, seen = threading.Event(), list[tuple[int, int]]()

    def watch(done: int, total: int) -> None:
        seen.append((done, total))
        stop.set()

    done = imports.run(path, Options(), watch, stop)
    assert seen == [(25, 60), (60, 60)]
    assert (done.stopped, done.new) == (True, 25)
    assert store.read.execute("SELECT finished_at FROM import_batch").fetchone()[0] is None
    rest = imports.run(path)
    assert (rest.new, rest.known, rest.stopped) == (35, 25, False)
    imports.undo_batch(int(rest.batch_id or 0))
    assert store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 25
