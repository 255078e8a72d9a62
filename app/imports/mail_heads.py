"""Whether bytes begin a mail. Pure."""

from __future__ import annotations

import re

from app.imports import from_lines

HEAD_BYTES = 65_536
"""As much of a file is looked at to recognise it."""
_FROM_LINE = re.compile(rb"\s*+(From [^\n]*+\n)(?:>From [^\n]*+\n)*+[!-9;-~]+[ \t]*:")
_HEADER = re.compile(rb"[!-9;-~]++:[^\n]*+(?:\n[ \t][^\n]*+)*+(?:\n|\Z)")
_MAIL_HEADERS = re.compile(
    rb"^(?:from|received|return-path|message-id|mime-version|delivered-to|subject|date|to|x-[a-z-]+):",
    re.IGNORECASE | re.MULTILINE,
)


def looks_like_mbox(head: bytes) -> bool:
    """Whether the bytes start with an mbox's separator line and a header below it."""
    found = _FROM_LINE.match(head)
    return found is not None and (from_lines.is_dated(found[1]) or from_lines.is_bare(found[1]))


def looks_like_mail(head: bytes) -> bool:
    """Whether the bytes start with a mail header: only header lines before a blank one, with a well-known one."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    top = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    if not _MAIL_HEADERS.search(top):
        return False
    whole = top.replace(b"\r\n", b"\n")
    read = 0
    while match := _HEADER.match(whole, read):
        read = match.end()
    return read >= len(whole) or (read > 0 and len(top) == len(start))
