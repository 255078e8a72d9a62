"""What a Markdown text has beside its words: blocks of code, comments, and pictures written as HTML. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"[ ]{0,3}(?:>[ ]?){0,3}(```+|~~~+)")  # CommonMark 0.31, 4.5, in quotations too
_ALT = re.compile(r"\balt=(?:\"([^\"]{0,500}+)\"|'([^']{0,500}+)')", re.IGNORECASE)


def fenced(text: str) -> Iterator[tuple[bool, str]]:
    """Split a text into its blocks of code and what is between them: (is it code, the text)."""
    fence, part = "", list[str]()
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        begins = mark[1] if mark is not None else ""
        if begins and not fence:
            if part:
                yield False, "\n".join(part)
            fence, part = begins, [line]
        elif fence and begins.startswith(fence):
            yield True, "\n".join([*part, line])
            fence, part = "", []
        else:
            part.append(line)
    if part:
        yield bool(fence), "\n".join(part)


def without_comments(text: str) -> str:
    """A text without HTML's comments, which templates of posts are full of. One without an end stays."""
    parts, begin = list[str](), 0
    while (found := text.find("<!--", begin)) >= 0:
        end = text.find("-->", found + 4)
        if end < 0:
            break
        is_typed = found > 0 and text[found - 1] == "\\"
        parts.append(text[begin : end + 3 if is_typed else found])
        begin = end + 3
    return "".join([*parts, text[begin:]])


def alt(attributes: str) -> str:
    """What the attributes of an `<img>` say that it shows; "" if they do not."""
    found = _ALT.search(attributes)
    return (found[1] or found[2] or "") if found else ""
