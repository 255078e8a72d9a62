"""What the store does at size: taking in, searching, paging, weight on disk, opening, CSV out."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random

from app.base.message import Incoming
from app.base.paths import Profile
from app.base.text import words
from app.export import Export, Options
from app.inbox import Query
from app.intake import ROOM, Intake
from app.search import Filter, Search
from app.store import index
from app.store.store import Store
from app.workbench import Workbench
from tests.bench.community import CHUNK, END, OWN, messages
from tests.bench.measure import Result, percentile, seconds, times

_INGEST = 40_000
_PAGE = 500
_PAGES = 40  # taken in at size: fewer, and the 95th of a hundred would be the slowest
_QUESTIONS = 80
_WEIGHED, _BYTES = 100_000, 800  # from so many messages on a message may take so many bytes
_BLOCK = 40  # rows that the window's list reads at a time, of a page of a hundred


def ingest(folder: Path, bench: Workbench, size: int) -> Iterator[Result]:
    """Taking in rows already parsed: a first import into an empty file, a page of new and of known ones at size."""
    items = list(messages(_INGEST, 0, 1, seed=3))
    raw = _raw(folder / "raw.db", items)
    store, place = _fresh(folder / "ingest")
    intake = Intake(store)
    chunks = [items[at : at + CHUNK] for at in range(0, len(items), CHUNK)]
    ours = len(items) / seconds(lambda: [intake.take(place, chunk) for chunk in chunks])
    store.close()
    yield Result("first import, parsed rows (bare: executemany)", ours, "/s", raw, at_least=15_000)
    if size:
        yield from _pages_in(bench)


def _fresh(folder: Path) -> tuple[Store, int]:
    store = Store(folder / "community.rapport")
    with store.write() as conn:
        made = conn.execute(
            "INSERT INTO account (kind, name, mode, own, created_at) VALUES ('discourse', 'Bench', 'file', ?, 0)",
            (OWN,),
        )
    return store, int(made.lastrowid or 0)


def _raw(path: Path, items: Sequence[Incoming]) -> float:
    """Messages a second of one bare executemany of the same columns."""
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute(
        "CREATE TABLE m (id INTEGER PRIMARY KEY, remote TEXT, author TEXT, at INTEGER, text TEXT, thread TEXT)"
    )
    rows = [(item.remote_id, item.author.key, item.at, item.text, item.thread) for item in items]

    def insert() -> None:
        with conn:
            conn.executemany("INSERT INTO m (remote, author, at, text, thread) VALUES (?, ?, ?, ?, ?)", rows)

    rate = len(rows) / seconds(insert)
    conn.close()
    return rate


def _pages_in(bench: Workbench) -> Iterator[Result]:
    place = bench.store.read.execute("SELECT id FROM account WHERE kind = 'bluesky'").fetchone()[0]
    seed = bench.store.read.execute("SELECT coalesce(max(id), 0) FROM import_batch").fetchone()[0] + 100
    source = messages(_PAGE * _PAGES, 3, 1, seed)
    pages = [[_renamed(item, seed) for item in islice(source, _PAGE)] for _ in range(_PAGES)]
    fresh = iter(pages)
    taken = times(lambda: bench.intake.take(place, next(fresh)), len(pages))
    yield Result("500 new messages, p95", percentile(taken, 0.95), "ms", at_most=60)
    again = times(lambda: bench.intake.take(place, pages[0]), 100)
    yield Result("500 known messages, p95", percentile(again, 0.95), "ms", at_most=3)
    with bench.store.write() as conn:  # leave the community as it was
        from app.imports import removal  # noqa: PLC0415

        made = conn.execute("INSERT INTO import_batch (file, kind, at) VALUES ('bench', 'bench', 0)").lastrowid
        conn.execute("UPDATE message SET batch_id = ? WHERE account_id = ? AND remote_id LIKE 'again-%'", (made, place))
        removal.remove(conn, int(made or 0))


def _renamed(item: Incoming, seed: int) -> Incoming:
    """The same said anew in the community's last days, as a channel would hand it in."""
    mark = f"again-{seed}"
    at = END + item.at // 1_000
    return item._replace(remote_id=f"{mark}-{item.remote_id}", at=at, thread=f"{mark}-{item.thread}")


def search(bench: Workbench) -> Iterator[Result]:
    """Every letter that somebody types on the way to one to three words, with and without filters.

    Bare: the index alone, asked for the same words and without the rows.
    """
    random, found = Random(11), Search(bench.store)
    ask = bench.store.read.execute
    busiest = (
        "SELECT i.member_id FROM message m JOIN identity i ON i.id = m.identity_id GROUP BY 1"
        " ORDER BY count(*) DESC LIMIT 1"
    )
    filters = {
        "no filter": Filter(),
        "needs me": Filter(state="needs_me"),
        "waiting": Filter(state="waiting"),
        "snoozed (none)": Filter(state="snoozed"),
        "one channel": Filter(account_id=ask("SELECT min(id) FROM account").fetchone()[0]),
        "one member": Filter(member_id=ask(busiest).fetchone()[0]),
    }
    numbers = [row[0] for row in ask("SELECT id FROM message WHERE id % 97 = 0")]
    chosen = random.sample(numbers, min(_QUESTIONS, len(numbers)))
    texts = [ask("SELECT text FROM message WHERE id = ?", (number,)).fetchone()[0] for number in chosen]
    typed = [beginning for text in texts for beginning in _typed(random, text)]
    bare = sorted(seconds(_only_index(bench, question)) * 1000 for question in typed)
    for name, wanted in filters.items():
        taken = sorted(seconds(partial(found.messages, question, wanted)) * 1000 for question in typed)
        note = f"p50 {percentile(taken, 0.5):.2f}, {len(typed):,} letters"
        yield Result(
            f"search, {name}, p95", percentile(taken, 0.95), "ms", percentile(bare, 0.95), at_most=3, note=note
        )
        yield Result(f"search, {name}, worst", taken[-1], "ms", bare[-1], at_most=20)


def _only_index(bench: Workbench, question: str) -> Callable[[], object]:
    sql = "SELECT rowid FROM message_index WHERE message_index MATCH ? ORDER BY rowid DESC LIMIT 50"
    asked = index.question(words(question))
    return lambda: bench.store.read.execute(sql, (asked,)).fetchall()


def _typed(random: Random, text: str) -> list[str]:
    """One to three words of a text that is there, as they are typed: after each letter."""
    there = words(text)
    whole = " ".join(random.sample(there, min(len(there), random.choice((1, 1, 2, 3)))))
    return [whole[:count] for count in range(1, len(whole) + 1) if whole[count - 1] != " "]


def _page(bench: Workbench, query: Query) -> object:
    return bench.inbox.rows([ref.id for ref in bench.inbox.refs(query, limit=50)])


def pages(bench: Workbench) -> Iterator[Result]:
    """The inbox's first pages, the badges, a conversation opened."""
    bench.inbox.counts()
    for state in ("needs_me", "waiting", "done", "all"):
        taken = times(partial(_page, bench, Query(state=state)), 200)
        yield Result(f"inbox page, {state}, p95", percentile(taken, 0.95), "ms", at_most=1)
    after = bench.inbox.refs(Query(state="done"), limit=2_000)[-1]
    # as the list in the window goes on: a hundred by key, and of them the block of rows that comes into sight
    taken = times(
        lambda: bench.inbox.rows([ref.id for ref in bench.inbox.refs(Query(state="done"), after=after)[:_BLOCK]]), 200
    )
    yield Result("inbox page after 2,000 rows, p95", percentile(taken, 0.95), "ms", at_most=1)
    taken = times(bench.inbox.counts, 500)
    yield Result("badges, p95", percentile(taken, 0.95), "ms", at_most=1)
    longest = bench.store.read.execute("SELECT id FROM conversation ORDER BY messages DESC LIMIT 1").fetchone()[0]
    taken = times(lambda: bench.inbox.open(longest), 50)
    yield Result("the longest conversation opened, p95", percentile(taken, 0.95), "ms", at_most=16)


def disk(bench: Workbench, size: int) -> Iterator[Result]:
    """Bytes a message, everything in, and of its text alone; in a small file what is there once weighs on each."""
    with bench.store.write() as conn:
        conn.execute("INSERT INTO message_index (message_index) VALUES ('optimize')")
    bench.store.read.execute("SELECT 1")
    count, text = bench.store.read.execute("SELECT count(*), sum(length(CAST(text AS BLOB))) FROM message").fetchone()
    pages_used = (
        bench.store.read.execute("PRAGMA page_count").fetchone()[0]
        - bench.store.read.execute("PRAGMA freelist_count").fetchone()[0]
    )
    weight = pages_used * bench.store.read.execute("PRAGMA page_size").fetchone()[0]
    most = _BYTES if size >= _WEIGHED else None
    yield Result("disk a message (bare: its text)", weight / count, "bytes", text / count, at_most=most)


_OPENING = (
    "import sys, time; t = time.perf_counter()\n"
    "from app.base.paths import Profile; from app.workbench import Workbench; from app.inbox import Query\n"
    "from pathlib import Path\n"
    "b = Workbench(Profile(Path(sys.argv[1]))); b.inbox.counts(); b.inbox.rows([r.id for r in b.inbox.refs(Query())])\n"
    "heavy = {'sqlite_utils', 'requests', 'keyring', 'pycld2', 'email'} & set(sys.modules)\n"
    "print((time.perf_counter() - t) * 1000, ','.join(sorted(heavy)))\n"
)
_BARE = (
    "import time; t = time.perf_counter()\n"
    "import sqlite3, json, re, dataclasses, pathlib, threading, contextlib\n"
    "print((time.perf_counter() - t) * 1000)\n"
)


def opening(bench: Workbench) -> Iterator[Result]:
    """The data side of a start: imports, opening the file, the first page and the badges; bare: Python and sqlite3."""
    ours, heavy = zip(*(_child(_OPENING, str(bench.profile.folder)) for _ in range(7)), strict=True)
    plain = sorted(_child(_BARE)[0] for _ in range(7))[3]
    yield Result("start, data side (bare: imports of the library)", sorted(ours)[3], "ms", plain)
    loaded = sorted({name for names in heavy for name in names.split(",")} - {""})
    yield Result("heavy modules, data side", len(loaded), "", at_most=0, note=" ".join(loaded))


def _child(code: str, *arguments: str) -> tuple[float, str]:
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=os.environ
    )
    time, _, rest = run.stdout.strip().partition(" ")
    return float(time), rest


def csv_out(folder: Path, bench: Workbench) -> Iterator[Result]:
    """A CSV of 100,000 messages with the formula guard, against SQLite's own CSV of the same rows."""
    ask, last = bench.store.read.execute, 100_000
    start = ask("SELECT at FROM message ORDER BY id DESC LIMIT 1 OFFSET ?", (last - 1,)).fetchone()
    since = start[0] if start else 0
    sql = (
        "SELECT m.id, m.conversation_id, m.parent_id, m.out, coalesce(i.name, ''), coalesce(i.handle, ''), m.at,"
        " m.language, m.text, '', m.url FROM message m LEFT JOIN identity i ON i.id = m.identity_id"
        f" WHERE m.id >= {since // 60 * ROOM} AND m.at >= {since} ORDER BY m.id"
    )
    export, how = Export(bench.store), Options(since=since, replace=True)
    ours = times(lambda: export.write("messages", folder / "out.csv", how), 5)[2]
    shell = ["sqlite3", "-csv", str(Profile(bench.profile.folder).file), sql]
    there = shutil.which("sqlite3") is not None
    bare = times(lambda: subprocess.run(shell, check=True, capture_output=True), 5)[2] if there else None
    yield Result("CSV of 100,000 messages (bare: sqlite3 -csv)", ours, "ms", bare, at_most=450)
