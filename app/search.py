"""Search over all messages as one types: by words, or how words begin; accents and case do not count; newest first."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import NamedTuple

from app.base.text import fold, folded_words, words
from app.store import index
from app.store.sqlite import Connection, OperationalError, Row
from app.store.store import Store

PAGE = 50
_SAMPLE = 48  # hits of the words' first letters that are looked at before it is decided how to go on
_SPOKEN = 120  # messages of one member that are looked at without asking the index for the words
_RARE = 0.4  # part of those hits; a word that fewer hold is asked for whole
_WORTH = 0.3  # part of them that has to hold the whole words, for looking at more of them to be the shorter way
_SCAN = 2_000  # how many newest hits a quoted phrase is looked for in

_BEFORE = 24  # characters shown before what was found
_SPLIT = re.compile(r"[^\W_]+")

_FEW = 5_000  # conversations; a state that more are in gives 50 hits soon enough by looking at each
_NEWEST = 400  # ids that are tried before all of them
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


class Hit(NamedTuple):
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


class Filter(NamedTuple):
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


class _Question(NamedTuple):
    """The folded words asked for (as beginnings of words), the identities that said it, and the account it came by."""

    whole: tuple[str, ...]
    identities: Sequence[int]
    account_id: int | None

    def expression(self, asked: Sequence[str]) -> str:
        """The index's expression with these words, or beginnings of them."""
        return index.question(asked, self.identities, self.account_id)

    def short(self) -> tuple[str, ...]:
        """The words cut to what has a ready list in the index; single letters to nothing, where more is asked.

        The list of a letter is the longest there is and leaves out the least: looking at the hits is quicker.
        """
        more = bool(self.identities) or any(len(word) > 1 for word in self.whole)
        return tuple("" if more and len(word) == 1 else word[: index.LONGEST] for word in self.whole)

    def narrower(self, said: Sequence[str]) -> list[tuple[str, ...]]:
        """Ways to ask when few of these hits hold the whole words, the one with the shortest lists to walk first.

        The words that most of the hits lack are the rare ones: they are asked for whole, first alone, for walking the
        long lists of the others beside them is what takes the time; then beside the others' first letters.
        """
        short = self.short()
        shares = {word: sum(f" {word}" in text for text in said) / len(said) for word in set(self.whole) - set(short)}
        most = max(_RARE, min(shares.values()))
        rare = {word for word, share in shares.items() if share <= most}
        alone = tuple(word if word in rare and len(word) > index.LONGEST else "" for word in self.whole)
        beside = tuple(word if word in rare else cut for word, cut in zip(self.whole, short, strict=True))
        return list(dict.fromkeys((*((alone,) if any(alone) else ()), beside, self.whole)))

    def held(self, said: str) -> bool:
        """Whether a hit's words, each after a space, hold all that was asked for."""
        return all(f" {word}" in said for word in self.whole)


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
        question = _Question(tuple(dict.fromkeys(words(typed))), self._identities(wanted.member_id), wanted.account_id)
        if not question.whole and not question.identities:
            return []
        exact = index.phrases(typed)
        try:
            if exact:
                rows = self._phrases(question, exact, wanted, limit, before)
            else:
                rows = self._found(question, wanted, limit, before)
        except OperationalError:  # a token that FTS5 reads otherwise than we do finds nothing
            return []
        return [Hit(number, talk, at, bool(out), *rest) for number, talk, at, out, *rest, _ in rows]

    def _phrases(
        self, question: _Question, exact: Sequence[str], wanted: Filter, limit: int, before: int | None
    ) -> list[Row]:
        hits = islice(self._walk(question.expression(question.whole), wanted.tests, before), max(_SCAN, limit))
        return list(islice((row for row in hits if all(phrase in _said(row) for phrase in exact)), limit))

    def _found(self, question: _Question, wanted: Filter, limit: int, before: int | None) -> list[Row]:
        """The newest hits of a question, by whichever lists of the index are short to walk.

        First by the words' first letters, looking at each hit for the whole words; where few of the hits hold them,
        by `narrower` ways.
        """
        if question.identities and question.whole:
            theirs = islice(self._walk(question.expression(()), wanted.tests, before), _SPOKEN + 1)
            look = _look(theirs, question, limit)
            if len(look.found) == limit or len(look.said) <= _SPOKEN:  # looking at each was the shortest way
                return look.found
        *newest, every = self._few(wanted.state)
        ways = [question.short()]
        for tests in newest:
            look = self._look(question, ways[0], [*tests, *wanted.tests], before, limit)
            if len(look.found) == limit:
                return look.found
            if look.said and len(look.found) < _WORTH * len(look.said) and ways[0] != question.whole:
                ways = question.narrower(look.said)
        while True:
            last = newest or ways[0] == question.whole  # among few ids each hit may be looked at
            look = self._look(question, ways[0], [*every, *wanted.tests], before, limit, 0 if last else _SAMPLE)
            if look.over:
                return look.found
            ways = ways[1:] or question.narrower(look.said)

    def _look(
        self,
        question: _Question,
        asked: Sequence[str],
        tests: Sequence[tuple[str, object]],
        before: int | None,
        limit: int,
        sample: int = 0,
    ) -> _Look:
        return _look(self._walk(question.expression(asked), tests, before), question, limit, sample)

    def _walk(self, asked: str, tests: Sequence[tuple[str, object]], before: int | None) -> Iterator[Row]:
        """The index's hits with their rows, newest first, as far as they are taken."""
        conditions = ["f.message_index MATCH ?", *(["f.rowid < ?"] if before else []), *(test for test, _ in tests)]
        values = [asked, *([before] if before else []), *(value for _, value in tests)]
        sql = f"SELECT {_COLUMNS} FROM message_index f{_JOINS} WHERE {' AND '.join(conditions)} ORDER BY f.rowid DESC"
        # an open cursor would keep the write-ahead log from being given back
        with closing(self._store.read.execute(sql, values)) as rows:
            yield from rows

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


class _Look(NamedTuple):
    """What came of looking at hits: those that hold the whole words, all their words, and whether that is all of it."""

    found: list[Row]
    said: list[str]
    over: bool


def _look(rows: Iterator[Row], question: _Question, limit: int, sample: int = 0) -> _Look:
    """Look at hits until `limit` hold the whole words; or, with a `sample`, until so many have shown few that do."""
    found: list[Row] = []
    said: list[str] = []
    for row in rows:
        said.append(_said(row))
        if question.held(said[-1]):
            found.append(row)
            if len(found) == limit:
                break
        if len(said) == sample and len(found) < _WORTH * sample:
            return _Look(found, said, over=False)
    return _Look(found, said, over=True)


def _said(row: Row) -> str:
    """A hit's folded words, each after a space: the same texts as were indexed."""
    return " " + folded_words(f"{row['title']}\n{row['said_as']}\n{row['text']}")


def _ids_in(conn: Connection, state: str) -> list[list[tuple[str, object]]]:
    rows = conn.execute(
        "SELECT m.id FROM conversation c CROSS JOIN message m ON m.conversation_id = c.id WHERE c.state = ?", (state,)
    )
    numbers = sorted(row[0] for row in rows)
    parts = [numbers[-_NEWEST:], numbers] if len(numbers) > _NEWEST else [numbers]
    return [_among(part) for part in parts]


def _among(numbers: Sequence[int]) -> list[tuple[str, object]]:
    lowest = numbers[0] if numbers else _NONE
    # the + keeps SQLite from asking the index once for each id, which takes a hundred times as long
    return [("f.rowid >= ?", lowest), ("+f.rowid IN (SELECT value FROM json_each(?))", json.dumps(numbers))]
