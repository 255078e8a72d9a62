"""Whom a letter goes to beyond the author of the message that it answers, and from which address of ours.

The only place that decides it: the window's head, the shell, the outbox and the channel all ask here. A letter has an
envelope; posts and direct messages have none, and reach whom their channel says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from app.base.errors import UserError
from app.base.message import Addressee
from app.base.words import N_, counted, tr
from app.inbox.receivers import Receiver
from app.mail import mailboxes
from app.store.sqlite import Connection

TO, CC, BCC = "to", "cc", "bcc"
ROLES = (TO, CC, BCC)
VENUE = "venue"
"""The role of where a post of ours is published, in place of receivers: its name and its key at the channel."""
MOST = 100
"""Receivers of one letter: what common providers take in one go (Gmail: 100 by SMTP), and far more than a conversation
has; above that it is a newsletter, which is not what this is for."""
_MAX_TYPED_CHARS = 1_000_000
_MAX_NAMED_CHARS = 60
_MAX_IN_WORDS = 3  # names of receivers in a short sentence
MAX_IN_HEAD = 20
"""Names in the head of a letter, which says everybody whom a usual letter goes to."""
_A_PAIR = 2
_SEPARATORS = frozenset(',;:<>()[]@"\\')  # a name with one of them is quoted


class Addressing(NamedTuple):
    """What the person chose for a letter.

    `to` are its receivers in place of the author of the message that it answers; () where that is the author. `sender`
    is an address of ours, "" for the one that was written to. `to_list`: it goes to the mailing list that the message
    came through, where everybody on it reads it.
    """

    to: tuple[Addressee, ...] = ()
    cc: tuple[Addressee, ...] = ()
    bcc: tuple[Addressee, ...] = ()
    sender: str = ""
    to_list: bool = False

    @property
    def is_chosen(self) -> bool:
        """Whether it differs from a plain reply."""
        return self != Addressing()


class Letter(NamedTuple):
    """What a stored letter says of whom it was for. `alias` is the address of ours that it was written to.

    `mailing_list` is the address of the list that it came through; both are "" where there is none.
    """

    to: tuple[Addressee, ...] = ()
    cc: tuple[Addressee, ...] = ()
    bcc: tuple[Addressee, ...] = ()
    alias: str = ""
    mailing_list: str = ""


def packed(chosen: Addressing) -> str:
    """The column `draft.addressing`; "" for a plain reply."""
    if not chosen.is_chosen:
        return ""
    kept = {
        "to": [box[1:] for box in chosen.to],
        "cc": [box[1:] for box in chosen.cc],
        "bcc": [box[1:] for box in chosen.bcc],
        "sender": chosen.sender,
        "to_list": chosen.to_list,
    }
    return json.dumps({key: value for key, value in kept.items() if value}, ensure_ascii=False, separators=(",", ":"))


def unpacked(column: str) -> Addressing:
    """The reverse of `packed`."""
    if not column:
        return Addressing()
    kept = json.loads(column)
    to, cc, bcc = (tuple(Addressee(role, *box) for box in kept.get(role, ())) for role in ROLES)
    return Addressing(to, cc, bcc, kept.get("sender", ""), bool(kept.get("to_list")))


def venue_in(receivers: Iterable[Addressee]) -> Addressee | None:
    """Where a post of ours goes; None for a message to somebody, which is never anything but that.

    Its address is "" while no venue that there is has been chosen; its name is what was typed then.
    """
    return next((box for box in receivers if box.role == VENUE), None)


def letter(conn: Connection, message_id: int | None) -> Letter:
    """Whom a message names in its head; empty for what is no letter, and for None."""
    row = conn.execute("SELECT envelope, out FROM message WHERE id = ?", (message_id,)).fetchone()
    return in_envelope(row["envelope"], out=bool(row["out"])) if row is not None else Letter()


def in_envelope(column: str, *, out: bool = False) -> Letter:
    """The same from the column `message.envelope`; `out`: the letter is ours, and its alias is what it came from.

    A letter that names nobody but us is stored with the alias alone.
    """
    if not column:
        return Letter()
    kept = json.loads(column)
    to, cc, bcc = (tuple(Addressee(role, *box) for box in kept.get(role, ())) for role in ROLES)
    alias = kept.get("alias", "")
    if alias and not out and not to and not cc:
        to = (Addressee(TO, "", alias),)
    return Letter(to, cc, bcc, alias, kept.get("list", ""))


def worth_saying(of: Letter, own: Collection[str], speakers: Iterable[Receiver], *, out: bool) -> bool:
    """Whether to say whom a letter names; `speakers` are those who wrote in its conversation.

    Theirs: to anybody besides us. Ours: to more than one, or to somebody who has not written there.
    """
    named = (*of.to, *of.cc, *of.bcc)
    if not out:
        return any(not mailboxes.is_own(box.address, own) for box in named)
    known = {
        address.lower() for speaker in speakers for address in (speaker.address, *(where for _, where in speaker.boxes))
    }
    return len(named) > 1 or any(box.address.lower() not in known for box in named)


def named_in(of: Letter, own: Collection[str], show: Callable[[str], str] = str) -> str:
    """Whom a letter names, in words: "to us and Béla, copy to Jana"; "" if it names nobody."""
    to, cc, bcc = (_with_us(boxes, own, show) for boxes in (of.to, of.cc, of.bcc))
    words = tr("to {names}").format(names=to) if to else ""
    for names, alone, after in (
        (cc, N_("copy to {names}"), N_("{place}, copy to {names}")),
        (bcc, N_("blind copy to {names}"), N_("{place}; blind copy to {names}")),
    ):
        if names:
            words = tr(after if words else alone).format(place=words, names=names)
    return words


def _with_us(named: Sequence[Addressee], own: Collection[str], show: Callable[[str], str]) -> str:
    """Their names, our own addresses as "us", which stands first: "us and Béla"."""
    others = [box for box in named if not mailboxes.is_own(box.address, own)]
    if len(others) == len(named):
        return _joined(others, show)
    return tr("us and {names}").format(names=_joined(others, show)) if others else tr("us")


def _joined(named: Sequence[Addressee], show: Callable[[str], str]) -> str:
    """Two are joined by "and"; see `in_words` for more."""
    if len(named) != _A_PAIR:
        return in_words(named, show)
    first, second = (show(box.name or box.address) for box in named)
    return tr("{first} and {second}").format(first=first, second=second)


def to_everybody(to: Receiver, of: Letter, own: Collection[str]) -> Addressing:
    """A reply to all: the author gets it, and all whom their letter named, as Cc; none of our own addresses.

    Through a mailing list it goes to the list as well.
    """
    authors = tuple(Addressee(TO, name, address) for name, address in to.boxes)
    known = {box.address.lower() for box in authors}
    others = tuple(
        Addressee(CC, box.name, box.address)
        for box in _unlike((*of.to, *of.cc), known)
        if not mailboxes.is_own(box.address, own)
    )
    through_list = bool(of.mailing_list) and any(box.address.lower() == of.mailing_list for box in others)
    return Addressing(authors, others, to_list=through_list)


def to_mailing_list(of: Letter) -> Addressing:
    """A reply to the list that a letter came through. Raises UserError if it came through none."""
    if not of.mailing_list:
        raise UserError(tr("This message didn't come through a mailing list."))
    return Addressing((Addressee(TO, "", of.mailing_list),), to_list=True)


def boxes(to: Receiver | None, chosen: Addressing) -> tuple[Addressee, ...]:
    """All whom a letter goes to, in the order To, Cc, Bcc, each address once."""
    first = chosen.to or (tuple(Addressee(TO, name, address) for name, address in to.boxes) if to else ())
    return tuple(_unlike((*first, *chosen.cc, *chosen.bcc), set()))


def reaches_list(addressees: Iterable[Addressee], of: Letter, chosen: Addressing) -> bool:
    """Whether a letter goes to a mailing list, so that everybody on it reads it."""
    if not of.mailing_list:
        return chosen.to_list
    return any(box.address.lower() == of.mailing_list for box in addressees)


def head(addressees: Sequence[Addressee], *, to_list: bool = False, show: Callable[[str], str] = str) -> str:
    """Whom a letter goes to, in words: "E-mail to Anna (anna@example.org), copy to Béla; blind copy to Jana".

    `show` makes a name or an address fit for the screen.
    """
    to, cc, bcc = ([box for box in addressees if box.role == role] for role in ROLES)
    if len(to) == 1 and to_list and not to[0].name:
        words = tr("E-mail to the list {name}").format(name=show(to[0].address))
    elif 0 < len(to) <= _MAX_IN_WORDS:  # few enough to stand there with their addresses
        words = tr("E-mail to {name}").format(name=", ".join(_with_address(box, show) for box in to))
    else:
        words = tr("E-mail to {name}").format(name=in_words(to, show, MAX_IN_HEAD) if to else tr("nobody yet"))
    if cc:
        words = tr("{place}, copy to {names}").format(place=words, names=in_words(cc, show, MAX_IN_HEAD))
    if bcc:
        words = tr("{place}; blind copy to {names}").format(place=words, names=in_words(bcc, show, MAX_IN_HEAD))
    return words


def _with_address(box: Addressee, show: Callable[[str], str]) -> str:
    if not box.name or not box.address:
        return show(box.name or box.address)
    return tr("{name} ({address})").format(name=show(box.name), address=show(box.address))


def blind_apart(named: Sequence[Addressee], show: Callable[[str], str] = str) -> str:
    """As `in_words`, but those in blind copy are named as such: "Anna, Béla; blind copy to Jana"."""
    seen, blind = ([box for box in named if (box.role == BCC) is hidden] for hidden in (False, True))
    if not blind:
        return in_words(seen, show)
    if not seen:
        return tr("blind copy to {names}").format(names=in_words(blind, show))
    return tr("{place}; blind copy to {names}").format(place=in_words(seen, show), names=in_words(blind, show))


def in_words(named: Sequence[Addressee], show: Callable[[str], str] = str, most: int = _MAX_IN_WORDS) -> str:
    """Their names, or addresses, for a sentence: "Anna, Béla and 3 more"; `show` makes each fit for the screen.

    Up to `most` are all named.
    """
    names = [show(box.name or box.address) for box in named]
    if len(names) <= most:
        return ", ".join(names)
    first = ", ".join(names[: most - 1])
    rest = len(names) - most + 1
    return counted(rest, "{names} and {count} more", "{names} and {count} more", names=first)


def _unlike(named: Iterable[Addressee], known: set[str]) -> list[Addressee]:
    """Those whose address is not in `known` and was not named before."""
    kept, seen = [], set(known)
    for box in named:
        if box.address.lower() not in seen:
            seen.add(box.address.lower())
            kept.append(box)
    return kept


def typed(text: str, role: str = TO) -> tuple[Addressee, ...]:
    """The receivers in a text that a person typed: `Anna <anna@example.org>, bela@example.org`.

    Raises UserError naming the first that is no e-mail address, and for more than MOST.
    """
    text = text[:_MAX_TYPED_CHARS].replace("\n", ",")
    pieces = mailboxes.addresses(text)
    if len(pieces) > MOST:
        msg = tr("That's {count} receivers; one letter goes to at most {most}. Leave some out.").format(
            count=len(pieces), most=MOST
        )
        raise UserError(msg)
    kept = [Addressee(role, " ".join(name.split()), address) for name, address in pieces]
    for box in kept:
        refuse_unusable(box.address)
    if text.strip(" ,;\t\r\n") and _count(text) != len(kept):
        raise UserError(_no_address(_first_wrong(text)))
    return tuple(_unlike(kept, set()))


def in_field(addressees: Iterable[Addressee]) -> str:
    """The receivers as they stand in a field: `Anna <anna@example.org>, bela@example.org`; `typed` reads it back."""
    return ", ".join(_in_field(box) for box in addressees)


def _in_field(box: Addressee) -> str:
    name = " ".join(box.name.split())
    if not name or name == box.address:
        return box.address
    if _SEPARATORS & set(name):
        name = '"{}"'.format(name.replace("\\", "\\\\").replace('"', '\\"'))
    return f"{name} <{box.address}>"


def begun(text: str, role: str = TO) -> tuple[Addressee, ...]:
    """The same of a text that is still being typed: what is no address yet stands as one, so that no word is lost.

    Sending refuses it.
    """
    with suppress(UserError):
        return typed(text, role)
    kept: list[Addressee] = []
    for piece in _pieces(text[:_MAX_TYPED_CHARS]):
        read = mailboxes.addresses(piece) or [("", " ".join(piece.split()))]
        kept += [Addressee(role, " ".join(name.split()), address) for name, address in read]
    return tuple(_unlike(kept, set()))


def refuse_unusable(address: str) -> None:
    """Raise UserError if mail cannot be sent to this.

    That is: no @, a space, a domain with nothing between two dots, or letters before the @ that servers refuse.
    """
    local, _, domain = address.rpartition("@")
    if not local or not all(domain.split(".")) or any(sign.isspace() for sign in address):
        raise UserError(_no_address(address))
    if not local.isascii():
        msg = tr("{address} has letters before the @ that mail servers don't accept, so you can't write to it.").format(
            address=address
        )
        raise UserError(msg)


def _no_address(typed_text: str) -> str:
    shown = typed_text if len(typed_text) <= _MAX_NAMED_CHARS else f"{typed_text[:_MAX_NAMED_CHARS]}…"
    return tr("“{typed}” isn't an e-mail address. Write it like anna@example.org.").format(typed=shown)


def _pieces(text: str) -> list[str]:
    """The text, cut where a person separates receivers: at line ends, and at "," and ";" outside of quotes."""
    pieces, current, quoted, escaped = [], "", False, False
    for sign in text:
        quoted ^= sign == '"' and not escaped
        escaped = quoted and sign == "\\" and not escaped
        if sign == "\n" or (sign in ",;" and not quoted):
            pieces.append(current)
            current = ""
        else:
            current += sign
    return [piece.strip() for piece in (*pieces, current) if piece.strip()]


def _count(text: str) -> int:
    """How many receivers were meant: a piece without an @ belongs to the next one's name (`Nováková, Jana <...>`)."""
    pieces = _pieces(text)
    return sum("@" in piece for piece in pieces) + (1 if pieces and "@" not in pieces[-1] else 0)


def _first_wrong(text: str) -> str:
    """The first piece that no address can be read from, else the whole text."""
    return next((piece for piece in _pieces(text) if not mailboxes.addresses(piece)), text.strip())
