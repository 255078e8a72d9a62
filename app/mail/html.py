"""HTML to plain text: what the sender meant to be read, links behind their words, quotes with `> `; nothing is loaded.

The parser is lexbor (C); the tree is walked without recursion, so no nesting is too deep. Input and output are bounded.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

IN_MAX = 400_000
OUT_MAX = 100_000
QUOTES_MAX = 3
_DROPPED = frozenset("script style head title template noscript svg math object iframe select textarea audio video map".split())
_PARAGRAPH = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table hr figure".split())
_LINE = frozenset(
    "div tr li dt dd br section article header footer address center form aside main nav figcaption caption option".split(),
)
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|max-height\s*:\s*0(?:px)?\s*(?:;|$)", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\x00-\x20]{1,2000}", re.IGNORECASE)


class _Writer:
    """Puts words on lines: remembers how much space is due before the next word, and how deep the quote is."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.quotes = 0
        self._lines = 0  # line ends due before the next word
        self._space = False
        self._begun = False

    def words(self, text: str) -> None:
        """Running text: white space of any length is one space."""
        flat = _SPACE.sub(" ", text)
        body = flat.strip(" ")
        if not body:
            self._space = self._space or bool(flat)
            return
        if flat[0] == " ":
            self._space = True
        self._put(body)
        self._space = flat[-1] == " "

    def exact(self, text: str) -> None:
        """Text that keeps its lines (pre)."""
        for at, line in enumerate(text.split("\n")):
            if at:
                self.line(1, more=True)
            if line:
                self._put(line)

    def _put(self, body: str) -> None:
        if self._begun and self._lines:
            mark = "> " * min(self.quotes, QUOTES_MAX)
            gap = "\n" + mark.rstrip(" ") if self._lines > 1 else ""
            self.parts.append(f"{gap}\n{mark}")
        elif not self._begun:
            self.parts.append("> " * min(self.quotes, QUOTES_MAX))
        elif self._space:
            self.parts.append(" ")
        self.parts.append(body)
        self.size += len(body) + 1
        self._begun, self._lines, self._space = True, 0, False

    def line(self, count: int, *, more: bool = False) -> None:
        """At least this many line ends come before the next word; with `more`, this many further ones (two at most)."""
        self._lines = min(2, self._lines + count) if more else max(self._lines, count)
        self._space = False

    def text(self) -> str:
        """All of it."""
        return "".join(self.parts)


def to_text(html: str) -> str:
    """The plain text of an HTML mail, at most OUT_MAX characters; input beyond IN_MAX is not read."""
    root = LexborHTMLParser(html[:IN_MAX]).body
    if root is None:
        return ""
    writer = _Writer()
    _walk(root, writer)
    return writer.text()


def _walk(root: LexborNode, writer: _Writer) -> None:
    links: list[tuple[str, int]] = []
    pre = 0
    node: LexborNode | None = root
    while node is not None and writer.size < OUT_MAX:
        tag = node.tag
        child = None
        if tag == "-text":
            text = node.text_content or ""
            (writer.exact if pre else writer.words)(text)
        elif tag and tag[0] != "-" and tag != "!doctype" and tag != "_comment":
            child = _enter(node, tag, writer, links)
            pre += tag == "pre" and child is not None
        if child is not None:
            node = child
            continue
        while node is not None and node.next is None:
            node = node.parent
            if node is None or node == root:
                return
            _leave(node.tag or "", writer, links)
            pre -= node.tag == "pre"
        node = node.next if node is not None else None


def _enter(node: LexborNode, tag: str, writer: _Writer, links: list[tuple[str, int]]) -> LexborNode | None:
    """Begin an element; its first child, or None where there is nothing in it to read."""
    if tag in _DROPPED or _is_hidden(node):
        return None
    if tag == "br":
        writer.line(1, more=True)
        return None
    if tag == "img":
        alt = (node.attributes.get("alt") or "").strip()
        if len(alt) > 1:
            writer.words(f"[{alt[:200]}]")
        return None
    child = node.child
    if child is None:
        return None
    _space_before(node, tag, writer)
    if tag == "a":
        links.append(((node.attributes.get("href") or "").strip(), len(writer.parts)))
    return child


def _space_before(node: LexborNode, tag: str, writer: _Writer) -> None:
    if tag in _PARAGRAPH:
        writer.line(2)
        writer.quotes += tag == "blockquote"
    elif tag in _LINE:
        writer.line(1)
        if tag == "li":
            writer.words("- ")
    elif tag in {"td", "th"}:
        writer.words(" ")


def _leave(tag: str, writer: _Writer, links: list[tuple[str, int]]) -> None:
    if tag in _PARAGRAPH:
        writer.line(2)
        writer.quotes -= tag == "blockquote"
    elif tag in _LINE:
        writer.line(1)
    elif tag == "a" and links:
        _link(*links.pop(), writer)


def _link(href: str, since: int, writer: _Writer) -> None:
    """The address behind the words of a link, where the words do not say it themselves."""
    if not _LINK.fullmatch(href):
        return
    said = "".join(writer.parts[since:]).strip()
    shown = href[7:].partition("?")[0] if href[:7].lower() == "mailto:" else href
    if not said or said.rstrip("/").casefold() in {shown.rstrip("/").casefold(), shown.partition("//")[2].rstrip("/").casefold()}:
        if not said:
            return  # a picture or nothing: an address alone would be noise
        return
    writer.words(f" <{shown}>")


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    style = attributes.get("style")
    return "hidden" in attributes or (style is not None and _HIDDEN.search(style) is not None)
