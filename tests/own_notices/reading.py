"""Reads the files of notices beside it: how a mail looks, and what it tells.

=== name | kind of channel | language
From, Subject and further headers
> author | link that the product's must begin with | stars, if any
> words, with \\n for a break
--- html, or --- text: what stands in that part
"""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from tests.blind_notices.building import TO, Entry, Notice

HERE = Path(__file__).parent


def notices(batch: str) -> list[Notice]:
    """The notices of a file, in order."""
    found = (HERE / f"{batch}.txt").read_text(encoding="utf-8")
    return [_notice(one, at) for at, one in enumerate(found.removeprefix("=== ").split("\n=== "))]


def _notice(written: str, number: int) -> Notice:
    first, _, rest = written.partition("\n")
    name, kind, language = first.split(" | ")
    head, *parts = rest.split("\n--- ")
    lines = head.split("\n")
    mail = EmailMessage()
    for line in lines:
        if not line.startswith(">"):
            field, _, value = line.partition(": ")
            mail[field] = value
    mail["To"], mail["Date"] = TO, "Sat, 14 Nov 2026 20:02:00 +0000"
    domain = mail["From"].rpartition("@")[2].rstrip(">")
    mail["Message-ID"] = f"<own{number}.{len(rest)}@{domain}>"
    mail["Authentication-Results"] = f"mx.sitrona.example; dkim=pass header.d={domain}; spf=pass"
    for part in parts:
        subtype, _, body = part.partition("\n")
        shown = "plain" if subtype == "text" else "html"
        if mail.get_content_type() == "text/plain" and not mail.get("Content-Type"):
            mail.set_content(f"{body}\n", subtype=shown, cte="quoted-printable")
        else:
            mail.add_alternative(f"{body}\n", subtype=shown, cte="quoted-printable")
    said = [line.removeprefix("> ") for line in lines if line.startswith(">")]
    return Notice(name, kind, language, mail.as_bytes(), tuple(map(_entry, said[::2], said[1::2])))


def _entry(who: str, words: str) -> Entry:
    author, link, *stars = (field.strip() for field in who.split("|"))
    return Entry(author, words.replace("\\n", "\n"), link, int(stars[0]) if stars else 0)
