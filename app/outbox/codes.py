"""Codes of vouchers in words that go out: who may get one, and what really goes. Drafts, rows and copies have a blank.

Every way out asks here: the courier before it sends or looks up, and whoever posts by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.base import codes, ids
from app.base.codes import IN_REPLY
from app.base.errors import UserError
from app.base.message import Reply
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, Sent, Session, TryLater, UnknownOutcome
from app.outbox import readers
from app.outbox.entry import Entry
from app.store.merged import current_member
from app.store.sqlite import Connection
from app.store.store import Store
from app.voice import RECEIVER, Draft

if TYPE_CHECKING:
    from app.gifts.vouchers import Vouchers

_TOGETHER = N_("A voucher's code goes to one person, in private. Leave it out here, or write to them alone.")
CHANGED = N_("A voucher's code can't be in a correction: withdraw the message, and write it anew.")


def why_not(conn: Connection, draft: Draft) -> str:
    """Why the codes in a draft can't go to whoever reads it, in a sentence; "" if they can, or there are none."""
    found = (_why(conn, number, draft) for number in codes.numbers(draft.text))
    return next(filter(None, found), "")


def refuse(conn: Connection, draft: Draft) -> None:
    """Raise UserError if the codes in a draft can't go to whoever reads it."""
    why = why_not(conn, draft)
    if why:
        raise UserError(why)


def _why(conn: Connection, number: int, draft: Draft) -> str:
    shown = ids.display(ids.VOUCHER, number)
    row = conn.execute(
        "SELECT v.void_at, v.gift_id, g.member_id FROM voucher v LEFT JOIN gift g ON g.id = v.gift_id WHERE v.id = ?",
        (number,),
    ).fetchone()
    if row is None:
        return tr("There's no voucher {voucher}.").format(voucher=shown)
    if row["void_at"] is not None:
        return tr("{voucher} is void, so its code isn't sent. Take it out of the words.").format(voucher=shown)
    if row["gift_id"] is None:
        return tr("{voucher} is no gift's, so its code isn't sent. Give it to a gift first.").format(voucher=shown)
    if draft.read_by != RECEIVER:
        return tr(_TOGETHER)
    member = current_member(conn, row["member_id"])
    if draft.to is None or current_member(conn, draft.to) != member:
        name = conn.execute("SELECT name FROM member WHERE id = ?", (member,)).fetchone()["name"]
        return tr("{voucher} is for {name}, and this goes to somebody else.").format(voucher=shown, name=name)
    return ""


def by_hand(conn: Connection, vouchers: Vouchers, row: Entry) -> str:
    """The words of a row that the person posts, with its codes, each logged. Raises UserError if one can't go there."""
    wanted = codes.numbers(row.text)
    if not wanted:
        return row.text
    refuse(conn, readers.outgoing(conn, row))
    return codes.filled(row.text, {one: vouchers.reveal(one, IN_REPLY) for one in wanted})


def of(store: Store) -> Callable[[], Vouchers]:
    """How the vouchers of a file are come by, where nobody says it."""

    def made() -> Vouchers:
        from app.gifts.vouchers import Vouchers  # noqa: PLC0415  few words hold a code

        return Vouchers(store)

    return made


def sending(vouchers: Callable[[], Vouchers], session: Session, made: Reply) -> Callable[[], Sent]:
    """How a reply is sent with its codes, each logged now; raises Refused then if the keyring doesn't have one."""
    wanted = codes.numbers(made.text)
    if not wanted:
        return partial(session.send, made)
    desk, why = vouchers(), ""
    try:
        made = made._replace(text=codes.filled(made.text, {one: desk.reveal(one, IN_REPLY) for one in wanted}))
    except UserError as error:
        why = str(error)
    return partial(_carry, desk, session, made, why)


def _carry(vouchers: Vouchers, session: Session, made: Reply, stopped: str) -> Sent:
    """Send, unless it is stopped; what the channel says of it holds no code, should it repeat the words."""
    if stopped:
        raise Refused(stopped)
    try:
        return session.send(made)
    except (Refused, AuthNeeded, TryLater, UnknownOutcome) as why:
        known = vouchers.sent()
        why.args = tuple(codes.hidden(one, known) if isinstance(one, str) else one for one in why.args)
        raise


def as_sent(vouchers: Vouchers, made: Reply) -> Reply:
    """The reply as it is at its channel, to be looked up there by its words; nothing is logged."""
    return made._replace(text=codes.filled(made.text, vouchers.sent())) if codes.numbers(made.text) else made
