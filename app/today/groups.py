"""The groups beside the queue, each given by its noun: a later noun adds its own in the list at the end.

A group is absent while it has no row. What each row says is put into words by `app.today.words`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from app.base import clock
from app.base.text import preview
from app.base.words import N_
from app.gifts import Gift, needs_address, to_thank
from app.handoffs.ladder import PASS_ON
from app.handoffs.rows import ANSWERED
from app.inbox import Query
from app.introductions import Introduction
from app.introductions.standing import ASKED, TO_ASK, TO_INTRODUCE, TO_LOOK_AFTER, state
from app.involvement import Returned
from app.members.days import coming
from app.search.closing import closing_until
from app.today.nouns import Nouns

AWAIT_DAYS, _DAY_SECONDS = 7, 86_400
"""After so many days without an answer an introduction is shown again."""
MOST = 5
"""Rows of a group that are shown; its total has all of them."""
MEMBER = "member"
"""The noun in `put_off` of a member who is not for today."""
PEOPLE = ("first_time", "second_time", "back_again", "quiet", "in_touch")
"""The groups of members whom one writes to, puts off or lets be."""
_WORDS_CHARS = 120
_WAITING_SHOWN = 3
"""Of those that wait fewer are shown: the queue has them too."""


class Asked(NamedTuple):
    """At which moment a group is asked (Unix seconds), on which local day, and when the next block begins.

    `put_off` has what is not for today, by noun and id.
    """

    now: int
    today: date
    horizon: int
    put_off: frozenset[tuple[str, int]] = frozenset()


class GroupRow(NamedTuple):
    """One row. `noun` and `id` name what is opened; `note` says which sentence it gets, out of the rest.

    `at` is in Unix seconds, `number` a count of days or weeks, as the note has it.
    """

    noun: str
    id: int
    who: str
    what: str
    note: str
    member_id: int | None = None
    conversation_id: int | None = None
    at: int = 0
    number: int = 0
    more: str = ""


class Group(NamedTuple):
    """A group with its first rows; `total` is how many there are."""

    key: str
    title: str
    icon: str
    total: int
    rows: tuple[GroupRow, ...]


Provider = Callable[[Nouns, Asked], Group]
"""Gives a group of one noun; without rows it is left out."""


def _group(key: str, title: str, icon: str, rows: Sequence[GroupRow], count: int | None = None) -> Group:
    return Group(key, title, icon, len(rows) if count is None else count, tuple(rows[:MOST]))


def promised(nouns: Nouns, asked: Asked) -> Group:
    """Open promises that are late (by so many working days), due today, or without a date: in this order."""
    names, rows, today = _Names(nouns), [], asked.today.isoformat()
    for promise in nouns.promises.open():
        if promise.due_on > today:
            continue
        is_late = promise.is_late(today)
        late = nouns.blocks.days_late(promise.due_on, asked.today) if is_late else 0
        note = "late" if is_late else "today" if promise.due_on else "undated"
        rows.append(
            GroupRow(
                "promise", promise.id, names.of(promise.member_id), promise.what, note, promise.member_id,
                promise.conversation_id, promise.at, late,
            )
        )  # fmt: skip
    return _group("promised", N_("Promised"), "circle-dot", rows)


def waiting(nouns: Nouns, _asked: Asked) -> Group:
    """The conversations that have waited longest."""
    refs = nouns.inbox.refs(Query("needs_me"), _WAITING_SHOWN)
    rows = [
        GroupRow("conversation", row.id, row.member, row.title, "waits", row.member_id, row.id, row.waiting_since or 0)
        for row in nouns.inbox.rows([ref.id for ref in refs])
    ]
    return _group("waiting", N_("Waiting longest"), "message-square", rows, nouns.inbox.counts()["needs_me"])


def came_back(nouns: Nouns, _asked: Asked) -> Group:
    """Hand-offs that a teammate has answered and that are still open."""
    rows = [
        GroupRow(
            "handoff", handoff.id, handoff.member, preview(handoff.answer or handoff.ask, _WORDS_CHARS),
            "tell" if handoff.member else "answered", handoff.member_id, handoff.conversation_id, handoff.updated_at,
            more=handoff.teammate,
        )
        for handoff in nouns.handoffs.listed("open")
        if handoff.status in ANSWERED
    ]  # fmt: skip
    return _group("came_back", N_("Back from teammates"), "arrow-right-left", rows)


def unanswered(nouns: Nouns, asked: Asked) -> Group:
    """Hand-offs whose answer is missing and for which something is offered, the longest overdue first."""
    rows = [
        GroupRow(
            "handoff", one.handoff.id, one.handoff.member, preview(one.handoff.ask, _WORDS_CHARS), one.offer.step,
            one.handoff.member_id, one.handoff.conversation_id, one.handoff.opened_at, one.offer.days,
            more=one.second.teammate.name if one.offer.step == PASS_ON and one.second else one.handoff.teammate,
        )
        for one in nouns.following.offered(asked.today)
    ]  # fmt: skip
    return _group("unanswered", N_("No answer yet"), "clock", rows)


def gifts(nouns: Nouns, asked: Asked) -> Group:
    """Gifts to ship, and those that have probably arrived and await a thank-you, these first."""
    every = [(gift, gift_note(gift, asked.now)) for gift in nouns.gifts.listed(limit=1000)]
    rows = [
        GroupRow("gift", gift.id, gift.member, gift.item, note, gift.member_id, gift.conversation_id, gift.state_at)
        for gift, note in every
        if note
    ]
    rows.sort(key=lambda row: (row.note != "to_thank", row.at))
    return _group("gifts", N_("To ship and thank"), "gift", rows)


def gift_note(gift: Gift, now: int) -> str:
    """What a gift needs: "to_thank", "to_ship", "address", or "" for nothing. `now` in Unix seconds."""
    if to_thank(gift, now):
        return "to_thank"
    if needs_address(gift):
        return "address"
    return "to_ship" if gift.state == "to_ship" else ""


def make_good(nouns: Nouns, asked: Asked) -> Group:
    """Members whose problem was solved lately, who got nothing that makes it good, and whom nothing keeps from it."""
    found = nouns.handoffs.to_make_good(asked.now)
    members = [one.member_id for one in found if one.member_id is not None]
    left_out = nouns.deserving.left_out(members, asked.now) if members else {}
    rows = [
        GroupRow(
            "conversation" if handoff.conversation_id is not None else "member",
            handoff.conversation_id if handoff.conversation_id is not None else handoff.member_id or 0,
            handoff.member, handoff.title or handoff.ask, "make_good", handoff.member_id, handoff.conversation_id,
            handoff.told_at or 0,
        )
        for handoff in found
        if handoff.member_id not in left_out
    ]  # fmt: skip
    return _group("make_good", N_("Make it good"), "gift", rows)


def closing(nouns: Nouns, asked: Asked) -> Group:
    """Conversations whose channel takes no answer any more before the block after this one."""
    closes = closing_until(nouns.store.read, asked.now, asked.horizon)
    rows = [
        GroupRow("conversation", row.id, row.member, row.title, "closes", row.member_id, row.id, closes[row.id])
        for row in nouns.inbox.rows(list(closes)[:MOST])
    ]
    return _group("closing", N_("Closing soon"), "clock", rows, len(closes))


def first_time(nouns: Nouns, asked: Asked) -> Group:
    """Members who wrote for the first time lately and have had no answer."""
    rows = [
        GroupRow("conversation", one.conversation_id, one.name, one.title, "first", one.member_id,
                 one.conversation_id, one.at)
        for one in nouns.involvement.newcomers(asked.now)
    ]  # fmt: skip
    return _people("first_time", N_("First time here"), "user-plus", rows, asked)


def second_time(nouns: Nouns, asked: Asked) -> Group:
    """Members who came a second time lately, until we have answered."""
    found = nouns.involvement.second_time(asked.now)
    return _who_returned("second_time", N_("Back a second time"), "second", found, asked)


def back_again(nouns: Nouns, asked: Asked) -> Group:
    """Members who had gone quiet and wrote again, until we have answered."""
    return _who_returned("back_again", N_("Came back"), "back", nouns.involvement.came_back(asked.now), asked)


def _people(key: str, title: str, icon: str, rows: Sequence[GroupRow], asked: Asked) -> Group:
    """A group of members, without those who are put off."""
    return _group(key, title, icon, [row for row in rows if (MEMBER, row.member_id) not in asked.put_off])


def _who_returned(key: str, title: str, note: str, found: Sequence[Returned], asked: Asked) -> Group:
    rows = [
        GroupRow("conversation", one.conversation_id, one.name, one.title, note, one.member_id, one.conversation_id,
                 one.at, max(1, one.days // 7))
        for one in found
    ]  # fmt: skip
    return _people(key, title, "user-plus", rows, asked)


def quiet(nouns: Nouns, asked: Asked) -> Group:
    """Members who wrote regularly and have been silent for far longer than they used to be."""
    rows = [
        GroupRow("member", one.member_id, one.name, "", "quiet", one.member_id, None, one.last_at, one.every_days)
        for one in nouns.involvement.gone_quiet(asked.now)
    ]
    return _people("quiet", N_("Gone quiet"), "moon", rows, asked)


def works(nouns: Nouns, _asked: Asked) -> Group:
    """Works that somebody has written about since they were asked, and permissions that end within 30 days."""
    rows = [
        GroupRow("work", one.id, one.member, one.title, "work_answered", one.member_id, talk, at)
        for one, talk, at in nouns.works.answered()
    ]
    rows += [
        GroupRow("work", one.id, one.member, one.title, "work_ends", one.member_id, one.conversation_id,
                 one.said_at or 0, one.days_left or 0)
        for one in nouns.works.ending()
    ]  # fmt: skip
    return _group("works", N_("Permissions"), "camera", rows)


def _keeps_facts(nouns: Nouns) -> bool:
    """Whether there is any fact, an embargo's lines among them; without one their desks are not even loaded."""
    return nouns.store.read.execute("SELECT 1 FROM fact LIMIT 1").fetchone() is not None


def put_right(nouns: Nouns, _asked: Asked) -> Group:
    """Everybody who was told what is no longer true."""
    rows = [
        GroupRow("told", one.id, one.who, one.value.words, "told", one.member_id, one.conversation_id, one.at,
                 more=fact.name)
        for fact, one in (nouns.facts.owed() if _keeps_facts(nouns) else ())
    ]  # fmt: skip
    return _group("put_right", N_("Told what has changed"), "pencil", rows)


def news(nouns: Nouns, _asked: Asked) -> Group:
    """Everybody who got a holding line and may be told the news by now."""
    rows = [
        GroupRow("told", one.id, one.who, embargo.subject, "news", one.member_id, one.conversation_id, one.at)
        for embargo, one in (nouns.embargoes.due() if _keeps_facts(nouns) else ())
    ]
    return _group("news", N_("Now it may be told"), "globe", rows)


def facts(nouns: Nouns, asked: Asked) -> Group:
    """Facts to look at again."""
    due = nouns.facts.due(asked.today) if _keeps_facts(nouns) else ()
    rows = [GroupRow("fact", fact.id, "", fact.name, "look", more=fact.owner) for fact in due]
    return _group("facts", N_("Facts to look at"), "clipboard-list", rows)


def in_touch(nouns: Nouns, asked: Asked) -> Group:
    """Members with whom it is time to be in touch, by the rhythm that was set for them."""
    rows = [
        GroupRow("member", one.member_id, one.name, "", "due" if one.last_at else "due_never", one.member_id, None,
                 one.last_at or 0, one.every_days)
        for one in nouns.involvement.due(asked.now)
    ]  # fmt: skip
    return _people("in_touch", N_("Time to be in touch"), "clock", rows, asked)


def days(nouns: Nouns, asked: Asked) -> Group:
    """Whose birthday or name day is today or in the days after it, the soonest first."""
    rows = [
        GroupRow("member", one.member_id, one.member, "", one.kind, one.member_id, None,
                 clock.at_local(datetime.combine(one.day, time())), (one.day - asked.today).days, one.name)
        for one in coming(nouns.store.read, asked.today)
    ]  # fmt: skip
    return _group("days", N_("Name days and birthdays"), "cake", rows)


def quarrels(nouns: Nouns, _asked: Asked) -> Group:
    """Threads between members that heat up, the latest heard first."""
    rows = [
        GroupRow("conversation", case.conversation_id, case.names[0], case.title, "heats", case.sides[0].member_id,
                 case.conversation_id, case.last_at, more=case.names[-1])
        for case in nouns.quarrels.listed()
    ]  # fmt: skip
    return _group("quarrels", N_("Heating up"), "zap", rows)


def introductions(nouns: Nouns, asked: Asked) -> Group:
    """Introductions that want something: both said yes, an answer is missing for long, or what came of it is."""
    rows = [
        GroupRow("member", made.one.member_id, made.one.name, "", note, made.one.member_id, None,
                 made.introduced_at or made.created_at, more=made.other.name)
        for made in nouns.introductions.listed(now=asked.now)
        if (note := introduction_note(made, asked.now))
    ]  # fmt: skip
    return _group("introductions", N_("Introductions"), "users", rows)


def introduction_note(made: Introduction, now: int) -> str:
    """What an introduction needs: "meet", "ask", "await", "outcome"; "" while it only waits. `now` in Unix seconds."""
    told = state(made, now)
    if told == ASKED:
        asked_at = max((person.asked_at or 0 for person in made.people if not person.said), default=now)
        return "await" if now - asked_at >= AWAIT_DAYS * _DAY_SECONDS else ""
    return {TO_INTRODUCE: "meet", TO_ASK: "ask", TO_LOOK_AFTER: "outcome"}.get(told, "")


def drafts(nouns: Nouns, _asked: Asked) -> Group:
    """What was begun and is not sent."""
    rows = [
        GroupRow(
            "draft" if draft.kind == "reply" else "letter", draft.id, draft.to,
            preview(draft.text, _WORDS_CHARS) or draft.title, "draft", None,
            draft.id if draft.kind == "reply" else None, draft.at,
        )
        for draft in nouns.unsent.every()
    ]  # fmt: skip
    return _group("drafts", N_("Drafts"), "pencil", rows)


GROUPS: tuple[Provider, ...] = (
    promised,
    quarrels,
    came_back,
    unanswered,
    gifts,
    make_good,
    put_right,
    news,
    works,
    introductions,
    closing,
    waiting,
    first_time,
    second_time,
    back_again,
    quiet,
    in_touch,
    days,
    facts,
    drafts,
)
"""All of them, from the top: what is promised and what others have done for us comes before what waits."""


class _Names:
    """Names of members, read as they are needed."""

    def __init__(self, nouns: Nouns) -> None:
        self._conn = nouns.store.read

    def of(self, member_id: int) -> str:
        row = self._conn.execute("SELECT name FROM member WHERE id = ?", (member_id,)).fetchone()
        return row["name"] if row is not None else ""
