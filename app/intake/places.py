"""Where letters lie in mailboxes that other programs use too, and what those programs did with them.

Writes `letter_place`, and by it `message.mailbox`. All functions run in the transaction of the caller. What is done
with a letter elsewhere counts like a decision of the person's, but never undoes one made here: see
docs/decisions/0018-a-mailbox-that-others-use-too.md.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from app.base.message import DELETED, HERE, FolderChanges, Incoming
from app.inbox import conversations
from app.inbox.elsewhere import ANSWERED, AWAY, BACK, FLAGGED, MISSING, SEEN, has, packed, unpacked
from app.inbox.standing import recompute_standing, update_waiting_since
from app.intake import messages
from app.store.sqlite import Connection

_LETTERS = """
SELECT m.id, m.conversation_id, m.mailbox, m.at, m.out, p.flags,
  EXISTS (SELECT 1 FROM outbox o WHERE o.answers_id = m.id AND o.state IN ('sending', 'sent', 'undecided'))
  OR EXISTS (SELECT 1 FROM message a WHERE a.conversation_id = m.conversation_id AND a.out = 1 AND a.failed = ''
    AND (a.parent_id = m.remote_id OR a.at >= m.at)) AS answered_by_us
FROM json_each(?) j CROSS JOIN message m ON m.id = j.value LEFT JOIN letter_place p ON p.message_id = m.id
ORDER BY m.id
"""
_LATEST = """
SELECT m.id FROM message m WHERE m.conversation_id = ? AND m.out = 0
ORDER BY m.quiet NOT IN ('', 'failed'), m.at DESC, m.id DESC LIMIT 1
"""


class _Letter(NamedTuple):
    """A stored letter with the flags at each of its places, "" where it has none set, None where it has no place."""

    id: int
    conversation_id: int
    mailbox: str
    at: int
    out: bool
    flags: tuple[str | None, ...]
    answered_by_us: bool


def first_words(flags: Collection[str], at: int) -> str:
    """The column `message.mailbox` of a letter that comes in with these flags; it was written `at` (Unix seconds)."""
    return packed({word: at if word == ANSWERED else 0 for word in (SEEN, ANSWERED, FLAGGED) if word in flags})


def stored(conn: Connection, account_id: int, remote_ids: Collection[str]) -> frozenset[str]:
    """Those of the remote ids that the account has."""
    rows = conn.execute(
        "SELECT m.remote_id FROM json_each(?) j CROSS JOIN message m ON m.account_id = ? AND m.remote_id = j.value",
        (json.dumps(list(remote_ids)), account_id),
    )
    return frozenset(row["remote_id"] for row in rows)


def known(conn: Connection, account_id: int, items: Sequence[Incoming]) -> frozenset[int]:
    """The ids of those letters of others that are stored already."""
    return frozenset(_ids(conn, account_id, [item.remote_id for item in items]).values())


def _ids(conn: Connection, account_id: int, remote_ids: Collection[str]) -> dict[str, int]:
    """Message ids by remote id; letters of ours are left out, as nobody waits for what is done with those."""
    rows = conn.execute(
        "SELECT m.remote_id, m.id FROM json_each(?) j CROSS JOIN message m"
        " ON m.account_id = ? AND m.remote_id = j.value AND m.out = 0",
        (json.dumps(list(remote_ids)), account_id),
    )
    return dict(rows.fetchall())


def put(
    conn: Connection, account_id: int, home: int, items: Sequence[Incoming], before: frozenset[int], now: int
) -> set[int]:
    """Keep the places of letters that were just taken in from the account, stored under the account `home`.

    What follows from the flags of those that were stored `before` is noted; returns the ids of those that changed.
    """
    placed = [(item.remote_id, item.place) for item in items if item.place is not None]
    ids = _ids(conn, home, {remote_id for remote_id, _ in placed})
    conn.executemany(
        "INSERT OR REPLACE INTO letter_place VALUES (?, ?, ?, ?, ?)",
        [
            (account_id, place.folder, place.uid, ids[remote_id], _packed(place.flags))
            for remote_id, place in placed
            if remote_id in ids
        ],
    )
    return _refresh(conn, before, now)


def apply(conn: Connection, account_id: int, changes: FolderChanges, now: int) -> set[int]:
    """Note what other programs did in a folder of the account; returns the ids of the letters that they did it to."""
    folder = changes.folder
    if changes.anew:
        conn.execute("DELETE FROM letter_place WHERE account_id = ? AND folder = ?", (account_id, folder))
        return set()
    _place_known(conn, account_id, changes)
    gone = _gone(conn, account_id, changes)
    conn.executemany(
        "DELETE FROM letter_place WHERE account_id = ? AND folder = ? AND uid = ?",
        [(account_id, folder, uid) for uid, _ in gone],
    )
    flags = json.dumps({uid: _packed(flags) for uid, flags in changes.flags.items()})
    marked = conn.execute(
        "SELECT p.uid, p.message_id, j.value AS flags FROM json_each(?) j CROSS JOIN letter_place p"
        " ON p.account_id = ? AND p.folder = ? AND p.uid = CAST(j.key AS INTEGER) WHERE p.flags <> j.value",
        (flags, account_id, folder),
    ).fetchall()
    conn.executemany(
        "UPDATE letter_place SET flags = ? WHERE account_id = ? AND folder = ? AND uid = ?",
        [(row["flags"], account_id, folder, row["uid"]) for row in marked],
    )
    return _refresh(conn, {number for _, number in gone} | {row["message_id"] for row in marked}, now)


def _place_known(conn: Connection, account_id: int, changes: FolderChanges) -> None:
    """Keep the places of letters that were stored before places were."""
    if not changes.letters:
        return
    named = json.dumps({uid: number for uid, number in changes.letters.items() if uid in changes.flags})
    known = conn.execute(
        "SELECT CAST(j.key AS INTEGER) AS uid, m.id FROM json_each(?) j CROSS JOIN message m"
        " ON m.account_id = ? AND m.remote_id = j.value AND m.out = 0",
        (named, account_id),
    ).fetchall()
    conn.executemany(
        "INSERT OR IGNORE INTO letter_place VALUES (?, ?, ?, ?, '')",
        [(account_id, changes.folder, row["uid"], row["id"]) for row in known],
    )


def _gone(conn: Connection, account_id: int, changes: FolderChanges) -> list[tuple[int, int]]:
    """UID and message id of each letter that is no longer in the folder."""
    within = "SELECT uid, message_id FROM letter_place WHERE account_id = ? AND folder = ? AND uid BETWEEN ? AND ?"
    gone = [tuple(row) for pair in changes.gone for row in conn.execute(within, (account_id, changes.folder, *pair))]
    if changes.listed is not None:
        known = conn.execute(within, (account_id, changes.folder, *changes.listed))
        gone += [tuple(row) for row in known if row["uid"] not in changes.flags]
    return [(uid, number) for uid, number in gone]


def missing(conn: Connection, account_id: int) -> list[str]:
    """The remote ids of the account's letters that are gone from where they were, and not yet known to be elsewhere."""
    rows = conn.execute(
        f"SELECT remote_id FROM message WHERE account_id = ? AND {has(MISSING)} ORDER BY id DESC", (account_id,)
    )
    return [row["remote_id"] for row in rows]


def settle(conn: Connection, account_id: int, found: Mapping[str, str], now: int) -> set[int]:
    """Note where missing letters are, by their remote ids; returns the ids of those that are away now."""
    rows = conn.execute(
        "SELECT m.id, m.remote_id, m.conversation_id, m.mailbox FROM json_each(?) j CROSS JOIN message m"
        " ON m.account_id = ? AND m.remote_id = j.value",
        (json.dumps(list(found)), account_id),
    ).fetchall()
    noted = []
    for number, remote_id, _, mailbox in rows:
        words = unpacked(mailbox)
        words.pop(MISSING, None)
        if found[remote_id] != HERE:
            words = _without(words, (*AWAY, BACK)) | {found[remote_id]: now}
        noted.append((number, packed(words)))
    messages.note_mailbox(conn, noted)
    for number, remote_id, conversation, _ in rows:
        if found[remote_id] != HERE:
            _close(conn, conversation, number, now)
    return {row["id"] for row in rows if found[row["remote_id"]] != HERE}


def _refresh(conn: Connection, numbers: Collection[int], now: int) -> set[int]:
    """Note what follows from the places of these letters as they are now; returns the ids of those that changed.

    Not of those that are missing: they count once they have been found.
    """
    changed, answered, read = list[tuple[int, str]](), set[int](), set[int]()
    for letter in _letters(conn, numbers):
        before = unpacked(letter.mailbox)
        words = _words(letter, before, now)
        if words == before:
            continue
        changed.append((letter.id, packed(words)))
        messages.note_mailbox(conn, changed[-1:])
        if ANSWERED in words and ANSWERED not in before:
            answered.add(letter.conversation_id)
        if SEEN in words and SEEN not in before:
            read.add(letter.conversation_id)
        if DELETED in words and DELETED not in before:
            _close(conn, letter.conversation_id, letter.id, now)
        if BACK in words and BACK not in before:
            _reopen(conn, letter.conversation_id, max(before.get(word, 0) for word in AWAY))
    if answered:
        recompute_standing(conn, answered)
        update_waiting_since(conn, list(answered))
    _note_read(conn, read)
    return {number for number, mailbox in changed if MISSING not in mailbox}


def _letters(conn: Connection, numbers: Collection[int]) -> Iterable[_Letter]:
    """The letters of others among these messages."""
    rows = conn.execute(_LETTERS, (json.dumps(list(numbers)),)).fetchall()
    flags: dict[int, list[str | None]] = {}
    for row in rows:
        flags.setdefault(row["id"], []).append(row["flags"])
    each = {row["id"]: row for row in rows if not row["out"]}
    for number, conversation, mailbox, at, out, _, by_us in each.values():
        yield _Letter(number, conversation, mailbox, at, bool(out), tuple(flags[number]), bool(by_us))


def _words(letter: _Letter, before: Mapping[str, int], now: int) -> dict[str, int]:
    """The words of a letter at these places; `before` are those until now."""
    there = [set(flags.split()) for flags in letter.flags if flags is not None]
    away = [word for word in AWAY if word in before]
    if not there:
        return dict(before) if away else {**before, MISSING: 0}
    words = _without(before, (SEEN, FLAGGED, MISSING))
    words |= {word: 0 for word in (SEEN, FLAGGED) if any(word in flags for flags in there)}
    if ANSWERED not in words and not letter.answered_by_us and any(ANSWERED in flags for flags in there):
        words[ANSWERED] = now
    if all(DELETED in flags for flags in there):
        return words if DELETED in words else _without(words, (*AWAY, BACK)) | {DELETED: now}
    return _without(words, AWAY) | {BACK: now} if away else words


def _without(words: Mapping[str, int], unwanted: Collection[str]) -> dict[str, int]:
    return {word: at for word, at in words.items() if word not in unwanted}


def _close(conn: Connection, conversation_id: int, message_id: int, now: int) -> None:
    """Close a conversation whose latest letter from others was taken away; not one that is snoozed or marked."""
    latest = conn.execute(_LATEST, (conversation_id,)).fetchone()
    state, unhappy, hard = conn.execute(
        "SELECT state, unhappy, hard FROM conversation WHERE id = ?", (conversation_id,)
    ).fetchone()
    is_open = state in ("needs_me", "waiting", "quiet") and not unhappy and not hard
    if is_open and latest is not None and latest["id"] == message_id:
        conversations.close(conn, conversation_id, now)


def _reopen(conn: Connection, conversation_id: int, closed_at: int) -> None:
    """Reopen a conversation that was closed because its letter was taken away, unless the person decided since."""
    row = conn.execute("SELECT closed, done_at FROM conversation WHERE id = ?", (conversation_id,)).fetchone()
    if row["closed"] and row["done_at"] == closed_at:
        conversations.reopen(conn, [conversation_id])


def _note_read(conn: Connection, numbers: Collection[int]) -> None:
    """Count as unread no more than what nobody has read in another program either."""
    rows = conn.execute(
        "SELECT c.id, (SELECT count(*) FROM message m WHERE m.conversation_id = c.id AND m.out = 0 AND m.quiet = ''"
        f" AND NOT {has(SEEN, 'm')}) AS unread FROM json_each(?) j CROSS JOIN conversation c ON c.id = j.value",
        (json.dumps(list(numbers)),),
    ).fetchall()
    conversations.lower_unread(conn, [(row["id"], row["unread"]) for row in rows])


def _packed(flags: Collection[str]) -> str:
    return " ".join(sorted(flags))


def other_mailboxes(conn: Connection, account_id: int) -> list[int]:
    """The other accounts of the same kind that are read from a server, in the order in which they were added."""
    rows = conn.execute(
        "SELECT o.id FROM account a JOIN account o ON o.kind = a.kind AND o.id <> a.id AND o.mode = 'live'"
        " AND o.state <> 'removed' WHERE a.id = ? ORDER BY o.id",
        (account_id,),
    )
    return [row["id"] for row in rows]


def homes(
    conn: Connection, account_id: int, items: Sequence[Incoming], copies: Mapping[str, int]
) -> dict[int, list[Incoming]]:
    """The letters by the account to store them under.

    That is another one for `copies` (remote id -> account), and for what answers a letter that lies here as well, but
    is stored there: the conversation goes on where it began.
    """
    refs = {ref for item in items for ref in item.refs}
    there = dict(copies)
    there.update(
        conn.execute(
            "SELECT m.remote_id, m.account_id FROM account a CROSS JOIN json_each(?) j CROSS JOIN message m"
            " ON m.account_id = a.id AND m.remote_id = j.value WHERE a.id <> ? AND a.mode = 'live'"
            " AND a.state <> 'removed'"
            " AND EXISTS (SELECT 1 FROM letter_place p WHERE p.message_id = m.id AND p.account_id = ?)",
            (json.dumps(list(refs)), account_id, account_id),
        ).fetchall()
    )
    sorted_out: dict[int, list[Incoming]] = {account_id: []}
    for item in sorted(items, key=lambda item: item.at):
        home = there.get(item.remote_id) or next(
            (there[ref] for ref in reversed(item.refs) if ref in there), account_id
        )
        if home != account_id:
            there[item.remote_id] = home
        sorted_out.setdefault(home, []).append(item)
    return sorted_out
