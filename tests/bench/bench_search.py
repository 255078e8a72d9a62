"""Each operator of the search language beside the same words without it: after each letter that somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from random import Random

from app.base.text import words
from app.workbench import Workbench
from tests.bench.measure import Result, percentile, seconds

_QUESTIONS = 15
_MOST = 2.0  # times the plain search
_FIRSTS = ("c.id % 97 = 0", "c.id % 401 = 0", "c.id % 997 = 0")


def run(bench: Workbench) -> Iterator[Result]:
    """The page that the window asks for as one types, with each operator before the words, and by themselves."""
    with _marked(bench):
        ask = bench.store.read.execute
        name = ask("SELECT handle FROM identity WHERE handle LIKE '%@%' ORDER BY id LIMIT 1").fetchone()[0]
        account = ask("SELECT name FROM account ORDER BY id LIMIT 1").fetchone()[0]
        operators = (
            f"from:{name}", "from:me", f"to:{name}", f'channel:"{account}"', "label:bench", "state:needs-me",
            "state:waiting", "state:done", "before:2024", "after:2025-06-01", "has:gift", "has:attachment", "lang:el",
            "is:unhappy", "is:difficult", "is:draft", "is:public", "is:private", "-lang:el", "-from:me", "-lemon",
        )  # fmt: skip
        typed = list(_typed(bench))
        plain = _times(bench, typed)
        note = f"p50 {percentile(plain, 0.5):.2f}, {len(typed):,} letters"
        yield Result("search without an operator, p95", percentile(plain, 0.95), "ms", note=note)
        for operator in operators:
            taken = _times(bench, [f"{operator} {words}" for words in typed])
            ours, bare = percentile(taken, 0.95), percentile(plain, 0.95)
            alone = min(seconds(partial(_page, bench, operator)) for _ in range(3)) * 1000
            note = f"p50 {percentile(taken, 0.5):.2f}, by itself {alone:.2f}"
            yield Result(f"search, {operator}, p95", ours, "ms", bare, at_most=_MOST * bare, note=note)


def _page(bench: Workbench, typed: str) -> object:
    return bench.search.page(bench.search.understand(typed))


def _times(bench: Workbench, typed: list[str]) -> list[float]:
    """Milliseconds, sorted: the better of two runs each, for the machine has others to serve."""
    return sorted(min(seconds(partial(_page, bench, one)) for _ in range(2)) * 1000 for one in typed)


def _typed(bench: Workbench) -> Iterator[str]:
    random = Random(12)
    numbers = [row[0] for row in bench.store.read.execute("SELECT id FROM message WHERE id % 97 = 0")]
    for number in random.sample(numbers, min(_QUESTIONS, len(numbers))):
        there = words(bench.store.read.execute("SELECT text FROM message WHERE id = ?", (number,)).fetchone()[0])
        whole = " ".join(random.sample(there, min(len(there), random.choice((1, 1, 2, 3)))))
        yield from (whole[:count] for count in range(1, len(whole) + 1) if whole[count - 1] != " ")


@contextmanager
def _marked(bench: Workbench) -> Iterator[None]:
    """A community in which some conversations have a label, a gift, a draft, are unhappy or private; for the time."""
    few, fewer, fewest = _FIRSTS
    with bench.store.write() as conn:
        label = conn.execute("INSERT INTO label (name) VALUES ('bench')").lastrowid
        conn.execute(
            f"INSERT INTO conversation_label (conversation_id, label_id) SELECT id, ? FROM conversation c WHERE {few}",
            (label,),
        )
        conn.execute(
            "INSERT INTO gift (member_id, conversation_id, item, why, worth, currency, state_at, created_at)"
            f" SELECT 1, id, 'bench', 'bench', 1, 'EUR', 0, 0 FROM conversation c WHERE {fewer}"
        )
        conn.execute(
            f"INSERT INTO draft (conversation_id, text, at) SELECT id, 'bench', 0 FROM conversation c WHERE {fewest}"
        )
        conn.execute(f"UPDATE conversation AS c SET unhappy = 1 WHERE {fewer}")
        conn.execute(f"UPDATE conversation AS c SET hard = 1 WHERE {fewest}")
        conn.execute("UPDATE conversation AS c SET public = 0 WHERE c.id % 3 = 0")
        conn.execute(
            "INSERT INTO attachment (message_id, name, size, sha256)"
            " SELECT id, 'bench', 1, x'00' FROM message WHERE id % 499 = 0"
        )
    try:
        yield
    finally:
        with bench.store.write() as conn:
            conn.execute("DELETE FROM conversation_label WHERE label_id = ?", (label,))
            conn.execute("DELETE FROM label WHERE id = ?", (label,))
            conn.execute("DELETE FROM gift WHERE item = 'bench'")
            conn.execute("DELETE FROM draft WHERE text = 'bench'")
            conn.execute("DELETE FROM attachment WHERE name = 'bench'")
            conn.execute("UPDATE conversation SET unhappy = 0, hard = 0, public = 1")
