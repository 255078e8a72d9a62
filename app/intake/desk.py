"""Taking messages in: from a channel's page or a file, each stored once, in its conversation, with its member.

The one road into `message`. A call is one transaction with the cursor in it, so no cursor is ever ahead of its rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.base import clock, text
from app.base.message import Incoming
from app.channels.registry import channel
from app.inbox.turns import Said, Standing, advance
from app.intake import joining
from app.intake.authors import known_before, meet
from app.intake.joining import Letter
from app.intake.letters import told_apart
from app.intake.sound import sound
from app.intake.standing import COLUMNS, bring_up, forget_words, settle, words_of
from app.store import index
from app.store.connection import give_back
from app.store.sqlite import Connection
from app.store.store import Store

QUIET_DAYS = 30
"""Conversations that ended longer ago come in closed: bringing in old history must not ask for a thousand answers."""
ROOM = 32
"""How many message ids each minute has (docs/decisions/0001); what does not fit takes the next free ids."""
_NOBODY = frozenset[str]()
_SHORT = 15  # letters; below this a language cannot be told from the words


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a call: counts of messages, and the conversations that they touched."""

    new: int
    known: int
    changed: int
    conversation_ids: frozenset[int]


@dataclass(slots=True)
class _Batch:
    """The state of one `take`: whose it is, and what has been looked up so far."""

    conn: Connection
    account_id: int
    kind: str
    own: frozenset[str]
    batch_id: int | None
    now: int
    quiet_before: int
    identities: dict[str, int] = field(default_factory=dict)
    members: dict[int, tuple[int, int]] = field(default_factory=dict)
    threads: dict[str, int] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    letters: dict[str, Letter] = field(default_factory=dict)
    remembered: dict[str, int] = field(default_factory=dict)
    talks: dict[int, set[str]] = field(default_factory=dict)
    said: dict[int, list[Said]] = field(default_factory=dict)
    speakers: dict[int, int] = field(default_factory=dict)
    several: set[int] = field(default_factory=set)
    refs: list[tuple[int, str, int]] = field(default_factory=list)
    fresh: dict[int, Incoming] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    last_conversation: int = 0


class Intake:
    """Takes messages in; `language_of` tells a text's language ("" when unsure). It is heavy, so it is given."""

    def __init__(self, store: Store, language_of: Callable[[str], str] | None = None) -> None:
        """`language_of` defaults to app.base.language.of, loaded when first needed."""
        self._store = store
        self._language_of = language_of
        self.met: Callable[[Connection, int, Sequence[str]], object] | None = None
        self._next: dict[int, int] = {}
        self._skip: dict[int, int] = {}
        store.hooks["message"] = forget_words

    def tidy(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Put the search index in order after much has come in, in small steps between which others may write.

        What that frees goes back to the disk.
        """
        first = busy = True
        while busy and not stop():
            with self._store.write() as conn:
                busy = index.tidy(conn, first=first) or first
            first = False
        busy = True
        while busy and not stop():
            with self._store.write() as conn:
                busy = give_back(conn)

    def take(
        self,
        account_id: int,
        items: Sequence[Incoming],
        cursor: Mapping[str, str] | None = None,
        batch_id: int | None = None,
        at: int | None = None,
    ) -> Taken:
        """Store what is new, note what changed upstream, pass over what is known; all in one transaction.

        It is learnt of now, or was at `at` (Unix seconds).
        """
        items = sound(items)
        with self._store.write() as conn:
            self._next.clear()  # another process may have written meanwhile
            batch = self._batch(conn, account_id, batch_id, clock.now() if at is None else at)
            items = told_apart(conn, account_id, batch.own, items)
            new, changed, known = self._sort(batch, items)
            self._add(batch, new)
            standing = {number: said for number, said in batch.said.items() if number not in batch.fresh}
            if standing:
                bring_up(conn, standing, batch.quiet_before)
            settle(conn, _several(batch))
            if self.met and items:
                self.met(conn, account_id, [item.remote_id for item in items])
            for name, value in (cursor or {}).items():
                conn.execute("INSERT OR REPLACE INTO cursor VALUES (?, ?, ?)", (account_id, name, value))
            return Taken(len(new), known, changed, frozenset(batch.said))

    def _batch(self, conn: Connection, account_id: int, batch_id: int | None, now: int) -> _Batch:
        kind, own = conn.execute("SELECT kind, own FROM account WHERE id = ?", (account_id,)).fetchone()
        found = conn.execute("SELECT value FROM setting WHERE key = 'quiet_days'").fetchone()
        quiet = now - 86_400 * (int(found[0]) if found else QUIET_DAYS)
        return _Batch(conn, account_id, kind, frozenset(own.split()), batch_id, now, quiet)

    def _sort(self, batch: _Batch, items: Sequence[Incoming]) -> tuple[list[Incoming], int, int]:
        """New ones once each in order of time; how many known ones changed, how many did not."""
        ids = [item.remote_id for item in items]
        # a file may be older than what the channel has told us since; and a mail is never edited
        may_change = batch.batch_id is None and channel(batch.kind).edits
        stored = _by_remote(batch, ids) if may_change else dict.fromkeys(_known(batch, ids))
        fresh: dict[str, Incoming] = {}
        changed = known = 0
        for item in items:
            if item.remote_id not in stored:
                known += item.remote_id in fresh
                fresh.setdefault(item.remote_id, item)
                continue
            row = stored[item.remote_id]
            if row is not None and (
                item.gone != row[3]
                or (not item.gone and (item.upstream != row[4] or (item.kind == "said" and row[2] != item.text)))
            ):
                changed += 1
                _revise(batch, row[0], item)
                if item.gone != row[3]:
                    batch.said.setdefault(row[1], [])
            else:
                known += 1
        return sorted((item for item in fresh.values() if not item.gone), key=lambda item: item.at), changed, known

    def _add(self, batch: _Batch, items: list[Incoming]) -> None:
        if not items:
            return
        batch.languages = {item.remote_id: item.language or self._language(item.text) for item in items}
        _identities(batch, items)
        _find_threads(batch, items)
        batch.last_conversation = _last(batch.conn, "conversation")
        self._next.update(_first_free(batch.conn, [max(item.at, 0) // 60 * ROOM for item in items]))
        rows, extras = [], []
        for item in items:
            out = item.out or item.author.key in batch.own
            identity = None if out else batch.identities[item.author.key]
            conversation = _conversation(batch, item, out=out)
            number = self._number(batch.conn, item.at)
            language = batch.languages[item.remote_id]
            parent = None if out and item.forwarded else item.parent or None  # what we pass on is no answer to it
            rows.append((
                number, conversation, batch.account_id, item.remote_id, parent, identity, out, item.at,
                item.kind, item.text, language, item.url, item.upstream, batch.batch_id,
                "\n".join(item.to) if out else "",
            ))  # fmt: skip
            batch.said.setdefault(conversation, []).append(Said(item.at, number, out, language))
            if identity is not None and batch.speakers.setdefault(conversation, identity) != identity:
                batch.several.add(conversation)
            if item.attached or item.raw is not None:
                extras.append((number, item))
        _begin_conversations(batch)
        batch.conn.executemany(
            "INSERT INTO message (id, conversation_id, account_id, remote_id, parent_id, identity_id, out, at, kind,"
            " text, language, url, upstream, batch_id, addressed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        index.add(batch.conn, sorted(_entries(batch, rows)))
        _keep_extras(batch.conn, extras)
        _advance_members(batch)
        _name_speakers(batch)

    def _number(self, conn: Connection, at: int) -> int:
        """A free id whose order is the order of time; a full minute's messages overflow into the minutes after it."""
        minute = max(at, 0) // 60 * ROOM
        block = self._skip.get(minute, minute)
        while True:
            number = self._next.get(block) or _first_free(conn, [block])[block]
            self._next[block] = number + 1
            if number < block + ROOM:
                if block != minute:
                    self._skip[minute] = block
                return number
            block += ROOM

    def _language(self, said: str) -> str:
        if len(said) < _SHORT:
            return ""
        if self._language_of is None:
            from app.base import language  # noqa: PLC0415  15 MB of tables, for the first message that comes in

            self._language_of = language.of
        return self._language_of(said[:400])


def _conversation(batch: _Batch, item: Incoming, *, out: bool) -> int:
    """The conversation it belongs to: by the channel's own key, else by what it answers, else a new one."""
    item = item if item.out == out else replace(item, out=out)
    conversation = (
        batch.threads.get(item.thread)
        if item.thread
        else joining.conversation(item, batch.letters, batch.remembered, batch.talks)
    )
    if conversation is None:
        conversation = batch.last_conversation = batch.last_conversation + 1
        batch.fresh[conversation] = item
    if item.thread:
        batch.threads[item.thread] = conversation
    else:
        _remember(batch, item, conversation)
    return conversation


def _remember(batch: _Batch, item: Incoming, conversation: int) -> None:
    """Remember in which conversation the letter lies and by which ids others will find it.

    The ids that it answers and that have not come in: a late parent finds this conversation by them. Where one lies in
    another conversation, this one is for the author alone.
    """
    for ref in item.refs:
        letter = batch.letters.get(ref)
        there = letter.conversation if letter else batch.remembered.get(ref)
        if there is None and not item.forwarded:
            one = ref
        elif there != conversation and not item.out:
            one = joining.personal(ref, item.author.key)
        else:
            continue
        batch.refs.append((batch.account_id, one, conversation))
        batch.remembered[one] = conversation
    if item.remote_id in batch.answered:
        to = frozenset(item.to) - batch.own if item.out else _NOBODY
        batch.letters[item.remote_id] = Letter(conversation, item.out, to, bool(item.parent))
    if not item.out:
        batch.talks.setdefault(conversation, set()).add(item.author.key)


def _known(batch: _Batch, remote_ids: list[str]) -> Iterator[str]:
    """Those of these ids under which a message is stored."""
    found = batch.conn.execute(
        "SELECT m.remote_id FROM json_each(?) j CROSS JOIN message m ON m.account_id = ? AND m.remote_id = j.value",
        (json.dumps(remote_ids), batch.account_id),
    )
    return (row[0] for row in found)


def _by_remote(batch: _Batch, remote_ids: list[str]) -> dict[str, tuple[int, int, str, bool, str] | None]:
    """Stored messages among these: remote id -> (id, conversation, text, gone, upstream)."""
    found = batch.conn.execute(
        "SELECT m.remote_id, m.id, m.conversation_id, m.text, m.gone_at IS NOT NULL, m.upstream"
        " FROM json_each(?) j CROSS JOIN message m ON m.account_id = ? AND m.remote_id = j.value",
        (json.dumps(remote_ids), batch.account_id),
    ).fetchall()
    return {row[0]: (row[1], row[2], row[3], bool(row[4]), row[5]) for row in found}


def _find_threads(batch: _Batch, items: list[Incoming]) -> None:
    """Look up in two queries which conversations the items may belong to."""
    keys = json.dumps(list({item.thread for item in items if item.thread}))
    batch.threads.update(
        (row[0], row[1])
        for row in batch.conn.execute(
            "SELECT remote_id, id FROM conversation"
            " WHERE account_id = ? AND remote_id IN (SELECT value FROM json_each(?))",
            (batch.account_id, keys),
        )
    )
    mails = [item for item in items if not item.thread]
    if not mails:
        return
    batch.answered = {ref for item in mails for ref in item.refs}
    batch.letters = joining.letters(batch.conn, batch.account_id, batch.answered, batch.own)
    batch.remembered = dict(
        batch.conn.execute(
            "SELECT ref, conversation_id FROM thread_ref"
            " WHERE account_id = ? AND ref IN (SELECT value FROM json_each(?))",
            (batch.account_id, json.dumps(joining.keys(mails))),
        ).fetchall()
    )
    there = {letter.conversation for letter in batch.letters.values()} | set(batch.remembered.values())
    batch.talks = joining.talks(batch.conn, there)


def _several(batch: _Batch) -> list[int]:
    """Conversations of this batch in which more than one person may have written privately, or we to another."""
    return [
        number
        for number in batch.said
        if number not in batch.fresh or (not batch.fresh[number].public and _may_wait(batch, number))
    ]


def _may_wait(batch: _Batch, number: int) -> bool:
    return number in batch.several or (number in batch.speakers and any(one.out for one in batch.said[number]))


def _identities(batch: _Batch, items: Iterable[Incoming]) -> None:
    """Find or make the identity (and member) behind every author that is not us."""
    wanted: dict[str, Incoming] = {}
    spans: dict[str, tuple[int, int]] = {}
    for item in items:  # in order of time
        key = item.author.key
        if not item.out and key not in batch.own:
            spans[key] = (spans[key][0] if key in wanted else item.at, item.at)
            wanted[key] = item
    found = batch.conn.execute(
        "SELECT key, id, member_id FROM identity WHERE kind = ? AND key IN (SELECT value FROM json_each(?))",
        (batch.kind, json.dumps(list(wanted))),
    ).fetchall()
    for key, identity, member in (
        *found,
        *known_before(batch.conn, batch.kind, [item.author for item in wanted.values()]),
    ):
        batch.identities[key] = identity
        first, last = batch.members.get(member, spans[key])
        batch.members[member] = (min(first, spans[key][0]), max(last, spans[key][1]))
    _new_identities(batch, [(item, *spans[key]) for key, item in wanted.items() if key not in batch.identities])


def _new_identities(batch: _Batch, items: Sequence[tuple[Incoming, int, int]]) -> None:
    """Make a member and an identity for the author of each item, who first and last spoke at these times.

    Table by table, for between rows of different tables the search index writes out what it has gathered.
    """
    conn, people, names, entries = batch.conn, [], [], []
    member, identity = _last(conn, "member"), _last(conn, "identity")
    by_address = channel(batch.kind).by_address
    for item, first, last in items:
        member, identity, author = member + 1, identity + 1, item.author
        name = author.name or author.handle
        email = author.handle if by_address else ""
        language = batch.languages[item.remote_id]
        people.append((member, name, language, first, last, batch.batch_id, batch.now, email))
        names.append((
            identity, batch.kind, author.handle, author.key, author.name, author.url, member, member, batch.batch_id,
        ))  # fmt: skip
        entries.append((member, " ".join(text.words(f"{name} {author.handle}"))))
        batch.identities[author.key] = identity
    conn.executemany(
        "INSERT INTO member (id, name, language, first_at, last_at, batch_id, created_at, email)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        people,
    )
    conn.executemany(
        "INSERT INTO identity (id, kind, handle, key, name, url, member_id, home_id, batch_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        names,
    )
    conn.executemany("INSERT INTO member_index (rowid, words) VALUES (?, ?)", entries)


def _last(conn: Connection, table: str) -> int:
    """The highest number that a row of this table has ever had; numbers are not given again."""
    row = conn.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return 0 if row is None else int(row[0])


def _begin_conversations(batch: _Batch) -> None:
    """Write the conversations that began, standing as they stand after all that was said: one write, not two."""
    rows = []
    for number, item in batch.fresh.items():
        title = item.title or text.preview(item.text, 80)
        begun = Standing(0, item.at, item.at, 0, None, None, 0, 0, None, item.language, None)
        standing = advance(begun, batch.said[number], batch.quiet_before)
        rows.append((
            number, batch.account_id, item.thread or None, batch.speakers.get(number), title, item.post_title,
            item.post_url, item.post_text, item.url, item.public, batch.batch_id, *standing.values(),
        ))  # fmt: skip
    batch.conn.executemany(
        "INSERT INTO conversation (id, account_id, remote_id, identity_id, title, post_title, post_url, post_text, url,"
        f" public, batch_id, {', '.join(COLUMNS)}) VALUES ({', '.join('?' * (11 + len(COLUMNS)))})",
        rows,
    )
    batch.conn.executemany("INSERT OR IGNORE INTO thread_ref VALUES (?, ?, ?)", batch.refs)


def _first_free(conn: Connection, blocks: Sequence[int]) -> dict[int, int]:
    """For each minute's room the id after the last one taken in it; one past the room when it is full."""
    rows = conn.execute(
        "SELECT j.value, (SELECT max(id) FROM message WHERE id >= j.value AND id < j.value + ?) FROM json_each(?) j",
        (ROOM, json.dumps(blocks)),
    )
    return {block: block if last is None else last + 1 for block, last in rows}


def _revise(batch: _Batch, number: int, item: Incoming) -> None:
    """Take an edit or a deletion upstream as such; the words of a deleted message stay with us, marked."""
    conn, said = batch.conn, "SELECT text FROM message WHERE id = ?"
    old = words_of(conn, number)
    if item.gone or conn.execute("SELECT gone_at FROM message WHERE id = ?", (number,)).fetchone()[0]:
        conn.execute("UPDATE message SET gone_at = ? WHERE id = ?", (batch.now if item.gone else None, number))
    if not item.gone:
        meet(conn, batch.kind, number, item)
        conn.execute("UPDATE message SET upstream = ? WHERE id = ?", (item.upstream, number))
    if not item.gone and item.text and item.text != conn.execute(said, (number,)).fetchone()[0]:
        index.remove(conn, [(number, old)])
        conn.execute("UPDATE message SET text = ?, edited_at = ? WHERE id = ?", (item.text, batch.now, number))
        index.add(conn, [(number, words_of(conn, number))])


def _entries(batch: _Batch, rows: Sequence[tuple[Any, ...]]) -> list[tuple[int, str]]:
    """The rows' index entries, made of what is stored, so that `words_of` makes the same again when one has to go."""
    titles = dict(batch.conn.execute(
        "SELECT id, title FROM conversation WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(batch.said)),),
    ).fetchall())  # fmt: skip
    names = dict(batch.conn.execute(
        "SELECT id, name FROM identity WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(batch.identities.values())),),
    ).fetchall())  # fmt: skip
    return [(row[0], index.entry(row[2], row[5], titles[row[1]], names.get(row[5], ""), row[9])) for row in rows]


def _keep_extras(conn: Connection, extras: Iterable[tuple[int, Incoming]]) -> None:
    import hashlib  # noqa: PLC0415

    for number, item in extras:
        if item.raw is not None:
            conn.execute("INSERT INTO raw VALUES (?, ?, ?)", (number, item.raw, item.text))
        for file in item.attached:
            digest = hashlib.sha256(file.content).digest()
            conn.execute(
                "INSERT INTO attachment (message_id, name, type, size, sha256) VALUES (?, ?, ?, ?, ?)",
                (number, file.name, file.type, len(file.content), digest),
            )
            conn.execute("INSERT OR IGNORE INTO attachment_bytes VALUES (?, ?)", (digest, file.content))


def _advance_members(batch: _Batch) -> None:
    batch.conn.executemany(
        "UPDATE member SET first_at = min(coalesce(first_at, ?1), ?1),"
        " last_at = max(coalesce(last_at, ?2), ?2) WHERE id = ?3",
        [(first, last, member) for member, (first, last) in batch.members.items()],
    )


def _name_speakers(batch: _Batch) -> None:
    """Who spoke first, in conversations where only we had spoken."""
    batch.conn.executemany(
        "UPDATE conversation SET identity_id = ? WHERE id = ? AND identity_id IS NULL",
        [(identity, number) for number, identity in batch.speakers.items() if number not in batch.fresh],
    )
