"""Finds the conversation of each incoming message: by the channel's thread key, else by what it answers, else new."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.base.message import Incoming
from app.inbox.whereabouts import are_apart, whereabouts
from app.intake import joining
from app.intake.joining import Letter
from app.intake.source import Source
from app.intake.speakers import last_number
from app.store.sqlite import Connection

_NOBODY = frozenset[str]()


class Threads:
    """The conversations of one transaction's messages, and the table `thread_ref`, which finds those of mails."""

    def __init__(self, conn: Connection, source: Source) -> None:
        """`begun` and `joined` are filled by `conversation_of`.

        `begun`: id of a new conversation -> its first message. `joined`: stored conversations that turned out to be
        one, as (the one to move, the one to move it to), to be joined in that order once the messages are inserted. A
        new one that turns out to be part of another is in neither: it is never stored. See `current`.
        """
        self._conn, self._source = conn, source
        self.begun: dict[int, Incoming] = {}
        self.joined: list[tuple[int, int]] = []
        self._by_key: dict[str, int] = {}
        self._answered: set[str] = set()
        self._letters: dict[str, Letter] = {}
        self._remembered: dict[str, int] = {}
        self._talks: dict[int, set[str]] = {}
        self._waiting: dict[str, set[int]] = {}  # Message-ID -> conversations with letters that answer it
        self._named: dict[int, frozenset[str]] = {}  # conversation -> whom letters in it name that wait for another
        self._titles: dict[int, str] = {}
        self._now: dict[int, int] = {}  # a conversation that was joined here -> the one it was joined into
        self._refs: list[tuple[int, str, int]] = []
        self._last = 0

    def look_up(self, items: Sequence[Incoming]) -> list[Incoming]:
        """Look up the conversations that the items may belong to, with a fixed number of queries.

        Returns the items, each with the ids that it answers in the spelling in which they are stored.
        """
        self._last = last_number(self._conn, "conversation")
        keys = json.dumps(list({item.thread for item in items if item.thread}))
        self._by_key.update(
            self._where_they_are(
                self._conn.execute(
                    "SELECT remote_id, id FROM conversation"
                    " WHERE account_id = ? AND remote_id IN (SELECT value FROM json_each(?))",
                    (self._source.account_id, keys),
                ).fetchall()
            )
        )
        if all(item.thread for item in items):
            return list(items)
        found = joining.as_stored(self._conn, self._source.account_id, items)
        self._look_up_mails([item for item in found if not item.thread])
        return found

    def _look_up_mails(self, mails: Sequence[Incoming]) -> None:
        account_id = self._source.account_id
        self._answered = {ref for item in mails for ref in item.refs}
        self._letters = joining.letters(self._conn, account_id, self._answered, self._source.own)
        self._remembered = self._where_they_are(
            self._conn.execute(
                "SELECT ref, conversation_id FROM thread_ref"
                " WHERE account_id = ? AND ref IN (SELECT value FROM json_each(?))",
                (account_id, json.dumps(joining.keys(mails))),
            ).fetchall()
        )
        self._remembered |= self._where_they_are(joining.awaited(self._conn, account_id, mails))
        for key, conversation in self._remembered.items():
            ref = joining.plain(key)
            if ref in self._remembered:  # else only forwards of it have come
                self._waiting.setdefault(ref, set()).add(conversation)
        there = {letter.conversation for letter in self._letters.values()} | set(self._remembered.values())
        self._talks = joining.talks(self._conn, there)
        self._titles = dict(
            self._conn.execute(
                "SELECT id, title FROM conversation WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(there)),),
            ).fetchall()
        )

    def conversation_of(self, item: Incoming, *, out: bool) -> int:
        """The id of a message's conversation; `out` is whether it is ours. A new one is added to `begun`.

        A later message may show it to be part of another: see `current`.
        """
        item = item if item.out == out else item._replace(out=out)
        if item.thread:
            conversation = self._by_key.get(item.thread) or self._begin(item)
            self._by_key[item.thread] = conversation
            return conversation
        found = joining.conversations(item, self._letters, self._remembered, self._talks)
        conversation = found[0] if found else self._begin(item)
        for other in found[1:]:
            conversation = self._join(other, conversation)
        self._remember(item, conversation)
        if waiting := self._waiting.get(item.remote_id):
            conversation = self._join_answers(item, conversation, waiting)
        return conversation

    def _begin(self, item: Incoming) -> int:
        self._last += 1
        self.begun[self._last] = item
        return self._last

    def _join_answers(self, item: Incoming, conversation: int, waiting: set[int]) -> int:
        """Join the conversations of letters that answer a late one to its own; returns the id of the whole.

        Only those which would have come there if it had been first. See `joining.answers_belong`.
        """
        letter = Letter(conversation, item.out, self._receivers(item), bool(item.parent))
        answers = {number for other in waiting if (number := self.current(other)) != conversation}
        for other in sorted(answers):
            here = self.current(conversation)
            answer = joining.answers(self._conn, item.remote_id, other, self._named.get(other, frozenset()))
            if joining.answers_belong(letter, self._talks.get(here, set()), self._talks.get(other, set()), answer):
                conversation = self._join(other, here)
        return conversation

    def _join(self, first: int, second: int) -> int:
        """Make two conversations one, unless the person parted them; returns the older one, or `second`."""
        first, second = self.current(first), self.current(second)
        if first == second or are_apart(self._conn, first, second):
            return second
        gone, kept = max(first, second), min(first, second)
        if self.begun.pop(gone, None) is None:
            self.joined.append((gone, kept))
        self._now[gone] = kept
        self._talks[kept] = self._talks.get(kept, set()) | self._talks.pop(gone, set())
        for known in (self._remembered, self._by_key):
            known.update([(key, kept) for key, number in known.items() if number == gone])
        moved = [(ref, letter) for ref, letter in self._letters.items() if letter.conversation == gone]
        self._letters.update([(ref, letter._replace(conversation=kept)) for ref, letter in moved])
        return kept

    def current(self, conversation: int) -> int:
        """The conversation that this one turned out to be part of, or itself."""
        while conversation in self._now:
            conversation = self._now[conversation]
        return conversation

    def _where_they_are(self, found: Sequence[tuple[str, int]]) -> dict[str, int]:
        """What was looked up, with each conversation as the one that its messages are in now."""
        now = whereabouts(self._conn, {number for _, number in found}) if found else {}
        return {key: now[number] for key, number in found}

    def _receivers(self, item: Incoming) -> frozenset[str]:
        return frozenset(item.to) - self._source.own if item.out else _NOBODY

    def title_of(self, conversation: int) -> str:
        """The title of a letter's conversation; "" if its first letter had no subject."""
        item = self.begun.get(conversation)
        return self._titles.get(conversation, "") if item is None else item.title

    def is_ours(self, remote_id: str, conversation: int) -> bool:
        """Whether that is a letter of ours in this conversation."""
        letter = self._letters.get(remote_id)
        return letter is not None and letter.own and letter.conversation == conversation

    def answers_us(self, item: Incoming) -> bool:
        """Whether a letter answers one of ours."""
        return any(letter.own for ref in item.refs if (letter := self._letters.get(ref)) is not None)

    def _remember(self, item: Incoming, conversation: int) -> None:
        """Record a mail's conversation, and the ids by which later mails find it.

        Those are the ids it answers that have not been received: a parent that arrives late joins this conversation. If
        one of them is in another conversation, the entry applies to this author only.
        """
        for ref in item.refs:
            letter = self._letters.get(ref)
            there = letter.conversation if letter else self._remembered.get(ref)
            if there is None and not item.forwarded:
                key = ref
            elif there != conversation and not item.out:
                key = joining.personal(ref, item.author.key)
            else:
                continue
            self._refs.append((self._source.account_id, key, conversation))
            self._remembered[key] = conversation
            if not item.forwarded:
                self._waiting.setdefault(ref, set()).add(conversation)
                self._named[conversation] = self._named.get(conversation, frozenset()) | {*item.to}
        if item.remote_id in self._answered:
            self._letters[item.remote_id] = Letter(conversation, item.out, self._receivers(item), bool(item.parent))
        if not item.out and item.person:
            self._talks.setdefault(conversation, set()).add(item.author.key)

    def insert_refs(self) -> None:
        """Insert into `thread_ref`; call it once the new conversations are inserted."""
        self._conn.executemany(
            "INSERT OR IGNORE INTO thread_ref VALUES (?, ?, ?)",
            [(account, ref, self.current(conversation)) for account, ref, conversation in self._refs],
        )


def move_refs(conn: Connection, gone: int, kept: int) -> None:
    """Let all by which later letters find one conversation lead to another; the first is about to be deleted."""
    conn.execute("UPDATE thread_ref SET conversation_id = ? WHERE conversation_id = ?", (kept, gone))


def forget_refs(conn: Connection, number: int) -> None:
    """Let no later letter find a conversation by what it answers: it is none of letters any more."""
    conn.execute("DELETE FROM thread_ref WHERE conversation_id = ?", (number,))


def expect(conn: Connection, account_id: int, remote_id: str, conversation_id: int) -> None:
    """Record that the mail of ours with this Message-ID, which is about to be sent, is in that conversation.

    So its copy in the folder of sent mail meets it, whatever becomes of the sending.
    """
    conn.execute("INSERT OR IGNORE INTO thread_ref VALUES (?, ?, ?)", (account_id, remote_id, conversation_id))
