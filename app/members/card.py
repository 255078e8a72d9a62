"""The member card: everything with a person, over all channels, on one page."""

from __future__ import annotations

from app.members.desk import Member, Members
from app.promises import Promise, Promises
from app.records import dataclass
from app.store.store import Store

_HISTORY = 100


@dataclass(frozen=True, slots=True)
class History:
    """One conversation in a member's history."""

    conversation_id: int
    title: str
    kind: str
    account: str
    state: str
    last_at: int
    preview: str


@dataclass(frozen=True, slots=True)
class GiftLine:
    """One gift in a member's history; worth in minor units."""

    id: int
    item: str
    why: str
    state: str
    worth: int
    currency: str
    at: int


@dataclass(frozen=True, slots=True)
class Card:
    """A member, with figures, promises, gifts and history; times in Unix seconds, `typical_reply` in seconds."""

    member: Member
    conversations: int
    answered: int
    typical_reply: int | None
    unhappy: bool
    promises: tuple[Promise, ...]
    gifts: tuple[GiftLine, ...]
    history: tuple[History, ...]
    gift_year: tuple[tuple[str, int], ...]


def card(store: Store, members: Members, promises: Promises, number: int, year: int) -> Card:
    """The card of a member, with gift sums of that calendar year; NotFoundError where there is none."""
    member = members.get(number)
    conn = store.read
    took_part = (
        "SELECT DISTINCT conversation_id FROM message WHERE identity_id IN (SELECT id FROM identity WHERE"
        " member_id = ?)"
        " UNION SELECT id FROM conversation WHERE identity_id IN (SELECT id FROM identity WHERE member_id = ?)"
    )
    both = (member.id, member.id)
    figures = conn.execute(
        f"SELECT count(*), sum(EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.out)),"
        f" max(c.unhappy AND c.state <> 'done') FROM conversation c WHERE c.id IN ({took_part})",
        both,
    ).fetchone()
    history = conn.execute(
        "SELECT c.id, c.title, a.kind, a.name, c.state, c.last_at, substr(coalesce(m.text, ''), 1, 200) FROM"
        " conversation c"
        " JOIN account a ON a.id = c.account_id LEFT JOIN message m ON m.id = c.last_message_id WHERE c.id IN"
        f" ({took_part})"
        f" ORDER BY c.last_at DESC LIMIT {_HISTORY}",
        both,
    )
    gifts = conn.execute(
        "SELECT id, item, why, state, worth, currency, state_at FROM gift WHERE member_id = ? ORDER BY created_at DESC",
        (member.id,),
    )
    sums = conn.execute(
        "SELECT currency, sum(coalesce(actual_cost, worth)) FROM gift WHERE member_id = ? AND state <> 'idea'"
        " AND strftime('%Y', created_at, 'unixepoch', 'localtime') = ? GROUP BY currency ORDER BY 2 DESC",
        (member.id, str(year)),
    )
    return Card(
        member, figures[0], int(figures[1] or 0), _typical_reply(store, member.id), bool(figures[2]),
        tuple(promises.of_member(member.id)), tuple(GiftLine(*row) for row in gifts),
        tuple(History(*row) for row in history), tuple((row[0], int(row[1])) for row in sums),
    )  # fmt: skip


def _typical_reply(store: Store, number: int) -> int | None:
    """The median, over this member's latest 50 messages that we answered, of the seconds until we did."""
    rows = store.read.execute(
        "SELECT (SELECT min(o.at) FROM message o WHERE o.conversation_id = m.conversation_id AND o.out AND"
        " o.at >= m.at) - m.at AS took"
        " FROM message m WHERE m.identity_id IN (SELECT id FROM identity WHERE member_id = ?) AND NOT m.out"
        " ORDER BY m.id DESC LIMIT 50",
        (number,),
    ).fetchall()
    took = sorted(row[0] for row in rows if row[0] is not None)
    return int(took[len(took) // 2]) if took else None
