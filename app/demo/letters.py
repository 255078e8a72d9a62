"""The demo's letters by machines, on lists and from a form, and a notice: real mails, read as a mailbox's are."""

from __future__ import annotations

from email.utils import format_datetime

from app.base import clock, resources
from app.demo.planting import Plant, Planting
from app.intake import reported
from app.mail.parse import parse

_BOUNDARY = "demo-part"
_REACTION = f'multipart/mixed; boundary="{_BOUNDARY}"'
_AS_REACTION = "Content-Type: text/plain; charset=utf-8\nContent-Disposition: reaction"  # RFC 9078


def letters() -> list[Plant]:
    """The letters as the file has them."""
    found: list[Plant] = resources.table("demo", "letters.toml")["letter"]
    return found


def plant(planting: Planting) -> None:
    """Store the letters, through intake; what they are about must be stored already."""
    account = planting.accounts["email"]
    own = planting.bench.accounts.get(account).own
    items = [
        parse(_raw(planting, letter), own)._replace(
            language=letter["language"], at=planting.moment(letter["at"]), dated=True
        )
        for letter in letters()
    ]
    kept, told = reported.split(items, *planting.bench.accounts.notice_places())
    for place, messages in {account: kept, **told}.items():
        planting.bench.intake.take(place, sorted(messages, key=lambda item: item.at))


def answered(letter: Plant) -> str:
    """The id of the message that a letter is about; "" if it begins a conversation of its own."""
    return f"{letter['id'].rpartition('-')[0]}-{letter['answers']}" if "answers" in letter else ""


def _raw(planting: Planting, letter: Plant) -> bytes:
    """The letter as a mail."""
    sender = letter["from"]
    if isinstance(sender, str):
        who = planting.people[sender]
        sender = (who["name"], who["identities"]["email"])
    at = clock.local(planting.moment(letter["at"]))
    head = [
        f"From: {sender[0]} <{sender[1]}>", f"To: {letter.get('to', 'Sítróna <hello@sitrona.example>')}",
        f"Subject: {letter['subject']}", f"Message-ID: <{letter['id']}>", f"Date: {format_datetime(at)}",
        *letter.get("head", "").strip().splitlines(), "MIME-Version: 1.0",
    ]  # fmt: skip
    about = answered(letter)
    head += [f"In-Reply-To: <{about}>"] if about else []
    kind, body = _body(letter, about)
    return "\n".join([*head, f"Content-Type: {kind}", "", body, ""]).encode()


def _body(letter: Plant, about: str) -> tuple[str, str]:
    """The content type and the body; of a report with what programs read (RFC 3464, RFC 8098)."""
    if "html" in letter:
        return "text/html; charset=utf-8", letter["html"].strip()
    plain, text = "text/plain; charset=utf-8", letter["text"].strip()
    if "report" in letter:
        status = ("delivery-status", letter["report"].strip())
    elif "disposition" in letter:
        fields = f"Original-Message-ID: <{about}>\nDisposition: {letter['disposition']}"
        status = ("disposition-notification", fields)
    else:
        return (
            (_REACTION, f"--{_BOUNDARY}\n{_AS_REACTION}\n\n{text}\n--{_BOUNDARY}--")
            if "reaction" in letter
            else (plain, text)
        )
    name, fields = status
    parts = ((plain, text), (f"message/{name}", fields), ("text/rfc822-headers", f"Message-ID: <{about}>"))
    body = "\n".join(f"--{_BOUNDARY}\nContent-Type: {part}\n\n{content}\n" for part, content in parts)
    return f'multipart/report; report-type={name}; boundary="{_BOUNDARY}"', f"{body}--{_BOUNDARY}--"
