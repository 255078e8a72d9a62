"""HTML as a stream of tags and text: the one tokenizer, for the reader of text (`html`) and that of blocks (`blocks`).

No tree is built: tree builders take seconds on deep nesting (lexbor: 7 s for 400 kB of `<div>`). Every regular
expression here runs in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

TOKEN = re.compile(
    r"""<(?:!--.*?(?:-->|\Z)|[!?][^>]*+>?|(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>?)""",
    re.DOTALL,
)
"""A comment, a declaration, or a tag: its slash, its name, and what is in it."""
_ATTRIBUTE = re.compile(
    r"""(?:^|[\s"'/])([^\s"'<>/=]{1,60})\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""",
)
_INSIDE_MAX = 8_000  # characters of a tag in which attributes are looked for
_RAW_TEXT = frozenset(["script", "style", "title", "textarea", "noembed", "noframes", "xmp"])
_SKIPPED = frozenset(["template", "noscript", "svg", "math", "object", "iframe", "select", "audio", "video", "map"])
VOID = frozenset(["br", "img", "hr", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"])
"""Elements that have nothing in them, and no end."""


class Reader(Protocol):
    """What is told of a document, in its order."""

    def is_full(self) -> bool:
        """Whether it wants no more."""
        ...

    def text(self, text: str) -> None:
        """Some text between two tags, with its character references."""
        ...

    def begin(self, tag: str, inside: str, at: int) -> int:
        """An element begins; returns where to go on: at `at`, or behind what it wants nothing of."""
        ...

    def end(self, tag: str) -> None:
        """An element ends."""
        ...


def walk(html: str, reader: Reader) -> bool:
    """Tell the reader of a document, but for scripts and the like; returns whether it wanted all of it."""
    at = 0
    while not reader.is_full():
        token = TOKEN.search(html, at)
        if token is None:
            reader.text(html[at:])
            return True
        if token.start() > at:
            reader.text(html[at : token.start()])
            if reader.is_full():
                return False
        at = token.end()
        if token[2]:
            tag = token[2].lower()
            if token[1]:
                reader.end(tag)
            elif tag in _RAW_TEXT:
                at = _after_raw(html, tag, at)
            elif tag in _SKIPPED:
                at = after_element(html, tag, at)
            else:
                at = reader.begin(tag, token[3], at)
    return False


def is_told_of(tag: str) -> bool:
    """Whether a reader is told when such an element begins."""
    return tag not in _RAW_TEXT and tag not in _SKIPPED


def after_element(html: str, tag: str, at: int) -> int:
    """The offset of the end tag of an element that is open at `at`; of the document's end if it is never closed."""
    depth = 1
    for token in re.compile(rf"<(/?){re.escape(tag)}(?=[\s/>])", re.IGNORECASE).finditer(html, at):
        depth += -1 if token[1] else 1
        if not depth or tag == "p":  # a paragraph ends where the next begins
            return token.start()
    return len(html)


def _after_raw(html: str, tag: str, at: int) -> int:
    end = re.compile(rf"</{tag}[\s/>]", re.IGNORECASE).search(html, at)
    return end.start() if end else len(html)


def attributes(inside: str) -> Iterator[tuple[str, str]]:
    """The attributes of a tag by their names in small letters, as they are written."""
    for match in _ATTRIBUTE.finditer(inside[:_INSIDE_MAX]):
        yield match[1].lower(), match[2] or match[3] or match[4] or ""


def attribute(inside: str, name: str) -> str:
    """The value of an attribute as it is written; "" if the tag has none. Of several the first counts."""
    return next((value for given, value in attributes(inside) if given == name), "")
