"""Search-as-you-type over all messages, by words or prefixes of words, ignoring accents and case; newest first."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import NamedTuple

from app.base.text import fold, folded_words, words
from app.mail.quotes import matching_words
from app.store import index
from app.store.sqlite import Connection, OperationalError, Row, scalar
from app.store.store import Store

PAGE = 50
_SAMPLE = 48  # prefix hits to inspect before choosing how to continue
_MAX_MEMBER_SCAN = 120  # messages of one member that are scanned directly, without asking the index for the words
_RARE_SHARE = 0.4  # a word in a smaller share of the sample than this counts as rare, and is queried whole
_MIN_HIT_SHARE = 0.3  # share of the sample that must match the whole words; below it, scanning on is not worth it
_MAX_PHRASE_SCAN = 2_000  # newest hits that are scanned for a quoted phrase

_CONTEXT_CHARS = 24  # shown before the first match
_SPLIT = re.compile(r"[^\W_]+")

_MAX_LISTED = 5_000  # conversations in a state; with more, checking each hit's state finds a page fast enough
_NEWEST_IDS = 400  # message ids that are tried before the full list
_ABOVE_ALL_IDS = 1 << 62
_LABELLED = (
    "EXISTS (SELECT 1 FROM conversation_label cl JOIN label l ON l.id = cl.label_id"
    " WHERE cl.conversation_id = c.id AND l.name = ?)"
)
_COLUMNS = (
    "m.id, m.conversation_id, m.at, m.out, m.text, c.title, a.name AS account, a.kind, c.state,"
    " coalesce(p.name, '') AS member, i.member_id, CASE WHEN m.identity_id IS NULL THEN '' ELSE i.name END AS said_as,"
    " m.envelope"
)
_JOINS = (
    " CROSS JOIN message m ON m.id = f.rowid CROSS JOIN conversation c ON c.id = m.conversation_id"
    " CROSS JOIN account a ON a.id = m.account_id"
    " LEFT JOIN identity i ON i.id = coalesce(m.identity_id, c.identity_id) LEFT JOIN member p ON p.id = i.member_id"
)


class Hit(NamedTuple):
    """A message that was found, with what its row shows. `member` is its author, or for our own the recipient."""

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
    """Conditions on hits besides the words; fields left at their default do not filter."""

    account_id: int | None = None
    state: str = ""
    member_id: int | None = None
    label: str = ""

    @property
    def tests(self) -> list[tuple[str, object]]:
        """SQL conditions on a hit's joined row, each with its value; account and member are queried in the index."""
        return [
            (test, value)
            for test, value in (
                ("c.state = ?", self.state),
                (_LABELLED, self.label),
            )
            if value not in (None, "")
        ]


def around(text: str, typed: str) -> str:
    """The text from at most a few characters before the first match, with an ellipsis; unchanged if nothing matches.

    What a letter quotes is left out, unless what is sought stands only there.
    """
    asked = tuple(words(typed))
    text = matching_words(text, asked)
    for word in _SPLIT.finditer(text) if asked else ():
        if fold(word.group()).startswith(asked):
            cut = word.start() - _CONTEXT_CHARS
            if cut <= 0:
                return text
            space = text.rfind(" ", 0, cut)
            return f"…{text[max(space, 0) :].lstrip()}"
    return text


class _Query(NamedTuple):
    """The folded words to find (as prefixes), the author's identities ([] for any), and the account (None for any)."""

    whole: tuple[str, ...]
    identities: Sequence[int]
    account_id: int | None

    def expression(self, asked: Sequence[str]) -> str:
        """The FTS5 MATCH expression for these words, as prefixes."""
        return index.question(asked, self.identities, self.account_id)

    def short(self) -> tuple[str, ...]:
        """The words cut to the length of FTS5's prefix index; single letters become "" if anything else is asked for.

        A single letter has the longest posting list and excludes the fewest rows, so checking the hits is faster.
        """
        more = bool(self.identities) or any(len(word) > 1 for word in self.whole)
        return tuple("" if more and len(word) == 1 else word[: index.LONGEST] for word in self.whole)

    def narrower(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Queries to try if few sampled hits (folded `texts`) match, the one with the shortest lists first.

        Words that most of the sample lacks are rare. First the rare ones are queried whole and alone, because walking
        the long lists of the others is what takes the time; then beside the others' prefixes; then all words whole.
        """
        short = self.short()
        shares = {word: sum(f" {word}" in hit for hit in texts) / len(texts) for word in set(self.whole) - set(short)}
        most = max(_RARE_SHARE, min(shares.values()))
        rare = {word for word, share in shares.items() if share <= most}
        alone = tuple(word if word in rare and len(word) > index.LONGEST else "" for word in self.whole)
        beside = tuple(word if word in rare else cut for word, cut in zip(self.whole, short, strict=True))
        return list(dict.fromkeys((*((alone,) if any(alone) else ()), beside, self.whole)))

    def matches(self, text: str) -> bool:
        """Whether a hit's folded words, each preceded by a space, match all words of the query."""
        return all(f" {word}" in text for word in self.whole)


class Search:
    """Queries on the message index."""

    def __init__(self, store: Store) -> None:
        """Read-only and thread-safe."""
        self._store = store
        self._kept = threading.local()

    def messages(
        self, typed: str, wanted: Filter | None = None, limit: int = PAGE, before: int | None = None
    ) -> list[Hit]:
        """Messages that contain all words (as prefixes), newest first; `before` is a message id to page on from.

        Words in quotation marks must be adjacent. Returns [] if neither words nor a member are given.
        """
        wanted = wanted or Filter()
        question = _Query(tuple(dict.fromkeys(words(typed))), self._identities(wanted.member_id), wanted.account_id)
        if not question.whole and not question.identities:
            return []
        exact = index.phrases(typed)
        try:
            if exact:
                rows = self._phrase_hits(question, exact, wanted, limit, before)
            else:
                rows = self._hits(question, wanted, limit, before)
        except OperationalError:  # a token that FTS5 parses differently from us matches nothing
            return []
        return [Hit(number, talk, at, bool(out), *rest) for number, talk, at, out, *rest, _, _ in rows]

    def _phrase_hits(
        self, question: _Query, exact: Sequence[str], wanted: Filter, limit: int, before: int | None
    ) -> list[Row]:
        hits = islice(
            self._walk(question.expression(question.whole), wanted.tests, before), max(_MAX_PHRASE_SCAN, limit)
        )
        return list(islice((row for row in hits if all(phrase in _hit_words(row) for phrase in exact)), limit))

    def _hits(self, question: _Query, wanted: Filter, limit: int, before: int | None) -> list[Row]:
        """The newest hits, by whichever query walks the shortest lists of the index.

        Starts with short prefixes, checking each hit for the whole words; if few match, tries `narrower` queries.
        """
        if question.identities and question.whole:
            theirs = islice(self._walk(question.expression(()), wanted.tests, before), _MAX_MEMBER_SCAN + 1)
            look = _scan(theirs, question, limit)
            if len(look.matching) == limit or len(look.texts) <= _MAX_MEMBER_SCAN:  # full, or all seen
                return look.matching
        *newest, every = self._state_tests(wanted.state)
        ways = [question.short()]
        for tests in newest:
            look = self._scan(question, ways[0], [*tests, *wanted.tests], before, limit)
            if len(look.matching) == limit:
                return look.matching
            if look.texts and len(look.matching) < _MIN_HIT_SHARE * len(look.texts) and ways[0] != question.whole:
                ways = question.narrower(look.texts)
        while True:
            last = newest or ways[0] == question.whole  # candidate ids are few enough to check them all
            look = self._scan(question, ways[0], [*every, *wanted.tests], before, limit, 0 if last else _SAMPLE)
            if look.over:
                return look.matching
            ways = ways[1:] or question.narrower(look.texts)

    def _scan(
        self,
        question: _Query,
        asked: Sequence[str],
        tests: Sequence[tuple[str, object]],
        before: int | None,
        limit: int,
        sample: int = 0,
    ) -> _Scan:
        return _scan(self._walk(question.expression(asked), tests, before), question, limit, sample)

    def _walk(self, asked: str, tests: Sequence[tuple[str, object]], before: int | None) -> Iterator[Row]:
        """Yield the index's hits joined with their rows, newest first, lazily."""
        conditions = ["f.message_index MATCH ?", *(["f.rowid < ?"] if before else []), *(test for test, _ in tests)]
        values = [asked, *([before] if before else []), *(value for _, value in tests)]
        sql = f"SELECT {_COLUMNS} FROM message_index f{_JOINS} WHERE {' AND '.join(conditions)} ORDER BY f.rowid DESC"
        # An open cursor would keep the write-ahead log from being checkpointed.
        with closing(self._store.read.execute(sql, values)) as rows:
            yield from rows

    def _state_tests(self, state: str) -> list[list[tuple[str, object]]]:
        """Conditions that limit hits to the messages of a state that few conversations are in, by lists of their ids.

        Two sets, to be tried in turn: the newest ids, which hold 50 hits of a frequent word, then all. Without them,
        every hit's row is read: half a second with a million messages. The lists are cached per thread until
        `data_version` changes, that is until another connection commits; writers have their own.
        """
        conn = self._store.read
        version = scalar(conn, "PRAGMA data_version")
        if getattr(self._kept, "version", None) != version:
            self._kept.version, self._kept.tests = version, {}
        tests: dict[str, list[list[tuple[str, object]]]] = self._kept.tests
        if state and state not in tests:
            count = scalar(conn, "SELECT coalesce(sum(n), 0) FROM tally WHERE state = ?", (state,))
            tests[state] = _ids_in(conn, state) if count <= _MAX_LISTED else [[]]
        return tests.get(state, [[]])

    def _identities(self, member_id: int | None) -> Sequence[int]:
        if member_id is None:
            return ()
        rows = self._store.read.execute("SELECT id FROM identity WHERE member_id = ?", (member_id,))
        return [number for (number,) in rows] or [0]


class _Scan(NamedTuple):
    """The result of checking hits: rows that match, folded words of all rows checked, and whether it is complete.

    It is incomplete (`over` is False) if the sample matched too rarely.
    """

    matching: list[Row]
    texts: list[str]
    over: bool


def _scan(rows: Iterator[Row], question: _Query, limit: int, sample: int = 0) -> _Scan:
    """Check hits until `limit` match; with a `sample`, give up after that many if too small a share matches."""
    matching: list[Row] = []
    texts: list[str] = []
    for row in rows:
        texts.append(_hit_words(row))
        if question.matches(texts[-1]):
            matching.append(row)
            if len(matching) == limit:
                break
        if len(texts) == sample and len(matching) < _MIN_HIT_SHARE * sample:
            return _Scan(matching, texts, over=False)
    return _Scan(matching, texts, over=True)


def _hit_words(row: Row) -> str:
    """A hit's folded words, each preceded by a space; must be built from the same texts as the index."""
    named = index.envelope_words(row["envelope"])
    return " " + folded_words(f"{row['title']}\n{row['said_as']}\n{row['text']}\n{named}")


def _ids_in(conn: Connection, state: str) -> list[list[tuple[str, object]]]:
    rows = conn.execute(
        "SELECT m.id FROM conversation c CROSS JOIN message m ON m.conversation_id = c.id WHERE c.state = ?", (state,)
    )
    numbers = sorted(number for (number,) in rows)
    parts = [numbers[-_NEWEST_IDS:], numbers] if len(numbers) > _NEWEST_IDS else [numbers]
    return [_id_tests(part) for part in parts]


def _id_tests(numbers: Sequence[int]) -> list[tuple[str, object]]:
    lowest = numbers[0] if numbers else _ABOVE_ALL_IDS
    # The + stops SQLite from querying the index once per id, which is a hundred times slower.
    return [("f.rowid >= ?", lowest), ("+f.rowid IN (SELECT value FROM json_each(?))", json.dumps(numbers))]
