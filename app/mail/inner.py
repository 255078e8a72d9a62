"""A letter inside a letter (message/rfc822): its name, and its head above its words."""

from __future__ import annotations

from app.base.filenames import safe
from app.base.words import N_, tr
from app.mail import headers
from app.mail.charsets import clean

TYPES = frozenset(["message/rfc822", "message/global"])
_MARK = N_("[Attached letter: {title}]")
_UNTITLED = N_("[Attached letter]")
_FIELDS = (("from", N_("From: {value}")), ("date", N_("Date: {value}")), ("to", N_("To: {value}")),
           ("cc", N_("Cc: {value}")))  # fmt: skip
_SUBJECT = N_("Subject: {value}")
_VALUE_MAX = 300


def may_be(kind: str, name: str) -> bool:
    """Whether a part is a letter, by its type; a program that does not know that type sends it under its name alone."""
    return kind in TYPES or (kind == "application/octet-stream" and name.lower().endswith(".eml"))


def _words(head: dict[str, str], name: str) -> str:
    return " ".join(clean(headers.words(head.get(name, "")[:4_000])).split())[:_VALUE_MAX]


def name(head: dict[str, str], number: int) -> str:
    """The file's name for a letter that has none: its subject, else its place among the files."""
    title = safe(_words(head, "subject"))
    return f"{title or number}.eml"


def words(head: dict[str, str], text: str) -> str:
    """What is shown of it below the words of the outer letter."""
    title = _words(head, "subject")
    lines = [tr(_MARK).format(title=title) if title else tr(_UNTITLED)]
    lines += [tr(field).format(value=value) for key, field in _FIELDS if (value := _words(head, key))]
    if title:
        lines.append(tr(_SUBJECT).format(value=title))
    return "\n".join([*lines, "", text]).rstrip()
