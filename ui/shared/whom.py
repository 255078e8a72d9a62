"""Whom a letter in the story names: in words under its writer, and with all addresses when that is pressed."""

from __future__ import annotations

from app.inbox import Line, Opened
from app.inbox.addressing import Letter, in_field, named_in, worth_saying
from ui.look import text
from ui.look.text import tr


def in_words(line: Line, opened: Opened | None) -> str:
    """Say it as in "to us and Béla, copy to Jana"; "" where it goes without saying."""
    own, speakers = (opened.own, opened.speakers) if opened is not None else (frozenset[str](), ())
    if not worth_saying(line.letter, own, speakers, out=line.out):
        return ""
    return named_in(line.letter, own, text.name)


def in_full(letter: Letter) -> list[str]:
    """A line of names and addresses for each of To, Cc and Bcc, and the mailing list that it came through."""
    lines = [
        tr("{title}: {addresses}").format(
            title=title, addresses=", ".join(text.embed(in_field([box])) for box in boxes)
        )
        for title, boxes in ((tr("To"), letter.to), (tr("Cc"), letter.cc), (tr("Bcc"), letter.bcc))
        if boxes
    ]
    if letter.mailing_list:
        lines.append(tr("Mailing list: {address}").format(address=text.embed(letter.mailing_list)))
    return lines


def tooltip(letter: Letter) -> str:
    """The same for the pointer; `<` is replaced, which Qt would take for markup."""
    return "\n".join(in_full(letter)).replace("<", "\u2039")
