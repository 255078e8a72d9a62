"""The blocks of a plain letter: its paragraphs and lines, with their links, as `app.mail.blocks` has those of HTML."""

from __future__ import annotations

import re

from app.base.text import legible
from app.mail.blocks import BLOCKS_MAX, IN_MAX, Block, Link

_WRAPPED_LEAST, _WRAPPED_MOST = 60, 82  # characters of the longest line, where a program has cut lines
_NAMED_MAX = 120  # characters before an address that say what it is
_URL = re.compile(r"https?://[^\s<>\"')\]]{1,2000}")
_ANGLED = re.compile(r"\s?<(https?://[^\s<>]{1,2000})>|\s?\((https?://[^\s()<>]{1,2000})\)")
_PICTURE = re.compile(r"\[([^\[\]]{2,200})\](?:\s{1,4}|$|(?=\S))")
_LABELLED = re.compile(r"[^\W\d_][^:\n]{0,30}:\s")
"""How a field begins: of two such lines the second does not go on with the first."""
_RULES = re.compile(r"^[\s\-=_*~─━═·•#]{3,200}$")


def of_text(text: str) -> list[Block]:
    """The blocks of a plain letter: its paragraphs; a short first line of one stands for itself."""
    blocks: list[Block] = []
    for cell, paragraph in enumerate(re.split(r"\n[ \t]{0,20}\n", text[:IN_MAX])):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip() and not _RULES.match(line[:200])]
        blocks += _lines(lines, cell)
        if len(blocks) >= BLOCKS_MAX:
            break
    return blocks[:BLOCKS_MAX]


def _lines(lines: list[str], cell: int) -> list[Block]:
    read = [_line(line, cell) for line in lines]
    read = [block for block in read if block.text or block.links]
    longest = max((len(block.text) for block in read), default=0)
    runs: list[_Run] = []
    for block in read:
        run = runs[-1] if runs else None
        if run is not None and run.first.text and not block.text:  # an address on a line of its own after its words
            run.addresses += block.links
            run.written += [link.href for link in block.links]
        elif run is not None and run.goes_on(block, longest):
            run.add(block)
        else:
            runs.append(_Run(block))
    if runs and runs[-1].addresses:  # below its last words: a button's
        runs[-1].written = [runs[-1].first.written]
    return [run.block() for run in runs]


class _Run:
    """Lines that are one block; they are put together once, as there may be very many of them."""

    def __init__(self, first: Block) -> None:
        self.first = first
        self.addresses: list[Link] = []  # on lines of their own below
        self._texts = [first.text]
        self.written = [first.written or first.text]
        self._links = [*first.links]
        self._size = len(first.text)
        self._quoted = first.quoted

    def goes_on(self, block: Block, longest: int) -> bool:
        """Whether a line goes on with the one before, which was cut where it had become too long."""
        return (
            bool(self.first.text)
            and _WRAPPED_LEAST <= longest <= _WRAPPED_MOST
            and self._size + len(block.text.partition(" ")[0]) >= min(longest, _WRAPPED_LEAST + 8)
            and self._quoted == block.quoted
            and not (_LABELLED.match(self.first.text) and _LABELLED.match(block.text))
            and not (self._links or self.addresses or block.links)
        )

    def add(self, block: Block) -> None:
        """Go on with this line."""
        self._texts.append(block.text)
        self._size += len(block.text) + 1

    def block(self) -> Block:
        """All of it."""
        text = " ".join(self._texts)
        named = [Link(link.href, text) for link in self.addresses]
        whole = "\n".join(self.written).strip() if len(self.written) > 1 else self.first.written
        return self.first._replace(text=text, links=(*self._links, *named), written=whole)


def _line(line: str, cell: int) -> Block:
    quoted = line.startswith((">", "|"))
    line = line.lstrip("> |") if quoted else line
    links: list[Link] = []

    def named(match: re.Match[str]) -> str:
        before = line[max(0, match.start() - 2 * _NAMED_MAX) : match.start()]
        links.append(Link(match[1] or match[2], before.strip()[-_NAMED_MAX:]))
        return ""

    alts: list[str] = []
    begin = 0
    while (picture := _PICTURE.match(line, begin)) is not None:
        alts.append(picture[1])
        begin = picture.end()
    line = line[begin:]
    bare = _ANGLED.sub(named, line)
    addresses = _URL.findall(bare)
    links += [Link(href.rstrip(".,;:!?"), "") for href in addresses]
    written = legible(bare).strip() if addresses else ""
    bare = legible(_URL.sub("", bare)).strip()
    return Block(bare, tuple(links), cell=cell, quoted=quoted, alts=tuple(alts), written=written)
