"""A message as the story shows it: its writer's words, quotations that fold and open, and what was left out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.inbox import Line
from app.mail.quotes import FORWARDED, OWN, Piece, quoted_lines
from ui.look import text
from ui.look.text import tr

_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"“”«»]+[^\s<>\"“”«».,;:!?)\]}…]")
_STRUCK = re.compile(r"~~(?=\S)([^~\n]{1,2000})~~")
_MAX_ASKED_CHARS = 60  # of a quotation beside its fold, where an answer follows it


class Passage(NamedTuple):
    """A run of paragraphs. With `fold` they are quoted: `words` are the line that opens or closes them by that link.

    A folded one has no paragraphs.
    """

    paragraphs: Sequence[str]
    fold: str = ""
    words: str = ""
    opened: bool = False


class Folds:
    """Which quotations of a conversation are open other than at first: by message id and first line."""

    def __init__(self) -> None:
        """All are as they are at first."""
        self._turned: set[tuple[int, int]] = set()

    def is_open(self, line: Line, piece: Piece) -> bool:
        """Whether a quotation is open."""
        return piece.open != ((line.id, piece.start) in self._turned)

    def turn(self, message: int, start: int) -> None:
        """Open a folded quotation, or fold an open one."""
        self._turned ^= {(message, start)}

    def turn_all(self, line: Line) -> bool:
        """Open all quotations of a message, or fold all if none is folded; whether they are open now."""
        quoted = foldable(line)
        opening = not all(self.is_open(line, piece) for piece in quoted)
        for piece in quoted:
            if self.is_open(line, piece) != opening:
                self.turn(line.id, piece.start)
        return opening


def foldable(line: Line) -> list[Piece]:
    """The quotations of a message."""
    return [piece for piece in line.pieces if piece.kind != OWN]


def passages(line: Line, folds: Folds, most: int | None) -> tuple[list[Passage], int]:
    """What is shown of a message, at most so many characters (None: all); and how many characters are left.

    What is folded does not count: one's own words below a long quotation are shown.
    """
    if not line.pieces:
        whole = line.text if most is None else line.text[:most]
        return [Passage(whole.split("\n"))], len(line.text) - len(whole)
    lines, found, left = line.text.split("\n"), list[Passage](), 0
    for at, piece in enumerate(line.pieces):
        paragraphs = lines[piece.start : piece.end]
        if piece.kind != OWN and not folds.is_open(line, piece):
            found.append(Passage((), f"fold:{line.id}:{piece.start}", _folded(line, lines, at)))
            continue
        shown, over = _cut(paragraphs, most)
        left += over
        most = None if most is None else most - sum(map(len, shown)) - len(shown)
        if piece.kind == OWN:
            found.append(Passage(_trimmed(shown)))
        else:
            found.append(Passage(_trimmed(shown), f"fold:{line.id}:{piece.start}", _open(lines, piece), opened=True))
    return found, left


def _cut(paragraphs: Sequence[str], most: int | None) -> tuple[list[str], int]:
    """As many characters of the paragraphs as there is room for, and how many that leaves out."""
    if most is None:
        return list(paragraphs), 0
    whole = "\n".join(paragraphs)
    shown = whole[: max(0, most)]
    return (shown.split("\n") if shown else []), len(whole) - len(shown)


def _trimmed(paragraphs: Sequence[str]) -> list[str]:
    """Without blank ones at either end: the fold beside them parts them from the rest."""
    begin, end = 0, len(paragraphs)
    while begin < end and not paragraphs[begin].strip():
        begin += 1
    while end > begin and not paragraphs[end - 1].strip():
        end -= 1
    return list(paragraphs[begin:end])


def _folded(line: Line, lines: Sequence[str], at: int) -> str:
    """The line in a quotation's place: how long it is; and how it begins, where an answer stands below it."""
    piece = line.pieces[at]
    many = quoted_lines(lines, piece)
    if piece.kind == FORWARDED:
        return text.counted(many, "Forwarded letter, {count} line", "Forwarded letter, {count} lines")
    words = text.counted(many, "{count} quoted line", "{count} quoted lines")
    if at + 1 == len(line.pieces):
        return words
    asked = " ".join(" ".join(lines[piece.body : piece.end]).replace(">", " ").split())
    return tr("{lines}: {beginning}").format(lines=words, beginning=text.embed(asked, _MAX_ASKED_CHARS))


def _open(lines: Sequence[str], piece: Piece) -> str:
    many = quoted_lines(lines, piece)
    if piece.kind == FORWARDED:
        return text.counted(many, "Hide the forwarded letter, {count} line", "Hide the forwarded letter, {count} lines")
    return text.counted(many, "Hide {count} quoted line", "Hide {count} quoted lines")


class Span(NamedTuple):
    """A piece of a paragraph: with an `address` it is a link."""

    words: str
    address: str = ""
    struck: bool = False


def spans(body: str) -> Iterator[Span]:
    """A paragraph in pieces: links, and struck-out words, which stand between two tildes each."""
    at = 0
    for found in _STRUCK.finditer(body) if "~~" in body else ():
        yield from _links(body[at : found.start()])
        yield from (span._replace(struck=True) for span in _links(found[1]))
        at = found.end()
    yield from _links(body[at:])


def _links(body: str) -> Iterator[Span]:
    at = 0
    for link in _LINK.finditer(body):
        yield Span(body[at : link.start()])
        yield Span(link.group(), link.group())
        at = link.end()
    yield Span(body[at:])
