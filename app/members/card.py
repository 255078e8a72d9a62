"""The member card: everything about a person, across all channels, on one page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from app.base import clock
from app.base.words import tr
from app.calendar.name_days import NameDay
from app.inbox.elsewhere import ASIDE, has
from app.inbox.moderated import Bar, bars
from app.mail.quotes import first_words
from app.members.days import name_day_of
from app.members.desk import Member, Members, took_part
from app.members.facts import ADDRESS_FORMS
from app.members.figures import Figures, figures
from app.members.own import Note
from app.promises import InTime, Promise, Promises
from app.store.sqlite import Connection
from app.store.store import Store

_PREVIEW_CHARS = 200
_HISTORY = 100
_ANSWER = f"o.out AND o.failed = '' AND NOT {has(ASIDE, 'o')}"
"""SQL on a message `o`: whether it is ours, and somebody's answer."""
_FIGURES = f"""
SELECT count(*),
  sum(EXISTS (
    SELECT 1 FROM identity i JOIN message m ON m.identity_id = i.id
    JOIN message o ON o.conversation_id = m.conversation_id AND {_ANSWER} AND (o.at, o.id) > (m.at, m.id)
    WHERE i.member_id = ?1 AND m.conversation_id = c.id AND NOT m.out)),
  max(c.unhappy AND c.state <> 'done'),
  (SELECT count(*) FROM identity i JOIN message m ON m.identity_id = i.id WHERE i.member_id = ?1 AND NOT m.out)
FROM conversation c WHERE c.id IN ({{talks}})
"""
_SAID = """
SELECT m.id FROM identity i JOIN message m ON m.identity_id = i.id WHERE i.member_id = ? ORDER BY m.id DESC
"""
_TOOK = f"""
SELECT (SELECT min(o.at) FROM message o WHERE o.conversation_id = m.conversation_id AND {_ANSWER}
  AND o.id >= m.at / 60 * 32 AND (o.at, o.id) > (m.at, m.id)) - m.at
FROM json_each(?) j CROSS JOIN message m ON m.id = j.value WHERE NOT m.out
"""
"""No id is below the first of its minute (docs/decisions/0001), so earlier messages need not be read."""
_MAX_REPLIES = 50  # latest answered messages of a member that the typical reply time is computed from


class History(NamedTuple):
    """One conversation in a member's history."""

    conversation_id: int
    title: str
    kind: str
    account: str
    state: str
    last_at: int
    preview: str


class GiftLine(NamedTuple):
    """One gift in a member's history; `worth` is in minor units, `at` Unix seconds."""

    id: int
    item: str
    why: str
    state: str
    worth: int
    currency: str
    at: int


class Card(NamedTuple):
    """A member with figures, promises, gifts and history. Times are Unix seconds, `typical_reply` is in seconds.

    `conversations` counts those they took part in, `answered` those of them where we wrote after they did, `heard`
    their messages. `gift_year` holds (currency, sum in minor units) pairs: the gift currency first, then what has no
    rate to it. `bars` says where they are muted or banned by our log, `in_time` how many promises were kept in time;
    `figures` are those of the line under their name. `fields` has what they have in fields of one's own, by name;
    `notes` are the dated ones; `name_day` is this year's; `met_through` names whom they were met through; `form_shown`
    is on which terms we are by our last message to them.
    """

    member: Member
    conversations: int
    answered: int
    typical_reply: int | None
    unhappy: bool
    heard: int
    promises: tuple[Promise, ...]
    gifts: tuple[GiftLine, ...]
    history: tuple[History, ...]
    gift_year: tuple[tuple[str, int], ...]
    bars: tuple[Bar, ...] = ()
    in_time: InTime = InTime(0, 0, 0, 0)
    figures: Figures = Figures()
    labels: tuple[str, ...] = ()
    fields: Mapping[str, str] = MappingProxyType({})
    notes: tuple[Note, ...] = ()
    name_day: NameDay | None = None
    met_through: str = ""
    form_shown: str = ""

    @property
    def form_of_address(self) -> str:
        """On which terms we are, in words: as the profile says, else as our last message shows; "" if neither."""
        if self.member.form_of_address:
            return tr(ADDRESS_FORMS[self.member.form_of_address])
        shown = ADDRESS_FORMS.get(self.form_shown)
        return tr("{form}, as we last wrote").format(form=tr(shown)) if shown else ""


def card(store: Store, members: Members, promises: Promises, number: int, year: int) -> Card:
    """The card of a member, with gift sums of the calendar year `year`. Raises NotFoundError if there is none."""
    from app.gifts.so_far import had  # noqa: PLC0415  opening a file loads no gifts
    from app.templates.said import form_with  # noqa: PLC0415  nor templates

    member = members.get(number)
    conn = store.read
    talks = took_part("?1")
    conversations, answered, unhappy, heard = conn.execute(_FIGURES.format(talks=talks), (member.id,)).fetchone()
    history = conn.execute(
        "SELECT c.id, c.title, a.kind, a.name, c.state, c.last_at, substr(coalesce(m.text, ''), 1, 20000) AS text FROM"
        " conversation c"
        " JOIN account a ON a.id = c.account_id LEFT JOIN message m ON m.id = c.last_message_id WHERE c.id IN"
        f" ({talks})"
        f" ORDER BY c.last_at DESC LIMIT {_HISTORY}",
        (member.id,),
    )
    gifts = conn.execute(
        "SELECT id, item, why, state, worth, currency, state_at FROM gift WHERE member_id = ? ORDER BY created_at DESC",
        (member.id,),
    )
    return Card(
        member, conversations, int(answered or 0), _typical_reply(conn, member.id), bool(unhappy), heard,
        tuple(promises.of_member(member.id)), tuple(GiftLine(*row) for row in gifts),
        tuple(History(*row)._replace(preview=first_words(row["text"], _PREVIEW_CHARS)) for row in history),
        had(conn, (member.id,), year)[member.id].sums, _bars(conn, member),
        promises.in_time(member.id), figures(conn, member.id, heard),
        members.own.labels(member.id), members.own.values(member.id),
        members.own.notes(member.id), name_day_of(member.name, member.language, member.name_day, year),
        members.through(member), form_with(conn, member.id)[0],
    )  # fmt: skip


def _bars(conn: Connection, member: Member) -> tuple[Bar, ...]:
    """Where a member is muted or banned now."""
    theirs = [identity.id for identity in member.identities]
    return tuple(bars(conn, clock.now(), theirs).values())


def _typical_reply(conn: Connection, number: int) -> int | None:
    """The median time until our next message, in seconds, over the member's latest 50 messages that we answered.

    None if we have answered none.
    """
    heard = [row["id"] for row in conn.execute(_SAID, (number,))]
    times: list[int] = []
    for begin in range(0, len(heard), _MAX_REPLIES):  # latest first; stop as soon as there are enough
        rows = conn.execute(_TOOK, (json.dumps(heard[begin : begin + _MAX_REPLIES]),))
        times += [took for (took,) in rows if took is not None]
        if len(times) >= _MAX_REPLIES:
            break
    took = sorted(times[:_MAX_REPLIES])
    if not took:
        return None
    upper = len(took) // 2
    return int(took[upper] if len(took) % 2 else (took[upper - 1] + took[upper]) // 2)
