"""What was done to members' messages at their channels, and on which guideline it rests: a log that stays complete.

held (can be taken back, nothing has happened) -> queued -> doing -> done | failed; undone where it was taken back in
time. Doing a thing twice is as doing it once (see channels.base), so what a kill interrupts is simply done again. The
message as it stood (text, author, time, address) is kept in the log, whatever becomes of it at the channel.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from app.accounts import channel
from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.words import N_, tr
from app.channels.base import DELETE, HIDE, SHOW, SPAM, AuthNeeded, Refused, TryLater
from app.intake.messages import note_moderated
from app.outbox import patience
from app.safety import standstill
from app.store.sqlite import Connection, Row
from app.store.store import Store

if TYPE_CHECKING:
    from app.channels.base import Moderating, Session

HELD, QUEUED, DOING, DONE, FAILED, UNDONE = "held", "queued", "doing", "done", "failed", "undone"
UPSTREAM = {HIDE: "hidden", SHOW: "", SPAM: "spam", DELETE: "deleted"}
"""How a message stands at its channel after each verb."""
_NOT_OFFERED = {
    HIDE: N_("“{account}” can't hide this message."),
    SHOW: N_("“{account}” can't approve this message."),
    SPAM: N_("“{account}” can't mark this message as spam."),
    DELETE: N_("“{account}” can't delete this message."),
}
_BROKEN = N_("Something went wrong in Rapport while doing this. Details are in the log. You can try again.")

_SELECT = """
SELECT d.id, d.at, d.message_id, d.conversation_id, d.account_id, a.name AS account, a.kind, d.member_id, d.verb,
  d.guideline, d.why, d.author, d.text, d.said_at, d.url, d.evidence, d.undoes_id, d.state, d.held_until, d.done_at,
  d.tried, d.error
FROM moderation d JOIN account a ON a.id = d.account_id
"""
_MESSAGE = """
SELECT m.id, m.conversation_id, m.account_id, m.remote_id, m.text, m.at, m.url, m.upstream, m.out, a.kind, a.mode,
  a.name, i.member_id, coalesce(nullif(i.name, ''), i.handle, '') AS author
FROM message m JOIN account a ON a.id = m.account_id LEFT JOIN identity i ON i.id = m.identity_id WHERE m.id = ?
"""


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the log. Times are Unix seconds; `undoes_id` names the entry that it takes back."""

    id: int
    at: int
    message_id: int | None
    conversation_id: int
    account_id: int
    account: str
    kind: str
    member_id: int | None
    verb: str
    guideline: str
    why: str
    author: str
    text: str
    said_at: int | None
    url: str
    evidence: str
    undoes_id: int | None
    state: str
    held_until: int
    done_at: int | None
    tried: int
    error: str


def offered(kind: str, mode: str, upstream: str, *, out: bool) -> tuple[str, ...]:
    """Which verbs fit a message of that kind of channel as it stands there; none for our own words."""
    if out or mode not in ("live", "demo") or upstream == UPSTREAM[DELETE]:
        return ()
    return tuple(verb for verb in channel(kind).can.moderate if UPSTREAM[verb] != upstream)


def undoable(kind: str, verb: str) -> bool:
    """Whether that kind of channel takes a verb back once it is done."""
    return verb in channel(kind).can.undo


class Moderation:
    """The table `moderation`. Any thread may ask; `carry` runs on a worker."""

    def __init__(self, store: Store) -> None:
        """Over this file."""
        self._store = store

    # --- asking

    def get(self, number: int) -> Deed:
        """One entry; NotFoundError where there is none."""
        row = self._store.read.execute(f"{_SELECT} WHERE d.id = ?", (number,)).fetchone()
        if row is None:
            msg = tr("There's no such entry in the moderation log.")
            raise NotFoundError(msg)
        return Deed(*row)

    def entries(self, conversation_id: int | None = None, states: Sequence[str] = ()) -> list[Deed]:
        """The log, the newest first: of one conversation or all, in these states or all."""
        rows = self._store.read.execute(
            f"{_SELECT} WHERE (?1 IS NULL OR d.conversation_id = ?1)"
            " AND (?2 = '[]' OR d.state IN (SELECT value FROM json_each(?2))) ORDER BY d.at DESC, d.id DESC",
            (conversation_id, json.dumps(list(states))),
        )
        return [Deed(*row) for row in rows]

    def verbs(self, message_id: int) -> tuple[str, ...]:
        """What can be done to that message now, in the channel's order."""
        row = self._store.read.execute(_MESSAGE, (message_id,)).fetchone()
        if row is None or row["remote_id"] is None or self._under_way(self._store.read, message_id):
            return ()
        return offered(row["kind"], row["mode"], row["upstream"], out=bool(row["out"]))

    def guidelines(self) -> list[str]:
        """The guidelines that have been named so far, the latest first."""
        rows = self._store.read.execute(
            "SELECT guideline FROM moderation GROUP BY guideline ORDER BY max(at) DESC, guideline LIMIT 50"
        )
        return [row["guideline"] for row in rows]

    def due(self, now: int | None = None) -> list[int]:
        """Entries to do now, in order; none while the file stands still."""
        if standstill.is_on_hold(self._store.read):
            return []
        rows = self._store.read.execute(
            "SELECT d.id FROM moderation d JOIN account a ON a.id = d.account_id AND a.state = 'on'"
            " WHERE (d.state = 'held' AND d.held_until <= ?1)"
            " OR (d.state IN ('queued', 'doing') AND coalesce(d.next_at, 0) <= ?1) ORDER BY d.id",
            (clock.now() if now is None else now,),
        )
        return [row["id"] for row in rows]

    def next_at(self) -> int | None:
        """When something is due next, in Unix seconds; None when nothing waits."""
        row = self._store.read.execute(
            "SELECT min(CASE d.state WHEN 'held' THEN d.held_until ELSE coalesce(d.next_at, 0) END) AS next_at"
            " FROM moderation d"
            " JOIN account a ON a.id = d.account_id AND a.state = 'on' WHERE d.state IN ('held', 'queued', 'doing')"
        ).fetchone()
        return None if row["next_at"] is None else int(row["next_at"])

    # --- the person's doing

    def do(
        self,
        message_id: int,
        verb: str,
        guideline: str,
        why: str = "",
        evidence: str = "",
        hold_seconds: int = 10,
        *,
        at: int | None = None,
    ) -> int:
        """Note it in the log, to be done at the channel when `hold_seconds` are over; the entry's number.

        It is decided now, or was at `at` (Unix seconds).

        UserError where no guideline is named, or where the channel cannot do that to this message.
        """
        if not guideline.strip():
            msg = tr("Say which guideline this is based on; the moderation log needs it.")
            raise UserError(msg)
        now = clock.now() if at is None else at
        with self._store.write(durable=True) as conn:
            row = conn.execute(_MESSAGE, (message_id,)).fetchone()
            if row is None or row["remote_id"] is None:
                msg = tr("That message can't be moderated: it isn't on a channel.")
                raise NotFoundError(msg)
            if verb not in offered(row["kind"], row["mode"], row["upstream"], out=bool(row["out"])):
                raise UserError(tr(_NOT_OFFERED[verb]).format(account=row["name"]))
            if self._under_way(conn, message_id):
                msg = tr("This message is already being moderated.")
                raise UserError(msg)
            return _enter(conn, row, verb, guideline.strip(), why.strip(), evidence.strip(), now, now + hold_seconds)

    def undo(self, number: int) -> int:
        """Take it back: nothing happens where it was still held; else the channel is asked. The entry that stands then.

        UserError where it is done and the channel cannot take it back.
        """
        with self._store.write(durable=True) as conn:
            deed = self.get(number)
            taken = conn.execute(
                "UPDATE moderation SET state = 'undone' WHERE id = ? AND state IN ('held', 'queued', 'failed')",
                (number,),
            ).rowcount
            if taken:
                return number
            able = channel(deed.kind).can
            if deed.state != DONE or deed.verb not in able.undo:
                msg = tr("This has been done, and the channel can't undo it.")
                raise UserError(msg)
            row = conn.execute(_MESSAGE, (deed.message_id,)).fetchone()
            if row is None:
                msg = tr("That message no longer exists.")
                raise NotFoundError(msg)
            now = clock.now()
            made = _enter(conn, row, SHOW, deed.guideline, "Undone", "", now, now)
            conn.execute("UPDATE moderation SET undoes_id = ? WHERE id = ?", (number, made))
            return made

    def retry(self, number: int) -> None:
        """Do one that failed again; nothing happens to any other."""
        with self._store.write(durable=True) as conn:
            conn.execute(
                "UPDATE moderation SET state = 'queued', next_at = ?, error = '' WHERE id = ? AND state = 'failed'",
                (clock.now(), number),
            )

    # --- on a worker

    def carry(self, number: int, session: Session, *, at: int | None = None) -> Deed:
        """Do it at the channel, and note what came of it; the entry afterwards. AuthNeeded is noted and raised on.

        It counts as done now, or at `at` (Unix seconds).
        """
        with self._store.write(durable=True) as conn:
            claimed = conn.execute(
                "UPDATE moderation SET state = 'doing', tried = tried + 1 WHERE id = ?"
                " AND (state IN ('queued', 'doing') OR (state = 'held' AND held_until <= ?))",
                (number, clock.now()),
            ).rowcount
            row = conn.execute(
                "SELECT m.remote_id FROM moderation d JOIN message m ON m.id = d.message_id WHERE d.id = ?", (number,)
            ).fetchone()
        deed = self.get(number)
        if not claimed or row is None:
            return deed
        try:
            cast("Moderating", session).moderate(deed.verb, row["remote_id"])
        except (TryLater, Refused, AuthNeeded) as why:
            self._note(_failed, deed, why)
            if isinstance(why, AuthNeeded):
                raise
        except UserError:  # nobody knows: it is done once more, which is as once
            self._note(_again, deed, None)
        except Exception:
            self._note(_failed, deed, Refused(tr(_BROKEN)))
            raise
        else:
            self._note(_done, deed, clock.now() if at is None else at)
        return self.get(number)

    def _note(self, came_of_it: Callable[..., None], deed: Deed, *more: object) -> None:
        with self._store.write(durable=True) as conn:
            came_of_it(conn, deed, *more)

    @staticmethod
    def _under_way(conn: Connection, message_id: int) -> bool:
        row = conn.execute(
            "SELECT 1 FROM moderation WHERE message_id = ? AND state IN ('held', 'queued', 'doing')", (message_id,)
        ).fetchone()
        return row is not None


def _enter(conn: Connection, row: Row, verb: str, guideline: str, why: str, evidence: str, now: int, until: int) -> int:
    """Put what is to be done to a message (a row of `_MESSAGE`) into the log; the entry's number."""
    kept = [row[name] for name in ("id", "conversation_id", "account_id", "member_id")]
    stood = [row[name] for name in ("author", "text", "at", "url")]
    held = until > now
    made = conn.execute(
        "INSERT INTO moderation (at, message_id, conversation_id, account_id, member_id, verb, guideline, why, author,"
        " text, said_at, url, evidence, before, state, held_until, next_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (now, *kept, verb, guideline, why, *stood, evidence, row["upstream"], HELD if held else QUEUED, until,
         None if held else now),
    )  # fmt: skip
    return int(made.lastrowid or 0)


def _done(conn: Connection, deed: Deed, now: int) -> None:
    """The channel has done it: the message stands as it stands there, and what was taken back is undone."""
    conn.execute("UPDATE moderation SET state = 'done', done_at = ?, error = '' WHERE id = ?", (now, deed.id))
    note_moderated(conn, deed.message_id, UPSTREAM[deed.verb], now)
    if deed.undoes_id is not None:
        conn.execute("UPDATE moderation SET state = 'undone' WHERE id = ?", (deed.undoes_id,))


def _failed(conn: Connection, deed: Deed, why: UserError) -> None:
    if isinstance(why, TryLater):
        _again(conn, deed, why.after)
    else:
        conn.execute("UPDATE moderation SET state = 'failed', error = ? WHERE id = ?", (str(why), deed.id))


def _again(conn: Connection, deed: Deed, after: int | None) -> None:
    conn.execute(
        "UPDATE moderation SET state = 'queued', next_at = ? WHERE id = ?",
        (clock.now() + patience(deed.tried, after), deed.id),
    )
