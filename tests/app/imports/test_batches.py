"""Imports are listed with what came in and what was left out, long after they were made."""

from __future__ import annotations

from threading import Event

import pytest

from app.actions import Actions
from app.imports.desk import Imports
from app.store.store import Store
from tests.app.imports.conftest import Write, mail, mbox


def box() -> bytes:
    """Two letters to keep, one spam, two drafts."""
    labels = ("Inbox", "Opened", "Spam", "Drafts", "Drafts")
    return mbox(*(f"X-Gmail-Labels: {label}\n".encode() + mail(number) for number, label in enumerate(labels)))


def test_what_was_left_out_is_told_later(imports: Imports, store: Store, write: Write) -> None:
    imports.run(write("members.csv", "name,email\nAnna,anna@example.org\n"))
    done = imports.run(write("all.mbox", box()))
    imports.run(write("all.mbox", box()))
    again, letters, table = imports.listed()
    assert (letters.id, letters.file, letters.kind, letters.account) == (
        done.batch_id,
        "all.mbox",
        "mbox",
        "Imported mail",
    )
    assert (letters.left_out, letters.new, letters.known) == ({"spam": 1, "drafts": 2}, 2, 0)
    assert letters.sentence == "2 new, 0 already known. Left out: 1 in spam, 2 drafts."
    assert again.sentence == "0 new, 2 already known. Left out: 1 in spam, 2 drafts."
    assert (table.sentence, table.left_out) == ("1 new, 0 already known.", {})
    assert table._replace(rejected=3).sentence == "1 new, 0 already known, 3 couldn't be read."
    assert [one.finished for one in (again, letters, table)] == [True] * 3
    assert imports.listed(1) == [again]
    (first, second) = Actions(store, lambda: imports).listed()
    assert (first.told, second.told) == (letters.sentence, table.sentence)
    imports.undo_batch(letters.id)
    assert [one.undone for one in imports.listed()] == [False, True, False]
    assert imports.listed()[1].left_out == {"spam": 1, "drafts": 2}


def test_a_dry_run_leaves_no_trace(imports: Imports, store: Store, write: Write) -> None:
    imports.preview(write("all.mbox", box()))
    assert imports.listed() == []
    assert store.read.execute("SELECT count(*) FROM setting WHERE key LIKE 'import%'").fetchone()[0] == 0


def test_one_that_was_stopped_says_so_with_what_it_had_left_out(
    imports: Imports, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.imports.messages.CHUNK", 1)
    monkeypatch.setattr("app.imports.desk._PROGRESS_ROWS", 1)
    stop, reports = Event(), list[int]()

    def tell(done: int, _total: int) -> None:
        reports.append(done)
        if len(reports) == 4:
            stop.set()

    assert imports.run(write("all.mbox", box()), progress=tell, stop=stop).stopped
    (one,) = imports.listed()
    assert (one.finished, one.new, one.left_out) == (False, 2, {"spam": 1, "drafts": 1})
