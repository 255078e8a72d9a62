"""Who wrote a letter, and where an answer to it goes: From, Sender, Reply-To, and what lists and forms make of them.

Sources: RFC 5322, 3.6.2 (Reply-To says where answers go; without it, to all in From); RFC 2369 (List-Post); and, as no
standard has it, what the programs of lists do since DMARC: `From: Anna via Garden <garden@lists...>`, the writer in
Reply-To (Mailman, Sympa), X-Original-From (Google Groups) or Cc (Mailman, where Reply-To is the list).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.base.text import fold
from app.mail import headers, mailboxes
from app.mail.charsets import clean

Box = tuple[str, str]
"""A name and an address."""

_MAX_NAME_CHARS = 200
_MAX_NAMELESS_CHARS = 2_000  # of a From without an address that are read as a name
_MAX_LIST_CHARS = 20_000
_SEVERAL = 2  # authors of one letter
_DEAF = re.compile(
    r"(?:^|[-_.+])(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer[-_.]?daemon|bounces?)(?:[-_.+@]|$)", re.IGNORECASE
)
"""An address that says itself that nobody reads what is sent to it."""
_FORM = re.compile(
    r"(?:wordpress|mailer|notifications?|forms?|contact[-_.]?form|web|webmaster|www|www-data|apache|nobody|squarespace|wix"
    r"|info|contact|kontakt|site|website|mail|hello|support|office|shop|service|system|robot|bot)(?:[-+_.].*)?@",
    re.IGNORECASE,
)
"""An address by which a site sends what visitors typed into its form: the visitor stands in Reply-To."""
_PROGRAM = re.compile(
    r"(?:wordpress|mailer|notifications?|www-data|apache|nobody|contact[-_.]?form|squarespace|wix)(?:[-+_.].*)?@",
    re.IGNORECASE,
)
_POST = re.compile(r"<mailto:([^<>?\s]{3,254})[^<>]*>", re.IGNORECASE)
_LIST_ID = re.compile(r"<([^<>\s@.]{1,64})\.([^<>\s@]{3,250})>")
_VIA = re.compile(
    r"\s+(?:via\s.+|through\s.+|přes\s.+|prostřednictvím\s.+|μέσω\s.+|fyrir hönd\s.+|gegnum\s.+"
    r"|(?:an?|az?)\s.+\s(?:csoporton\s|listán\s)?keresztül)$",
    re.IGNORECASE,
)


class Written(NamedTuple):
    """Who wrote a letter. `out`: we did. `answer_to` is where it asks for answers, () where that is its author.

    `mailing_list` is the address of the list that it came through, "" where none. `by_form`: a form sent it for a
    visitor. `address` is "" where nothing tells who wrote it.
    """

    name: str
    address: str
    out: bool
    answer_to: tuple[Box, ...] = ()
    mailing_list: str = ""
    by_form: bool = False


def written(head: Mapping[str, str], own: Collection[str]) -> Written:
    """Who wrote it; `own` are our addresses in lower case.

    Where a From names several, it is ours only if all of them are: else anybody could go unseen by adding us. The first
    of the others is the author; without a Reply-To, answers go to all of the others.
    """
    boxes = mailboxes.addresses(head.get("from", "")) or mailboxes.addresses(head.get("sender", ""))
    if len(boxes) > 1:
        boxes = [(name, address) for name, address in boxes if not mailboxes.is_own(address, own)] or boxes
    writer = _written(head, own, boxes)
    if len(boxes) < _SEVERAL or writer.out or writer.address != boxes[0][1] or _asked(head):
        return writer
    authors = {where.lower(): (_tidy(who), where) for who, where in reversed(boxes) if not is_deaf(where)}
    return writer._replace(answer_to=tuple(authors.values())[::-1]) if len(authors) >= _SEVERAL else writer


def _asked(head: Mapping[str, str]) -> list[Box]:
    """The mailboxes in Reply-To."""
    return mailboxes.addresses(head.get("reply-to", "")[:_MAX_LIST_CHARS])


def _written(head: Mapping[str, str], own: Collection[str], boxes: Sequence[Box]) -> Written:
    """The same, by the first of these authors alone."""
    name, address = boxes[0] if boxes else (headers.words(head.get("from", "")[:_MAX_NAMELESS_CHARS]), "")
    name = _tidy(name)
    ours = mailboxes.is_own(address, own)
    answers = tuple((_tidy(who), where) for who, where in _asked(head) if where.lower() != address.lower())
    through = mailing_list(head)
    if through:
        return _of_list(head, own, Written(name, address, ours, answers, through))
    if ours and not answers:
        return Written(name, address, ours)
    visitor = _visitor(name, address, answers, own, ours=ours)
    if visitor is not None:
        return Written(*visitor, out=False, by_form=True)
    if ours:
        return Written(name, address, ours)
    theirs = tuple((who, where) for who, where in answers if not mailboxes.is_own(where, own))
    return Written(name, address, ours, theirs)


@lru_cache(maxsize=4_096)
def is_deaf(address: str) -> bool:
    """Whether an address says itself that nobody reads what is sent to it."""
    return _DEAF.search(address.partition("@")[0] + "@") is not None


@lru_cache(maxsize=4_096)
def is_machine(address: str) -> bool:
    """Whether an address is one that programs send from: nobody is behind it whom one could know."""
    return is_deaf(address) or _PROGRAM.match(address) is not None


@lru_cache(maxsize=4_096)
def may_be_form(address: str) -> bool:
    """Whether a website's form may send from an address: a robot's, or one that speaks for a site."""
    return is_machine(address) or _FORM.match(address) is not None or address.lower().startswith("postmaster@")


def mailing_list(head: Mapping[str, str]) -> str:
    """The address of the list that a letter came through, in lower case; "" where it came through none.

    What has List-Unsubscribe without List-Post is a newsletter: nobody can write to it.
    """
    match = _POST.search(head.get("list-post", ""))
    if match:
        return match[1].lower()
    if "list-id" not in head or "list-unsubscribe" in head:
        return ""
    match = _LIST_ID.search(head["list-id"])
    return f"{match[1]}@{match[2]}".lower() if match else ""


def _visitor(name: str, address: str, answers: tuple[Box, ...], own: Collection[str], *, ours: bool) -> Box | None:
    """The person behind a form or a robot: the one whom Reply-To names. None where the sender is the person.

    `Anna Weiss <anna@work...>` with a Reply-To at home is Anna; `Site <info@...>` with Jana in Reply-To is Jana.
    """
    if not (ours or is_deaf(address) or _FORM.match(address)) or len(answers) != 1:
        return None
    who, where = answers[0]
    if mailboxes.is_own(where, own) or is_machine(where):
        return None
    if ours or is_machine(address):
        return who, where
    is_other = bool(who) and fold(who) != fold(name)
    same_house = where.rpartition("@")[2].lower() == address.rpartition("@")[2].lower()
    return (who, where) if is_other and not (same_house and _FORM.match(where)) else None


def _of_list(head: Mapping[str, str], own: Collection[str], writer: Written) -> Written:
    """A letter through a list. Where the list put itself into From, its writer is looked for elsewhere."""
    through = writer.mailing_list
    if writer.address.lower() != through and not _rewritten(writer, through):
        others = tuple(
            (who, where)
            for who, where in writer.answer_to
            if where.lower() != through and not mailboxes.is_own(where, own)
        )
        return writer._replace(answer_to=others)
    candidates = [
        *writer.answer_to,
        *mailboxes.addresses(head.get("x-original-from", "")),
        *mailboxes.addresses(head.get("cc", "")[:_MAX_LIST_CHARS])[:1],
    ]
    name = _VIA.sub("", writer.name).strip(" '\"“”„‚‘’")
    for who, where in candidates:
        if where.lower() not in (through, writer.address.lower()) and not is_machine(where):
            return Written(_tidy(who) or name, where, mailboxes.is_own(where, own), (), through)
    return Written(name if name != writer.name else "", "", out=False, mailing_list=through)


def _rewritten(writer: Written, through: str) -> bool:
    """Whether From is an address of the list's own that stands for the writer (`anna=home.example@lists...`)."""
    same_house = writer.address.rpartition("@")[2].lower() == through.rpartition("@")[2]
    return same_house and (_VIA.search(writer.name) is not None or "=" in writer.address.partition("@")[0])


def _tidy(name: str) -> str:
    return " ".join(clean(name).split())[:_MAX_NAME_CHARS]
