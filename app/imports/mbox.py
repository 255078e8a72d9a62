"""An mbox file, mail by mail, in blocks: half a gigabyte goes through a few megabytes of memory.

A mail begins at a line `From ` that has a time of day in it (or nothing, as newer Thunderbirds write) and is followed
by a header; a blank line before it is usual, not required. `Content-Length` is ignored: it is wrong too often. `>From `
and `>>From ` lose one `>` (mboxrd; mboxo reads the same but for texts that were quoted twice).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

_BLOCK = 4 << 20
_LARGEST = 64 << 20  # what a single mail may weigh; the rest of it is left out, so that nothing fills the memory
_FROM = re.compile(rb"From (?:(?=[^\r\n]*?\d:\d\d)[^\r\n]*+|-?[ \t]*+)\r?\n(?:>From [^\r\n]*+\r?\n)*+")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LOOK = 2_048  # a separator line and the start of the header after it fit in here
_TIME = re.compile(rb"(?>[^\r\n]*?\d:\d\d)[^\r\n]* \d{4}|(?>[^\r\n]*?\d{4})[^\r\n]* \d{1,2}:\d\d")


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail's bytes, and how many bytes of the file have been read when it ends."""

    raw: bytes
    end: int


def mails(path: Path) -> Generator[Mail, None, None]:
    """Every mail of the file, in its order; OSError passes."""
    with path.open("rb") as file:
        kept, offset, size, cut = b"", 0, _BLOCK, False
        while block := file.read(size):
            kept += block
            cuts = [start for start in _starts(kept, first=offset == 0) if start <= len(kept) - _LOOK]
            yield from _between(kept, cuts, offset)
            if cuts:
                offset, kept, cut = offset + cuts[-1], kept[cuts[-1] :], False
            if len(kept) > _LARGEST:
                if not cut:
                    yield Mail(_bare(kept[:_LARGEST]), offset + len(kept) - _LOOK)
                offset, kept, cut = offset + len(kept) - _LOOK, kept[-_LOOK:], True
            size = min(max(_BLOCK, len(kept)), max(_LARGEST // 4, 1))  # a long mail is looked through a few times only
        starts = _starts(kept, first=offset == 0)
        if starts or not cut:
            yield from _between(kept, [*(starts or [0]), len(kept)], offset)


def _between(kept: bytes, cuts: list[int], offset: int) -> Iterator[Mail]:
    for start, end in pairwise(cuts):
        raw = _bare(kept[start:end])
        if raw:
            yield Mail(raw, offset + end)


def _starts(kept: bytes, *, first: bool) -> list[int]:
    """Where mails begin in `kept`; the one at 0 counts when the file or the kept rest begins there."""
    found = [0] if _begins(kept, len(kept) - len(kept.lstrip(b"\r\n \t")) if first else 0) else []
    at = kept.find(b"\nFrom ")
    while at >= 0:
        if _begins(kept, at + 1) and (_after_blank(kept, at) or _has_date(kept, at + 1)):
            found.append(at + 1)
        at = kept.find(b"\nFrom ", at + 1)
    return found


def _begins(kept: bytes, at: int) -> bool:
    line = _FROM.match(kept, at, at + _LOOK)
    return line is not None and (_HEADER.match(kept, line.end()) is not None or line.end() == len(kept))


def _after_blank(kept: bytes, newline: int) -> bool:
    return kept[max(newline - 1, 0) : newline] == b"\n" or kept[max(newline - 2, 0) : newline] == b"\n\r"


def _has_date(kept: bytes, at: int) -> bool:
    return _TIME.match(kept, at, kept.find(b"\n", at)) is not None


def _bare(chunk: bytes) -> bytes:
    """The mail without its separator line, its closing blank line and one level of `>From ` quoting."""
    start = chunk.lstrip(b"\r\n \t") if chunk[:1] in b"\r\n \t" else chunk
    line = _FROM.match(start)
    raw = start[line.end() :] if line else start
    return _QUOTED.sub(rb"\1", raw) if b">From " in raw else raw
