"""Notices: the e-mails by which places that let no program in tell that somebody has said something there. Pure.

A notice is told by whom it comes from. Its author, words and link are looked for in what all of these services do: the
author stands before a verb in the subject, or in the sender's name; the words stand in quotation marks, or are the
paragraph that is neither greeting nor small print; the link leads to the service's own host.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

from app.base.message import Author, Incoming
from app.base.text import fold, words
from app.channels.registry import channel, known

# What stands between a name and the rest of a subject, in the languages in which notices come.
_VERBS = (
    "commented", "replied", "mentioned", "tagged", "sent", "wrote", "posted", "messaged", "reacted", "answered", "also",
    "skrifaði", "svaraði", "nefndi", "sendi", "birti", "gerði", "hozzászólt", "válaszolt", "megemlített", "írt",
    "küldött", "megjelölt", "kommentelt", "reagált", "okomentoval", "okomentovala", "označil", "označila", "přidal",
    "přidala", "reagoval", "reagovala", "odpověděl", "odpověděla", "zmínil", "zmínila", "poslal", "poslala",
    "napsal", "napsala", "σχολίασε", "απάντησε", "σας", "έγραψε", "έστειλε", "ανέφερε", "δημοσίευσε",
)  # fmt: skip
_SUBJECT = re.compile(
    rf"^\W*+(?P<who>.{{1,80}}?)\s++(?:has |have |je |vás |tě |)(?:{'|'.join(_VERBS)})\b", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:ο/η|[οη])\s+(?:(?:χρήστης|χρήστρια)\s+)?", re.IGNORECASE)  # Ο χρήστης Νίκος
_FROM = re.compile(r"\s+(?:\(?(?:via|on|at|from|á|στο)\s+[\w .]+\)?|[|·-]\s*[\w .]+)\s*$", re.IGNORECASE)
_QUOTED = re.compile(r"[“„«\"](?P<text>[^“”„«»\"]{2,4000})[”“»\"]", re.DOTALL)
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
_SMALL_PRINT = re.compile(
    r"unsubscribe|notification|this (?:e-?mail|message) was|sent to|log in|settings|privacy|©|help cent"
    r"|afskrá|tilkynning|leiratkoz|értesítés|odhlásit|oznámení|κατάργηση|ειδοποί",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:hi|hello|hæ|halló|szia|kedves|ahoj|dobrý den|γεια)\b.{0,60}$", re.IGNORECASE)
_LONGEST = 4_000


def kind(address: str, extra: Mapping[str, str]) -> str:
    """The kind of place (or what `extra` names for the sender) that mail from this address tells of; "" for none."""
    sender = address.strip().lower()
    domain = sender.rpartition("@")[2]
    for told, place in extra.items():
        if told and (sender == told or domain == told.lstrip("@") or domain.endswith("." + told.lstrip("@"))):
            return place
    for service, place in _domains().items():
        if domain == service or domain.endswith("." + service):
            return place
    return ""


@cache
def _domains() -> dict[str, str]:
    """Which kind of place a sender's domain belongs to; what a person adds for a place of their own comes before it."""
    return {domain: of.kind for of in known() for domain in of.notice_domains}


def read(mail: Incoming, place: str, names: Mapping[str, str] | None = None) -> Incoming | None:
    """The message that a notice tells of, for an account of that kind; None where the mail holds no words of anybody.

    Its remote id is the mail's, so that a notice read twice is one message; its thread is the page that it links to.
    """
    who = _author(mail, names or {})
    text = _words(mail.text, who)
    if not who or not text:
        return None
    link = _link(mail.text, place)
    page = link.partition("?")[0].rstrip("/") if link else ""
    author = Author(" ".join(words(who)) or fold(who), who, who)
    thread = page or f"{place} {mail.remote_id}"
    return mail._replace(
        text=text, author=author, out=False, refs=(), parent="", thread=thread, post_title=_post(mail.title),
        post_url=page, url=link, public=True, raw=None, attached=(), kind="said", language="", letter="",
    )  # fmt: skip


def _author(mail: Incoming, names: Mapping[str, str]) -> str:
    hit = _SUBJECT.match(mail.title)
    if hit:
        return _ARTICLE.sub("", hit["who"].strip(" :,“”\"'"))
    name = _FROM.sub("", mail.author.name).strip(" “”\"'")
    service = {fold(one) for one in (*_domains().values(), *names.values())}
    return "" if fold(name) in service or "@" in name else name


def _words(text: str, who: str) -> str:
    body = _LINK.sub("", text.partition("\n-- \n")[0])
    quoted = max(_QUOTED.findall(body), key=len, default="")
    if len(quoted.split()) > 1 or (quoted and len(quoted) > 3):  # noqa: PLR2004  “Hi” may be a button
        return str(" ".join(quoted.split()))[:_LONGEST]
    said = [" ".join(part.split()) for part in re.split(r"\n\s*\n", body)]
    plain = [
        part
        for part in said
        if part and not _SMALL_PRINT.search(part) and not _LEAD.match(part) and not _SUBJECT.match(part)
        and fold(part.strip(" :")) != fold(who)
    ]  # fmt: skip
    return max(plain, key=len, default="")[:_LONGEST]


def _link(text: str, place: str) -> str:
    found = [link.rstrip(".,;:!?)") for link in _LINK.findall(text)]
    hosts = channel(place).hosts
    ours = [link for link in found if any(_under(link, host) for host in hosts)] if hosts else found
    telling = [link for link in ours if re.search(r"comment|permalink|/p/|/posts?/|/status/|/r/|reply|story", link)]
    return next(iter((*telling, *ours)), "")


def _under(link: str, host: str) -> bool:
    try:
        there = urlsplit(link).hostname or ""
    except ValueError:  # `https://[`
        return False
    return there == host or there.endswith(f".{host}")


def _post(subject: str) -> str:
    """What a subject says of the post: the words in quotation marks, else nothing."""
    hit = _QUOTED.search(subject)
    return hit["text"].strip() if hit else ""
