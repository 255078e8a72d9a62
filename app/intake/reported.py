"""What a mailbox brings of other places: its notices become messages of their accounts, the rest stays letters.

A notice that came before its place had an account lies among the letters: once there is one, it is read and moved over,
with all that was done to its conversation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.accounts import Account, Accounts
from app.base import clock
from app.base.message import Author, Incoming
from app.base.words import counted
from app.channels.registry import connectable
from app.inbox import conversations, whereabouts
from app.inbox.conversations import NewConversation
from app.inbox.joins import part_draft
from app.inbox.standing import recompute_standing, standing_of, update_waiting_since
from app.intake import Intake, emptied, joins, messages, notices, threads
from app.intake.source import Source, of_account
from app.intake.speakers import Speakers, last_number
from app.mail.robots import FORGED
from app.store.sqlite import Connection
from app.store.store import Store

_SENDERS = "SELECT id, handle, name FROM identity WHERE kind IN (SELECT value FROM json_each(?))"
_LETTERS = """
SELECT m.id, m.conversation_id, m.remote_id, m.at, m.text, m.quiet <> '' AS quiet, m.language,
  coalesce(i.handle, nullif(m.envelope, '') ->> '$.from[0][1]', '') AS handle,
  coalesce(nullif(nullif(m.envelope, '') ->> '$.from[0][0]', ''), i.name, '') AS name,
  coalesce(nullif(m.envelope, '') ->> '$.subject', c.title) AS subject
FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN account a ON a.id = m.account_id
LEFT JOIN identity i ON i.id = m.identity_id
WHERE a.kind IN (SELECT value FROM json_each(?1)) AND m.out = 0 AND m.kind = 'said' AND m.quiet <> ?3
  AND (m.identity_id IN (SELECT value FROM json_each(?2)) OR (m.identity_id IS NULL AND m.envelope LIKE '%from%'))
  AND NOT EXISTS (SELECT 1 FROM message o WHERE o.conversation_id = m.conversation_id AND o.out = 1)
ORDER BY m.at, m.id
"""


class _Letter(NamedTuple):
    """A stored letter that is a notice, and what it tells of."""

    id: int
    conversation_id: int
    quiet: bool
    told: tuple[Incoming, ...]

    @property
    def thread(self) -> str:
        """The conversation at the place."""
        return self.told[0].thread


def split(
    items: Sequence[Incoming], senders: Mapping[str, str], places: Mapping[str, Account]
) -> tuple[list[Incoming], dict[int, list[Incoming]]]:
    """Letters to keep, and the messages that notices tell of, by the id of their assisted account.

    `senders` and `places` are as `Accounts.notice_places` returns them. A notice that its server calls forged stays a
    letter, and so does one that can't be read.
    """
    kept: list[Incoming] = []
    reported: dict[int, list[Incoming]] = {}
    if not places:
        return list(items), reported
    for item in items:
        account = places.get(notices.kind(item.author.handle, senders)) if not item.out else None
        told = _messages(item, account, senders) if account is not None else ()
        if account is None or not told:
            kept.append(item)
        else:
            reported.setdefault(account.id, []).extend(told)
    return kept, reported


def _messages(item: Incoming, account: Account, senders: Mapping[str, str]) -> tuple[Incoming, ...]:
    """The messages that a notice tells of on that account; () if it is none, or forged."""
    if item.forged:
        return ()
    return notices.read(item, account.kind, senders, (account.name, account.speaks_as, *account.own))


class Reported:
    """Moves notices that lie among the letters to the accounts of the places that they tell of."""

    def __init__(self, store: Store, accounts: Accounts, intake: Intake, moved: joins.Moved) -> None:
        """`moved` moves what other nouns keep of a conversation, or of some of its messages."""
        self._store, self._accounts, self._intake, self._moved = store, accounts, intake, moved

    def move_over(self, account_id: int) -> int:
        """Make letters that tell of messages on an assisted account its messages, as one undoable action.

        Returns how many letters. Those in a conversation that we have answered stay, and so do forged ones.
        """
        account = self._accounts.get(account_id)
        letters = self._letters(account) if account.assisted else []
        if not letters:
            return 0
        title = counted(
            len(letters),
            "Moved {count} letter to {account}",
            "Moved {count} letters to {account}",
            account=account.name,
        )
        now = clock.now()
        with self._store.write(title) as conn:
            source = of_account(conn, account_id, None, now)
            speakers = Speakers(conn, source)
            wrote = emptied.writers(conn, [letter.id for letter in letters])
            first = [letter.told[0] for letter in letters]
            speakers.look_up(first, {item.remote_id: item.language for item in first})
            speakers.note_times()
            for number, there in _by_conversation(letters).items():
                self._move(conn, number, there, source, speakers.identities)
            further = [item for letter in letters for item in letter.told[1:]]
            if further:
                self._intake.take(account_id, further, {})
            emptied.remove(conn, wrote)
        return len(letters)

    def _letters(self, account: Account) -> list[_Letter]:
        """The letters that tell of something on that account."""
        senders, places = self._accounts.notice_places()
        kinds = json.dumps([of.kind for of in connectable() if of.carries_notices])
        read = self._store.read

        def is_ours(handle: str) -> bool:
            there = places.get(notices.kind(handle, senders))
            return there is not None and there.id == account.id

        known = [row["id"] for row in read.execute(_SENDERS, (kinds,)) if is_ours(row["handle"])]
        rows = read.execute(_LETTERS, (kinds, json.dumps(known), FORGED)).fetchall()
        stored = {
            row["remote_id"]
            for row in read.execute("SELECT remote_id FROM message WHERE account_id = ?", (account.id,))
        }
        found: list[_Letter] = []
        for row in rows:
            if row["remote_id"] in stored or not is_ours(row["handle"]):
                continue
            author = Author(row["handle"].lower(), row["handle"], row["name"])
            item = Incoming(row["remote_id"] or "", row["at"], row["text"], author, title=row["subject"], public=False)
            told = tuple(one._replace(language=row["language"]) for one in _messages(item, account, senders))
            if told:
                found.append(_Letter(row["id"], row["conversation_id"], bool(row["quiet"]), told))
        return found

    def _move(
        self, conn: Connection, number: int, letters: Sequence[_Letter], source: Source, identities: Mapping[str, int]
    ) -> None:
        """Move the notices in one conversation; what else is in it stays."""
        for together in _by_thread(letters):
            there = {row["id"] for row in conn.execute("SELECT id FROM message WHERE conversation_id = ?", (number,))}
            leaving = {letter.id for letter in together}
            before = standing_of(conn, number)
            here = number if there == leaving else _begin_apart(conn, number)
            told = together[0].told[0]
            threads.forget_refs(conn, here)
            kept = _at_place(conn, source.account_id, told.thread)
            if kept is None:
                conversations.become(conn, here, source.account_id, told, identities[told.author.key])
            for letter in together:
                item = letter.told[0]
                identity = identities[item.author.key]
                messages.become(conn, letter.id, kept or here, source.account_id, item, identity)
            if here != number:
                part_draft(conn, number, here, leaving)
                self._moved(conn, number, here, leaving)
                recompute_standing(conn, [number])
                update_waiting_since(conn, [number])
            if kept is not None:
                joins.join(conn, here, kept, self._moved)
            recompute_standing(conn, [kept or here])
            update_waiting_since(conn, [kept or here])
            if kept is None and before.last_at < source.quiet_before and all(letter.quiet for letter in together):
                conversations.close(conn, here, before.last_at)


def _begin_apart(conn: Connection, number: int) -> int:
    """An empty conversation beside another, for some of its letters; returns its id."""
    new = last_number(conn, "conversation") + 1
    row = conn.execute("SELECT account_id, title FROM conversation WHERE id = ?", (number,)).fetchone()
    begun = NewConversation(new, row["account_id"], None, None, row["title"], "", "", "", "", public=False,
                            batch_id=None, parted_from=number)  # fmt: skip
    conversations.begin(conn, [(begun, standing_of(conn, number)._replace(messages=0))])
    return new


def _by_conversation(letters: Iterable[_Letter]) -> dict[int, list[_Letter]]:
    found: dict[int, list[_Letter]] = {}
    for letter in letters:
        found.setdefault(letter.conversation_id, []).append(letter)
    return found


def _by_thread(letters: Iterable[_Letter]) -> Iterator[list[_Letter]]:
    found: dict[str, list[_Letter]] = {}
    for letter in letters:
        found.setdefault(letter.thread, []).append(letter)
    yield from found.values()


def _at_place(conn: Connection, account_id: int, thread: str) -> int | None:
    """The conversation of that thread on the account, if there is one."""
    row = conn.execute(
        "SELECT id FROM conversation WHERE account_id = ? AND remote_id = ?", (account_id, thread)
    ).fetchone()
    return None if row is None else whereabouts.current(conn, row["id"])


def sentence(count: int, account: str) -> str:
    """What was moved over, for the person; "" where nothing was."""
    if not count:
        return ""
    return counted(
        count,
        "{count} earlier notification e-mail was moved to “{account}”. Undo takes it back.",
        "{count} earlier notification e-mails were moved to “{account}”. Undo takes them back.",
        account=account,
    )
