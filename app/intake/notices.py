"""Notices: e-mails by which closed platforms report that somebody has written there. Pure functions.

A notice is recognized by its sender. Author, text and link are found by what all these services have in common: the
author precedes a verb in the subject, or is in the sender's name; the text is in quotation marks, or the paragraph that
is neither a greeting nor small print; the link goes to the service's own host.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

from app.base.message import Author, Incoming
from app.base.text import fold, words
from app.channels.registry import channel, known

# Verbs that follow the author's name in a subject, in the languages in which notices arrive.
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
_MAX_TEXT_CHARS = 4_000


def kind(address: str, extra: Mapping[str, str]) -> str:
    """The kind of channel that mail from this address reports on, "" if it is no notice.

    `extra` maps further senders or domains to what is returned for them; it takes precedence.
    """
    sender = address.strip().lower()
    domain = sender.rpartition("@")[2]
    for known_sender, reported in extra.items():
        if known_sender and (
            sender == known_sender
            or domain == known_sender.lstrip("@")
            or domain.endswith("." + known_sender.lstrip("@"))
        ):
            return reported
    for service, reported in _domains().items():
        if domain == service or domain.endswith("." + service):
            return reported
    return ""


@cache
def _domains() -> dict[str, str]:
    """Sender domains of notices -> kind of channel."""
    return {domain: of.kind for of in known() for domain in of.notice_domains}


def read(mail: Incoming, channel_kind: str, names: Mapping[str, str] | None = None) -> Incoming | None:
    """Extract the message that a notice reports, for an account of kind `channel_kind`; None without author or text.

    The remote id is the mail's, so that a notice read twice is one message; the thread is the page that it links to.
    `names` maps senders to account names, which cannot be authors.
    """
    who = _author(mail, names or {})
    text = _quoted_text(mail.text, who)
    if not who or not text:
        return None
    link = _link(mail.text, channel_kind)
    page = link.partition("?")[0].rstrip("/") if link else ""
    author = Author(" ".join(words(who)) or fold(who), who, who)
    thread = page or f"{channel_kind} {mail.remote_id}"
    return mail._replace(
        text=text, author=author, out=False, refs=(), parent="", thread=thread, post_title=_post_title(mail.title),
        post_url=page, url=link, public=True, quiet="", person=True, named=(), mailing_list="", alias="", raw=None,
        attached=(), kind="said", language="", letter="",
    )  # fmt: skip


def _author(mail: Incoming, names: Mapping[str, str]) -> str:
    hit = _SUBJECT.match(mail.title)
    if hit:
        return _ARTICLE.sub("", hit["who"].strip(" :,“”\"'"))
    name = _FROM.sub("", mail.author.name).strip(" “”\"'")
    service = {fold(known_name) for known_name in (*_domains().values(), *names.values())}
    return "" if fold(name) in service or "@" in name else name


def _quoted_text(text: str, who: str) -> str:
    body = _LINK.sub("", text.partition("\n-- \n")[0])
    quoted = max(_QUOTED.findall(body), key=len, default="")
    if len(quoted.split()) > 1 or (quoted and len(quoted) > 3):  # noqa: PLR2004  “Hi” may be the label of a button
        return str(" ".join(quoted.split()))[:_MAX_TEXT_CHARS]
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", body)]
    plain = [
        part
        for part in paragraphs
        if part
        and not _SMALL_PRINT.search(part)
        and not _LEAD.match(part)
        and not _SUBJECT.match(part)
        and fold(part.strip(" :")) != fold(who)
    ]
    return max(plain, key=len, default="")[:_MAX_TEXT_CHARS]


def _link(text: str, channel_kind: str) -> str:
    links = [link.rstrip(".,;:!?)") for link in _LINK.findall(text)]
    hosts = channel(channel_kind).hosts
    ours = [link for link in links if any(_is_on_host(link, host) for host in hosts)] if hosts else links
    telling = [link for link in ours if re.search(r"comment|permalink|/p/|/posts?/|/status/|/r/|reply|story", link)]
    return next(iter((*telling, *ours)), "")


def _is_on_host(link: str, host: str) -> bool:
    try:
        there = urlsplit(link).hostname or ""
    except ValueError:  # `https://[`
        return False
    return there == host or there.endswith(f".{host}")


def _post_title(subject: str) -> str:
    """The post's title in a subject: the quoted part, "" without one."""
    hit = _QUOTED.search(subject)
    return hit["text"].strip() if hit else ""
