"""Writes the `message` table with its index entries, attachments, and raw bytes of unreadable mails.

All functions run in the transaction of the caller: intake, sending, moderation, or undoing an import.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from app.base.message import KEPT_MAX, Attached, Incoming, Report
from app.base.pictures import without_files
from app.base.text import words
from app.intake import files, originals
from app.store import index
from app.store.sqlite import Connection


class NewMessage(NamedTuple):
    """A message to insert, in the order of the table's columns."""

    id: int
    conversation_id: int
    account_id: int
    remote_id: str | None
    parent_id: str | None
    identity_id: int | None
    out: bool
    at: int
    kind: str
    text: str
    language: str
    url: str
    upstream: str = ""
    batch_id: int | None = None
    addressed: str = ""
    quiet: str = ""
    envelope: str = ""
    mailbox: str = ""
    left_out: str = ""
    protection: str = ""
    solution: bool = False


_COLUMNS, _MARKS = ", ".join(NewMessage._fields), ", ".join("?" * len(NewMessage._fields))


def insert(conn: Connection, new: Sequence[NewMessage]) -> None:
    """Insert messages and index them; their conversations and identities must exist."""
    conn.executemany(f"INSERT INTO message ({_COLUMNS}) VALUES ({_MARKS})", new)
    index.add(conn, sorted(_entries(conn, new)))


def _entries(conn: Connection, new: Sequence[NewMessage]) -> list[tuple[int, str]]:
    """Their index entries, built from stored rows, so that `words_of` can rebuild the same text to remove it."""
    titles = dict(
        conn.execute(
            "SELECT id, title FROM conversation WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list({message.conversation_id for message in new})),),
        ).fetchall()
    )
    names = dict(
        conn.execute(
            "SELECT id, name FROM identity WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list({message.identity_id for message in new})),),
        ).fetchall()
    )
    return [
        (
            message.id,
            index.entry(
                message.account_id,
                message.identity_id,
                titles[message.conversation_id],
                names.get(message.identity_id, ""),
                message.text,
                index.envelope_words(message.envelope),
            ),
        )
        for message in new
    ]


def insert_own(conn: Connection, new: NewMessage, template_id: int | None) -> None:
    """Insert and index a message that we sent; `template_id` is dropped if the template is gone."""
    conn.execute(
        f"INSERT INTO message ({_COLUMNS}, template_id) VALUES ({_MARKS}, (SELECT id FROM template WHERE id = ?))",
        (*new, template_id),
    )
    remember_words(conn, new.id)


def set_template(conn: Connection, number: int, template_id: int | None) -> None:
    """Set the template that a message of ours was made from."""
    conn.execute("UPDATE message SET template_id = ? WHERE id = ?", (template_id, number))


def name(conn: Connection, number: int, remote_id: str, url: str) -> None:
    """Set the channel's id of a message of ours that had none, and its page if that wasn't known ("" if it isn't)."""
    conn.execute(
        "UPDATE message SET remote_id = ?1, url = coalesce(nullif(url, ''), ?2) WHERE id = ?3 AND remote_id IS NULL",
        (remote_id, url, number),
    )


def note_gone(conn: Connection, number: int, at: int | None) -> None:
    """Set when a message was found deleted at its channel, None if it is there again. We keep its text."""
    conn.execute("UPDATE message SET gone_at = ? WHERE id = ?", (at, number))


def note_failed(conn: Connection, account_id: int, report: Report) -> None:
    """Note on a letter of ours that it was not delivered, to whom, and what the server said: a line each."""
    words = report.words or report.status
    conn.execute(
        "UPDATE message SET failed = ? WHERE account_id = ? AND remote_id = ? AND out = 1",
        (f"{report.address}\n{words}", account_id, report.letter),
    )


def set_quiet(conn: Connection, number: int, why: str) -> None:
    """Set why nobody waits for an answer to a message; "" where somebody may."""
    conn.execute("UPDATE message SET quiet = ? WHERE id = ?", (why, number))


def give(conn: Connection, number: int, identity: int) -> None:
    """Make a quiet message that identity's word."""
    index.remove(conn, [(number, words_of(conn, number))])
    conn.execute("UPDATE message SET quiet = '', identity_id = ? WHERE id = ?", (identity, number))
    index.add(conn, [(number, words_of(conn, number))])


def note_mailbox(conn: Connection, words: Iterable[tuple[int, str]]) -> None:
    """Set what other mail programs did with letters: (message id, the column's text; see `app.inbox.elsewhere`)."""
    conn.executemany("UPDATE message SET mailbox = ?2 WHERE id = ?1", words)


def move(
    conn: Connection, numbers: Collection[int], conversation: int, subject: str = "", heard: Collection[int] = ()
) -> None:
    """Move messages to another conversation. Their subject was `subject`, unless they keep one that is their own.

    Those in `heard` are not quiet there. Each message is updated once, so that an undo finds the index as it was.
    """
    # `|| ''` makes a text of SQLite's JSON, which an undo would otherwise record as an object.
    moved = sorted(numbers)
    before = [(number, words_of(conn, number)) for number in moved]
    quiet = "CASE WHEN id IN (SELECT value FROM json_each(?4)) THEN '' ELSE quiet END"
    values = (conversation, subject, json.dumps(moved), json.dumps(sorted(heard)))
    conn.execute(
        f"UPDATE message SET conversation_id = ?1, quiet = {quiet},"
        " envelope = CASE WHEN ?2 = '' OR envelope ->> '$.subject' <> ''"
        " THEN envelope ELSE json_set(envelope, '$.subject', ?2) || '' END"
        " WHERE id IN (SELECT value FROM json_each(?3)) AND envelope <> ''",
        values,
    )
    conn.execute(
        f"UPDATE message SET conversation_id = ?1, quiet = {quiet},"
        " envelope = CASE WHEN ?2 = '' THEN '' ELSE json_object('subject', ?2) || '' END"
        " WHERE id IN (SELECT value FROM json_each(?3)) AND conversation_id <> ?1",
        values,
    )
    after = [(number, words_of(conn, number)) for number in moved]
    if after != before:  # the same where both conversations have one title
        index.remove(conn, before)
        index.add(conn, after)


def become(conn: Connection, number: int, conversation: int, account_id: int, item: Incoming, identity: int) -> None:
    """Make a letter the message on another account that it tells of, in that conversation, and reindex it.

    What was peculiar to the letter goes, but for what the message is called, where its conversation is called else. It
    is one update, so that an undo finds the index as it was before.
    """
    title = str(conn.execute("SELECT title FROM conversation WHERE id = ?", (conversation,)).fetchone()[0])
    envelope = "" if item.title in ("", title) else json.dumps({"subject": item.title}, ensure_ascii=False)
    index.remove(conn, [(number, words_of(conn, number))])
    conn.execute(
        "UPDATE message SET conversation_id = ?, account_id = ?, parent_id = NULL, identity_id = ?, text = ?,"
        " language = ?, url = ?, quiet = '', mailbox = '', envelope = ? WHERE id = ?",
        (conversation, account_id, identity, item.text, item.language, item.url, envelope, number),
    )
    index.add(conn, [(number, words_of(conn, number))])
    conn.execute("DELETE FROM letter_place WHERE message_id = ?", (number,))


def reassign(conn: Connection, numbers: Iterable[int], identity: int) -> None:
    """Make these messages another identity's, and reindex them."""
    for number in sorted(numbers):
        index.remove(conn, [(number, words_of(conn, number))])
        conn.execute("UPDATE message SET identity_id = ? WHERE id = ?", (identity, number))
        index.add(conn, [(number, words_of(conn, number))])


def note_upstream(conn: Connection, number: int, upstream: str) -> None:
    """Set a message's state at its channel."""
    conn.execute("UPDATE message SET upstream = ? WHERE id = ?", (upstream, number))


def note_moderated(conn: Connection, number: int | None, upstream: str, at: int) -> None:
    """Apply a moderation that was carried out: sets `upstream`, and sets or clears `gone_at` (Unix seconds)."""
    conn.execute(
        "UPDATE message SET upstream = ?1, gone_at = CASE WHEN ?1 = 'deleted' THEN ?2"
        " WHEN upstream = 'deleted' THEN NULL ELSE gone_at END WHERE id = ?3",
        (upstream, at, number),
    )


def note_solution(conn: Connection, number: int, *, solution: bool) -> None:
    """Mark a message as its conversation's solution, which no other of its messages is then; or take the mark away."""
    conn.execute(
        "UPDATE message SET solution = (id = ?1 AND ?2) WHERE conversation_id ="
        " (SELECT conversation_id FROM message WHERE id = ?1) AND (id = ?1 OR (?2 AND solution = 1))",
        (number, solution),
    )


def edit(conn: Connection, number: int, text: str, at: int) -> None:
    """Replace a message's text by the channel's current one, and reindex it."""
    index.remove(conn, [(number, words_of(conn, number))])
    conn.execute("UPDATE message SET text = ?, edited_at = ? WHERE id = ?", (text, at, number))
    index.add(conn, [(number, words_of(conn, number))])


def correct(conn: Connection, number: int, text: str, at: int) -> None:
    """Give a message of ours other words; how it read before is kept. One that reads so already stays as it is."""
    (before,) = conn.execute("SELECT text FROM message WHERE id = ?", (number,)).fetchone()
    if before.split() != text.split():
        conn.execute("INSERT INTO message_version (message_id, text, until) VALUES (?, ?, ?)", (number, before, at))
    edit(conn, number, text, at)


def set_language(conn: Connection, number: int, language: str) -> None:
    """Say in which language a message is; reading it again does not change it."""
    conn.execute("UPDATE message SET language = ?, language_by_hand = 1 WHERE id = ?", (language, number))


def read_again(
    conn: Connection, number: int, text: str, language: str, envelope: str, left_out: str = "", protection: str = ""
) -> None:
    """Replace a mail's text by another reading of its bytes, and reindex it. It was not edited."""
    index.remove(conn, [(number, words_of(conn, number))])
    conn.execute(
        "UPDATE message SET kind = 'said', text = ?,"
        " language = iif(language_by_hand, language, ?), envelope = ?, left_out = ?, protection = ?"
        " WHERE id = ?",
        (text, language, envelope, left_out, protection, number),
    )
    index.add(conn, [(number, words_of(conn, number))])


def keep_extras(conn: Connection, extras: Iterable[tuple[int, Incoming]]) -> None:
    """Store attachments (see `app.intake.files`), and the bytes of mails that could not be read wholly."""
    for number, item in extras:
        originals.keep(conn, number, item)
        for file in item.attached:
            # Only of a letter that lies in a mailbox can a part be asked for.
            files.insert(conn, number, file if item.place is not None else file._replace(section=""), most=KEPT_MAX)


def keep_files(conn: Connection, number: int, sent: Sequence[Attached]) -> None:
    """Store the files of a message of ours, unless it has some already: its channel's own copy came with them."""
    if not sent or conn.execute("SELECT 1 FROM attachment WHERE message_id = ? LIMIT 1", (number,)).fetchone():
        return
    for file in sent:
        files.insert(conn, number, file)


def hand_over_files(conn: Connection, number: int, to: int) -> None:
    """Give the files of a message of ours to its channel's own copy, where that came without."""
    if conn.execute("SELECT 1 FROM attachment WHERE message_id = ? LIMIT 1", (to,)).fetchone() is None:
        conn.execute("UPDATE attachment SET message_id = ? WHERE message_id = ?", (to, number))


def unmark(conn: Connection, number: int, ours: str) -> None:
    """Let a message of ours read as we wrote it, where its channel's own copy names the files below its words."""
    text, most = conn.execute(
        "SELECT text, (SELECT count(*) FROM attachment WHERE message_id = m.id) FROM message m WHERE id = ?", (number,)
    ).fetchone()
    bare = without_files(text, most)
    if words(text) != words(ours) == words(bare):
        index.remove(conn, [(number, words_of(conn, number))])
        conn.execute("UPDATE message SET text = ? WHERE id = ?", (bare, number))
        index.add(conn, [(number, words_of(conn, number))])


def remove(conn: Connection, numbers: Collection[int]) -> None:
    """Delete messages, their index entries, and attached content that no other message has."""
    index.remove(conn, ((number, words_of(conn, number)) for number in sorted(numbers)))
    gone = json.dumps(list(numbers))
    contents = files.contents_of(conn, gone)
    conn.execute("DELETE FROM message WHERE id IN (SELECT value FROM json_each(?))", (gone,))
    files.forget_contents(conn, contents)


def leave_batch(conn: Connection, batch: int) -> None:
    """Detach the messages that are left of an undone import from it."""
    conn.execute("UPDATE message SET batch_id = NULL WHERE batch_id = ?", (batch,))


def words_of(conn: Connection, number: int) -> str:
    """The index entry of a stored message, rebuilt from its row exactly as `insert` made it."""
    account, identity, text, name, title, envelope = conn.execute(
        "SELECT m.account_id, m.identity_id, m.text, i.name, c.title, m.envelope FROM message m"
        " JOIN conversation c ON c.id = m.conversation_id LEFT JOIN identity i ON i.id = m.identity_id WHERE m.id = ?",
        (number,),
    ).fetchone()
    return index.entry(account, identity, title, name or "", text, index.envelope_words(envelope))


def forget_words(conn: Connection, number: int) -> None:
    """Remove a message's index entry, before its row is removed or changed by an undo or redo."""
    index.remove(conn, [(number, words_of(conn, number))])


def remember_words(conn: Connection, number: int) -> None:
    """Add a message's index entry, after it was inserted or restored."""
    index.add(conn, [(number, words_of(conn, number))])


def forget_originals(conn: Connection, numbers: Collection[int]) -> None:
    """Delete what is kept of these letters as they came; the messages stay."""
    conn.executemany("DELETE FROM raw WHERE message_id = ?", [(number,) for number in numbers])
