"""Finds the conversation of each incoming message: by the channel's thread key, else by what it answers, else new."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.base.message import Incoming
from app.intake import joining
from app.intake.joining import Letter
from app.intake.source import Source
from app.intake.speakers import last_number
from app.store.sqlite import Connection

_NOBODY = frozenset[str]()


class Threads:
    """The conversations of one transaction's messages, and the table `thread_ref`, which finds those of mails."""

    def __init__(self, conn: Connection, source: Source) -> None:
        """`begun` is filled by `conversation_of`: id of a new conversation -> its first message."""
        self._conn, self._source = conn, source
        self.begun: dict[int, Incoming] = {}
        self._by_key: dict[str, int] = {}
        self._answered: set[str] = set()
        self._letters: dict[str, Letter] = {}
        self._remembered: dict[str, int] = {}
        self._talks: dict[int, set[str]] = {}
        self._refs: list[tuple[int, str, int]] = []
        self._last = 0

    def look_up(self, items: Sequence[Incoming]) -> None:
        """Look up the conversations that the items may belong to, with a fixed number of queries."""
        self._last = last_number(self._conn, "conversation")
        keys = json.dumps(list({item.thread for item in items if item.thread}))
        self._by_key.update(
            self._conn.execute(
                "SELECT remote_id, id FROM conversation"
                " WHERE account_id = ? AND remote_id IN (SELECT value FROM json_each(?))",
                (self._source.account_id, keys),
            ).fetchall()
        )
        mails = [item for item in items if not item.thread]
        if mails:
            self._look_up_mails(mails)

    def _look_up_mails(self, mails: Sequence[Incoming]) -> None:
        account_id = self._source.account_id
        self._answered = {ref for item in mails for ref in item.refs}
        self._letters = joining.letters(self._conn, account_id, self._answered, self._source.own)
        self._remembered = dict(
            self._conn.execute(
                "SELECT ref, conversation_id FROM thread_ref"
                " WHERE account_id = ? AND ref IN (SELECT value FROM json_each(?))",
                (account_id, json.dumps(joining.keys(mails))),
            ).fetchall()
        )
        there = {letter.conversation for letter in self._letters.values()} | set(self._remembered.values())
        self._talks = joining.talks(self._conn, there)

    def conversation_of(self, item: Incoming, *, out: bool) -> int:
        """The id of a message's conversation; `out` is whether it is ours. A new one is added to `begun`."""
        item = item if item.out == out else item._replace(out=out)
        conversation = (
            self._by_key.get(item.thread)
            if item.thread
            else joining.conversation(item, self._letters, self._remembered, self._talks)
        )
        if conversation is None:
            conversation = self._last = self._last + 1
            self.begun[conversation] = item
        if item.thread:
            self._by_key[item.thread] = conversation
        else:
            self._remember(item, conversation)
        return conversation

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
        if item.remote_id in self._answered:
            to = frozenset(item.to) - self._source.own if item.out else _NOBODY
            self._letters[item.remote_id] = Letter(conversation, item.out, to, bool(item.parent))
        if not item.out and item.person:
            self._talks.setdefault(conversation, set()).add(item.author.key)

    def insert_refs(self) -> None:
        """Insert into `thread_ref`; call it once the new conversations are inserted."""
        self._conn.executemany("INSERT OR IGNORE INTO thread_ref VALUES (?, ?, ?)", self._refs)


def expect(conn: Connection, account_id: int, remote_id: str, conversation_id: int) -> None:
    """Record that the mail of ours with this Message-ID, which is about to be sent, is in that conversation.

    So its copy in the folder of sent mail meets it, whatever becomes of the sending.
    """
    conn.execute("INSERT OR IGNORE INTO thread_ref VALUES (?, ?, ?)", (account_id, remote_id, conversation_id))
