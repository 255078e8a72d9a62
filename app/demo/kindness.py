"""The demo's promises, hand-offs and gifts, and the year's budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.base import money, resources
from app.demo.times import day, moment
from app.handoffs.desk import context

if TYPE_CHECKING:
    from app.demo.planting import Planting

_STATUS = {"closed": "solved"}  # of a hand-off that is over; the store keeps when it was closed beside the status
_SHIPPED = ("shipped", "thanked")


def plant(planting: Planting, told: dict[str, Any]) -> None:
    """Write what belongs to one conversation."""
    conversation = planting.conversations[told["key"]]
    first = next((said["from"] for said in told["message"] if said["from"] != "us"), None)
    for promise in told.get("promise", ()):
        _promise(planting, promise, conversation, planting.members[promise.get("member", first)])
    for handoff in told.get("handoff", ()):
        _handoff(planting, handoff, conversation, planting.members[first] if first else None)
    for gift in told.get("gift", ()):
        _gift(planting, gift, conversation, planting.members[gift.get("member", first)])


def _promise(planting: Planting, promise: dict[str, Any], conversation: int, member: int) -> None:
    kept = moment(promise["kept"], planting.now) if promise.get("kept") else None
    due = day(promise["due"], planting.now) if promise.get("due") else None
    planting.conn.execute(
        "INSERT INTO promise (member_id, conversation_id, what, at, due_on, kept_at) VALUES (?, ?, ?, ?, ?, ?)",
        (member, conversation, promise["what"], moment(promise["at"], planting.now), due, kept),
    )


def _handoff(planting: Planting, handoff: dict[str, Any], conversation: int, member: int | None) -> None:
    now, status = planting.now, handoff.get("status", "sent")
    opened = moment(handoff["at"], now)
    answered = moment(handoff["answered_at"], now) if handoff.get("answered_at") else None
    closed = status == "closed"
    planting.conn.execute(
        "INSERT INTO handoff (conversation_id, member_id, teammate_id, kind, ask, opened_at, needed_by, owner,"
        " status, answer, answered_on, told_at, closed_at, exported_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, ?, ?, ?)",
        (
            conversation, member, planting.teammates[handoff["to"]], handoff.get("kind", "problem"), handoff["ask"],
            opened,
            day(handoff["needed_by"], now) if handoff.get("needed_by") else None, "", _STATUS.get(status, status),
            handoff.get("answer", ""), day(handoff["answered_at"], now) if answered else None,
            answered if closed else None,
            (answered or opened) if closed else None, opened, answered or opened,
        ),
    )  # fmt: skip
    planting.conn.execute(
        "UPDATE handoff SET context = ? WHERE id = last_insert_rowid()", (context(planting.conn, conversation),)
    )


def _gift(planting: Planting, gift: dict[str, Any], conversation: int, member: int) -> None:
    at, state = moment(gift["at"], planting.now), gift.get("state", "idea")
    planting.conn.execute(
        "INSERT INTO gift (member_id, conversation_id, item, why, occasion, worth, currency, state, state_at,"
        " created_at, shipped_on)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            member, conversation, gift["item"], gift["why"], gift.get("occasion", "thank_you"),
            money.amount(str(gift["cost"]), gift.get("currency", "EUR")),
            gift.get("currency", "EUR"), state, moment(gift["state_at"], planting.now) if gift.get("state_at") else at,
            at,
            day(gift["at"], planting.now) if state in _SHIPPED else None,
        ),
    )  # fmt: skip
    planting.conn.execute(
        "UPDATE gift SET (recipient, address_1, postal_code, city, country) ="
        " (SELECT recipient, address_1, postal_code, city, country FROM member WHERE id = gift.member_id"
        " AND address_1 <> '') WHERE id = last_insert_rowid() AND EXISTS (SELECT 1 FROM member"
        " WHERE id = gift.member_id AND"
        " address_1 <> '')"
    )


def plant_budget(planting: Planting) -> None:
    """The year's money and what lies on the shelf."""
    told = resources.table("demo", "budget.toml")
    for budget in told.get("budget", ()):
        planting.conn.execute(
            "INSERT INTO gift_budget (year, currency, amount) VALUES (?, ?, ?)",
            (planting.now.year, budget["currency"], money.amount(str(budget["amount"]), budget["currency"])),
        )
    for stock in told.get("stock", ()):
        planting.conn.execute(
            "INSERT INTO gift_stock (item, on_hand, reorder_at) VALUES (?, ?, ?)",
            (stock["item"], stock["left"], stock.get("reorder_at", 0)),
        )
