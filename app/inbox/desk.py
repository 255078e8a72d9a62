"""The inbox desk: lists, opening, done, snooze, marks, labels, drafts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from app.base import ids
from app.base.errors import NotFoundError, UserError
from app.base.text import preview
from app.base.words import N_, counted, forms, tr
from app.inbox import beside, conversations, drafts, labels, links
from app.inbox.addressing import Addressing, Letter, packed, unpacked
from app.inbox.beside import DraftChoice
from app.inbox.drafts import Draft
from app.inbox.elsewhere import also_in
from app.inbox.filtering import CAME_BACK, closed_on, tests_of
from app.inbox.letters import Letters
from app.inbox.names import SIGNED, questions
from app.inbox.owing import LetGo
from app.inbox.passed import passed_on
from app.inbox.receivers import BY_HAND, Receiver, chosen, receiver, speakers, written_to
from app.inbox.rows import ConversationRow, Opened, Query, Ref
from app.inbox.several import MAX_SNOOZES, Several, refuse_without_reason
from app.inbox.story import lines
from app.inbox.whereabouts import current, joined
from app.mail.quotes import first_words
from app.store.sqlite import Row, scalar
from app.store.store import Store

if TYPE_CHECKING:
    from app.inbox.questions import Questions
    from app.inbox.so_far import SoFar

STATES = ("needs_me", "waiting", "snoozed", "done", "quiet")
PAGE = 100
LATEST, EVERY = 200, 1_000_000
"""How many messages of a conversation are opened: the latest, or all that there are."""

_Titles = tuple[str, tuple[str, str]]
"""An action's title for one conversation, and both plural forms for several."""
_DONE: _Titles = (N_("Done: {title}"), forms("Done: {count} conversation", "Done: {count} conversations"))
_DONE_BECAUSE: _Titles = (
    N_("Done: {title} ({reason})"),
    forms("Done: {count} conversation ({reason})", "Done: {count} conversations ({reason})"),
)
_REOPENED: _Titles = (
    N_("Reopened: {title}"),
    forms("Reopened: {count} conversation", "Reopened: {count} conversations"),
)
_SNOOZED: _Titles = (N_("Snoozed: {title}"), forms("Snoozed: {count} conversation", "Snoozed: {count} conversations"))
_LABELLED: _Titles = (
    N_("Changed labels: {title}"),
    forms("Changed labels: {count} conversation", "Changed labels: {count} conversations"),
)
_MARKED: dict[tuple[str, bool], _Titles] = {
    ("unhappy", True): (
        N_("Marked unhappy: {title}"),
        forms("Marked unhappy: {count} conversation", "Marked unhappy: {count} conversations"),
    ),
    ("unhappy", False): (
        N_("No longer unhappy: {title}"),
        forms("No longer unhappy: {count} conversation", "No longer unhappy: {count} conversations"),
    ),
    ("hard", True): (
        N_("Marked difficult: {title}"),
        forms("Marked difficult: {count} conversation", "Marked difficult: {count} conversations"),
    ),
    ("hard", False): (
        N_("No longer difficult: {title}"),
        forms("No longer difficult: {count} conversation", "No longer difficult: {count} conversations"),
    ),
}
"""By the mark, and whether it was set."""
_ROW = f"""
SELECT c.id, c.title, i.member_id, coalesce({SIGNED}, nullif(p.name, ''),
    nullif(nullif(m.envelope, '') ->> '$.from[0][0]', ''),
    nullif(m.envelope, '') ->> '$.from[0][1]', '') AS member, a.name AS account, a.kind, c.public, c.state,
  substr(m.text, 1, 20000) AS preview, c.last_out, c.last_at, c.waiting_since, c.snoozed_until, c.unread, c.unhappy,
  c.hard,
  (SELECT count(*) FROM handoff h WHERE h.conversation_id = c.id AND h.closed_at IS NULL) AS handoffs,
  (SELECT count(*) FROM gift g WHERE g.conversation_id = c.id) AS gifts,
  coalesce(nullif(c.language, ''), p.language, '') AS language, c.messages,
  (SELECT count(*) FROM outbox o WHERE o.conversation_id = c.id AND o.state IN ('failed', 'undecided')) AS unsent,
  c.post_title, m.upstream IS 'held' AS held,
  (SELECT min(o.held_until) FROM outbox o WHERE o.conversation_id = c.id AND o.state = 'held' AND o.later) AS due,
  EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.state = 'queued'
    AND o.purpose IN ('reply', 'new', 'forward')) AS queued,
  coalesce(m.out, 0) AS ours,
  (SELECT max(instr(f.mailbox, 'flagged') > 0) + 2 * max(f.upstream = 'reported') + 4 * max(f.solution)
    FROM message f WHERE f.conversation_id = c.id) AS flags,
  CASE WHEN m.out = 0 AND w.id <> c.identity_id AND w.member_id IS NOT i.member_id THEN coalesce(nullif(
    nullif(m.envelope, '') ->> '$.from[0][0]', ''), nullif(q.name, ''), nullif(w.name, ''), w.handle) END AS writer,
  c.locked, coalesce((SELECT substr(text, 1, 300) FROM draft WHERE conversation_id = c.id),
    (SELECT substr(text, 1, 300) FROM draft_beside WHERE conversation_id = c.id), ''),
  coalesce(substr(p.note, 1, 200), ''),
  (SELECT json_group_array(json_array(l.name, l.colour)) FROM conversation_label cl JOIN label l ON l.id = cl.label_id
    WHERE cl.conversation_id = c.id) AS labels, c.account_id,
  c.closed_itself_at IS NOT NULL AND c.state = 'done', {CAME_BACK},
  (SELECT count(*) FROM promise r WHERE r.conversation_id = c.id AND r.kept_at IS NULL AND r.dropped_why = ''),
  (SELECT min(r.due_on) FROM promise r WHERE r.conversation_id = c.id AND r.kept_at IS NULL AND r.dropped_why = ''),
  {BY_HAND} AND EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id
    AND o.state IN ('queued', 'undecided') AND o.purpose IN ('reply', 'new', 'forward')),
  c.closes_at, (SELECT by_name FROM passed_on x WHERE x.conversation_id = c.id)
FROM json_each(?) j CROSS JOIN conversation c ON c.id = j.value CROSS JOIN account a ON a.id = c.account_id
LEFT JOIN identity i ON i.id = c.identity_id LEFT JOIN member p ON p.id = i.member_id
LEFT JOIN message m ON m.id = c.last_message_id
LEFT JOIN identity w ON w.id = m.identity_id LEFT JOIN member q ON q.id = w.member_id
"""
_OPENED = """
SELECT c.account_id, a.mode, coalesce(nullif(a.speaks_as, ''), (SELECT value FROM setting WHERE key = 'speaks_as'),
  (SELECT value FROM setting WHERE key = 'community'), ''), c.post_title, c.post_url, c.url,
  coalesce((SELECT text FROM draft WHERE conversation_id = c.id), ''), c.post_text,
  (SELECT count(*) FROM conversation o WHERE o.account_id = c.account_id AND o.post_url = c.post_url
    AND o.post_url <> '' AND o.id <> c.id),
  (SELECT answers_id FROM draft WHERE conversation_id = c.id),
  coalesce((SELECT addressing FROM draft WHERE conversation_id = c.id), ''), c.remote_id IS NULL,
  (SELECT count(*) FROM outgoing_file WHERE conversation_id = c.id),
  coalesce((SELECT max(id) FROM letter_draft WHERE linked_id = c.id), 0), coalesce(a.facts ->> '$.may', '')
FROM conversation c JOIN account a ON a.id = c.account_id WHERE c.id = ?
"""
_OTHERS = """
SELECT o.id FROM conversation c CROSS JOIN conversation o ON o.id IN (
  SELECT m.conversation_id FROM message t JOIN identity i ON i.id = t.identity_id
    JOIN identity s ON s.member_id = i.member_id JOIN message m ON m.identity_id = s.id WHERE t.conversation_id = :c
  UNION SELECT id FROM (SELECT id FROM conversation WHERE state <> 'empty' ORDER BY last_at DESC, id DESC LIMIT 200))
WHERE c.id = :c AND o.id <> :c AND o.messages > 0
ORDER BY o.title = c.title DESC, o.identity_id IS c.identity_id DESC, o.last_at DESC, o.id DESC LIMIT :most
"""


class Inbox:
    """Conversations, and the person's decisions about them."""

    def __init__(
        self, store: Store, block_end: Callable[[int], int] | None = None, let_answers_go: LetGo | None = None
    ) -> None:
        """Thread-safe for reading; every decision is one undoable action.

        `block_end` says when the working block after a time ends (Unix seconds); `let_answers_go` closes the hand-offs
        of a conversation whose answer its member will not hear.
        """
        self._store, self._block_end, self._let_answers_go = store, block_end, let_answers_go
        self.letters, self.drafts, self.several = Letters(store), DraftChoice(store), Several(store, self.snooze)

    @cached_property
    def questions(self) -> Questions:
        """Questions of ours that nobody answered."""
        from app.inbox.questions import Questions, a_day_later  # noqa: PLC0415  the first paint does without

        return Questions(self._store, self.rows, self._block_end or a_day_later)

    def counts(self, account_id: int | None = None) -> dict[str, int]:
        """Number of conversations per state; read from a tally kept by triggers, so it is fast at any size."""
        rows = self._store.read.execute(
            "SELECT state, sum(n) FROM tally WHERE account_id = coalesce(?, account_id) GROUP BY state", (account_id,)
        )
        numbers = dict(tuple(row) for row in rows)
        return {state: int(numbers.get(state, 0)) for state in STATES}

    def refs(self, query: Query, limit: int = PAGE, after: Ref | None = None) -> list[Ref]:
        """A page of a list: the conversations after `after` in the list's order (keyset pagination, no offset)."""
        first = query.state == "needs_me"
        key = "c.waiting_since" if first else "c.last_at"
        tests, values = tests_of(query)
        if after is not None:
            tests.append(f"({key}, c.id) {'>' if first else '<'} (?, ?)")
            values += [after.sort, after.id]
        order = f"{key}, c.id" if first else f"{key} DESC, c.id DESC"
        # The planner prefers the index of all states and then sorts: 3.5 ms at a million messages, 0.06 with this one.
        by = " INDEXED BY conversation_waiting" if first else ""
        sql = f"SELECT c.id, {key} FROM conversation c{by} WHERE {' AND '.join(tests)} ORDER BY {order} LIMIT ?"
        return [Ref(number, sort or 0) for number, sort in self._store.read.execute(sql, (*values, limit))]

    def count(self, query: Query, most: int) -> int:
        """How many conversations a list has, at most `most`."""
        tests, values = tests_of(query)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM conversation c WHERE {' AND '.join(tests)} LIMIT ?)"
        return int(scalar(self._store.read, sql, (*values, most)))

    def closed_themselves(self, now: int) -> list[ConversationRow]:
        """What closed by itself on the local day of `now` (Unix seconds), and is closed still; the latest first."""
        return self.rows(closed_on(self._store.read, now))

    def rows(self, numbers: Sequence[int]) -> list[ConversationRow]:
        """The rows of these conversations, in the given order; deleted ones are skipped."""
        return [_row(row) for row in self._store.read.execute(_ROW, (json.dumps(list(numbers)),))]

    def current(self, number: int) -> int:
        """Where a conversation's messages are now: its own id, or that of the one that it was joined into."""
        return current(self._store.read, number)

    def row(self, number: int) -> ConversationRow:
        """The row of one conversation, or of the one that it was joined into. Raises NotFoundError if there is none."""
        rows = self.rows([self.current(number)])
        if not rows:
            msg = tr("There's no conversation {id}.").format(id=ids.display("C", number))
            raise NotFoundError(msg)
        return rows[0]

    def open(self, number: int, most: int = LATEST) -> Opened:
        """The conversation with its `most` latest messages and the events around them. Does not mark it as read.

        One that was joined into another opens as that one. Raises NotFoundError if there is none.
        """
        row = self.row(number)
        number = row.id
        conn = self._store.read
        (
            account, mode, speaks_as, title, url, page, draft, text, neighbours, answers, addressing, letters, files,
            private, may,
        ) = conn.execute(_OPENED, (number,)).fetchone()  # fmt: skip
        shown = tuple(lines(conn, number, most, speaks_as))
        return Opened(
            row=row,
            account_id=account,
            account_mode=mode,
            speaks_as=speaks_as,
            post_title=title,
            post_url=url,
            url=page,
            lines=shown,
            labels=self.labels(number),
            draft=draft,
            earlier=max(0, row.messages - most),
            post_text=text,
            beside=neighbours,
            speakers=speakers(conn, number),
            answering=written_to(conn, number, answers) if answers is not None and draft else None,
            addressing=unpacked(addressing) if draft else Addressing(),
            also_in=also_in(conn, number),
            links=links.links(conn, number),
            joined=joined(conn, number),
            is_of_letters=bool(letters),
            own=self.letters.own() if any(line.letter != Letter() for line in shown) else frozenset(),
            names=questions(conn, number),
            files=files,
            private_draft=private,
            may=frozenset(may.split()) or None,
            beside_draft=beside.every(conn, number),
            passed=passed_on(conn, number) if row.passed_on else None,
        )

    def so_far(self, number: int) -> SoFar:
        """What happened so far in a conversation, or in the one that it was joined into."""
        from app.inbox.so_far import so_far  # noqa: PLC0415  the first paint does without

        return so_far(self._store.read, self.current(number))

    def link(self, first: int, *others: int) -> None:
        """Link conversations about one matter to the first: each then shows the other. One action.

        Raises UserError if one is the first itself or linked to it already, NotFoundError if one does not exist.
        """
        one = self.row(first)
        shown = ids.display("C", one.id)
        with self._store.write(tr("Linked: {title}").format(title=one.title or one.member)) as conn:
            for other in map(self.row, others):
                if one.id == other.id:
                    raise UserError(tr("{id} can't be linked to itself.").format(id=shown))
                if not links.insert(conn, one.id, other.id, links.LINKED):
                    msg = tr("{first} and {second} are linked already.")
                    raise UserError(msg.format(first=shown, second=ids.display("C", other.id)))

    def unlink(self, first: int, second: int) -> None:
        """Remove the link between two conversations.

        Raises UserError if they are not linked, NotFoundError if one does not exist.
        """
        one, other = self.row(first), self.row(second)
        with self._store.write(tr("Unlinked: {title}").format(title=one.title or one.member)) as conn:
            if not links.remove(conn, one.id, other.id):
                msg = tr("{first} and {second} aren't linked.")
                raise UserError(msg.format(first=ids.display("C", one.id), second=ids.display("C", other.id)))

    def others(self, number: int, most: int = 30) -> list[ConversationRow]:
        """Conversations that this one may belong together with: of the same people or title first, then the latest."""
        rows = self._store.read.execute(_OTHERS, {"c": self.current(number), "most": most})
        return self.rows([row["id"] for row in rows])

    def conversation_of(self, message_id: int) -> int:
        """The id of a message's conversation. Raises NotFoundError if there is no such message."""
        row = self._store.read.execute("SELECT conversation_id FROM message WHERE id = ?", (message_id,)).fetchone()
        if row is None:
            msg = tr("There's no message {id}.").format(id=ids.display("M", message_id))
            raise NotFoundError(msg)
        return int(row["conversation_id"])

    def receiver(self, number: int, message_id: int) -> Receiver | None:
        """Whom a reply to this message goes to; None if it is ours, deleted, or of another conversation."""
        with suppress(UserError):
            return receiver(self._store.read, number, message_id)
        return None

    def message_from(self, number: int, whom: str) -> int:
        """The latest message there of a speaker given by name, address, handle, P-... or M-...; its id.

        Raises UserError if none or several match.
        """
        return chosen(self._store.read, number, whom)

    def labels(self, number: int) -> tuple[str, ...]:
        """The conversation's labels, sorted by name."""
        rows = self._store.read.execute(
            "SELECT l.name FROM label l JOIN conversation_label cl ON cl.label_id = l.id"
            " WHERE cl.conversation_id = ? ORDER BY l.name",
            (number,),
        )
        return tuple(row["name"] for row in rows)

    def shared_labels(self, numbers: Iterable[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Labels that all of these conversations have, and labels that only some have; both sorted by name."""
        each = [set(self.labels(number)) for number in numbers]
        every = set.intersection(*each) if each else set()
        return tuple(sorted(every)), tuple(sorted(set().union(*each) - every))

    def all_labels(self) -> list[str]:
        """All labels, sorted by name."""
        return [row["name"] for row in self._store.read.execute("SELECT name FROM label ORDER BY name")]

    def accounts(self) -> list[tuple[int, str]]:
        """Accounts that are not removed: (id, name) pairs, sorted by name."""
        rows = self._store.read.execute("SELECT id, name FROM account WHERE state <> 'removed' ORDER BY name")
        return [(row["id"], row["name"]) for row in rows]

    def next_needing(self, after: int | None = None, since: int | None = None) -> int | None:
        """The next conversation that needs a reply after `after`, in order of waiting time, wrapping around at the end.

        One whose reply is scheduled, or still to be posted, is passed over.

        Without `after`, the one that has waited longest. `since` is when `after` began to wait (Unix seconds), in case
        it has been answered meanwhile and waits no more. None if no other one needs a reply.
        """
        conn = self._store.read
        here = conn.execute(
            "SELECT waiting_since FROM conversation WHERE id = ? AND state = 'needs_me'", (after,)
        ).fetchone()
        at = here["waiting_since"] if here is not None else since
        below, values = ("AND (waiting_since, id) > (?, ?)", (at, after)) if at is not None else ("", ())
        sql = (
            "SELECT id FROM conversation c WHERE state = 'needs_me' AND id IS NOT ? {} AND NOT EXISTS (SELECT 1 FROM"
            " outbox o WHERE o.conversation_id = c.id AND o.state IN ('held', 'queued') AND o.purpose = 'reply')"
            " ORDER BY waiting_since, id LIMIT 1"
        )
        row = conn.execute(sql.format(below), (after, *values)).fetchone()
        if row is None and below:
            row = conn.execute(sql.format(""), (after,)).fetchone()
        return None if row is None else int(row["id"])

    def seen(self, number: int) -> None:
        """Mark as read. Not an action: there is nothing to undo."""
        row = self._store.read.execute("SELECT unread FROM conversation WHERE id = ?", (number,)).fetchone()
        if row is not None and row["unread"]:  # it may have been undone meanwhile
            with self._store.write() as conn:
                conn.execute("UPDATE conversation SET unread = 0 WHERE id = ?", (number,))

    def done(self, numbers: Iterable[int], *, reason: str = "", at: int | None = None) -> None:
        """Close conversations at `at` (Unix seconds, default now).

        `reason` is how an unhappy or difficult one was solved, or why a member doesn't hear a teammate's answer;
        UserError without. It becomes part of the action's title, so that it can be looked up later.
        """
        rows = [self.row(number) for number in numbers]
        refuse_without_reason(self._store.read, rows, reason)
        title = _title(_DONE_BECAUSE if reason.strip() else _DONE, rows, reason=preview(reason))
        with self._store.write(title) as conn:
            for row in rows:
                if reason.strip() and self._let_answers_go is not None:
                    self._let_answers_go(conn, row.id, reason, at)
                conversations.close(conn, row.id, at)
                if reason.strip():
                    conversations.solved(conn, row.id)

    def reopen(self, numbers: Iterable[int]) -> None:
        """Reopen conversations that are closed or snoozed."""
        rows = [self.row(number) for number in numbers]
        with self._store.write(_title(_REOPENED, rows)) as conn:
            conversations.reopen(conn, [row.id for row in rows])

    def snooze(self, numbers: Iterable[int], until: int) -> None:
        """Snooze conversations until `until` (Unix seconds).

        Raises UserError for the third snooze of an unhappy or difficult one.
        """
        rows = [self.row(number) for number in numbers]
        with self._store.write(_title(_SNOOZED, rows)) as conn:
            for row in rows:
                times = scalar(conn, "SELECT snoozes FROM conversation WHERE id = ?", (row.id,))
                if (row.unhappy or row.hard) and times >= MAX_SNOOZES:
                    msg = tr(
                        "“{title}” has already been snoozed twice. Reply, hand it off, or mark it done with a reason."
                    ).format(title=row.title)
                    raise UserError(msg)
                conn.execute(
                    "UPDATE conversation SET snoozed_until = ?, snoozes = snoozes + 1 WHERE id = ?", (until, row.id)
                )

    def wake(self, now: int) -> int:
        """Wake conversations whose snooze ended by `now` (Unix seconds), as unread; returns how many.

        Questions of ours that nobody answered come back as well.
        """
        self.questions.come_back(now)
        due = self._store.read.execute("SELECT id FROM conversation WHERE snoozed_until <= ?", (now,)).fetchall()
        if due:
            with self._store.write() as conn:
                conn.executemany(
                    "UPDATE conversation SET snoozed_until = NULL, unread = max(unread, 1) WHERE id = ?", due
                )
        return len(due)

    def mark(self, numbers: int | Iterable[int], mark: str, *, on: bool) -> None:
        """Set or clear the mark `unhappy` or `hard` on one or several conversations, as one action."""
        if mark not in ("unhappy", "hard"):
            msg = tr("“{mark}” isn't a mark. Choose unhappy or difficult.").format(mark=mark)
            raise UserError(msg)
        rows = self._rows_of(numbers)
        with self._store.write(_title(_MARKED[mark, on], rows)) as conn:
            conn.executemany(f"UPDATE conversation SET {mark} = ? WHERE id = ?", [(on, row.id) for row in rows])

    def toggle(self, numbers: Iterable[int], mark: str) -> bool:
        """Set the mark `unhappy` or `hard` on all of these, or clear it if all have it; returns the new value."""
        rows = self._rows_of(numbers)
        on = not all(row.unhappy if mark == "unhappy" else row.hard for row in rows)
        self.mark([row.id for row in rows], mark, on=on)
        return on

    def label(self, numbers: int | Iterable[int], add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Add labels to one or several conversations and remove others, as one action; unknown names create labels."""
        rows = self._rows_of(numbers)
        with self._store.write(_title(_LABELLED, rows)) as conn:
            for name in (name.strip() for name in add if name.strip()):
                labels.give(conn, [row.id for row in rows], name)
            for name in remove:
                conn.executemany(
                    "DELETE FROM conversation_label WHERE conversation_id = ?"
                    " AND label_id = (SELECT id FROM label WHERE name = ?)",
                    [(row.id, name) for row in rows],
                )

    def _rows_of(self, numbers: int | Iterable[int]) -> list[ConversationRow]:
        """The rows of one or several conversations, without duplicates. Raises NotFoundError if one does not exist."""
        wanted = [numbers] if isinstance(numbers, int) else list(dict.fromkeys(numbers))
        return [self.row(number) for number in wanted]

    def keep_draft(
        self,
        number: int,
        text: str,
        language: str = "",
        answers: int | None = None,
        addressing: Addressing | None = None,
        *,
        seen: str | None = None,
    ) -> None:
        """Save the draft, the message that it answers, and whom else it goes to; not an action.

        Blank text deletes it. `seen` is the draft that the writer knew of: other words that are there by now, of
        another window or program, are kept beside it (see `app.inbox.beside`); with None they are replaced. Of a
        conversation that was joined into another while this was written, it is kept behind the draft there.
        """
        with self._store.write() as conn:
            here = current(conn, number)
            draft = Draft(here, text, language, answers, addressing=packed(addressing or Addressing()))
            if here != number:
                drafts.append(conn, draft)
            else:
                beside.save_over(conn, draft, seen)


def _title(words: _Titles, rows: Sequence[ConversationRow], **values: str) -> str:
    """An action's title: for one conversation with its title, or else the member's name; for several their number."""
    for_one, several = words
    if len(rows) == 1:
        return tr(for_one).format(title=rows[0].title or rows[0].member, **values)
    return counted(len(rows), *several, **values)


def _row(row: Row) -> ConversationRow:
    """Convert a row of `_ROW`, whose columns are in the order of the class; access by name is ten times slower."""
    (
        number, title, member_id, member, account, kind, public, state, text, last_out, last_at, waiting_since,
        snoozed_until, unread, unhappy, hard, handoffs, gifts, language, messages, unsent, post_title, held, due,
        queued, ours, flags, writer, locked, draft, note, labelled, account_id, closed_itself, asked, promises,
        promised_on, to_post, told_closing, passed,
    ) = row  # fmt: skip
    return ConversationRow(
        number, title, member_id, member, account, kind, bool(public), state, first_words(text or ""), bool(last_out),
        last_at, waiting_since, snoozed_until, unread, bool(unhappy), bool(hard), handoffs, gifts, language, messages,
        unsent, post_title, bool(held), due, bool(queued), bool(ours), bool((flags or 0) & 1),
        writer or "", bool((flags or 0) & 2), bool((flags or 0) & 4), bool(locked), preview(draft), preview(note),
        () if labelled == "[]" else tuple(sorted((name, colour) for name, colour in json.loads(labelled))), account_id,
        bool(closed_itself), bool(asked), promises, bool(to_post), told_closing,
        promised_on or "", passed or "",
    )  # fmt: skip
