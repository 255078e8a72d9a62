"""Search over all messages as one types: accents, case and word endings do not count; newest first."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from app.store import index
from app.store.sqlite import Connection, OperationalError, Row
from app.store.store import Store
from app.text import fold, words

PAGE = 50
_SAMPLE = 64  # hits of the words' first letters that are looked at before it is decided how to go on
_SPOKEN = 120  # messages of one member that are looked at without asking the index for the words
_WORTH = 0.25  # part of them that has to hold the whole words, for looking at more of them to be the shorter way
_SCAN = 2_000  # how many newest hits a quoted phrase is looked for in

_BEFORE = 24  # characters shown before what was found
_SPLIT = re.compile(r"[^\W_]+")

_FEW = 5_000  # conversations; a state that more are in gives 50 hits soon enough by looking at each
_NEWEST = 800  # ids that are tried before all of them
_NONE = 1 << 62  # an id above all others
_LABELLED = (
    "EXISTS (SELECT 1 FROM conversation_label cl JOIN label l ON l.id = cl.label_id"
    " WHERE cl.conversation_id = c.id AND l.name = ?)"
)
_COLUMNS = (
    "m.id, m.conversation_id, m.at, m.out, m.text, c.title, a.name AS account, a.kind, c.state,"
    " coalesce(p.name, '') AS member, i.member_id, CASE WHEN m.identity_id IS NULL THEN '' ELSE i.name END AS said_as"
)
_JOINS = (
    " CROSS JOIN message m ON m.id = f.rowid CROSS JOIN conversation c ON c.id = m.conversation_id"
    " CROSS JOIN account a ON a.id = m.account_id"
    " LEFT JOIN identity i ON i.id = coalesce(m.identity_id, c.identity_id) LEFT JOIN member p ON p.id = i.member_id"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found, with what a row shows of it. `member` is who said it, or to whom we said it."""

    message_id: int
    conversation_id: int
    at: int
    out: bool
    text: str
    title: str
    account: str
    kind: str
    state: str
    member: str
    member_id: int | None


@dataclass(frozen=True, slots=True)
class Filter:
    """What hits have to be besides holding the words; empty fields ask for nothing."""

    account_id: int | None = None
    state: str = ""
    member_id: int | None = None
    label: str = ""

    @property
    def tests(self) -> list[tuple[str, object]]:
        """Conditions on a hit's joined row, each with its value."""
        return [
            (test, value)
            for test, value in (
                ("m.account_id = ?", self.account_id),
                ("c.state = ?", self.state),
                (_LABELLED, self.label),
            )
            if value not in (None, "")
        ]


def around(text: str, typed: str) -> str:
    """The text from a little before the first word that was found; whole where none of them stands in it."""
    asked = tuple(words(typed))
    for word in _SPLIT.finditer(text) if asked else ():
        if fold(word.group()).startswith(asked):
            cut = word.start() - _BEFORE
            if cut <= 0:
                return text
            space = text.rfind(" ", 0, cut)
            return f"…{text[max(space, 0) :].lstrip()}"
    return text


class Search:
    """Questions to the message index."""

    def __init__(self, store: Store) -> None:
        """Read only; every thread may ask."""
        self._store = store
        self._kept = threading.local()

    def messages(
        self, typed: str, wanted: Filter | None = None, limit: int = PAGE, before: int | None = None
    ) -> list[Hit]:
        """Messages with all these words (as beginnings of words), newest first; `before` is a message id to go on from.

        Words in quotation marks have to stand beside each other. Nothing typed and no member finds nothing.
        """
        wanted = wanted or Filter()
        identities = self._identities(wanted.member_id)
        asked = index.question(typed, identities)
        if not asked:
            return []
        exact = index.phrases(typed)
        try:
            if exact:
                rows = [row for row in self._rows(asked, wanted, _SCAN, before) if _holds(row, exact)][:limit]
            else:
                quick = self._by_first_letters(typed, identities, wanted, limit, before)
                rows = self._rows(asked, wanted, limit, before) if quick is None else quick
        except OperationalError:  # a token that FTS5 reads otherwise than we do finds nothing
            return []
        return [Hit(number, talk, at, bool(out), *rest) for number, talk, at, out, *rest, _ in rows]

    def _by_first_letters(
        self, typed: str, identities: Sequence[int], wanted: Filter, limit: int, before: int | None
    ) -> list[Row] | None:
        """The hits found by the words' first letters and then looked at; None where that is the longer way."""
        whole = [f" {word}" for word in dict.fromkeys(words(typed))]
        if identities and whole:
            rows = self._rows(index.question("", identities), wanted, _SPOKEN, before)
            if len(rows) < _SPOKEN:  # so few of theirs that looking at each is the shortest way
                return [row for row in rows if _holds(row, whole)][:limit]
        if all(len(word) <= index.LONGEST + 1 for word in whole):
            return None
        short = index.question(typed, identities, short=True)
        rows = self._rows(short, wanted, max(limit, _SAMPLE), before)
        found = [row for row in rows if _holds(row, whole)]
        part = len(found) / max(len(rows), 1)
        if len(rows) < max(limit, _SAMPLE) or len(found) >= limit:
            return found[:limit]
        if part < _WORTH:
            return None
        enough = int((limit - len(found)) / part * 1.3) + 1
        rows = self._rows(short, wanted, enough, rows[-1]["id"])
        found += [row for row in rows if _holds(row, whole)]
        return found[:limit] if len(found) >= limit or len(rows) < enough else None

    def _rows(self, asked: str, wanted: Filter, limit: int, before: int | None) -> list[Row]:
        if not wanted.tests:
            below = " AND rowid < ?" if before else ""
            sql = (
                f"SELECT {_COLUMNS} FROM (SELECT rowid FROM message_index WHERE message_index MATCH ?{below}"
                f" ORDER BY rowid DESC LIMIT ?) f{_JOINS}"
            )
            return list(self._store.read.execute(sql, (asked, *([before] if before else []), limit)))
        rows: list[Row] = []
        for few in self._few(wanted.state):
            rows = self._joined(asked, [*few, *wanted.tests], limit, before)
            if len(rows) >= limit:
                break
        return rows

    def _joined(
        self, asked: str, conditions: Sequence[tuple[str, object]], limit: int, before: int | None
    ) -> list[Row]:
        tests: list[str] = ["f.message_index MATCH ?"]
        values: list[object] = [asked]
        if before:
            tests.append("f.rowid < ?")
            values.append(before)
        for test, value in conditions:
            tests.append(test)
            values.append(value)
        sql = (
            f"SELECT {_COLUMNS} FROM message_index f{_JOINS} WHERE {' AND '.join(tests)} ORDER BY f.rowid DESC LIMIT ?"
        )
        return list(self._store.read.execute(sql, (*values, limit)))

    def _few(self, state: str) -> list[list[tuple[str, object]]]:
        """For a state that few conversations are in: tests by which the index passes over all other messages' ids.

        Two sets of them, to be tried in turn: the newest ids, which hold 50 hits of a frequent word, then all.

        Without them a rare state makes every hit's row be looked at: half a second at a million. The ids are kept
        until somebody writes; `data_version` tells, for writers have a connection of their own.
        """
        conn = self._store.read
        version = conn.execute("PRAGMA data_version").fetchone()[0]
        if getattr(self._kept, "version", None) != version:
            self._kept.version, self._kept.tests = version, {}
        tests: dict[str, list[list[tuple[str, object]]]] = self._kept.tests
        if state and state not in tests:
            count = conn.execute("SELECT coalesce(sum(n), 0) FROM tally WHERE state = ?", (state,)).fetchone()[0]
            tests[state] = _ids_in(conn, state) if count <= _FEW else [[]]
        return tests.get(state, [[]])

    def _identities(self, member_id: int | None) -> Sequence[int]:
        if member_id is None:
            return ()
        rows = self._store.read.execute("SELECT id FROM identity WHERE member_id = ?", (member_id,))
        return [row[0] for row in rows] or [0]


def _holds(row: Row, folded: Sequence[str]) -> bool:
    """Whether a hit's words, each after a space, hold all these folded ones; the same texts as were indexed."""
    said = " " + " ".join(words(f"{row['title']}\n{row['said_as']}\n{row['text']}"))
    return all(words_ in said for words_ in folded)


def _ids_in(conn: Connection, state: str) -> list[list[tuple[str, object]]]:
    rows = conn.execute(
        "SELECT m.id FROM conversation c CROSS JOIN message m ON m.conversation_id = c.id WHERE c.state = ?", (state,)
    )
    numbers = sorted(row[0] for row in rows)
    parts = [numbers[-_NEWEST:], numbers] if len(numbers) > 2 * _NEWEST else [numbers]
    return [_among(part) for part in parts]


def _among(numbers: Sequence[int]) -> list[tuple[str, object]]:
    lowest = numbers[0] if numbers else _NONE
    # the + keeps SQLite from asking the index once for each id, which takes a hundred times as long
    return [("f.rowid >= ?", lowest), ("+f.rowid IN (SELECT value FROM json_each(?))", json.dumps(numbers))]
