"""The desk of hand-offs: the `handoff` table."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.base import clock, ids
from app.base.errors import BugError, NotFoundError, UserError
from app.base.text import preview
from app.base.words import N_, counted, tr
from app.handoffs.likely import joined
from app.handoffs.loads import Load, loads
from app.handoffs.packing import Along, checked_messages, context, member_and_message, offered
from app.handoffs.rows import (
    ANSWERED,
    KIND_NAMES,
    NEEDS_ME,
    NOT_HEARD,
    PRIORITY_NAMES,
    STATE_NAMES,
    STATUSES,
    Handoff,
    corrects,
    may_close,
    pressing,
    state,
)
from app.inbox import owing
from app.store.merged import current_member
from app.store.sqlite import Connection, Row, scalar
from app.store.store import Store

_SELECT = """
SELECT h.id, h.rev, h.conversation_id, coalesce(c.title, ''), h.member_id, coalesce(p.name, ''), h.message_id,
  h.teammate_id, coalesce(t.name, ''), coalesce(t.team, ''), h.kind, h.priority, h.ask, h.context, h.opened_at,
  coalesce(h.needed_by, ''), h.owner, h.status, h.answer, coalesce(h.answered_on, ''), h.ticket, h.told_at, h.closed_at,
  h.closed_why, h.exported_at, h.updated_at, h.gift_id, h.message_ids, h.private_words, h.translation,
  h.introduced_outbox_id, h.answer_message_id, h.telling_outbox_id, h.told_message_id
FROM handoff h LEFT JOIN conversation c ON c.id = h.conversation_id LEFT JOIN member p ON p.id = h.member_id
LEFT JOIN teammate t ON t.id = h.teammate_id
"""
_TEXTS = ("ask", "context", "owner", "answer", "ticket", "translation")
_DATES = ("needed_by", "answered_on")
EDITABLE = (*_TEXTS, *_DATES, "kind", "priority", "status", "teammate_id", "private_words")
_TO_SEND = ("ask", "context", "kind", "priority", "needed_by", "teammate_id", "translation", "private_words")
"""What the teammate has to read: where it changes, the hand-off is to be sent again."""
_AT_THE_START = (
    "message_ids", "gift_id", "member_id", "introduced_outbox_id", "answer_message_id", "asks_rule_id", "draft",
)  # fmt: skip
"""What is said once, when it is handed off, or by what brings the answer."""
_CHOICES = {
    "kind": (KIND_NAMES, N_("“{value}” isn't a kind of hand-off. Choose from: {names}.")),
    "priority": (PRIORITY_NAMES, N_("“{value}” isn't a priority of a hand-off. Choose from: {names}.")),
    "status": (
        {key: STATE_NAMES[key] for key in STATUSES},
        N_("“{value}” isn't a status of a hand-off. Choose from: {names}."),
    ),
}
_LIST_NAMES = {"needs_me": N_("Needs me"), "open": N_("Open"), "closed": N_("Closed"), "all": N_("All")}
LISTS = tuple(_LIST_NAMES)
_MAKE_GOOD_SECONDS = 7 * 86_400
"""For so long after a problem was solved a gift that makes it good is proposed."""
_NO_ASK = N_("Say what you need in one sentence.")


class Handoffs:
    """Hand-offs: requests to teammates, their answers, and whether the member was told."""

    def __init__(self, store: Store) -> None:
        """Every change is an undoable action."""
        self._store = store

    def get(self, number: int) -> Handoff:
        """Return a hand-off; raises NotFoundError."""
        handoffs = self._select("h.id = ?", (number,))
        if not handoffs:
            msg = tr("There's no hand-off {handoff}.").format(handoff=ids.display(ids.HANDOFF, number))
            raise NotFoundError(msg)
        return handoffs[0]

    def listed(self, which: str = "open", teammate_id: int | None = None, today: date | None = None) -> list[Handoff]:
        """Return those in one of LISTS; `needs_me` are late, came back and tell member.

        Most pressing first, closed ones latest first. Raises UserError for an unknown list.
        """
        if which not in LISTS:
            msg = tr("“{which}” isn't a list of hand-offs. Choose from: {lists}.").format(
                which=which, lists=", ".join(map(tr, _LIST_NAMES.values()))
            )
            raise UserError(msg)
        day = today or _today()
        tests = {"closed": "h.closed_at IS NOT NULL", "all": "1"}.get(which, "h.closed_at IS NULL")
        handoffs = self._select(f"{tests} AND (?1 IS NULL OR h.teammate_id = ?1)", (teammate_id,))
        if which == "needs_me":
            handoffs = [handoff for handoff in handoffs if state(handoff, day) in NEEDS_ME]
        if which == "closed":
            return sorted(handoffs, key=lambda handoff: -(handoff.closed_at or 0))
        return sorted(handoffs, key=lambda handoff: pressing(handoff, day))

    def counts(self, today: date | None = None) -> dict[str, int]:
        """Return the number of those that need the person, are open, and are closed."""
        day = today or _today()
        open_ = self._select("h.closed_at IS NULL", ())
        closed = scalar(self._store.read, "SELECT count(*) FROM handoff WHERE closed_at IS NOT NULL")
        return {
            "needs_me": sum(state(handoff, day) in NEEDS_ME for handoff in open_),
            "open": len(open_),
            "closed": int(closed),
        }

    def loads(self, free: Collection[date] = (), today: date | None = None) -> dict[int, Load]:
        """Return what lies with each teammate who was ever asked, by their id; `free` are public holidays."""
        return loads(self._store.read, today or _today(), free)

    def of_teammate(self, teammate_id: int) -> list[Handoff]:
        """Return a teammate's hand-offs, latest first."""
        return self._select("h.teammate_id = ? ORDER BY h.opened_at DESC, h.id DESC", (teammate_id,))

    def offered_along(self, conversation_id: int) -> list[Along]:
        """Return the messages of a conversation that can go along with a request, oldest first."""
        return offered(self._store.read, conversation_id)

    def to_make_good(self, now: int) -> list[Handoff]:
        """Return problems that were solved, and their members told, within a week, who got no gift since; latest first.

        `now` in Unix seconds.
        """
        return self._select(
            "h.kind = 'problem' AND h.status = 'solved' AND h.told_at >= ? AND h.member_id IS NOT NULL AND NOT EXISTS"
            " (SELECT 1 FROM gift g WHERE g.member_id = h.member_id AND g.created_at >= h.opened_at)"
            " ORDER BY h.told_at DESC, h.id DESC",
            (now - _MAKE_GOOD_SECONDS,),
        )

    def makes_good(self, conversation_id: int) -> bool:
        """Whether a gift in this conversation would make a solved problem good (see `to_make_good`)."""
        return any(one.conversation_id == conversation_id for one in self.to_make_good(clock.now()))

    def of_conversation(self, conversation_id: int) -> list[Handoff]:
        """Return a conversation's hand-offs, oldest first."""
        return self._select("h.conversation_id = ? ORDER BY h.opened_at, h.id", (conversation_id,))

    def of_member(self, member_id: int) -> list[Handoff]:
        """Return a member's hand-offs, latest first."""
        return self._select("h.member_id = ? ORDER BY h.opened_at DESC, h.id DESC", (member_id,))

    def of_gift(self, gift_id: int) -> list[Handoff]:
        """Return the hand-offs that are about a gift, oldest first."""
        return self._select("h.gift_id = ? ORDER BY h.opened_at, h.id", (gift_id,))

    def without_talk(self, member_id: int) -> list[Handoff]:
        """Return a member's hand-offs that are about neither a conversation nor a gift, oldest first."""
        return self._select(
            "h.member_id = ? AND h.conversation_id IS NULL AND h.gift_id IS NULL ORDER BY h.opened_at, h.id",
            (member_id,),
        )

    def add(
        self,
        conversation_id: int | None,
        teammate_id: int,
        ask: str,
        *,
        kind: str = "problem",
        needed_by: str = "",
        details: Mapping[str, object] | None = None,
        at: int | None = None,
    ) -> int:
        """Hand off a conversation, or a matter without one, to a teammate, and return the id.

        It is dated now or `at` (Unix seconds). `details` may set any of EDITABLE, the `message_ids` that go along, the
        `gift_id` that it is about, and the `member_id` where there is no conversation. The member is else that of the
        conversation or gift, the message their last one, the context its last few messages shortened, both as of `at`.
        Where it asks whether a `draft` may be sent there is no member: whom the answer is for is us.
        Raises UserError without an ask, for an unknown kind, an invalid date or a message of another conversation;
        NotFoundError for an unknown conversation or teammate.
        """
        given = {"ask": ask, "kind": kind, "needed_by": needed_by, **(details or {}), "teammate_id": teammate_id}
        along: Any = given.pop("message_ids", None) or ()
        columns, now = _checked(given), clock.now() if at is None else at
        title = tr("Handed off to {teammate}: {request}").format(
            teammate=self._teammate(teammate_id), request=preview(str(columns["ask"]), 60)
        )
        with self._store.write(title) as conn:
            columns |= {"conversation_id": conversation_id, "opened_at": now, "updated_at": now}
            if conversation_id is not None:
                member_id, message_id = member_and_message(conn, conversation_id, at)
                columns |= {"member_id": None if columns.get("draft") else member_id, "message_id": message_id}
                columns["message_ids"] = checked_messages(conn, conversation_id, along)
                columns.setdefault("context", context(conn, conversation_id, at, along))
            elif columns.get("gift_id") is not None:
                (columns["member_id"],) = conn.execute(
                    "SELECT member_id FROM gift WHERE id = ?", (columns["gift_id"],)
                ).fetchone()
            elif columns.get("member_id") is not None:
                columns["member_id"] = current_member(conn, int(str(columns["member_id"])))
            made = conn.execute(
                f"INSERT INTO handoff ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                tuple(columns.values()),
            )
            return int(made.lastrowid or 0)

    def add_all(
        self, conversation_ids: Sequence[int], teammate_id: int, ask: str, *, kind: str = "problem", needed_by: str = ""
    ) -> list[int]:
        """Hand off several conversations to one teammate with the same ask, each on its own, as one action; the ids.

        Raises what `add` does; then none is handed off.
        """
        title = counted(
            len(conversation_ids), "Handed off to {teammate}: {count} conversation",
            "Handed off to {teammate}: {count} conversations", teammate=self._teammate(teammate_id),
        )  # fmt: skip
        with self._store.write(title):
            return [self.add(number, teammate_id, ask, kind=kind, needed_by=needed_by) for number in conversation_ids]

    def edit(self, number: int, values: Mapping[str, object]) -> None:
        """Change any of EDITABLE, and increment the revision; raises UserError as `add` does.

        Where that changes what is asked, or of whom, it is to be sent again.
        """
        handoff, given = self.get(number), _checked(values)
        told = (name for name in _TO_SEND if name in given)
        if any((given[name] or "") != (getattr(handoff, name) or "") for name in told):
            given["exported_at"] = None
        self._change(handoff, tr("Changed hand-off: {title}").format(title=_title_of(handoff)), given)

    def add_to(self, number: int, more: str) -> None:
        """Add a sentence to what an open hand-off asks, which is to be sent again.

        Raises UserError without one, or once it is answered.
        """
        handoff = self.get(number)
        if not more.strip():
            raise UserError(tr(_NO_ASK))
        if handoff.closed_at is not None or handoff.status in ANSWERED:
            msg = tr("{teammate} has answered this already: hand it off again.").format(teammate=handoff.teammate)
            raise UserError(msg)
        title = tr("Added to {teammate}'s hand-off: {request}").format(
            teammate=handoff.teammate, request=preview(more.strip(), 60)
        )
        self._change(handoff, title, {"ask": joined(handoff.ask, more), "exported_at": None})

    def answer(
        self, number: int, status: str, answer: str = "", answered_on: str = "", *, at: int | None = None
    ) -> None:
        """Record the teammate's answer, now or as of `at` (Unix seconds); `status` is one of STATUSES.

        The date of the answer defaults to today, or that of `at`. With one that comes, the member counts as not told,
        and a hand-off that had been closed is open again. So it is with another answer than a reply on its way tells.
        """
        handoff = self.get(number)
        values: dict[str, object] = {"status": status, "answer": answer or handoff.answer}
        if status in ANSWERED:
            values["answered_on"] = answered_on or _today(at).isoformat()
        self._change(
            handoff,
            tr("{status}: {title}").format(status=tr(STATE_NAMES.get(status, status)), title=_title_of(handoff)),
            _checked(values),
            at,
        )

    def tell(self, number: int, *, at: int | None = None) -> None:
        """Record that the member was told other than by a reply, now or at `at`; closes an answered hand-off."""
        handoff, now = self.get(number), clock.now() if at is None else at
        closed = now if handoff.status in ANSWERED else handoff.closed_at
        title = tr("Told {member}: {title}").format(member=handoff.member or tr("the member"), title=_title_of(handoff))
        with self._store.write(title) as conn:
            self._change(handoff, title, {"told_at": now, "closed_at": closed}, at)
            if handoff.conversation_id is not None and handoff.status in ANSWERED:
                owing.heard(conn, handoff.conversation_id, now)

    def close(self, number: int, why: str = "") -> None:
        """Close it; raises UserError without a reason, unless it is answered and the member was told."""
        handoff = self.get(number)
        if not may_close(handoff) and not why.strip():
            raise UserError(_why_not_closable(handoff))
        self._change(
            handoff,
            tr("Closed: {title}").format(title=_title_of(handoff)),
            {"closed_at": clock.now(), "closed_why": why.strip()},
        )

    def reopen(self, number: int) -> None:
        """Reopen it; an answered one is in work again. The member counts as not told."""
        handoff = self.get(number)
        values: dict[str, object] = dict(NOT_HEARD)
        if handoff.status in ANSWERED:
            values["status"] = "in_work"
        self._change(handoff, tr("Reopened: {title}").format(title=_title_of(handoff)), values)

    def mark_exported(self, conn: Connection, numbers: Iterable[int], at: int) -> None:
        """Record in the open transaction that these were exported at `at`; does not count as a new revision."""
        given_again(conn, dict.fromkeys(numbers, at))

    def _change(self, handoff: Handoff, title: str, values: Mapping[str, object], at: int | None = None) -> None:
        if not values:
            return
        now = clock.now() if at is None else at
        unheard = values.get("status") in ANSWERED and (handoff.status not in ANSWERED or handoff.closed_at is not None)
        on_its_way = handoff.telling_outbox_id is not None and handoff.closed_at is None
        corrected = on_its_way and corrects((handoff.status, handoff.answer), values)
        given = {**values, **NOT_HEARD} if unheard or corrected else values
        settings = ", ".join(f"{name} = ?" for name in given)
        with self._store.write(title) as conn:
            if (unheard or corrected) and handoff.status in ANSWERED and handoff.member_id is not None:
                owing.came_again(conn, handoff.conversation_id, now)
            conn.execute(
                f"UPDATE handoff SET {settings}, rev = rev + 1, updated_at = ? WHERE id = ?",
                (*given.values(), now, handoff.id),
            )
            if given is values and handoff.status in ANSWERED and not given.keys().isdisjoint(("status", "closed_at")):
                owing.settle(conn, [handoff.conversation_id])

    def _teammate(self, number: int) -> str:
        row = self._store.read.execute("SELECT name FROM teammate WHERE id = ? AND NOT archived", (number,)).fetchone()
        if row is None:
            msg = tr("That teammate is no longer available. Choose someone else.")
            raise NotFoundError(msg)
        return str(row["name"])

    def _select(self, where: str, values: Sequence[object]) -> list[Handoff]:
        return [_handoff(row) for row in self._store.read.execute(f"{_SELECT} WHERE {where}", values)]


def given_again(conn: Connection, times: Mapping[int, int | None]) -> None:
    """Set when each of these was last given out (Unix seconds), None for never, in the caller's transaction."""
    conn.executemany("UPDATE handoff SET exported_at = ? WHERE id = ?", [(at, number) for number, at in times.items()])


def _handoff(row: Row) -> Handoff:
    found = Handoff(*row)
    along = json.loads(str(found.message_ids)) if found.message_ids else ()
    return replace(found, message_ids=tuple(along), private_words=bool(found.private_words))


def _title_of(handoff: Handoff) -> str:
    return preview(handoff.title or handoff.ask, 60)


def _why_not_closable(handoff: Handoff) -> str:
    name = handoff.member or tr("The member")
    if handoff.status not in ANSWERED:
        teammate = handoff.teammate or tr("the teammate")
        return tr("No answer from {teammate} yet. Give a reason for closing it anyway.").format(teammate=teammate)
    return tr("{name} hasn't been told yet. Reply to them, or give a reason for not telling them.").format(name=name)


def _checked(values: Mapping[str, object]) -> dict[str, Any]:
    """Validate and convert values for their columns; raises UserError."""
    given: dict[str, Any] = dict(values)
    if not given.keys() <= {*EDITABLE, *_AT_THE_START}:
        raise BugError(sorted(given.keys() - {*EDITABLE, *_AT_THE_START}))
    for name in _TEXTS:
        if name in given:
            given[name] = str(given[name]).strip()
    if not given.get("ask", "x"):
        raise UserError(tr(_NO_ASK))
    for name, (known, refusal) in _CHOICES.items():
        if name in given and given[name] not in known:
            raise UserError(tr(refusal).format(value=given[name], names=", ".join(map(tr, known.values()))))
    for name in _DATES:
        if name in given:
            given[name] = clock.day(str(given[name] or ""))
    return given


def _today(at: int | None = None) -> date:
    return clock.local(clock.now() if at is None else at).date()


def hand_over(conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
    """Give the hand-offs of member `gone` to member `into`, in the transaction that merges or parts them.

    With `rows`, only those of these ids.
    """
    conn.execute(
        "UPDATE handoff SET member_id = ?1 WHERE member_id = ?2"
        " AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))",
        (into, gone, None if rows is None else json.dumps(list(rows))),
    )


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Give the hand-offs of one conversation to another, in the transaction that joins the two.

    With `messages`, only those are moved, and the hand-offs of these messages with them.
    """
    conn.execute(
        "UPDATE handoff SET conversation_id = ?1 WHERE conversation_id = ?2"
        " AND (?3 IS NULL OR message_id IN (SELECT value FROM json_each(?3)))",
        (kept, gone, None if messages is None else json.dumps(list(messages))),
    )
