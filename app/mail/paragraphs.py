"""The blocks of a plain letter: its paragraphs and lines, with their links, as `app.mail.blocks` has those of HTML."""

from __future__ import annotations

import re

from app.base.text import visible
from app.mail.blocks import BLOCKS_MAX, IN_MAX, Block, Link

_WRAPPED_LEAST, _WRAPPED_MOST = 60, 82  # characters of the longest line, where a program has cut lines
_URL = re.compile(r"https?://[^\s<>\"')\]]{1,2000}")
_ANGLED = re.compile(r"\s?<(https?://[^\s<>]{1,2000})>|\s?\((https?://[^\s()<>]{1,2000})\)")
_PICTURE = re.compile(r"\[([^\[\]]{2,200})\](?:\s{1,4}|$|(?=\S))")
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
    joined: list[Block] = []
    for block in read:
        before = joined[-1] if joined else None
        if before is not None and not before.text:  # an address on a line of its own before its words
            joined.append(block)
        elif before is not None and not block.text:  # ... and after them
            joined[-1] = before._replace(links=(*before.links, *(Link(link.href, before.text) for link in block.links)))
        elif before is not None and _goes_on(before, block, longest):
            joined[-1] = before._replace(
                text=f"{before.text} {block.text}", links=(*before.links, *block.links), quoted=before.quoted
            )
        else:
            joined.append(block)
    return joined


def _goes_on(before: Block, block: Block, longest: int) -> bool:
    """Whether a line goes on with the one before, which was cut where it had become too long."""
    last = before.text.rpartition("\n")[2]
    return (
        _WRAPPED_LEAST <= longest <= _WRAPPED_MOST
        and len(last) + len(block.text.partition(" ")[0]) >= min(longest, _WRAPPED_LEAST + 8)
        and before.quoted == block.quoted
        and not before.links
        and not block.links
    )


def _line(line: str, cell: int) -> Block:
    quoted = line.startswith((">", "|"))
    line = line.lstrip("> |") if quoted else line
    links: list[Link] = []

    def named(match: re.Match[str]) -> str:
        links.append(Link(match[1] or match[2], line[: match.start()].strip()[-120:]))
        return ""

    alts: list[str] = []
    while (picture := _PICTURE.match(line)) is not None:
        alts.append(picture[1])
        line = line[picture.end() :]
    bare = _ANGLED.sub(named, line)
    links += [Link(href.rstrip(".,;:!?"), "") for href in _URL.findall(bare)]
    bare = visible(_URL.sub("", bare)).strip()
    return Block(bare, tuple(links), cell=cell, quoted=quoted, alts=tuple(alts))
