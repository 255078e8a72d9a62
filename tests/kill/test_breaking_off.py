"""kill -9 in the midst of an import: it goes on to what an unbroken one brings, or is taken back whole."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.base import paths
from app.imports import Options, gift_sink, messages, people
from app.imports.underway import BrokenOff
from app.store.store import Store
from app.workbench import Workbench
from tests.app.saying import is_consistent
from tests.bench.mails import write_mbox
from tests.kill.brought_in import CHUNK
from tests.kill.killing import COMMITTED, KILLS, Killing

ROWS = 130
_CHILD = "tests.kill.brought_in"
_OPTIONS = Options(own=("brand@example.org",))

pytestmark = pytest.mark.slow


def _mails(folder: Path) -> Path:
    write_mbox(folder / "mails", ROWS)
    return folder / "mails"


def _said(folder: Path) -> Path:
    """Messages of several accounts, some said twice, some answering what comes later, some not readable."""
    lines = ["channel,date,author,text"]
    for one in range(ROWS):
        day = f"2026-{one % 9 + 1:02}-{one % 27 + 1:02} 10:00" if one % 31 else "no day"
        lines.append(f"{('Blog', 'Forum', 'Shop')[one % 3]},{day},Anna {one % 13},Word {one % 60}")
    file = folder / "said.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _members(folder: Path) -> Path:
    """Members of whom some come twice, known by an address, a telephone or by their name alone."""
    lines = ["name,email,phone,city,labels"]
    for one in range(ROWS):
        who = one % 100
        email = f"m{who}@example.org" if who % 3 else ""
        phone = f"+3612345{who:03}" if who % 5 == 0 else ""
        lines.append(f"Member {who},{email},{phone},{('Győr', 'Brno')[one // 100] if email else ''},Guests")
    lines.append("Nobody,not an address,,,")
    file = folder / "members.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _gifts(folder: Path) -> Path:
    """Gifts, of which some are equal, to members named by name or by address."""
    lines = ["name,email,gift,date,worth,currency"]
    for one in range(ROWS):
        email = f"g{one % 40}@example.org" if one % 2 else ""
        lines.append(f"Guest {one % 40},{email},Box {one % 7},2025-03-{one % 28 + 1:02},12,EUR")
    file = folder / "gifts.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def in_small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the child: which of its messages names a conversation depends on what came in with it."""
    for module in (messages, people, gift_sink):
        monkeypatch.setattr(module, "CHUNK", CHUNK)


@contextmanager
def _bench(folder: Path) -> Iterator[Workbench]:
    bench = Workbench(paths.profile(folder))
    yield bench
    bench.close()


def _rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Everything that an import can bring, without the numbers of rows."""
    questions = {
        "accounts": "SELECT name, kind FROM account ORDER BY 1",
        "messages": "SELECT a.name, m.remote_id, m.at, m.out, m.text, i.key, m.batch_id IS NULL FROM message m"
        " JOIN account a ON a.id = m.account_id LEFT JOIN identity i ON i.id = m.identity_id ORDER BY 1, 2, 3",
        "conversations": "SELECT title, messages, first_at, last_at, state FROM conversation ORDER BY 1, 3, 4, 2",
        "members": "SELECT name, email, phone, city, first_at, last_at, batch_id IS NULL FROM member ORDER BY 1, 2, 3",
        "identities": "SELECT i.kind, i.key, m.name FROM identity i JOIN member m ON m.id = i.member_id ORDER BY 1, 2",
        "labels": "SELECT m.name, l.name FROM member_label o JOIN member m ON m.id = o.member_id"
        " JOIN label l ON l.id = o.label_id ORDER BY 1, 2",
        "gifts": "SELECT m.name, g.item, g.worth, g.state, g.shipped_on FROM gift g"
        " JOIN member m ON m.id = g.member_id ORDER BY 1, 2, 5",
        "marks": "SELECT key FROM setting WHERE key GLOB 'import_underway_*'",
    }
    return {name: [tuple(row) for row in store.read.execute(sql)] for name, sql in questions.items()}


def _counts(store: Store) -> list[tuple[object, ...]]:
    """What is told of each import, and how many actions it is."""
    sql = (
        "SELECT new, known, rejected, finished_at IS NULL, undone_at IS NULL,"
        " (SELECT count(*) FROM action WHERE batch_id = b.id) FROM import_batch b ORDER BY id"
    )
    return [tuple(row) for row in store.read.execute(sql)]


def _begin(folder: Path) -> None:
    """A community that knows a member of the table already, by another city."""
    with _bench(folder) as bench:
        table = folder / "before.csv"
        table.write_text("name,email,city\nMember 1,m1@example.org,Pécs\n", encoding="utf-8")
        bench.imports.run(table)
        table.unlink()


def _broken(folder: Path, file: Path, chunks: int, later: float) -> BrokenOff | None:
    """What broke off when the import was killed so many chunks after its first; None if it had come to its end."""
    Killing().run([_CHILD, str(folder), str(file)], COMMITTED, chunks, later)
    with _bench(folder) as bench:
        is_consistent(bench.store)
        found = bench.imports.broken_off()
        assert bench.has_broken_off == bool(found)
        ended = _counts(bench.store)[-1][3] == 0
        assert len(found) == (0 if ended else 1)
        return found[0] if found else None


@pytest.mark.parametrize("kind", [_mails, _said, _members, _gifts], ids=["mails", "said", "members", "gifts"])
def test_kills(tmp_path: Path, kind: Callable[[Path], Path]) -> None:
    file, chance = kind(tmp_path), random.Random(20261203)
    begun, whole = tmp_path / "begun", tmp_path / "whole"
    _begin(begun)
    shutil.copytree(begun, whole)
    with _bench(begun) as bench:
        before = _rows(bench.store)
    with _bench(whole) as bench:
        bench.imports.run(file, _OPTIONS)
        wanted, told = _rows(bench.store), _counts(bench.store)
    assert wanted != before
    broken = 0
    for turn in range(max(4, KILLS // 4)):
        folder, chunks = tmp_path / str(turn), turn % (ROWS // CHUNK)
        shutil.copytree(begun, folder)
        found = _broken(folder, file, chunks, chance.choice((0.0, chance.uniform(0, 0.01))))
        if found is None:
            continue
        broken += 1
        assert found.path == file
        back = tmp_path / f"{turn}-back"
        shutil.copytree(folder, back)
        with _bench(back) as bench:
            action = bench.actions.of_import(found.batch)
            if action is not None:
                bench.actions.undo(action.id)
                assert _rows(bench.store) == before
            assert bench.imports.broken_off() == [] or action is None
        if turn % 2:  # and killed once more, on its way
            Killing().run([_CHILD, str(folder)], COMMITTED, 1, 0.0)
        with _bench(folder) as bench:
            for again in bench.imports.broken_off():
                bench.imports.go_on(again.batch)
            assert _rows(bench.store) == wanted
            assert _counts(bench.store) == told
            assert not list(folder.glob("import-*.lock"))
            action = bench.actions.of_import(found.batch)
            assert action is not None
            bench.actions.undo(action.id)  # what both runs brought is one import
            assert _rows(bench.store) == before
        shutil.rmtree(folder)
        shutil.rmtree(back)
    assert broken >= 2  # else the kills came too late to prove anything
