"""Read an mbox file as a stream, in blocks: half a gigabyte needs a few megabytes of memory.

A mail begins at a `From ` line of a program's (`app.imports.from_lines`) that is followed by a mail's header: `From
10:00 on we are there` with `Where: by the gate` below it is what somebody wrote. The usual blank line before it is not
required if the line has a date.
`Content-Length` is ignored, as it is often wrong. `>From ` and `>>From ` lose one `>` (mboxrd; mboxo differs only for
doubly quoted lines).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO

from app.imports.from_lines import is_bare, is_dated

_BLOCK_BYTES = 4 << 20
_MAX_MAIL_BYTES = 64 << 20  # maximum bytes of a mail; the rest is dropped, to bound the memory
_FROM = re.compile(rb"(From [^\r\n]*+\r?\n)(?:>From [^\r\n]*+\r?\n)*+")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
_KNOWN_HEADER = re.compile(
    rb"^(?:from|to|cc|bcc|date|subject|received|return-path|message-id|sender|reply-to|delivered-to|mime-version"
    rb"|content-type|status|x-[a-z0-9-]+)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LOOKAHEAD_BYTES = 2_048  # bytes that contain a separator line and the start of the header after it


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail's bytes, and the offset of its end in the file."""

    raw: bytes
    end: int


def mails(path: Path) -> Generator[Mail, None, None]:
    """Yield every mail of the file, in order. Raises OSError."""
    with path.open("rb") as file:
        yield from mails_of(file)


def mails_of(file: IO[bytes], before: bytes = b"") -> Generator[Mail, None, None]:
    """Yield every mail of an open file, in order; `before` was read from it already. Raises OSError."""
    kept, offset, size, cut = before, 0, _BLOCK_BYTES, False
    while block := file.read(size):
        kept += block
        cuts = [start for start in _starts(kept, first=offset == 0) if start <= len(kept) - _LOOKAHEAD_BYTES]
        yield from _cut_mails(kept, cuts, offset)
        if cuts:
            offset, kept, cut = offset + cuts[-1], kept[cuts[-1] :], False
        if len(kept) > _MAX_MAIL_BYTES:
            if not cut:
                yield Mail(_unwrapped(kept[:_MAX_MAIL_BYTES]), offset + len(kept) - _LOOKAHEAD_BYTES)
            offset, kept, cut = offset + len(kept) - _LOOKAHEAD_BYTES, kept[-_LOOKAHEAD_BYTES:], True
        # larger blocks for a long mail, so that it is rescanned only a few times
        size = min(max(_BLOCK_BYTES, len(kept)), max(_MAX_MAIL_BYTES // 4, 1))
    starts = _starts(kept, first=offset == 0)
    if starts or not cut:
        yield from _cut_mails(kept, [*(starts or [0]), len(kept)], offset)


def _cut_mails(kept: bytes, cuts: list[int], offset: int) -> Iterator[Mail]:
    for start, end in pairwise(cuts):
        raw = _unwrapped(kept[start:end])
        if raw:
            yield Mail(raw, offset + end)


def _starts(kept: bytes, *, first: bool) -> list[int]:
    """Return the offsets of mails in `kept`; `first` allows white space before the one at the start of the file."""
    offsets = [0] if _begins(kept, len(kept) - len(kept.lstrip(b"\r\n \t")) if first else 0) else []
    at = kept.find(b"\nFrom ")
    while at >= 0:
        if _begins(kept, at + 1, after_blank=_after_blank(kept, at)):
            offsets.append(at + 1)
        at = kept.find(b"\nFrom ", at + 1)
    return offsets


def _begins(kept: bytes, at: int, *, after_blank: bool = True) -> bool:
    end = _separated(kept, at, after_blank=after_blank)
    return end >= 0 and (end == len(kept) or _is_head(kept, end))


def _separated(kept: bytes, at: int, *, after_blank: bool = True) -> int:
    """The offset behind the line of a program's that begins there, and those quoted below it; -1 if there is none."""
    line = _FROM.match(kept, at, at + _LOOKAHEAD_BYTES)
    if line is None or not (is_dated(line[1]) or (after_blank and is_bare(line[1]))):
        return -1
    return line.end()


def _is_head(kept: bytes, at: int) -> bool:
    """Whether a mail's header begins there: a header line, and a well-known one before the next blank line."""
    if _HEADER.match(kept, at) is None:
        return False
    known = _KNOWN_HEADER.search(kept, at, at + _LOOKAHEAD_BYTES)
    return known is not None and kept.find(b"\n\n", at, known.start()) < 0 > kept.find(b"\n\r\n", at, known.start())


def _after_blank(kept: bytes, newline: int) -> bool:
    return kept[max(newline - 1, 0) : newline] == b"\n" or kept[max(newline - 2, 0) : newline] == b"\n\r"


def _unwrapped(chunk: bytes) -> bytes:
    """Strip the separator line and one level of `>From ` quoting."""
    start = chunk.lstrip(b"\r\n \t") if chunk[:1] in b"\r\n \t" else chunk
    raw = start[max(_separated(start, 0), 0) :]
    return _QUOTED.sub(rb"\1", raw) if b">From " in raw else raw
