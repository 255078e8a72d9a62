"""What a mail server reports about a letter of ours: that it was not delivered, is late, or was delivered or opened.

Sources: RFC 3464 (delivery status), RFC 8098 (disposition notifications), RFC 6522 (multipart/report); Exim's
`X-Failed-Recipients` header; the plain text of qmail, whose bounces have no parts at all (its author's
QSBMF); and what a server's own user writes in words alone, where it holds a permanent code.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping

from app.base.message import Report
from app.mail import headers
from app.mail.body import cut
from app.mail.mailboxes import address_in

_MAX_FIELD_CHARS = 600  # of what a server says; some repeat the whole dialogue
_MAX_PARTS = 40
_MAX_DEPTH = 6
_MAX_TEXT_BYTES = 100_000
_ACTIONS = {"failed": "failed", "delayed": "delayed", "delivered": "delivered", "relayed": "delivered",
            "expanded": "delivered"}  # fmt: skip
_MESSAGE_ID = re.compile(
    r"^[ \t>]{0,10}Message-ID:[ \t]{0,10}(?:\n[ \t]{1,10})?<([^<>\s]{1,400})>", re.IGNORECASE | re.MULTILINE
)
_QMAIL = re.compile(r"^<([^<>\s@]{1,200}@[^<>\s@]{1,250})>:[ \t]{0,10}\n((?:[^\n]{1,1000}\n){1,12}+)", re.MULTILINE)
_DAEMON = re.compile(r"(?:mailer[-_.]?daemon|postmaster)@", re.IGNORECASE)
_REFUSAL = re.compile(r"^[^\n]{0,400}(?:\b5\.\d{1,3}\.\d{1,3}\b|\b55[0-7][ -])[^\n]{0,400}$", re.MULTILINE)
_STATUS = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")
_ADDRESS = re.compile(r"(?<![^<>\s@:;,])([^<>\s@:;,]{1,200}+@[^<>\s@:;,]{1,250})")
_QMAIL_OPENS = "this is the qmail-send program"
_COPY = re.compile(
    r"^-{3,80}+[^\n]{0,80}(?:below this line|copy of the message|original message)[^\n]{0,80}$",
    re.IGNORECASE | re.MULTILINE,
)


def may_be(head: Mapping[str, str], body: bytes) -> bool:
    """Whether it is worth while to `read` a mail as a report: nearly all mail is none, and this takes no time."""
    kind = head.get("content-type", "")[:40].lower()
    return (
        "multipart/report" in kind
        or "x-failed-recipients" in head
        or _QMAIL_OPENS in body[:600].decode("latin-1").lower()
        or _is_of_daemon(head)
    )


def read(head: Mapping[str, str], body: bytes) -> Report | None:
    """The report in a mail; None where it is none. It never raises on what is broken: that says less."""
    kind, parameters = headers.parameters(head.get("content-type", ""))
    parts = list(_leaves(head, body)) if kind.startswith("multipart/") else []
    about = next((message_id for part_kind, octets in parts if (message_id := _letter(part_kind, octets))), "")
    for part_kind, octets in parts:
        if part_kind in ("message/delivery-status", "message/global-delivery-status"):
            return _delivery(octets)._replace(letter=about)
        if part_kind in ("message/disposition-notification", "message/global-disposition-notification"):
            return _disposition(octets, about)
    failed = address_in(head.get("x-failed-recipients", "").partition(",")[0])
    text = body[:_MAX_TEXT_BYTES].decode("utf-8", "replace").replace("\r\n", "\n")
    if failed:
        return Report("failed", about or _message_id(text), failed, words=_said_of(failed, text))
    if kind == "multipart/report" and parameters.get("report-type", "").lower() == "delivery-status":
        return Report("failed", about)  # the part that says it is missing or cut off
    if _QMAIL_OPENS in text[:2_000].lower():
        return _qmail(text)
    return _plain(head, text) if _is_of_daemon(head) and not parts else None


def _is_of_daemon(head: Mapping[str, str]) -> bool:
    return _DAEMON.search(head.get("from", "")[:_MAX_FIELD_CHARS]) is not None


def _plain(head: Mapping[str, str], text: str) -> Report | None:
    """A report in words alone: a permanent refusal (RFC 5321, 4.2.1; RFC 3463) in what a mail server's own user says.

    None where there is none: it may tell of a delay.
    """
    halves = _COPY.split(text, maxsplit=1)
    refusal = _REFUSAL.search(halves[0])
    if refusal is None:
        return None
    status = _STATUS.search(refusal[0])
    whom = _ADDRESS.search(halves[0])
    about = headers.answered(head.get("in-reply-to", "")) or next(reversed(headers.ids(head.get("references", ""))), "")
    return Report(
        "failed",
        about or (_message_id(halves[-1]) if len(halves) > 1 else ""),
        address_in(whom[1]) if whom else "",
        status[0] if status else "",
        " ".join(refusal[0].split())[:_MAX_FIELD_CHARS],
    )


def _leaves(head: Mapping[str, str], body: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Type and decoded bytes of each part; an inner mail counts as one part."""
    kind, parameters = headers.parameters(head.get("content-type", ""))
    if kind.startswith("multipart/") and parameters.get("boundary") and depth < _MAX_DEPTH:
        for piece in cut(body, parameters["boundary"])[:_MAX_PARTS]:
            if piece[:1] in (b"\n", b"\r"):
                yield "text/plain", piece
                continue
            inner_head, inner = headers.split(piece)
            yield from _leaves(headers.fields(inner_head), inner, depth + 1)
        return
    encoding = head.get("content-transfer-encoding", "").strip().lower()
    if encoding == "base64":
        body = headers.unbase64(body)
    elif encoding == "quoted-printable":
        body = binascii.a2b_qp(body)
    yield kind, body


def _fields(octets: bytes) -> list[dict[str, str]]:
    """The groups of fields of a report, by lower-case name, unfolded."""
    text = octets[:_MAX_TEXT_BYTES].decode("utf-8", "replace").replace("\r\n", "\n")
    groups = []
    for block in re.split(r"\n[ \t]*\n", text):
        fields: dict[str, str] = {}
        for line in re.sub(r"\n[ \t]+", " ", block).split("\n"):
            name, colon, value = line.partition(":")
            if colon:
                fields.setdefault(name.strip().lower(), value.strip())
        if fields:
            groups.append(fields)
    return groups


def _typed(value: str) -> str:
    """The value of a field such as `rfc822; eva@example.net` or `smtp; 550 5.1.1 No such user`."""
    return value.partition(";")[2].strip() if ";" in value[:40] else value.strip()


def _delivery(octets: bytes) -> Report:
    """The worst that is said of any receiver: of several, the first that failed."""
    reports = []
    for group in _fields(octets):
        action = _ACTIONS.get(group.get("action", "").split("(")[0].strip().lower(), "")
        if not action and group.get("status", "").startswith("5"):
            action = "failed"
        if action:
            whom = group.get("original-recipient") or group.get("final-recipient") or ""
            reports.append(
                Report(
                    action,
                    address=address_in(_typed(group.get("final-recipient") or whom)),
                    status=group.get("status", "").split(" ")[0][:12],
                    words=" ".join(_typed(group.get("diagnostic-code", "")).split())[:_MAX_FIELD_CHARS],
                )
            )
    order = ("failed", "delayed", "delivered")
    return min(reports, key=lambda report: order.index(report.action), default=Report("failed"))


def _disposition(octets: bytes, about: str) -> Report:
    """A receipt: the letter was opened, or deleted unread."""
    fields = {name: value for group in _fields(octets) for name, value in group.items()}
    original = headers.message_id(fields.get("original-message-id", ""))
    mode = fields.get("disposition", "").rpartition(";")[2].strip().lower()
    return Report(
        "opened" if mode.startswith("displayed") else "delivered",
        original or about,
        address_in(_typed(fields.get("final-recipient", ""))),
    )


def _letter(kind: str, octets: bytes) -> str:
    """The Message-ID of the letter that is returned, whole or by its header."""
    returned = kind in ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
    return _message_id(octets[:_MAX_TEXT_BYTES].decode("utf-8", "replace")) if returned else ""


def _message_id(text: str) -> str:
    match = _MESSAGE_ID.search(text)
    return match[1] if match else ""


def _said_of(address: str, text: str) -> str:
    """The lines below the failed address, up to the next empty one."""
    at = text.find(address)
    if at < 0:
        return ""
    below = text[at + len(address) :].partition("\n")[2].partition("\n\n")[0]
    return " ".join(below.split())[:_MAX_FIELD_CHARS]


def _qmail(text: str) -> Report | None:
    halves = _COPY.split(text, maxsplit=1)
    match = _QMAIL.search(halves[0])
    if match is None:
        return None
    words = " ".join(match[2].split())[:_MAX_FIELD_CHARS]
    status = re.search(r"\b[45]\.\d{1,3}\.\d{1,3}\b", words)
    return Report(
        "failed", _message_id(halves[-1]) if len(halves) > 1 else "", match[1], status[0] if status else "", words
    )
