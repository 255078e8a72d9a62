"""New posts of our own: where each goes, who sees it, and what can be taken back afterwards.

A post is a draft whose receiver is a venue (`app.inbox.addressing.VENUE`), from its first moment to its last: a message
to somebody never becomes one by the choice of an account.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.accounts import channel
from app.base.errors import UserError
from app.base.message import Addressee
from app.base.words import tr
from app.channels.base import Posting
from app.inbox.addressing import VENUE, venue_in
from app.outbox import fitting, venues
from app.outbox.destination import Destination
from app.outbox.letter_drafts import LetterDraft
from app.outbox.reach import Account
from app.outbox.venues import NOWHERE, Venue
from app.store.sqlite import Connection

_ACCOUNTS = """
SELECT a.id, a.name, a.kind, a.mode FROM account a WHERE a.mode IN ('live', 'demo', 'assisted') AND a.state <> 'removed'
ORDER BY a.state <> 'on', a.mode = 'assisted', a.id
"""
_LATEST = """
SELECT account_id FROM outbox WHERE purpose = 'new' AND state <> 'discarded' AND receivers ->> '$[0][0]' = ?
ORDER BY id DESC LIMIT 1
"""


def is_post(draft: LetterDraft) -> bool:
    """Whether a draft is a post of ours: it says where it is published in place of whom it goes to."""
    return venue_in(draft.receivers) is not None


def accounts(conn: Connection) -> list[Account]:
    """The accounts on which posts of ours can be published; those that work come first, those by hand last."""
    return [
        Account(number, name, kind)
        for number, name, kind, mode in conn.execute(_ACCOUNTS)
        if venues.posting(kind, mode) is not None
    ]


def begun(conn: Connection, account_id: int | None = None) -> LetterDraft:
    """A new post, not saved: on that account, else where the last one was; its venue is the last one's there.

    Raises UserError if nothing can be posted there, or anywhere.
    """
    every = accounts(conn)
    if not every:
        raise UserError(tr("No account here can publish a post. Connect one that can, such as Mastodon or Bluesky."))
    row = conn.execute(_LATEST, (VENUE,)).fetchone()
    used = int(row["account_id"]) if row is not None and account_id is None else account_id
    chosen = next((one for one in every if one.id == used), None)
    if chosen is None and account_id is not None:
        raise UserError(_cannot(conn, account_id, every))
    return on_account(conn, LetterDraft(), (chosen or every[0]).id)


def on_account(conn: Connection, draft: LetterDraft, account_id: int) -> LetterDraft:
    """The draft as a post on this account: to the venue that its last post there went to.

    The words of a message to somebody have no venue before the person chooses one.
    """
    message = draft.text.strip() and not is_post(draft)
    venue = NOWHERE if message else venues.latest(conn, account_id)
    return draft._replace(
        account_id=account_id, receivers=(venue.box,), sender="", together=False, member_id=None
    )  # fmt: skip


def why_not_a_post(draft: LetterDraft) -> str:
    """Why a draft must stay private, in a sentence; "" if the person may make a post of it."""
    if draft.linked_id is not None:
        return tr("This message takes a matter further in private, so it can't be published. Write a new post.")
    if draft.forwards_id is not None:
        return tr("A forwarded letter isn't yours to publish. Write a new post.")
    return ""


def destination(conn: Connection, draft: LetterDraft) -> Destination:
    """Where a post goes, who sees it, and what can be taken back; its `problem` says why it can't go there."""
    every = accounts(conn)
    account = next((one for one in every if one.id == draft.account_id), None)
    if account is None:
        msg = tr("Choose the account that it's posted from.")
        if draft.account_id is not None:
            msg = _cannot(conn, draft.account_id, every)
        return Destination(msg, 0, problem=msg, titles=False, by_mail=False, post=True)
    mode = conn.execute("SELECT mode FROM account WHERE id = ?", (account.id,)).fetchone()["mode"]
    how = venues.posting(account.kind, mode)
    if how is None:  # `accounts` has none such
        raise AssertionError(account.kind)
    problem, venue = "", NOWHERE
    try:
        venue = _venue(conn, draft, account)
    except UserError as why:
        problem = str(why)
    by_hand = mode == "assisted"
    sentence = problem or _sentence(account, how, venue, by_hand=by_hand)
    return Destination(
        sentence, 0 if problem else 1, account.kind, problem, how.titles, by_mail=False, post=True, by_hand=by_hand
    )  # fmt: skip


def room(conn: Connection, draft: LetterDraft) -> fitting.Room:
    """How long a draft may be on its account. A post may go on in answers to itself, a message to somebody may not.

    What is posted by hand has no limit: that of the channel is for comments.
    """
    number = draft.account_id or 0
    mode = conn.execute("SELECT mode FROM account WHERE id = ?", (number,)).fetchone()["mode"]
    known = fitting.room(conn, number)
    if not is_post(draft):
        return replace(known, threads=False)
    return replace(known, limit=None, most_bytes=None, threads=False) if mode == "assisted" else known


def _venue(conn: Connection, draft: LetterDraft, account: Account) -> Venue:
    """The venue of a post. Raises UserError for a draft that must stay private, or whose venue is not there."""
    why = why_not_a_post(draft)
    if why:
        raise UserError(why)
    if len(draft.receivers) != 1:
        raise UserError(tr("A post goes to one place, and to nobody besides."))
    box = draft.receivers[0]
    if not box.address and not box.name.strip():
        if not venues.venues(conn, account.id):
            venues.find(conn, account.id, "")  # raises: none is known
        raise UserError(tr("Choose where it's posted first."))
    if not box.address:
        return venues.find(conn, account.id, box.name)
    known = next((venue for venue in venues.venues(conn, account.id) if venue.key == box.address), None)
    if known is None:
        msg = tr("“{venue}” is no longer there on “{account}”, or you can't post to it. Choose another place.")
        raise UserError(msg.format(venue=box.name, account=account.name))
    return known


def _sentence(account: Account, how: Posting, venue: Venue, *, by_hand: bool) -> str:
    """Where it goes and who sees it, and what can be taken back."""
    seen = tr(how.audience).format(venue=venue.name)
    if by_hand:
        return tr("A post on {account}. {seen}").format(account=account.name, seen=seen)
    return tr("A post on {account}. {seen} {later}").format(account=account.name, seen=seen, later=_later(account.kind))


def _later(kind: str) -> str:
    """What can be done about a post that is out, by what its channel can."""
    can = channel(kind).can
    if can.correct and can.withdraw:
        return tr("You can correct it or withdraw it afterwards.")
    if can.withdraw:
        return tr("You can withdraw it afterwards, but not correct it.")
    if can.correct:
        return tr("You can correct it afterwards, but not withdraw it.")
    return tr("You can't correct or withdraw it afterwards.")


def settled(conn: Connection, draft: LetterDraft) -> LetterDraft:
    """The draft with the venue that it names by words alone, under its key and name. Raises UserError if it is none."""
    box = venue_in(draft.receivers)
    if box is None or box.address or draft.account_id is None:
        return draft
    return draft._replace(receivers=(venues.find(conn, draft.account_id, box.name).box,))


def _cannot(conn: Connection, account_id: int, every: Sequence[Account]) -> str:
    row = conn.execute("SELECT name FROM account WHERE id = ?", (account_id,)).fetchone()
    names = ", ".join(account.name for account in every) or tr("none")
    return tr("“{account}” can't publish a post. Accounts that can: {names}.").format(
        account=row["name"] if row is not None else account_id, names=names
    )


def typed(text: str) -> Addressee:
    """What stands in a post while its venue is being typed, and is no venue that is known."""
    return Addressee(VENUE, " ".join(text.split()), "")
