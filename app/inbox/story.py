"""A conversation's timeline: its messages, merged with the events around them."""

from __future__ import annotations

import json

from app.base import clock
from app.base.message import Addressee
from app.inbox import moderated
from app.inbox.addressing import ROLES, Letter, in_envelope
from app.inbox.elsewhere import sentences
from app.inbox.half_sent import only_files
from app.inbox.reactions import reactions
from app.inbox.rows import Alteration, AttachedFile, Line
from app.mail.calendar import Time
from app.mail.headers import same_subject
from app.mail.put_in import as_shown
from app.mail.quotes import Piece, answers_within, pieces
from app.store.sqlite import Connection

_MAX_EARLIER = 40  # messages that may be what a letter quotes


def lines(conn: Connection, number: int, most: int, ours: str) -> list[Line]:
    """The latest `most` messages, with all hand-offs, gifts, promises, works and unsent replies; oldest first."""
    messages = _messages(conn, number, most, ours)
    return sorted([*messages, *_events(conn, number, ours)], key=lambda line: (line.at, line.kind != "said", line.id))


def _messages(conn: Connection, number: int, most: int, ours: str) -> list[Line]:
    rows = conn.execute(
        "SELECT m.kind, m.id, m.at, m.text, m.out, coalesce(nullif(nullif(m.envelope, '') ->> '$.from[0][0]', ''),"
        "   nullif(p.name, ''), i.handle, ''), i.member_id,"
        " m.edited_at IS NOT NULL, m.gone_at IS NOT NULL, m.upstream, m.quiet, m.failed, m.mailbox,"
        " coalesce(nullif(m.envelope, '') ->> '$.subject', ''), c.title, m.envelope,"
        " nullif(m.envelope, '') ->> '$.undated', nullif(m.envelope, '') ->> '$.charset',"
        " nullif(m.envelope, '') ->> '$.forward' AS forward, m.left_out <> '',"
        " m.protection, nullif(m.envelope, '') ->> '$.pictures',"
        " m.solution, m.account_id, m.identity_id"
        " FROM message m JOIN conversation c ON c.id = m.conversation_id"
        " LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id"
        " WHERE m.conversation_id = ? ORDER BY m.at DESC, m.id DESC LIMIT ?",
        (number, most),
    ).fetchall()
    every = [row["id"] for row in rows]
    last_out = max((row["at"] for row in rows if row["out"]), default=0)
    files, deeds, answered = _files(conn, every), moderated.deeds(conn, every), _addressees(conn, every)
    bars = moderated.bars(conn, clock.now())
    ours_too = json.dumps([row["id"] for row in rows if row["out"]])
    reacted = reactions(conn, json.dumps([row["id"] for row in rows if not row["out"]]))
    helped = _helped(conn, every)
    (altered, withdrawn), versions = _alterations(conn, ours_too), _versions(conn, ours_too)
    texts = {row["id"]: as_shown(row["text"], row["protection"], _times(row["envelope"])) for row in rows}
    quoted = _quoted([(row["id"], row["kind"], texts[row["id"]], bool(row["forward"])) for row in rows])
    return [
        Line(
            kind, message, at, texts[message], bool(out), ours if out else author, None if out else member,
            edited=bool(edited), gone=bool(gone), files=tuple(files.get(message, ())), upstream=upstream,
            deed=deeds.get(message, {}).get(moderated.MESSAGE),
            to=answered.get(message, ""), quiet=quiet, failed=failed, letter=in_envelope(envelope, out=bool(out)),
            alteration=altered.get(message), versions=tuple(versions.get(message, ())), withdrawn=message in withdrawn,
            mailbox=sentences(mailbox, answered_here=last_out >= at) if mailbox else (),
            subject="" if same_subject(subject, title) else subject,
            undated=bool(undated), charset=charset or "", reactions=reacted.get(message, ()),
            pieces=quoted.get(message, ()), left_out=bool(left_out),
            protection=protection, remote=int(remote or 0), solution=bool(solution),
            deeds=tuple(deed for what, deed in deeds.get(message, {}).items() if what != moderated.MESSAGE),
            bar=None if out else moderated.bar_of(bars, account, identity, number), helped=helped.get(message, ""),
        )
        for (
            kind, message, at, _, out, author, member, edited, gone, upstream, quiet, failed, mailbox, subject,
            title,
            envelope, undated, charset, _, left_out, protection, remote, solution, account, identity,
        ) in rows
    ]  # fmt: skip


def _helped(conn: Connection, messages: list[int]) -> dict[int, str]:
    """Whom a message helped, by its id: the name of the member who had asked."""
    rows = conn.execute(
        "SELECT h.id, coalesce(nullif(q.name, ''), nullif(o.name, ''), o.handle) FROM help h"
        " JOIN identity i ON i.id = h.identity_id JOIN identity o ON o.id = h.helped_identity_id"
        " JOIN member q ON q.id = o.member_id"
        " WHERE h.id IN (SELECT value FROM json_each(?)) AND i.member_id <> o.member_id",
        (json.dumps(messages),),
    )
    return {message: str(name) for message, name in rows}


def _times(envelope: str) -> list[Time]:
    """When the events of a letter are, from the column `message.envelope`."""
    return [Time(*time) for time in json.loads(envelope).get("times", ())] if '"times":' in envelope else []


def _quoted(messages: list[tuple[int, str, str, bool]]) -> dict[int, tuple[Piece, ...]]:
    """The pieces of those messages that quote, by id; `messages` are id, kind, text, and whether it was passed on.

    They come latest first: what somebody typed into a quotation without marks is told by the messages before it.
    """
    quoted: dict[int, tuple[Piece, ...]] = {}
    for at, (number, kind, text, forwarded) in enumerate(messages):
        found = pieces(text, forwarded=forwarded) if kind != "unreadable" else ()
        if found:
            earlier = (text for _, _, text, _ in messages[at + 1 :][:_MAX_EARLIER])
            quoted[number] = answers_within(text, found, earlier)
    return quoted


def _files(conn: Connection, messages: list[int]) -> dict[int, list[AttachedFile]]:
    """Attachments by message id."""
    files: dict[int, list[AttachedFile]] = {}
    rows = conn.execute(
        "SELECT message_id, id, name, size, type, content_id <> '', sha256 <> x'', section <> '', removed_at"
        " FROM attachment"
        " WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(messages),),
    )
    for message, attachment, name, size, kind, in_words, here, at_server, removed in rows:
        file = AttachedFile(attachment, name, size, kind, bool(in_words), bool(here), bool(at_server), removed)
        files.setdefault(message, []).append(file)
    return files


def _addressees(conn: Connection, messages: list[int]) -> dict[int, str]:
    """Name of the person whom each message of ours answers, by message id; absent if it answers nobody."""
    rows = conn.execute(
        "SELECT m.id, coalesce(nullif(q.name, ''), nullif(t.name, ''), t.handle)"
        " FROM json_each(?) j CROSS JOIN message m ON m.id = j.value AND m.out = 1"
        " LEFT JOIN outbox o ON o.message_id = m.id"
        " LEFT JOIN message a ON o.id IS NULL AND a.account_id = m.account_id AND a.remote_id = m.parent_id"
        "   AND a.conversation_id = m.conversation_id"
        " JOIN identity t ON t.id = coalesce(o.identity_id, a.identity_id) LEFT JOIN member q ON q.id = t.member_id",
        (json.dumps(messages),),
    )
    return dict(rows)


def _alterations(conn: Connection, messages: str) -> tuple[dict[int, Alteration], set[int]]:
    """The latest correction or withdrawal that is not done, by message id; and the messages that we withdrew.

    `messages` are ids, in JSON.
    """
    rows = conn.execute(
        "SELECT about_id, id, purpose, state, text, error FROM outbox WHERE purpose IN ('correct', 'withdraw')"
        " AND state <> 'discarded' AND about_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (messages,),
    ).fetchall()
    latest = {message: Alteration(*row) for message, *row in rows}  # a later one that is done settles an earlier one
    return (
        {message: one for message, one in latest.items() if one.state != "sent"},
        {row["about_id"] for row in rows if row["purpose"] == "withdraw" and row["state"] == "sent"},
    )


def _versions(conn: Connection, messages: str) -> dict[int, list[tuple[str, int]]]:
    """How messages of ours read before they were corrected, and until when (Unix seconds), by message id."""
    versions: dict[int, list[tuple[str, int]]] = {}
    rows = conn.execute(
        "SELECT message_id, text, until FROM message_version WHERE message_id IN (SELECT value FROM json_each(?))"
        " ORDER BY until, id",
        (messages,),
    )
    for message, text, until in rows:
        versions.setdefault(message, []).append((text, until))
    return versions


def _events(conn: Connection, number: int, ours: str) -> list[Line]:
    """The conversation's hand-offs, gifts and promises, and replies that are not sent."""
    rows = conn.execute(
        "SELECT 'handoff', h.id, h.opened_at, h.ask, coalesce(t.name, ''),"
        " CASE WHEN h.status = 'sent' AND h.exported_at IS NULL THEN 'to_send' ELSE h.status END,"
        " coalesce(h.needed_by, ''),"
        " NULL, NULL, '[]' FROM handoff h"
        " LEFT JOIN teammate t ON t.id = h.teammate_id WHERE h.conversation_id = :c"
        " UNION ALL SELECT 'gift', id, created_at, item, '', state, why, NULL, NULL, '[]' FROM gift"
        " WHERE conversation_id = :c"
        " UNION ALL SELECT 'promise', id, at, what, '', CASE WHEN kept_at IS NOT NULL THEN 'kept'"
        " WHEN dropped_why <> '' THEN 'dropped' ELSE 'open' END,"
        " coalesce(due_on, ''), NULL, NULL, '[]'"
        " FROM promise WHERE conversation_id = :c"
        " UNION ALL SELECT 'work', w.id, w.created_at, w.title, w.kind, CASE WHEN w.state = 'granted'"
        " AND w.until_on <> '' AND w.until_on < :today THEN 'expired' ELSE w.state END,"
        " CASE WHEN w.state = 'granted' THEN w.until_on ELSE '' END, NULL, NULL, '[]'"
        " FROM work w JOIN message b ON b.id = w.message_id WHERE b.conversation_id = :c"
        " UNION ALL SELECT 'outbox', id, created_at, text, '', state, error,"
        " CASE WHEN later AND state = 'held' THEN held_until END, after_id, receivers FROM outbox"
        " WHERE conversation_id = :c AND state NOT IN ('sent', 'discarded')"
        " AND purpose IN ('reply', 'new', 'forward')",
        {"c": number, "today": clock.local(clock.now()).date().isoformat()},
    )
    there = only_files(conn, number)
    return [
        Line(
            kind, number, at, there.get(number, text) if kind == "outbox" else text, kind == "outbox",
            ours if kind == "outbox" else author, state=state, extra=extra,
            due=due, after=after, letter=_outgoing(receivers),
        )
        for kind, number, at, text, author, state, extra, due, after, receivers in rows
    ]  # fmt: skip


def _outgoing(receivers: str) -> Letter:
    """Whom a letter that is not sent goes to, from the column `outbox.receivers`."""
    boxes = [Addressee(*box) for box in json.loads(receivers)]
    to, cc, bcc = (tuple(box for box in boxes if box.role == role) for role in ROLES)
    return Letter(to, cc, bcc)
