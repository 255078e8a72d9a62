"""Chooses the account and receiver of a reply, and builds what is handed to its channel."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.accounts.notes import who_speaks
from app.accounts.senders import senders, speaking
from app.base.addresses import address_key
from app.base.errors import NotFoundError, UserError
from app.base.ids import CONVERSATION, display
from app.base.message import Addressee, Author, Reply
from app.base.text import fold
from app.base.words import N_, tr
from app.channels.registry import channel
from app.inbox import addressing
from app.inbox.addressing import Addressing
from app.inbox.conversations import TITLE_CHARS
from app.inbox.receivers import Receiver, is_addressed, receiver
from app.mail.quotes import is_start_of
from app.outbox.entry import FORWARD, NEW, Entry, make_key
from app.outbox.files import contents, of_outbox
from app.store.sqlite import Connection

_NOBODY_WAITS = N_(
    "Nobody is waiting for a reply here. If a person wrote this, say so first: Shift+Y, or `person` in the shell."
)
_SPAM = N_(
    "This is marked as spam on “{account}”, so nobody would see a reply. Say that it's not spam first: Shift+Y, or "
    "`moderate M-… show` in the shell."
)
_MAX_REFS = 20  # Message-IDs in References: the first and the latest; mail programs need no more to thread

_ACCOUNT = """
SELECT a.id, a.mode, a.state, a.kind, a.name, c.public, coalesce(nullif(c.title, ''), a.name), c.quiet
FROM conversation c JOIN account a ON a.id = c.account_id WHERE c.id = ?
"""
_LIVE = (
    "SELECT id FROM account WHERE kind = ? AND mode = 'live' AND state <> 'removed' ORDER BY state <> 'on', id LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Way:
    """How a reply is sent: the account, and the receiver; None if it is addressed to nobody.

    In a conversation that we have begun and nobody has answered yet, it goes to the same people again.

    Of a letter, `boxes` are all whom it goes to, `identity_id` the identity of the one whom it answers, `sender` the
    address of ours that it comes from ("" for the account's), and `to_list` whether a mailing list gets it.
    """

    account_id: int
    kind: str
    to: Receiver | None
    title: str
    boxes: tuple[Addressee, ...] = ()
    identity_id: int | None = None
    sender: str = ""
    to_list: bool = False

    @property
    def whom(self) -> str:
        """The receivers' names, else the conversation's title."""
        if self.boxes and (self.to is None or self.boxes != addressing.boxes(self.to, Addressing())):
            return addressing.blind_apart(self.boxes)
        return (self.to.label if self.to else "") or self.title


def way(conn: Connection, conversation_id: int, answers_id: int | None = None, chosen: Addressing | None = None) -> Way:
    """How a reply to the author of that message is sent; by default the receiver is chosen by `app.inbox.receivers`.

    With `chosen`, a letter goes to those receivers, from that address.

    An imported conversation is answered through a live account of the same kind. Raises UserError if nothing can be
    sent (also used to warn before the person starts writing), NotFoundError if there is no such conversation.
    """
    row = conn.execute(_ACCOUNT, (conversation_id,)).fetchone()
    if row is None:
        msg = tr("There's no conversation {conversation}.").format(conversation=display(CONVERSATION, conversation_id))
        raise NotFoundError(msg)
    account, mode, state, kind, name, public, title, quiet = row
    to = receiver(conn, conversation_id, answers_id)
    if mode == "file" or state == "removed":
        account = _live_account(conn, kind, name, int(account), removed=mode != "file")
    if to is None and quiet and not channel(kind).by_address:
        raise UserError(_why_quiet(conn, conversation_id, name))
    begun_with = None
    if to is None and not public and not quiet and not (chosen and chosen.to):
        begun_with, chosen = _follow_up(conn, conversation_id, chosen)
    if not public and is_addressed(kind) and begun_with is None:
        if to is None and quiet:
            raise UserError(tr(_NOBODY_WAITS))
        if not (chosen and chosen.to):
            _refuse_nobody(to, kind)
    chosen = chosen or Addressing()
    if chosen.is_chosen and not channel(kind).by_address:
        msg = tr("Only letters have several receivers. On “{account}” you reply to whoever wrote.").format(account=name)
        raise UserError(msg)
    if not channel(kind).by_address or (public and not chosen.is_chosen):
        # A public letter, such as an import's: whoever wrote it may have no address.
        besides = _private_company(conn, account, to, kind) if not public else ()
        return Way(account, kind, to, title, besides, identity_id=to.identity_id if to else begun_with)
    return _by_letter(conn, Way(account, kind, to, title), chosen)


def _private_company(conn: Connection, account: int, to: Receiver | None, kind: str) -> tuple[Addressee, ...]:
    """All whom a private post to that receiver names, where their message named others besides us; else ().

    Whoever is named in a talk of several would miss an answer that does not name them.
    """
    if to is None or not is_addressed(kind):
        return ()
    (own,) = conn.execute("SELECT own FROM account WHERE id = ?", (account,)).fetchone()
    known = {*own.split("\n"), to.address.lstrip("@").lower()}
    named = [box for box in addressing.letter(conn, to.message_id).to if box.address.lower() not in known]
    first = Addressee(addressing.TO, to.name, to.address.lstrip("@"))
    return (first, *named) if named else ()


def _live_account(conn: Connection, kind: str, name: str, number: int, *, removed: bool) -> int:
    """The account that answers in place of one that cannot send: the one that the person chose, else the first.

    `number` is the id of the one that cannot. Raises NoAccountError if there is none.
    """
    chosen = who_speaks(conn, number)
    if chosen:
        return int(chosen)
    live = conn.execute(_LIVE, (kind,)).fetchone()
    if live is None:
        raise NoAccountError(name, removed=removed)
    return int(live["id"])


def _follow_up(
    conn: Connection, conversation_id: int, chosen: Addressing | None
) -> tuple[int | None, Addressing | None]:
    """Whom another message goes to in a conversation that we have begun and nobody has answered: the same people.

    Returns their first identity, None where that is nobody whom we know, and for a letter all whom it goes to.
    """
    row = conn.execute(
        "SELECT o.identity_id, o.message_id, a.kind FROM outbox o JOIN account a ON a.id = o.account_id"
        " WHERE o.conversation_id = ? AND o.purpose IN ('new', 'forward') AND o.state = 'sent' ORDER BY o.id LIMIT 1",
        (conversation_id,),
    ).fetchone()
    if row is None:
        return None, chosen
    if not channel(row["kind"]).by_address:
        return row["identity_id"], chosen
    first = addressing.letter(conn, row["message_id"])
    asked = chosen or Addressing()
    return row["identity_id"], Addressing(
        first.to, asked.cc or first.cc, asked.bcc, asked.sender or first.alias, to_list=asked.to_list
    )


def _by_letter(conn: Connection, goes: Way, chosen: Addressing) -> Way:
    """The way of a letter: whom it goes to, and from which address."""
    to = goes.to
    boxes = addressing.boxes(to, chosen)
    if len(boxes) > addressing.MOST:
        msg = tr("That's {count} receivers; one letter goes to at most {most}. Leave some out.").format(
            count=len(boxes), most=addressing.MOST
        )
        raise UserError(msg)
    for box in boxes:
        addressing.refuse_unusable(box.address)
    ours = {sender.address.lower(): sender.address for sender in senders(conn, goes.account_id)}
    answered = addressing.letter(conn, to.message_id if to else None)
    written_to = answered.alias if answered.alias.lower() in ours else ""
    sender = ours.get((chosen.sender or written_to or who_speaks(conn, goes.account_id)).lower(), "")
    if chosen.sender and not sender:
        msg = tr("{address} isn't an address of this account. It can send as: {addresses}.").format(
            address=chosen.sender, addresses=", ".join(ours.values())
        )
        raise UserError(msg)
    identity = to.identity_id if to else None
    if chosen.to and not {box.address.lower() for box in boxes} & {address.lower() for _, address in _boxes_of(to)}:
        identity = identity_at(conn, goes.kind, boxes[0].address)
    to_list = addressing.reaches_list(boxes, answered, chosen)
    return replace(goes, boxes=boxes, identity_id=identity, sender=sender, to_list=to_list)


def _boxes_of(to: Receiver | None) -> tuple[tuple[str, str], ...]:
    return to.boxes if to is not None else ()


def identity_at(conn: Connection, kind: str, address: str) -> int | None:
    """The identity that has this address; None if it is nobody's whom we know."""
    row = conn.execute("SELECT id FROM identity WHERE kind = ? AND key = ?", (kind, address_key(address))).fetchone()
    return None if row is None else int(row["id"])


def chosen_in(outgoing: Entry) -> Addressing:
    """What the person chose for a letter in the outbox, for its draft when it comes back."""
    if not channel(outgoing.kind).by_address:
        return Addressing()
    to, cc, bcc = (tuple(box for box in outgoing.boxes if box.role == role) for role in addressing.ROLES)
    return Addressing(to, cc, bcc, outgoing.sender, to_list=outgoing.to_list)


def receivers_of(goes: Way) -> str:
    """The column `outbox.receivers`: where a letter goes, unless that is just its receiver's own address."""
    to = goes.to
    if to is not None and not to.asked and goes.boxes == (Addressee("to", to.name, to.address),):
        return "[]"
    return json.dumps([list(box) for box in goes.boxes], ensure_ascii=False)


class NoAccountError(UserError):
    """The conversation was imported or its account removed, and no live account of that kind exists to reply from."""

    def __init__(self, account: str, *, removed: bool) -> None:
        """`account` is the account's name."""
        if removed:
            sentence = tr(
                "“{account}” is no longer connected and can't send. Connect an account of this kind to reply."
            )
        else:
            sentence = tr("“{account}” came from a file and can't send. Connect an account of this kind to reply.")
        super().__init__(sentence.format(account=account))


def _with_ancestors(conn: Connection, conversation_id: int, parent: str) -> tuple[str, ...]:
    """The remote ids for References: what `parent` answers, what that answers, and so on, the first of them first.

    `parent` is the last; () without one. A conversation holds letters between others and us, too, and what their ids
    are is nobody else's concern (RFC 5322, 3.6.4: References are those of the parent, and the parent).
    """
    rows = conn.execute(
        "SELECT remote_id, parent_id FROM message WHERE conversation_id = ? AND remote_id IS NOT NULL",
        (conversation_id,),
    )
    answered = {row["remote_id"]: row["parent_id"] for row in rows}
    chain: dict[str, None] = {}  # in order, and each once: what a program made up may answer itself
    while parent and parent not in chain:
        chain[parent] = None
        parent = answered.get(parent) or ""
    refs = tuple(chain)[::-1]
    return refs if len(refs) <= _MAX_REFS else (*refs[:1], *refs[1 - _MAX_REFS :])


def _passed_on(conn: Connection, outgoing: Entry) -> str | None:
    """The id of the letter by which a colleague passed the enquiry on, which whoever asked never saw; None for none."""
    if not channel(outgoing.kind).by_address:
        return None
    row = conn.execute(
        "SELECT m.remote_id FROM passed_on p JOIN message m ON m.id = p.message_id WHERE p.conversation_id = ?",
        (outgoing.conversation_id,),
    ).fetchone()
    return None if row is None else row["remote_id"]


def _subject(conn: Connection, outgoing: Entry) -> str:
    """The conversation's title; "" for a mail without a subject, whose title is its own first words.

    A new or forwarded letter has a subject of its own.
    """
    if outgoing.purpose in (NEW, FORWARD):
        return outgoing.subject
    if not channel(outgoing.kind).by_address:
        return outgoing.title
    row = conn.execute(
        "SELECT text FROM message WHERE conversation_id = ? ORDER BY at, id LIMIT 1", (outgoing.conversation_id,)
    ).fetchone()
    return "" if row is not None and is_start_of(row["text"], outgoing.title, TITLE_CHARS) else outgoing.title


def _why_quiet(conn: Connection, conversation_id: int, account: str) -> str:
    """Why nothing can be replied to in a quiet conversation of a channel: it is spam there, or a program's."""
    spam = "SELECT 1 FROM message WHERE conversation_id = ? AND quiet = 'spam' LIMIT 1"
    if conn.execute(spam, (conversation_id,)).fetchone() is None:
        return tr(_NOBODY_WAITS)
    return tr(_SPAM).format(account=account)


def _refuse_nobody(to: Receiver | None, kind: str) -> None:
    """Raise UserError for a private message without a usable address: it would reach nobody."""
    if to is None:
        msg = tr("Nobody but you has written here, so there's nobody to reply to.")
        raise UserError(msg)
    if not channel(kind).by_address:
        return
    for _, address in to.boxes:
        if "@" not in address:
            name = to.label or tr("whoever wrote this")
            msg = tr("There's no e-mail address for {name}, so you can't reply to them.").format(name=name)
            raise UserError(msg)
        if not address.rpartition("@")[0].isascii():
            msg = tr(
                "{address} has letters before the @ that mail servers don't accept, so you can't reply to it."
            ).format(address=address)
            raise UserError(msg)


def refuse_mentions(text: str, to: Receiver | None, kind: str, besides: Sequence[Addressee] = ()) -> None:
    """Raise UserError if a private message mentions somebody else, who would see it because of that (Mastodon).

    `besides` are all whom it goes to, where that is more than one.
    """
    pattern = channel(kind).mentions
    if not pattern or to is None or to.public:
        return
    own = {fold(address).strip("@") for address in (to.address, *(box.address for box in besides))}
    for mention in re.findall(pattern, text):
        if fold(mention).strip("@.") not in own:
            msg = tr(
                "“{mention}” would see this private message too. Write the name without the @, or leave it out."
            ).format(mention=mention)
            raise UserError(msg)


def new_key(conn: Connection, account_id: int) -> str:
    """Create a key of the account's kind for a new reply; see `make_key`."""
    kind, own, fields = conn.execute("SELECT kind, own, fields FROM account WHERE id = ?", (account_id,)).fetchone()
    return make_key(kind, own, {key: str(value) for key, value in json.loads(fields or "{}").items()})


def reply(conn: Connection, outgoing: Entry) -> Reply:
    """Build the channel's Reply from a row; identical for every attempt, except for `tried`."""
    thread, post_url, public = conn.execute(
        "SELECT remote_id, post_url, public FROM conversation WHERE id = ?", (outgoing.conversation_id,)
    ).fetchone()
    begins = outgoing.purpose in (NEW, FORWARD)
    refs = (
        []
        if begins
        else [
            row["remote_id"]
            for row in conn.execute(
                "SELECT remote_id FROM message WHERE conversation_id = ? AND remote_id IS NOT NULL AND at <= ?"
                " ORDER BY at, id",
                (outgoing.conversation_id, outgoing.created_at),
            )
        ]
    )
    answered = conn.execute("SELECT remote_id FROM message WHERE id = ?", (outgoing.answers_id,)).fetchone()
    whom = conn.execute("SELECT key, handle, name, url FROM identity WHERE id = ?", (outgoing.identity_id,)).fetchone()
    before = conn.execute(
        "SELECT e.remote_id AS remote_id FROM outbox o JOIN outbox e ON e.id = o.after_id WHERE o.id = ?",
        (outgoing.id,),
    ).fetchone()
    parent = (before and before["remote_id"]) or (answered and answered["remote_id"]) or (refs[-1] if refs else "")
    passed = _passed_on(conn, outgoing)
    parent = "" if parent == passed else parent
    to = Author(*whom) if whom and whom["key"] else None
    boxes, venue = [Addressee(*box) for box in json.loads(outgoing.receivers)], outgoing.venue
    if venue is not None:
        to, boxes = None, []
    if boxes:
        to = Author(address_key(boxes[0].address), boxes[0].address, boxes[0].name)
    return Reply(
        key=outgoing.key,
        text=outgoing.full_text,
        thread=thread or "",
        parent=parent,
        title=_subject(conn, outgoing),
        refs=tuple(one for one in _with_ancestors(conn, outgoing.conversation_id, parent) if one != passed),
        to=to,
        at=outgoing.created_at,
        post_url=post_url,
        public=bool(public),
        tried=outgoing.tried,
        others=tuple(boxes[1:]),
        subject_is_whole=begins,
        language=outgoing.language,
        files=contents(conn, of_outbox(outgoing.id)),
        sender=speaking(conn, outgoing.account_id, outgoing.sender) if channel(outgoing.kind).by_address else None,
        venue=venue.address if venue is not None else "",
    )
