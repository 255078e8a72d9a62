"""The `help` and `no_help` tables: which messages helped another member, found or marked by hand."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import NamedTuple

from app.base import clock, ids
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.helping.deciding import helps, judged_people, seeks
from app.inbox.exchange import Exchange, Utterance, exchange, with_several
from app.mail.quotes import first_words
from app.store.sqlite import Connection, scalar
from app.store.store import Store

_SELECT = """
SELECT h.id, m.conversation_id, c.title, i.member_id,
  coalesce(nullif(p.name, ''), nullif(i.name, ''), i.handle), o.member_id,
  coalesce(nullif(q.name, ''), nullif(o.name, ''), o.handle), m.at, substr(m.text, 1, 20000), h.by_hand
FROM help h JOIN message m ON m.id = h.id AND m.gone_at IS NULL JOIN conversation c ON c.id = m.conversation_id
JOIN identity i ON i.id = h.identity_id JOIN member p ON p.id = i.member_id
JOIN identity o ON o.id = h.helped_identity_id JOIN member q ON q.id = o.member_id
WHERE i.member_id <> o.member_id
"""
_AROUND = 40


class Help(NamedTuple):
    """A message in which one member helped another: its words, and when it was written (Unix seconds)."""

    message_id: int
    conversation_id: int
    title: str
    helper_id: int
    helper: str
    helped_id: int
    helped: str
    at: int
    words: str
    by_hand: bool


class Tally(NamedTuple):
    """How often a member helped, how many others that were, and how often others helped them."""

    times: int
    others: int
    received: int


class Helps:
    """Who helped whom."""

    def __init__(self, store: Store) -> None:
        """Every change by hand is one undoable action."""
        self._store = store

    def listed(self, limit: int = -1, member_id: int | None = None) -> list[Help]:
        """All of them, or those of one member as helper, the latest first."""
        sql = f"{_SELECT} AND (?1 IS NULL OR i.member_id = ?1) ORDER BY m.at DESC, h.id DESC LIMIT ?2"
        return [_help(row) for row in self._store.read.execute(sql, (member_id, limit))]

    def received(self, member_id: int, limit: int = -1) -> list[Help]:
        """The messages in which others helped a member, the latest first."""
        sql = f"{_SELECT} AND o.member_id = ? ORDER BY m.at DESC, h.id DESC LIMIT ?"
        return [_help(row) for row in self._store.read.execute(sql, (member_id, limit))]

    def tally(self, member_id: int) -> Tally:
        """The figures of a member; one message is one help."""
        conn = self._store.read
        times, others = conn.execute(
            f"SELECT count(*), count(DISTINCT o.member_id) {_from(_SELECT)} AND i.member_id = ?",
            (member_id,),
        ).fetchone()
        received = scalar(conn, f"SELECT count(*) {_from(_SELECT)} AND o.member_id = ?", (member_id,))
        return Tally(int(times), int(others), int(received))

    def count(self) -> int:
        """How many messages of members helped another."""
        return int(scalar(self._store.read, f"SELECT count(*) {_from(_SELECT)}"))

    def of_message(self, message_id: int) -> Help | None:
        """Whom a message helped; None if nobody."""
        row = self._store.read.execute(f"{_SELECT} AND h.id = ?", (message_id,)).fetchone()
        return None if row is None else _help(row)

    def mark(self, message_id: int, helped: int | None = None) -> Help:
        """Say that a message helped somebody, as one undoable action; returns who helped whom.

        Without `helped`, a member's id, it is whoever asked: the writer of what it answers, else of the last question
        of another, else whoever began. Marked already, it stays as it is, unless it is somebody else. Raises UserError
        for a message of ours, or where nobody else has written; NotFoundError if there is no such message.
        """
        known = self.of_message(message_id)
        if known is not None and helped in (None, known.helped_id):
            return known
        one, talk = self._message(message_id)
        asker = _asker(one, talk, helped)
        title = tr("{helper} helped {name}").format(helper=one.name, name=asker.name)
        with self._store.write(title) as conn:
            conn.execute("DELETE FROM no_help WHERE id = ?", (message_id,))
            conn.execute(
                "INSERT INTO help (id, identity_id, helped_identity_id, at, by_hand) VALUES (?, ?, ?, ?, 1)"
                " ON CONFLICT (id) DO UPDATE SET helped_identity_id = excluded.helped_identity_id, by_hand = 1",
                (message_id, one.identity_id, asker.identity_id, one.at),
            )
        return self.of_message(message_id) or _gone(message_id)

    def unmark(self, message_id: int) -> Help:
        """Say that a message helped nobody, which is remembered; one undoable action. Returns what was marked.

        Raises UserError if it is not marked, NotFoundError if there is no such message.
        """
        known = self.of_message(message_id)
        if known is None:
            self._message(message_id)
            msg = tr("{id} isn't marked as help.").format(id=ids.display(ids.MESSAGE, message_id))
            raise UserError(msg)
        title = tr("No longer help: {helper} to {name}").format(helper=known.helper, name=known.helped)
        with self._store.write(title) as conn:
            conn.execute("DELETE FROM help WHERE id = ?", (message_id,))
            conn.execute("INSERT OR IGNORE INTO no_help (id, at) VALUES (?, ?)", (message_id, clock.now()))
        return known

    def toggle(self, message_id: int) -> tuple[Help, bool]:
        """Mark it, or take the mark away where it has one; what it is or was, and whether it is marked now."""
        if self.of_message(message_id) is not None:
            return self.unmark(message_id), False
        return self.mark(message_id), True

    def _message(self, message_id: int) -> tuple[Utterance, Exchange]:
        conn = self._store.read
        row = conn.execute("SELECT conversation_id, out FROM message WHERE id = ?", (message_id,)).fetchone()
        shown = ids.display(ids.MESSAGE, message_id)
        if row is None:
            raise NotFoundError(tr("There's no message {id}.").format(id=shown))
        talk = exchange(conn, row["conversation_id"], [message_id])
        one = next((each for each in talk.said if each.id == message_id), None)
        if row["out"] or one is None or one.identity_id is None:
            raise UserError(tr("{id} isn't a member's message, so it can't be marked as help.").format(id=shown))
        return one, talk


def arrived(conn: Connection, messages: Sequence[int]) -> None:
    """Find which of the messages that came in help somebody, and which earlier ones they thank for."""
    for conversation in with_several(conn, messages):
        talk = exchange(conn, conversation, messages)
        found = helps(talk, messages)
        _take_back(conn, talk, messages, [one.message_id for one in found])
        at = {one.id: one.at for one in talk.said}
        conn.executemany(
            "INSERT INTO help (id, identity_id, helped_identity_id, at) SELECT ?1, ?2, ?3, ?4"
            " WHERE NOT EXISTS (SELECT 1 FROM no_help WHERE id = ?1) ON CONFLICT (id) DO NOTHING",
            [(one.message_id, one.identity_id, one.helped_identity_id, at[one.message_id]) for one in found],
        )


def _take_back(conn: Connection, talk: Exchange, messages: Collection[int], found: Collection[int]) -> None:
    """Delete what was found before and is none by what whoever asked has written now ("That didn't work")."""
    new, near = set(messages), judged_people(talk, messages)
    askers = {one.identity_id for one in talk.said if one.id in new}
    whole = talk.said if talk.title else talk.said[_AROUND // 2 :]  # the question itself has to be read again
    judged = [one.id for one in whole if one.id not in found and one.who in near]
    conn.execute(
        "DELETE FROM help WHERE by_hand = 0 AND id IN (SELECT value FROM json_each(?))"
        " AND helped_identity_id IN (SELECT value FROM json_each(?))",
        (json.dumps(judged), json.dumps(sorted(asker for asker in askers if asker is not None))),
    )


def _asker(one: Utterance, talk: Exchange, helped: int | None) -> Utterance:
    """Whom a message helped. Raises UserError if that cannot be told."""
    before = [each for each in talk.said if each.id < one.id and each.who not in (0, one.who)]
    if helped is not None:
        others = [each for each in talk.said if each.who == helped and helped != one.who]
        if not others:
            msg = tr("They have written nothing in this conversation, so {name} can't have helped them there.")
            raise UserError(msg.format(name=one.name))
        return others[-1]
    marked = next((found for found in helps(talk) if found.message_id == one.id), None)
    if marked is not None:
        return next(each for each in talk.said if each.identity_id == marked.helped_identity_id)
    above = next((each for each in before if each.id == one.answers), None)
    if above is not None:
        return above
    if not before:
        msg = tr("Nobody else has written here before {name}, so there's nobody they helped.")
        raise UserError(msg.format(name=one.name))
    asked = [each for each in before[-_AROUND:] if seeks(each.text, language=each.language)]
    return asked[-1] if asked else before[0]


def _gone(message_id: int) -> Help:
    raise NotFoundError(tr("There's no message {id}.").format(id=ids.display(ids.MESSAGE, message_id)))


def _from(select: str) -> str:
    return select[select.index("FROM") :]


def _help(row: Sequence[object]) -> Help:
    made = Help(*row)  # type: ignore[arg-type]
    return made._replace(words=first_words(made.words), by_hand=bool(made.by_hand))
