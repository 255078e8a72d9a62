"""Walks the index for what is asked, newest first, by whichever query has the shortest lists to walk."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import NamedTuple

from app.search.asked import Asked
from app.search.conditions import Condition, accounts, written_by
from app.search.spelled import HitWords, Word, cut
from app.store import index
from app.store.sqlite import Connection, Row, scalar
from app.store.store import Store

_SAMPLE = 48  # prefix hits to inspect before choosing how to continue
_MAX_MEMBER_SCAN = 120  # messages of one member that are scanned directly, without asking the index for the words
_RARE_SHARE = 0.4  # a word in a smaller share of the sample than this counts as rare, and is queried whole
_MIN_HIT_SHARE = 0.3  # share of the sample that must match the whole words; below it, scanning on is not worth it
_MAX_LOOKED_AT = 500  # hits or messages that are looked at for a page, where few of them may meet a condition
_MAX_LISTED = 5_000  # conversations that a listing may have; with more, checking each hit finds a page fast enough
_MAX_LISTED_MESSAGES = 20_000
_LIST_SAMPLE = 24  # messages of a listing that are read before the index is asked for the words in the others
_READ_EACH = 140  # conversations, for whose messages the index is walked while one message is read (measured)
_FEW_LISTED = 1_000  # messages of a listing that are read one by one, instead of walking a word's long list for them
_NEWEST_IDS = 400  # message ids that are tried before the full list
_ABOVE_ALL_IDS = 1 << 62
_COLUMNS = (
    "m.id, m.conversation_id, m.at, m.out, m.text, c.title, a.name AS account, a.kind, c.state,"
    " coalesce(p.name, '') AS member, i.member_id, CASE WHEN m.identity_id IS NULL THEN '' ELSE i.name END AS said_as,"
    " m.envelope, m.identity_id"
)
_JOINS = (
    " CROSS JOIN conversation c ON c.id = m.conversation_id CROSS JOIN account a ON a.id = m.account_id"
    " LEFT JOIN identity i ON i.id = coalesce(m.identity_id, c.identity_id) LEFT JOIN member p ON p.id = i.member_id"
)
_INDEX = "message_index f CROSS JOIN message m ON m.id = f.rowid"
_IDS = "json_each(?) f CROSS JOIN message m ON m.id = f.value"
_Tests = list[tuple[str, tuple[object, ...]]]
"""SQL conditions on a hit's joined row, each with its values."""


class _Query(NamedTuple):
    """The words to find, and what else the index is asked for (an expression, "" for nothing)."""

    words: tuple[Word, ...]
    beside: str = ""

    @property
    def typed(self) -> tuple[str, ...]:
        """The words as they were typed, folded."""
        return tuple(word.plain for word in self.words)

    def expression(self, asked: Sequence[str]) -> str:
        """The FTS5 MATCH expression for the words, of which these are the beginnings, as typed or shorter."""
        simple = [text for text, word in zip(asked, self.words, strict=True) if word.is_simple]
        others = [word.asked(text) for text, word in zip(asked, self.words, strict=True) if not word.is_simple and text]
        return " AND ".join(filter(None, (index.question(simple), *others, self.beside)))

    def short(self) -> tuple[str, ...]:
        """The words cut to the length of FTS5's prefix index; single letters become "" if anything else is asked for.

        A single letter has the longest posting list and excludes the fewest rows, so checking the hits is faster.
        """
        more = bool(self.beside) or any(len(word) > 1 for word in self.typed)
        return tuple("" if more and len(word) == 1 else cut(word) for word in self.typed)

    def narrower(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Queries to try if few sampled hits (folded `texts`) match, the one with the shortest lists first.

        Words that most of the sample lacks are rare. First the rare ones are queried whole and alone, because walking
        the long lists of the others is what takes the time; then beside the others' prefixes; then all words whole.
        """
        short = self.short()
        shares = {
            word: sum(f" {word}" in hit for hit in texts) / max(1, len(texts)) for word in set(self.typed) - set(short)
        }
        most = max(_RARE_SHARE, min(shares.values(), default=0))
        rare = {word for word, share in shares.items() if share <= most}
        alone = tuple(word if word in rare and len(word) > index.LONGEST else "" for word in self.typed)
        beside = tuple(word if word in rare else cut for word, cut in zip(self.typed, short, strict=True))
        return list(dict.fromkeys((*((alone,) if any(alone) else ()), beside, self.typed)))


class _Scan(NamedTuple):
    """The result of checking hits: rows that match, folded words of all rows checked, and whether it is complete.

    It is incomplete (`over` is False) if the sample matched too rarely.
    """

    matching: list[Row]
    texts: list[str]
    over: bool


class Walk:
    """Finds pages of rows. What few conversations have is listed once, and again when another connection commits."""

    def __init__(self, store: Store) -> None:
        """Read-only and thread-safe."""
        self._store = store
        self._kept = threading.local()

    def page(self, asked: Asked, limit: int, before: int | None) -> tuple[list[Row], int | None]:
        """At most `limit` rows, newest first, and the id to go on before; None when nothing is left."""
        if asked.accounts == frozenset() or asked.writers == frozenset():
            return [], None
        listed, rest = self._listed(asked.conditions)
        if listed is None and asked.writers is not None:
            theirs, _ = self._listed([written_by(asked.writers)])
            listed = theirs if theirs is not None and len(theirs) <= _FEW_LISTED else None
        query = _Query(asked.words, _beside(asked))
        look = _Look(
            query, asked, [(f"({condition.test})", condition.values) for condition in rest], asked.first_id(),
            asked.last_id(before), limit,
        )  # fmt: skip
        if listed is not None and (len(listed) <= _FEW_LISTED or not query.expression(query.typed)):
            beside = [
                *([written_by(asked.writers)] if asked.writers is not None else []),
                *([accounts(asked.accounts)] if asked.accounts is not None else []),
            ]
            more: _Tests = [(condition.test, condition.values) for condition in beside]
            asks_index = query.expression(query.typed) and (query.beside or len(listed) > self._few())
            find = self._sampled if asks_index else self._of_list
            rows = find(look._replace(tests=[*look.tests, *more]), listed)
        elif query.expression(query.typed):
            if listed is None and (rest or asked.without or any(" " in word for word in query.typed)):
                return self._windowed(look)
            rows = self._hits(look, listed)
        else:
            return self._windowed(look)
        return rows, rows[-1]["id"] if len(rows) == limit else None

    def _hits(self, look: _Look, listed: Sequence[int] | None) -> list[Row]:
        """The newest hits, by whichever query walks the shortest lists of the index.

        Starts with short prefixes, checking each hit for the whole words; if few match, tries `narrower` queries.
        """
        query, limit = look.query, look.limit
        if look.asked.writers is not None and query.words:
            theirs = islice(self._rows(query.beside, look), _MAX_MEMBER_SCAN + 1)
            seen = _scan(theirs, look.asked, limit)
            if len(seen.matching) == limit or len(seen.texts) <= _MAX_MEMBER_SCAN:  # full, or all seen
                return seen.matching
        *newest, every = [[]] if listed is None else _id_tests(listed)
        ways = [query.short()]
        for tests in newest:
            seen = self._scan(look, ways[0], tests)
            if len(seen.matching) == limit:
                return seen.matching
            if seen.texts and len(seen.matching) < _MIN_HIT_SHARE * len(seen.texts) and ways[0] != query.typed:
                ways = query.narrower(seen.texts)
        while True:
            last = newest or ways[0] == query.typed  # candidate ids are few enough to check them all
            seen = self._scan(look, ways[0], every, 0 if last else _SAMPLE)
            if seen.over:
                return seen.matching
            ways = ways[1:] or query.narrower(seen.texts)

    def _windowed(self, look: _Look) -> tuple[list[Row], int | None]:
        """Look at the newest so many hits (or messages, if no word is asked for): few of them may meet a condition."""
        short, typed = look.query.short(), look.query.typed
        seen, following = self._window(look, short, _SAMPLE if short != typed else 0)
        if not seen.over:
            seen, following = self._window(look, typed)
        return seen.matching, following

    def _window(self, look: _Look, asked: Sequence[str], sample: int = 0) -> tuple[_Scan, int | None]:
        """The hits of a window, and the id to go on before (None: that was all); a `sample` as in `_scan`."""
        test = " AND ".join(test for test, _ in look.tests) or "1"
        columns = _COLUMNS.replace("m.text", f"CASE WHEN {test} THEN m.text END AS text")
        values = [value for _, more in look.tests for value in more]
        matching, texts = list[Row](), list[str]()
        rows = self._rows(look.query.expression(asked), look._replace(tests=[]), columns, values)
        for looked, row in enumerate(rows, 1):
            if row["text"] is not None:
                hit = hit_words(row)
                texts.append(hit.folded)
                if look.asked.matches(hit):
                    matching.append(row)
                if len(texts) == sample and len(matching) < _MIN_HIT_SHARE * sample:
                    return _Scan(matching, texts, over=False), None
            if looked == _MAX_LOOKED_AT or len(matching) == look.limit:
                return _Scan(matching, texts, over=True), int(row["id"])
        return _Scan(matching, texts, over=True), None

    def _scan(self, look: _Look, asked: Sequence[str], tests: _Tests, sample: int = 0) -> _Scan:
        wanted = look._replace(tests=[*tests, *look.tests])
        return _scan(self._rows(look.query.expression(asked), wanted), look.asked, look.limit, sample)

    def _rows(
        self, expression: str, look: _Look, columns: str = _COLUMNS, first_values: Sequence[object] = ()
    ) -> Iterator[Row]:
        """Yield the index's hits joined with their rows, newest first, lazily; all messages if nothing is asked for."""
        key = "f.rowid" if expression else "m.id"
        conditions, values = _between(key, look)
        if expression:
            conditions, values = ["f.message_index MATCH ?", *conditions], [expression, *values]
        for test, more in look.tests:
            conditions.append(test)
            values += more
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        source = _INDEX if expression else "message m"
        sql = f"SELECT {columns} FROM {source}{_JOINS}{where} ORDER BY {key} DESC"
        yield from self._read(sql, [*first_values, *values])

    def _of_list(self, look: _Look, listed: Sequence[int]) -> list[Row]:
        """The newest of the listed messages that meet what else is asked for: a short list, read one by one."""
        numbers, rows = _within(look, listed), list[Row]()
        for at in range(0, len(numbers), _NEWEST_IDS):
            left = look._replace(limit=look.limit - len(rows))
            rows += self._of_ids(left, numbers[at : at + _NEWEST_IDS]).matching
            if len(rows) == look.limit:
                break
        return rows

    def _sampled(self, look: _Look, listed: Sequence[int]) -> list[Row]:
        """The same of a longer list: once few of those read first have the words, the index is asked for the others."""
        numbers = _within(look, listed)
        seen, rest = self._of_ids(look, numbers[:_LIST_SAMPLE]), numbers[_LIST_SAMPLE:]
        rows = seen.matching
        if not rest or len(rows) == look.limit:
            return rows
        left = look._replace(limit=look.limit - len(rows), before=rest[0] + 1)
        if len(rows) >= _MIN_HIT_SHARE * len(seen.texts):
            return rows + self._of_list(left, rest[::-1])
        # Beside a writer, of whom the index knows all messages, the beginnings of words are looked up faster.
        asked = look.query.short() if look.query.beside else look.query.typed
        return rows + self._scan(left, asked, _one_of_ids(rest[::-1])).matching

    def _few(self) -> int:
        """How many messages are read in the time in which the index is walked: that grows with the community."""
        conversations = scalar(self._store.read, "SELECT coalesce(sum(n), 0) FROM tally")
        return int(conversations) // _READ_EACH

    def _of_ids(self, look: _Look, numbers: Sequence[int]) -> _Scan:
        """Check the messages with these ids, in this order, for what is asked for."""
        values: list[object] = [json.dumps(numbers)]
        values += [value for _, more in look.tests for value in more]
        where = f" WHERE {' AND '.join(test for test, _ in look.tests)}" if look.tests else ""
        found = self._read(f"SELECT {_COLUMNS} FROM {_IDS}{_JOINS}{where}", values)
        return _scan(found, look.asked, look.limit)

    def _read(self, sql: str, values: Sequence[object]) -> Iterator[Row]:
        # An open cursor would keep the write-ahead log from being checkpointed.
        with closing(self._store.read.execute(sql, values)) as rows:
            yield from rows

    def _listed(self, conditions: Sequence[Condition]) -> tuple[list[int] | None, list[Condition]]:
        """The ids of the messages that meet the conditions that few meet, ascending; and the other conditions.

        None if there are no such conditions.
        Without them every hit's row is read: half a second with a million messages. The lists are cached per thread
        until `data_version` changes, that is until another connection commits; writers have their own.
        """
        conn = self._store.read
        version = scalar(conn, "PRAGMA data_version")
        if getattr(self._kept, "version", None) != version:
            self._kept.version, self._kept.lists = version, {}
        lists: dict[Condition, tuple[int, ...] | None] = self._kept.lists
        found: list[tuple[int, ...]] = []
        rest: list[Condition] = []
        for condition in conditions:
            if condition not in lists:
                lists[condition] = _ids_of(conn, condition) if condition.listing else None
            ids = lists[condition]
            if ids is None:
                rest.append(condition)
            else:
                found.append(ids)
        if not found:
            return None, rest
        return sorted(set.intersection(*map(set, found))) if len(found) > 1 else list(found[0]), rest


class _Look(NamedTuple):
    """What a page is looked for with: SQL tests with their values, ids from `first` up to `before` (not included)."""

    query: _Query
    asked: Asked
    tests: _Tests
    first: int
    before: int | None
    limit: int


def _between(key: str, look: _Look) -> tuple[list[str], list[object]]:
    conditions, values = list[str](), list[object]()
    if look.before is not None:
        conditions, values = [f"{key} < ?"], [look.before]
    if look.first:
        conditions, values = [*conditions, f"{key} >= ?"], [*values, look.first]
    return conditions, values


def _scan(rows: Iterator[Row], asked: Asked, limit: int, sample: int = 0) -> _Scan:
    """Check hits until `limit` match; with a `sample`, give up after that many if too small a share matches."""
    matching: list[Row] = []
    texts: list[str] = []
    for row in rows:
        hit = hit_words(row)
        texts.append(hit.folded)
        if asked.matches(hit):
            matching.append(row)
            if len(matching) == limit:
                break
        if len(texts) == sample and len(matching) < _MIN_HIT_SHARE * sample:
            return _Scan(matching, texts, over=False)
    return _Scan(matching, texts, over=True)


def hit_words(row: Row) -> HitWords:
    """A hit's words; must be built from the same texts as the index."""
    named = index.envelope_words(row["envelope"])
    return HitWords(f"{row['title']}\n{row['said_as']}\n{row['text']}\n{named}", row["identity_id"])


def _beside(asked: Asked) -> str:
    """The expression for the writers and accounts; "" for any."""
    parts = [index.one_of(map(index.by, sorted(asked.writers)))] if asked.writers is not None else []
    if asked.accounts is not None:
        parts.append(index.one_of(map(index.on, sorted(asked.accounts))))
    return " AND ".join(parts)


def _ids_of(conn: Connection, condition: Condition) -> tuple[int, ...] | None:
    """The ids of the messages that meet a condition, ascending; None if it lists too many."""
    listing, values = condition.listing, condition.listing_values
    most = _MAX_LISTED_MESSAGES if condition.lists_messages else _MAX_LISTED
    rows = conn.execute(f"SELECT * FROM ({listing}) LIMIT {most + 1}", values).fetchall()
    if len(rows) > most:
        return None
    numbers = {number for (number,) in rows}
    if not condition.lists_messages:
        of = "SELECT m.id FROM json_each(?) j CROSS JOIN message m ON m.conversation_id = j.value"
        numbers = {number for (number,) in conn.execute(of, (json.dumps(list(numbers)),))}
    return tuple(sorted(numbers))


def _id_tests(numbers: Sequence[int]) -> list[_Tests]:
    """Conditions on ids, to be tried in turn: the newest, which hold 50 hits of a frequent word, then all."""
    parts = [numbers[-_NEWEST_IDS:], numbers] if len(numbers) > _NEWEST_IDS else [numbers]
    return [_one_of_ids(part) for part in parts]


def _within(look: _Look, listed: Sequence[int]) -> list[int]:
    """The listed ids, newest first, that are looked for."""
    above = _ABOVE_ALL_IDS if look.before is None else look.before
    return [number for number in reversed(listed) if look.first <= number < above]


def _one_of_ids(numbers: Sequence[int]) -> _Tests:
    lowest = numbers[0] if numbers else _ABOVE_ALL_IDS
    # The + stops SQLite from querying the index once per id, which is a hundred times slower.
    return [
        ("f.rowid >= ?", (lowest,)),
        ("+f.rowid IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),)),
    ]
