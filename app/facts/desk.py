"""The desk of facts: keeping them, filling them in, and who was told what. Every change is an undoable action."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.text import fold, preview
from app.base.words import tr
from app.facts.matching import BLANK, PREFIX, keys_in, one_line, stands_in
from app.facts.rows import CORRECTED, CURRENT, OWED, RIGHTED, SETTLED, WITHDRAWN, Fact, Told, Value
from app.facts.telling import KEPT_SECONDS, moment, note_inserted
from app.store.changes import Changes
from app.store.sqlite import Connection, IntegrityError, Row, scalar
from app.store.store import Store

MAX_VALUE_CHARS, MAX_KEY_CHARS = 500, 40
_MOST_DIGITS = 9
_LANGUAGE = re.compile(r"(?:[a-z]{2,3})?")
_STALE = """
EXISTS (SELECT 1 FROM fact_value x WHERE x.fact_id = v.fact_id AND x.language = v.language AND x.id >= v.id
  AND x.until IS NOT NULL AND x.is_wording = 0)
"""
"""SQL on a value `v`: whether something else is true by now."""
_TOLD = f"""
SELECT t.id, v.fact_id, v.id AS value_id, v.language, v.words, v.since, v.until, i.member_id,
  coalesce(nullif(p.name, ''), nullif(i.name, ''), i.handle, '') AS who, coalesce(m.conversation_id, o.conversation_id)
  AS talk, m.id AS message, t.at, t.settled_at, {_STALE} AS stale, m.gone_at, m.text, t.identity_id
FROM fact_told t JOIN fact_value v ON v.id = t.value_id LEFT JOIN outbox o ON o.id = t.outbox_id
LEFT JOIN message m ON m.id = coalesce(o.message_id, t.message_id)
LEFT JOIN identity i ON i.id = t.identity_id LEFT JOIN member p ON p.id = i.member_id
WHERE coalesce(m.conversation_id, o.conversation_id) IS NOT NULL AND v.fact_id = ?
ORDER BY t.at DESC, t.id DESC
"""


class Facts:
    """The tables fact, fact_value, fact_inserted and fact_told."""

    def __init__(self, store: Store) -> None:
        """What was true lately is cached until a fact changes, as the check runs at every pause in typing."""
        self._store = store
        self._lately: tuple[tuple[Fact, Value, str], ...] | None = None
        store.listen(self._changed)

    def _changed(self, changes: Changes) -> None:
        if changes.touches("fact", "fact_value", "fact_inserted", "fact_told"):
            self._lately = None

    # --- reading

    def listed(self) -> list[Fact]:
        """Every fact by its name, without those that stand for an embargoed subject."""
        rows = self._store.read.execute("SELECT * FROM fact WHERE removed_at IS NULL AND embargo_id IS NULL")
        return sorted((self._fact(row) for row in rows.fetchall()), key=lambda fact: fold(fact.name))

    def get(self, key: int | str) -> Fact:
        """The fact with this key or id, which may be typed; raises NotFoundError."""
        column = "id" if isinstance(key, int) else "key"
        row = self._store.read.execute(
            f"SELECT * FROM fact WHERE {column} = ? AND removed_at IS NULL", (key,)
        ).fetchone()
        if row is None and isinstance(key, str) and key.isdecimal():
            return self.get(int(key[:_MOST_DIGITS]))
        if row is None:
            keys = ", ".join(fact.key for fact in self.listed())
            msg = tr("There's no fact “{key}” yet.").format(key=key)
            if keys:
                msg = tr("There's no fact “{key}”. Facts: {keys}.").format(key=key, keys=keys)
            raise NotFoundError(msg)
        return self._fact(row)

    def _fact(self, row: Row) -> Fact:
        values = self._store.read.execute(
            "SELECT id, language, words, since, until FROM fact_value WHERE fact_id = ? AND until IS NULL"
            " ORDER BY language",
            (row["id"],),
        )
        told = self.tellings(int(row["id"]))
        return Fact(
            row["id"], row["key"], row["name"], row["owner"], row["source"], row["look_on"],
            tuple(Value(*value) for value in values), len(told), sum(one.state == OWED for one in told),
        )  # fmt: skip

    def due(self, today: date) -> list[Fact]:
        """The facts to look at again by that day, the longest due first."""
        rows = self._store.read.execute(
            "SELECT * FROM fact WHERE removed_at IS NULL AND look_on <> '' AND look_on <= ? ORDER BY look_on, id",
            (today.isoformat(),),
        )
        return [self._fact(row) for row in rows.fetchall()]

    def tellings(self, number: int) -> list[Told]:
        """Who was told a fact, the last first; of a person who was told what is true since, all before is put right."""
        rows = self._store.read.execute(_TOLD, (number,)).fetchall()
        right = dict[object, int]()
        for row in rows:
            if not row["stale"]:
                right[_whom(row)] = max(row["at"], right.get(_whom(row), 0))
        return [
            Told(
                row["id"], row["fact_id"],
                Value(row["value_id"], row["language"], row["words"], row["since"], row["until"]),
                row["member_id"], row["who"], row["talk"], row["message"], row["at"], _state(row, right),
            )
            for row in rows
        ]  # fmt: skip

    def owed(self) -> list[tuple[Fact, Told]]:
        """Everybody who was told what is no longer true, each once for a fact, the fact that changed last first."""
        rows = self._store.read.execute(
            f"SELECT f.id, max(v.until) AS changed FROM fact f JOIN fact_value v ON v.fact_id = f.id"
            f" JOIN fact_told t ON t.value_id = v.id WHERE f.removed_at IS NULL AND f.embargo_id IS NULL AND {_STALE}"
            " GROUP BY f.id ORDER BY changed DESC, f.id"
        ).fetchall()
        return [(self.get(int(row["id"])), one) for row in rows for one in self.owed_of(int(row["id"]))]

    def owed_of(self, number: int) -> list[Told]:
        """Everybody who was told what is no longer true of a fact, each once: by the last message that told it."""
        found = dict[object, Told]()
        for one in self.tellings(number):
            if one.state == OWED:
                found.setdefault(one.member_id or ("talk", one.conversation_id), one)
        return list(found.values())

    def told_by(self, told_id: int) -> Told:
        """What somebody was told, by its id; raises NotFoundError."""
        row = self._store.read.execute(
            "SELECT v.fact_id FROM fact_told t JOIN fact_value v ON v.id = t.value_id WHERE t.id = ?", (told_id,)
        ).fetchone()
        found = next((one for one in self.tellings(row["fact_id"]) if one.id == told_id), None) if row else None
        if found is None:
            msg = tr("Nobody was told that.")
            raise NotFoundError(msg)
        return found

    # --- filling in

    def values(self, language: str) -> dict[str, str]:
        """What the facts say in a language, by the names of their blanks: "fact:price"."""
        return self.by_blank(self._store.read, language)

    @staticmethod
    def by_blank(conn: Connection, language: str) -> dict[str, str]:
        """What the facts say in a language, by blank; for whoever has no desk."""
        rows = conn.execute(
            "SELECT f.key, v.language, v.words FROM fact f JOIN fact_value v ON v.fact_id = f.id AND v.until IS NULL"
            " WHERE f.removed_at IS NULL AND v.language IN ('', ?) ORDER BY v.language",
            (language,),
        )
        return {f"{PREFIX}{key}": words for key, _language, words in rows}

    def insert(self, key: int | str, language: str, conversation_id: int | None = None) -> str:
        """The words to put into a draft, and a note that they were put into that conversation's.

        Raises UserError if the fact says nothing in that language.
        """
        fact = self.get(key)
        value = fact.value(language)
        if value is None:
            languages = ", ".join(value.language for value in fact.values) or tr("none")
            msg = tr("“{name}” has no value in “{language}” yet. Available: {languages}.").format(
                name=fact.name, language=language or tr("any language"), languages=languages
            )
            raise UserError(msg)
        with self._store.write() as conn:
            note_inserted(conn, value.id, conversation_id, clock.now())
        return value.words

    def note_put(self, key: str, words: str, conversation_id: int | None = None) -> None:
        """Note that a fact's words were put into the draft of a conversation, or of a new message."""
        row = self._store.read.execute(
            "SELECT v.id FROM fact_value v JOIN fact f ON f.id = v.fact_id WHERE f.key = ? AND v.words = ?"
            " ORDER BY v.until IS NOT NULL, v.id DESC LIMIT 1",
            (key, words),
        ).fetchone()
        if row is not None:
            with self._store.write() as conn:
                note_inserted(conn, row["id"], conversation_id, clock.now())

    def fill(self, text: str, language: str, conversation_id: int | None = None) -> str:
        """The text with the blanks that name facts filled in, and noted. Raises UserError for one that can't be."""
        if not keys_in(text):
            return text
        known = {key: self.insert(key, language, conversation_id) for key in keys_in(text)}
        return BLANK.sub(lambda hit: known[hit[1]], text)

    def changed_in(self, text: str) -> list[tuple[Fact, tuple[int, int], str]]:
        """Old values that stand in a draft and were told or put in lately: the fact, where, and what is true now."""
        if self._lately is None:
            self._lately = tuple(self._changed_lately())
        found = []
        for fact, old, now in self._lately:
            at = stands_in(old.words, text)
            if at is not None:
                found.append((fact, at, now))
        return found

    def _changed_lately(self) -> list[tuple[Fact, Value, str]]:
        rows = self._store.read.execute(
            "SELECT f.id AS fact, v.id, v.language, v.words, v.since, v.until, n.words AS now FROM fact_value v"
            " JOIN fact f ON f.id = v.fact_id AND f.removed_at IS NULL AND f.embargo_id IS NULL"
            " JOIN fact_value n ON n.fact_id = f.id AND n.language = v.language AND n.until IS NULL"
            f" WHERE v.until > ? AND {_STALE} AND n.words <> v.words AND (EXISTS (SELECT 1 FROM fact_inserted i"
            " WHERE i.value_id = v.id) OR EXISTS (SELECT 1 FROM fact_told t WHERE t.value_id = v.id))",
            (clock.now() - KEPT_SECONDS,),
        ).fetchall()
        return [
            (self.get(int(row["fact"])),
             Value(row["id"], row["language"], row["words"], row["since"], row["until"]), row["now"])
            for row in rows
        ]  # fmt: skip

    def any(self) -> bool:
        """Whether there is a fact."""
        return bool(scalar(self._store.read, "SELECT EXISTS (SELECT 1 FROM fact)"))

    # --- keeping

    def add(
        self, name: str, values: Mapping[str, str], key: str = "", *, owner: str = "", source: str = "",
        look_on: str = "", embargo_id: int | None = None, at: int | None = None,
    ) -> int:  # fmt: skip
        """Add a fact with its values by language ("" for all); returns its id. `look_on` is an ISO date or "".

        Raises UserError without a name or value, or if the key is taken.
        """
        name = _named(name)
        values = {language: _said(language, words) for language, words in values.items() if words.strip()}
        if not values:
            msg = tr("What does it say? A fact needs a value.")
            raise UserError(msg)
        with self._store.write(tr("New fact: {name}").format(name=name)) as conn:
            try:
                made = conn.execute(
                    "INSERT INTO fact (key, name, owner, source, look_on, embargo_id, created_at)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (_key(key or name), name, owner.strip(), source.strip(), look_on, embargo_id, moment(at)),
                )
            except IntegrityError as why:
                raise _key_taken(key or name) from why
            number = int(made.lastrowid or 0)
            for language, words in values.items():
                _put_value(conn, number, language, words, moment(at))
        return number

    def change(self, number: int, *, name: str, key: str, owner: str, source: str, look_on: str) -> None:
        """Change what is known of a fact besides its values. Raises UserError as `add` does, NotFoundError."""
        self.get(number)
        with self._store.write(tr("Changed fact: {name}").format(name=_named(name))) as conn:
            try:
                conn.execute(
                    "UPDATE fact SET name = ?, key = ?, owner = ?, source = ?, look_on = ? WHERE id = ?",
                    (_named(name), _key(key or name), owner.strip(), source.strip(), look_on, number),
                )
            except IntegrityError as why:
                raise _key_taken(key or name) from why

    def set(self, key: int | str, language: str, words: str, *, is_wording: bool = False, at: int | None = None) -> int:
        """Let a fact say something else in a language, "" for all; returns how many people are owed a word by it.

        `words` "" takes the value out. `is_wording`: it says the same in other words, so nobody is owed anything.
        Raises UserError if it says so already, or nothing would be left of it.
        """
        fact = self.get(key)
        values = {value.language: value.words for value in fact.values}
        if _said(language, words) == values.get(language, ""):
            msg = tr("It says so already.")
            raise UserError(msg)
        return self.put_values(fact.id, {**values, language: words}, is_wording=is_wording, at=at)

    def put_values(
        self, number: int, values: Mapping[str, str], *, is_wording: bool = False, at: int | None = None
    ) -> int:
        """Let a fact say just this, by language; returns how many people are owed a word by it. As `set` does."""
        fact, now = self.get(number), moment(at)
        wanted = {language: _said(language, words) for language, words in values.items() if words.strip()}
        if not wanted:
            msg = tr("What does it say? A fact needs a value.")
            raise UserError(msg)
        old = {value.language: value for value in fact.values}
        gone = [value.id for language, value in old.items() if value.words != wanted.get(language)]
        new = {code: words for code, words in wanted.items() if code not in old or old[code].words != words}
        before = len(self.owed_of(fact.id))
        said = next(iter(new.values()), "")
        with self._store.write(
            tr("Changed fact: {name}: {words}").format(name=fact.name, words=preview(said, 40))
        ) as c:
            c.executemany(
                "UPDATE fact_value SET until = ?, is_wording = ? WHERE id = ?", [(now, is_wording, one) for one in gone]
            )
            for language, words in new.items():
                _put_value(c, fact.id, language, words, now)
        return max(0, len(self.owed_of(fact.id)) - before)

    def note_told(self, value_id: int, message_id: int) -> None:
        """Note that a message of ours told a value to whoever wrote last before it, when it was sent."""
        with self._store.write(tr("Noted who was told a fact")) as conn:
            conn.execute(
                "INSERT INTO fact_told (value_id, identity_id, message_id, at) SELECT ?, coalesce((SELECT identity_id"
                " FROM message b WHERE b.conversation_id = m.conversation_id AND NOT b.out AND b.at <= m.at"
                " ORDER BY b.at DESC, b.id DESC LIMIT 1), c.identity_id), m.id, m.at"
                " FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.id = ?",
                (value_id, message_id),
            )

    def looked(self, number: int, look_on: str) -> None:
        """It was looked at and still holds; look again on that day (ISO), or never ("")."""
        fact = self.get(number)
        with self._store.write(tr("Checked fact: {name}").format(name=fact.name)) as conn:
            conn.execute("UPDATE fact SET look_on = ? WHERE id = ?", (look_on, number))

    def settle(self, told_id: int) -> Told:
        """Leave what somebody was told as it is, with what they were told before; returns it. Raises NotFoundError."""
        told, now = self.told_by(told_id), clock.now()
        same = [
            one.id for one in self.tellings(told.fact_id)
            if one.state == OWED and (one.member_id, one.who) == (told.member_id, told.who)
            and (told.member_id is not None or one.conversation_id == told.conversation_id)
        ]  # fmt: skip
        with self._store.write(tr("Left as it is: what {name} was told").format(name=told.who or tr("everybody"))) as c:
            c.executemany("UPDATE fact_told SET settled_at = ? WHERE id = ?", [(now, one) for one in same])
        return told

    def remove(self, number: int) -> None:
        """Take a fact off the list; who was told it stays in the file. Raises NotFoundError."""
        fact = self.get(number)
        with self._store.write(tr("Removed fact: {name}").format(name=fact.name)) as conn:
            conn.execute("UPDATE fact SET removed_at = ?, key = key || '~' || id WHERE id = ?", (clock.now(), number))


def _whom(row: Row) -> object:
    if row["member_id"] is not None:
        return row["member_id"]
    return ("talk", row["talk"], row["identity_id"])


def _state(row: Row, right: Mapping[object, int]) -> str:
    """How what somebody was told stands; `right` has when each person was told what is true now."""
    if not row["stale"]:
        return CURRENT
    if row["settled_at"] is not None:
        return SETTLED
    if row["gone_at"] is not None:
        return WITHDRAWN
    if row["text"] is not None and stands_in(row["words"], row["text"]) is None:
        return CORRECTED
    return RIGHTED if right.get(_whom(row), 0) >= row["at"] else OWED


def _put_value(conn: Connection, fact: int, language: str, words: str, at: int) -> None:
    conn.execute(
        "INSERT INTO fact_value (fact_id, language, words, since) VALUES (?, ?, ?, ?)", (fact, language, words, at)
    )


def _named(name: str) -> str:
    if not name.strip():
        msg = tr("A fact needs a name.")
        raise UserError(msg)
    return one_line(name)


def _said(language: str, words: str) -> str:
    """The words of a value on one line. Raises UserError for an unknown language, or where they can't be filled in."""
    if not _LANGUAGE.fullmatch(language):
        msg = tr("“{language}” isn't a language code. Write is, hu, cs, el, en or another two-letter code.").format(
            language=language
        )
        raise UserError(msg)
    words = one_line(words)
    if "{{" in words or "}}" in words:
        msg = tr("A fact's value can't hold a blank.")
        raise UserError(msg)
    if len(words) > MAX_VALUE_CHARS:
        msg = tr("That's too long for a fact: at most {most} characters.").format(most=MAX_VALUE_CHARS)
        raise UserError(msg)
    return words


def _key(name: str) -> str:
    """A key as it stands in a blank: folded letters and digits, joined by dashes."""
    bare = re.sub(r"[\W_]+", "-", fold(name)).strip("-")[:MAX_KEY_CHARS].strip("-")
    if not bare:
        msg = tr("A fact needs a shortcut of letters or digits.")
        raise UserError(msg)
    return bare


def _key_taken(key: str) -> UserError:
    return UserError(tr("There's already a fact with the shortcut “{key}”. Choose another.").format(key=_key(key)))
