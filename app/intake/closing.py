"""Which messages that come in only end a talk, and what that does to their conversations (`app.inbox.whose_turn`).

Runs in the transaction of the caller. A message is judged once, as it comes in; again when what came before it is known
only later, when it is edited, or when it is parted from what it answers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.base.message import Incoming
from app.inbox import conversations
from app.inbox.asking import is_question
from app.inbox.elsewhere import ASIDE, has
from app.inbox.quiet import CLOSER
from app.inbox.snooze import UNTIL_REPLY
from app.inbox.standing import recompute_standing, update_waiting_since
from app.inbox.turns import needs_moderator
from app.inbox.whose_turn import CLOSES, NEEDS_US, Situation, after_closer
from app.intake import messages
from app.intake.closers import SETTLED, closing
from app.intake.source import Source
from app.store.sqlite import Connection

_MAX_INLINE_BYTES = 30_000  # of a picture among a letter's words, which is a sign of its writer's firm
_FACTS = """
SELECT c.snoozed_until, c.public,
  c.unhappy OR c.hard OR EXISTS (SELECT 1 FROM handoff WHERE conversation_id = c.id AND closed_at IS NULL)
    OR EXISTS (SELECT 1 FROM promise WHERE conversation_id = c.id AND kept_at IS NULL AND dropped_why = '') AS marked,
  EXISTS (SELECT 1 FROM outbox WHERE conversation_id = c.id AND state IN ('held', 'queued', 'sending')
    AND purpose IN ('reply', 'new', 'forward')) AS on_its_way
FROM conversation c WHERE c.id = ?
"""
_COUNTS = f"gone_at IS NULL AND failed = '' AND quiet IN ('', 'failed') AND NOT (out = 1 AND {has(ASIDE)})"
_LAST = f"""
SELECT at, out, text FROM message WHERE conversation_id = ? AND {_COUNTS} AND (at, id) < (?, ?)
ORDER BY at DESC, id DESC LIMIT 1
"""
_SPOKE = """
SELECT max(i.member_id IS w.member_id), count(*) FROM message m JOIN identity i ON i.id = m.identity_id
LEFT JOIN identity w ON w.id = ?2
WHERE m.conversation_id = ?1 AND m.out = 0 AND m.quiet IN ('', 'closer') AND m.gone_at IS NULL
  AND (m.at, m.id) < (?3, ?4)
"""
_WANTED = """
SELECT 1 FROM closing_habit h JOIN identity i ON i.id = h.identity_id
WHERE i.id = ?1 OR i.member_id = (SELECT member_id FROM identity WHERE id = ?1)
"""
_LATEST_ID = 1 << 62  # above every message's id


class _Last(NamedTuple):
    """The last that anybody said."""

    at: int
    out: bool
    text: str


@dataclass(slots=True)
class _Talk:
    """What is known of a conversation while its new messages are gone through."""

    is_new: bool
    public: bool
    last: _Last | None = None
    spoke: set[int] = field(default_factory=set)
    """The identities of those who wrote there in this transaction."""

    @property
    def may_answer_us(self) -> bool:
        """Whether we may have spoken last: quick, and never wrongly False."""
        return not self.is_new or (self.last is not None and self.last.out)


class Closings:
    """Goes through the new messages of a transaction, in order of time."""

    def __init__(self, conn: Connection, source: Source, identities: Mapping[str, int]) -> None:
        """`identities` are those of the messages' authors, by their keys."""
        self._conn, self._source, self._identities = conn, source, identities
        self._talks: dict[int, _Talk] = {}

    def judge(self, item: Incoming, conversation: int, language: str, *, out: bool, is_new: bool) -> str:
        """What the message's words do if they only end the talk (see `whose_turn`), NEEDS_US for any other message.

        `is_new`: the conversation begins in this transaction. Not for messages that are quiet already.
        """
        talk = self._talks.setdefault(conversation, _Talk(is_new, item.public))
        writer = self._identities.get(item.author.key)
        verdict = NEEDS_US
        if not out and writer is not None and talk.may_answer_us:
            kind = _ends(item, language, self._source.names)
            if kind:
                before = self._situation(talk, conversation, item.at, writer)
                verdict = after_closer(before._replace(settles=kind == SETTLED))
        if verdict == NEEDS_US and not (out and item.aside):
            talk.last = _Last(item.at, out, item.text)
        if not out and writer is not None:
            talk.spoke.add(writer)
        return verdict

    def _situation(self, talk: _Talk, conversation: int, at: int, writer: int) -> Situation:
        stored = Situation(answers_us=False, known=not talk.public and not talk.spoke)
        last = talk.last
        if talk.is_new:
            stored = stored._replace(wanted=_is_wanted(self._conn, writer))
        else:
            stored = situation(self._conn, conversation, (at, _LATEST_ID), writer)
            earlier = _last(self._conn, conversation, (at, _LATEST_ID))
            if last is None or (earlier is not None and earlier.at > last.at):
                last = earlier
        return stored._replace(
            answers_us=last is not None and last.out,
            asked=last is not None and last.out and is_question(last.text),
            known=stored.known or writer in talk.spoke,
        )


def closes_at(source: Source, at: int) -> int:
    """When a conversation closed that words of time `at` ended: now, or at that time where it is history."""
    return at if at < source.quiet_before else source.now


def situation(conn: Connection, conversation: int, before: tuple[int, int], writer: int) -> Situation:
    """The stored conversation before words of that identity, which have the time and id `before`."""
    snoozed_until, public, marked, on_its_way = conn.execute(_FACTS, (conversation,)).fetchone()
    spoke, heard = conn.execute(_SPOKE, (conversation, writer, *before)).fetchone()
    last = _last(conn, conversation, before)
    return Situation(
        answers_us=last is not None and last.out,
        asked=last is not None and last.out and is_question(last.text),
        known=bool(spoke) or (not public and not heard),
        wanted=_is_wanted(conn, writer),
        until_reply=snoozed_until == UNTIL_REPLY,
        snoozed=snoozed_until is not None,
        marked=bool(marked),
        on_its_way=bool(on_its_way),
    )


def _last(conn: Connection, conversation: int, before: tuple[int, int]) -> _Last | None:
    row = conn.execute(_LAST, (conversation, *before)).fetchone()
    return None if row is None else _Last(row["at"], bool(row["out"]), str(row["text"]))


def _is_wanted(conn: Connection, writer: int) -> bool:
    return conn.execute(_WANTED, (writer,)).fetchone() is not None


def _ends(item: Incoming, language: str, ours: Collection[str]) -> str:
    """How a message ends a talk (see `app.intake.closers`); "" where it brings a file, or a moderator has to decide."""
    if item.kind != "said" or needs_moderator(item.upstream) or item.forwarded or item.report is not None:
        return ""
    if any(not file.content_id or len(file.content) > _MAX_INLINE_BYTES or file.left for file in item.attached):
        return ""
    return closing(item.text, language, (item.author.name, *ours))


def reconsider(conn: Connection, source: Source, talks: Collection[int]) -> None:
    """Look again at what was said after messages of ours that came in later than that."""
    for conversation in talks:
        rows = conn.execute(
            f"SELECT id, at, text, language, identity_id, out FROM message WHERE conversation_id = ?1 AND {_COUNTS}"
            " AND (at, id) > (SELECT at, id FROM message WHERE conversation_id = ?1 AND out = 1 AND"
            f" {_COUNTS} ORDER BY at DESC, id DESC LIMIT 1) ORDER BY at, id",
            (conversation,),
        ).fetchall()
        verdicts = [_again(conn, source, conversation, row) for row in rows]
        if not rows or NEEDS_US in verdicts:
            continue
        for row in rows:
            messages.set_quiet(conn, row["id"], CLOSER)
        recompute_standing(conn, [conversation])
        if set(verdicts) == {CLOSES}:
            conversations.close_by_itself(conn, conversation, closes_at(source, rows[-1]["at"]))


def _again(conn: Connection, source: Source, conversation: int, row: Mapping[str, object]) -> str:
    """What a stored message does, now that more is known of what came before it."""
    number, text, language, writer = (row[name] for name in ("id", "text", "language", "identity_id"))
    has_files = conn.execute(
        "SELECT 1 FROM attachment WHERE message_id = ? AND (content_id = '' OR size > ?) LIMIT 1",
        (number, _MAX_INLINE_BYTES),
    ).fetchone()
    named = conn.execute("SELECT name FROM identity WHERE id = ?", (writer,)).fetchone()
    if has_files is not None or named is None or not isinstance(writer, int):
        return NEEDS_US
    kind = closing(str(text), str(language), (named["name"], *source.names))
    if not kind:
        return NEEDS_US
    # Closers before it, which are judged in the same turn, do not count as words that wait.
    first = conn.execute(
        f"SELECT id, at FROM message WHERE conversation_id = ?1 AND out = 1 AND {_COUNTS} ORDER BY at DESC, id DESC"
        " LIMIT 1",
        (conversation,),
    ).fetchone()
    here = situation(conn, conversation, (int(first["at"]), int(first["id"]) + 1), writer)
    return after_closer(here._replace(settles=kind == SETTLED))


def is_still_closer(conn: Connection, number: int, text: str) -> bool:
    """Whether a stored message still only ends the talk when its text has become this."""
    row = conn.execute(
        "SELECT m.language, i.name FROM message m LEFT JOIN identity i ON i.id = m.identity_id WHERE m.id = ?",
        (number,),
    ).fetchone()
    return row is not None and bool(closing(text, row["language"], (row["name"] or "",)))


def heard_again(conn: Connection, number: int) -> None:
    """Count words as any others that were taken to end a talk; their conversation needs us, even if it was done."""
    messages.set_quiet(conn, number, "")
    (conversation,) = conn.execute("SELECT conversation_id FROM message WHERE id = ?", (number,)).fetchone()
    _open(conn, conversation)


def _open(conn: Connection, conversation: int) -> None:
    recompute_standing(conn, [conversation])
    update_waiting_since(conn, [conversation])
    conversations.reopen(conn, [conversation])


def heard_apart(conn: Connection, conversation: int, leaving: Collection[int]) -> frozenset[int]:
    """The closers that answer nothing of ours any more once these messages leave their conversation.

    Those that stay there are quiet no more; those that leave are for the caller to change, as they move.
    """
    rows = conn.execute(
        "SELECT id, out AND gone_at IS NULL AS ours, quiet FROM message WHERE conversation_id = ? ORDER BY at, id",
        (conversation,),
    ).fetchall()
    answered: set[bool] = set()  # of the halves in which we have spoken: whether it leaves
    heard = set()
    for row in rows:
        leaves = row["id"] in leaving
        if row["ours"]:
            answered.add(leaves)
        elif row["quiet"] == CLOSER and leaves not in answered:
            heard.add(int(row["id"]))
    for number in heard.difference(leaving):
        messages.set_quiet(conn, number, "")
    return frozenset(heard)


def bring_back(conn: Connection, conversation: int, now: int) -> bool:
    """Have a conversation need us that closed by itself; whoever ended it is not taken at their word again.

    A question of ours that was let go waits for its answer once more. False, if it neither closed by itself nor has
    words that ended it; then nothing is changed.
    """
    row = conn.execute("SELECT state, closed_itself_at FROM conversation WHERE id = ?", (conversation,)).fetchone()
    closers = conn.execute(
        "SELECT m.id, m.identity_id FROM message m WHERE m.conversation_id = ?1 AND m.quiet = ?2 AND m.gone_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM message o WHERE o.conversation_id = ?1 AND o.quiet IN ('', 'failed')"
        "  AND o.gone_at IS NULL AND (o.at, o.id) > (m.at, m.id)) ORDER BY m.at, m.id",
        (conversation, CLOSER),
    ).fetchall()
    if not closers and (row is None or row["closed_itself_at"] is None):
        return False
    for closer in closers:
        messages.set_quiet(conn, closer["id"], "")
        conn.execute(
            "INSERT OR IGNORE INTO closing_habit (identity_id, at) VALUES (?, ?)", (closer["identity_id"], now)
        )
    _open(conn, conversation)
    return True
