"""`parse`: the bytes of one mail to one Incoming. It never raises: what cannot be read comes in as unreadable.

Measured on one core: a simple mail takes some 40 µs, a multipart one with HTML some 150 µs.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from hashlib import sha256

from app.base.clock import now
from app.base.message import Addressee, Author, Incoming, Report
from app.base.text import fold
from app.mail import body as bodies
from app.mail import headers, mailboxes, reports, robots
from app.mail.charsets import UnknownCharsetError, clean
from app.mail.quotes import arrange
from app.mail.senders import Written, is_deaf, is_machine, written

EARLIEST = 788_918_400  # 1995-01-01: nobody's community mail is older, but many a broken clock says so
_DAY = 86_400
_OF_A_MAIL = frozenset(["from", "date", "subject", "message-id", "received", "to"])
_LONGEST_LIST = 20_000  # letters of a list of receivers that are read
_USUAL_LIST = 400  # letters of receivers that are remembered
_MOST_NAMED = 200  # receivers of one mail that are looked at; a longer list is an announcement, not a talk
_MAX_REPLY_TO = 20


def parse(raw: bytes, own: Collection[str] = (), received: int | None = None) -> Incoming:
    """The message in these bytes; `own` are our addresses in lower case, `received` the time it arrived, if known.

    `remote_id` is the Message-ID without its brackets, or made from the mail's content where it has none. Broken or
    hostile mail becomes an Incoming of kind `unreadable` that holds the bytes.
    """
    try:
        return _read(raw, own, received)
    except UnknownCharsetError as error:
        return unreadable(raw, str(error), received)
    except (LookupError, ValueError, RecursionError, TypeError, AttributeError, OverflowError, MemoryError):
        return unreadable(raw, "it's damaged or malformed", received)


def unreadable(raw: bytes, why: str, received: int | None = None) -> Incoming:
    """A mail that cannot be read, as something that says so; from its header comes what can still be told."""
    head: dict[str, str] = {}
    try:
        head = headers.fields(headers.split(raw)[0])
        who = written(head, ())
        author = _author(who.name, who.address, headers.message_id(head.get("message-id", "")) or _made_id(head, raw))
        title, refs = headers.title(clean(head.get("subject", ""))), _refs(head)
    except (LookupError, ValueError, RecursionError, TypeError, AttributeError, OverflowError, MemoryError):
        author, title, refs = _author("", "", _made_id(head, raw)), "", ()
    made, (at, dated) = _made_id(head, raw), _when(head, received)
    return Incoming(
        remote_id=headers.message_id(head.get("message-id", "")) or made,
        at=at,
        text=f"This mail couldn't be read: {why}. The original is kept unchanged.",
        author=author,
        refs=refs,
        title=title,
        public=False,
        kind="unreadable",
        raw=raw,
        letter=_hash(made),
        dated=dated,
    )


def _read(raw: bytes, own: Collection[str], received: int | None) -> Incoming:
    text_head, octets = headers.split(raw)
    head = headers.fields(text_head)
    if _OF_A_MAIL.isdisjoint(head):
        return unreadable(raw, "it has no mail headers", received)
    who = written(head, own)
    text, attached = bodies.read(head, octets)
    report = reports.read(head, octets) if reports.may_be(head, octets) else None
    subject = clean(headers.words(head.get("subject", "")[:4000]))
    refs, forwarded = _refs(head), headers.is_forward(subject)
    if refs and not forwarded:
        text = arrange(text)
    made, (at, dated) = _made_id(head, octets), _when(head, received)
    number = headers.message_id(head.get("message-id", "")) or made
    return Incoming(
        remote_id=number,
        at=at,
        text=text or _nothing(attached),
        author=_author(who.name, who.address, number),
        out=who.out,
        refs=refs,
        parent=refs[-1] if refs else "",
        title=headers.title(subject),
        public=False,
        attached=attached,
        to=_named(head),
        forwarded=forwarded,
        letter=_hash(made),
        dated=dated,
        named=_addressees(head, who),
        quiet=(quiet := _quiet(head, who, report, octets)),
        person=not quiet and bool(who.address or who.name) and not (is_machine(who.address) and not who.by_form),
        mailing_list=who.mailing_list,
        alias=_alias(head, own),
        report=report,
    )


def _quiet(head: dict[str, str], who: Written, report: Report | None, octets: bytes) -> str:
    """Why nobody waits for an answer; a form's letter is a person's word, whatever else its program writes."""
    reaction = b"isposition: reaction" in octets or b"vnd.google.email-reaction" in octets
    why = robots.why_quiet(head, who.address, report, reaction=reaction)
    if who.by_form and why in (robots.AUTOMATIC, robots.AWAY):
        return ""
    return why or (robots.AUTOMATIC if is_deaf(who.address) and not who.out else "")


def _addressees(head: dict[str, str], who: Written) -> tuple[Addressee, ...]:
    """All whom the letter names, each once for a role, and those whom an answer shall go to instead of its author."""
    found = [Addressee("reply_to", name, address) for name, address in who.answer_to[:_MAX_REPLY_TO]]
    for role in ("to", "cc", "bcc"):
        if role in head:
            boxes = mailboxes.addresses(head[role][:_LONGEST_LIST])
            found += [Addressee(role, " ".join(clean(name).split())[:200], clean(where)[:254]) for name, where in boxes]
    return tuple(dict.fromkeys(found))[:_MOST_NAMED]


def _alias(head: dict[str, str], own: Collection[str]) -> str:
    """The address of ours that it was written to: as it names it, else as the server says that it was delivered."""
    for name in ("to", "cc", "delivered-to", "x-original-to", "envelope-to"):
        for _, address in mailboxes.addresses(head.get(name, "")[:_LONGEST_LIST]):
            if mailboxes.is_own(address, own):
                return address.lower()
    return ""


def _nothing(attached: tuple[object, ...]) -> str:
    return "[Attachments only.]" if attached else "[No text.]"


def _author(name: str, address: str, letter: str) -> Author:
    """Who wrote it. Without an address people are told apart by their names, and those without a name by the letter.

    Such a key has no @, so that it is never taken for an address to write to.
    """
    if address:
        return Author(address.lower(), address, name)
    known_by = sha256((fold(name) or letter).encode("utf-8", "replace")).hexdigest()[:16]
    return Author(f"unaddressed {known_by}", "", name)


def _named(head: dict[str, str]) -> tuple[str, ...]:
    """The addresses in lower case of all whom the mail names as receivers; Bcc stands in our own copies."""
    to, cc, bcc = head.get("to", ""), head.get("cc", ""), head.get("bcc", "")
    return _named_again(to, cc, bcc) if len(to) + len(cc) + len(bcc) <= _USUAL_LIST else _named_in(to, cc, bcc)


@lru_cache(maxsize=1_024)
def _named_again(to: str, cc: str, bcc: str) -> tuple[str, ...]:
    """Nearly all mail goes to the same few: they are read once."""
    return _named_in(to, cc, bcc)


def _named_in(*lists: str) -> tuple[str, ...]:
    named = (mailboxes.addresses(value[:_LONGEST_LIST]) for value in lists if value)
    return tuple(dict.fromkeys(clean(address).lower()[:254] for found in named for _, address in found))[:_MOST_NAMED]


def _refs(head: dict[str, str]) -> tuple[str, ...]:
    """The ids that the mail answers, the nearest last: References, and In-Reply-To where it says another."""
    refs = headers.ids(head.get("references", ""))
    for one in headers.ids(head.get("in-reply-to", ""))[:1]:
        if one not in refs:
            refs.append(one)
    return tuple(refs)


def _when(head: dict[str, str], received: int | None) -> tuple[int, bool]:
    """The mail's own date and True; where it is absurd or missing, the time of arrival and False."""
    latest = now() + _DAY
    for name in ("date", "received"):
        said = head.get(name, "").rpartition(";")[2] if name == "received" else head.get(name, "")
        at = headers.date(said) if said else None
        if at is not None and EARLIEST <= at <= latest:
            return at, name == "date"
        if received is not None:
            return received, False
    return now(), False


def _made_id(head: dict[str, str], octets: bytes) -> str:
    """An id for a mail that has none, the same however its line ends came through."""
    get = head.get
    kept = f"{get('from', '')}\n{get('to', '')}\n{get('date', '')}\n{get('subject', '')}\n"
    digest = sha256(kept.encode("utf-8", "replace") + octets.replace(b"\r", b"").rstrip())
    return f"{headers.MADE}{digest.hexdigest()[:40]}"


def _hash(made_id: str) -> str:
    """So much of the hash as tells the mails of one Message-ID apart."""
    return made_id[len(headers.MADE) :][:24]
