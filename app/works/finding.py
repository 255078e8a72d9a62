"""What a message brings as a work, and which credit line to offer: by its files, its words and its writer."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from app.base import ids, pictures
from app.base.errors import NotFoundError, UserError
from app.base.text import preview, words
from app.base.words import tr
from app.mail.quotes import own_words
from app.store.sqlite import Connection, Row
from app.works.work import Work

_MAX_WORDS_CHARS = 20_000
_TITLE_CHARS = 80
_MAX_WORDS_BESIDE_LINK = 20
"""Of a message that is about a link."""
_LINK = re.compile(r"https?://[^\s<>\"”»]{4,500}")
_AMOUNT = re.compile(r"(?m)^\s{0,9}(?:[-*•–]\s{0,3})?\d{1,4}(?:[.,/]\d{1,3})?\s{0,3}[^\W\d_]{1,12}\b")
_AMOUNTS = 3
"""A recipe has at least so many lines that begin with an amount: "200 g sugar"."""
_QUOTED = re.compile(r"[“”„\"«‘]([^“”„\"«»‘’\n]{2,80})[”“\"»’]")
_CREDITS = {
    "photo": {"en": "Photo: {name}", "is": "Ljósmynd: {name}", "hu": "Fotó: {name}", "cs": "Foto: {name}",
              "el": "Φωτογραφία: {name}"},
    "recipe": {"en": "Recipe: {name}", "is": "Uppskrift: {name}", "hu": "Recept: {name}", "cs": "Recept: {name}",
               "el": "Συνταγή: {name}"},
    "drawing": {"en": "Drawing: {name}", "is": "Teikning: {name}", "hu": "Rajz: {name}", "cs": "Kresba: {name}",
                "el": "Σχέδιο: {name}"},
    "text": {"en": "Text: {name}", "is": "Texti: {name}", "hu": "Szöveg: {name}", "cs": "Text: {name}",
             "el": "Κείμενο: {name}"},
    "other": {"en": "By {name}", "is": "Höfundur: {name}", "hu": "Készítette: {name}", "cs": "Autor: {name}",
              "el": "Δημιουργία: {name}"},
}  # fmt: skip
"""Credit lines by kind and language, as papers and sites of each language print them."""
_MESSAGE = """
SELECT m.id, m.out, m.kind, m.text, m.url, m.gone_at, i.member_id, c.title FROM message m
JOIN conversation c ON c.id = m.conversation_id LEFT JOIN identity i ON i.id = m.identity_id WHERE m.id = ?
"""


class Offer(NamedTuple):
    """What is offered to be noted of a message; `excerpt` are its words, where the words are the work."""

    member_id: int
    kind: str
    title: str
    excerpt: str
    url: str
    sha256: str
    attachment_id: int | None


def offer(conn: Connection, message_id: int, attachment_id: int | None = None) -> Offer:
    """What a message brings: its picture, else its words. Raises UserError for a message of ours, or a wrong file."""
    row = conn.execute(_MESSAGE, (message_id,)).fetchone()
    if row is None:
        raise NotFoundError(tr("There's no message {id}.").format(id=ids.display(ids.MESSAGE, message_id)))
    if row["out"] or row["member_id"] is None:
        raise UserError(tr("That message is yours. Permission is asked for what others made."))
    file = _file(conn, message_id, attachment_id)
    own = own_words(row["text"]).strip()
    if file is not None:
        kind = "photo" if pictures.may_be(file["name"], file["type"]) else "other"
        digest = file["sha256"].hex() if file["sha256"] else ""
        return Offer(row["member_id"], kind, _title(row, own), "", "", digest, int(file["id"]))
    kind = "recipe" if _is_recipe(own) else "text"
    return Offer(row["member_id"], kind, _title(row, own), own[:_MAX_WORDS_CHARS], _link(own, row["url"]), "", None)


def _link(own: str, page: str) -> str:
    """The page that a message shows, where it says little else; never one of the site that it came from, as ours."""
    hit = _LINK.search(own)
    if hit is None or len(words(own.replace(hit[0], ""))) > _MAX_WORDS_BESIDE_LINK:
        return ""
    link = hit[0].rstrip(".,;:!?)")
    return "" if urlsplit(link).hostname == urlsplit(page).hostname else link


def _file(conn: Connection, message_id: int, attachment_id: int | None) -> Row | None:
    rows = conn.execute(
        "SELECT id, name, type, sha256 FROM attachment WHERE message_id = ? ORDER BY id", (message_id,)
    ).fetchall()
    if attachment_id is not None:
        found = next((row for row in rows if row["id"] == attachment_id), None)
        if found is None:
            raise UserError(tr("That file isn't in this message."))
        return found
    return next((row for row in rows if pictures.may_be(row["name"], row["type"])), None)


def _title(row: Row, own: str) -> str:
    """The conversation's title, else how the message begins."""
    first = own.splitlines()[0] if own else ""
    return preview(str(row["title"]) or first, _TITLE_CHARS) or tr("Untitled")


def _is_recipe(own: str) -> bool:
    return len(_AMOUNT.findall(own)) >= _AMOUNTS


def credit(conn: Connection, work: Work, message_id: int | None) -> str:
    """The credit line that they ask for between quotation marks in that message, else their name in their language."""
    if message_id is not None:
        row = conn.execute("SELECT text FROM message WHERE id = ?", (message_id,)).fetchone()
        hits = _QUOTED.findall(own_words(row["text"])) if row is not None else []
        told = next((hit.strip() for hit in hits if _is_credit(hit, work)), "")
        if told:
            return told
    row = conn.execute("SELECT language FROM member WHERE id = ?", (work.member_id,)).fetchone()
    lines = _CREDITS[work.kind]
    return lines.get(row["language"] if row is not None else "", lines["en"]).format(name=work.member)


def _is_credit(quoted: str, work: Work) -> bool:
    """Whether quoted words are a credit line: they have a word of the member's name, or a colon, and not the title."""
    said = set(words(quoted))
    return words(quoted) != words(work.title) and (bool(said & set(words(work.member))) or ":" in quoted)
