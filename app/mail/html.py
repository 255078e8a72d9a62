"""Convert HTML to plain text: hidden text is dropped, link targets follow the text, quotes get `> `; nothing is loaded.

Tags are processed as a stream without building a tree: tree builders take seconds on deep nesting (lexbor: 7 s for
400 kB of `<div>`). Every regular expression here runs in linear time. Input and output are bounded.
"""

from __future__ import annotations

import re
from html import unescape

from app.base.pictures import in_text

IN_MAX = 1_000_000
OUT_MAX = 100_000
_QUOTES_MAX = 3
_BLANK = 2  # line breaks that make a blank line

_TOKEN = re.compile(
    r"""<(?:!--.*?(?:-->|\Z)|[!?][^>]*+>?|(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>?)""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""(?:^|[\s"'/])(href|alt|style|class)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE
)
_RAW_TEXT = frozenset(["script", "style", "title", "textarea", "noembed", "noframes", "xmp"])
_SKIPPED = frozenset(["template", "noscript", "svg", "math", "object", "iframe", "select", "audio", "video", "map"])
_VOID = frozenset(
    [
        "br",
        "img",
        "hr",
        "input",
        "meta",
        "link",
        "area",
        "base",
        "col",
        "embed",
        "source",
        "track",
        "wbr",
    ]
)
_PARAGRAPH = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "blockquote",
        "pre",
        "table",
        "figure",
    ]
)
_LINE = frozenset(
    [
        "div",
        "tr",
        "li",
        "dt",
        "dd",
        "section",
        "article",
        "header",
        "footer",
        "address",
        "center",
        "form",
        "aside",
        "main",
        "nav",
        "figcaption",
        "caption",
        "option",
        "body",
    ]
)
_INVISIBLE = re.compile("[\u200c\u034f\u00ad\ufeff]+")
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px)?\s*(?:;|$)", re.IGNORECASE
)
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\x00-\x20]{1,2000}", re.IGNORECASE)


class _Writer:
    """Builds the output text; tracks the pending white space and the quote depth."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.quotes = 0
        self._quoted = 0  # the quote depth of the last text
        self._lines = 0  # line breaks pending before the next text
        self._space = False

    def words(self, text: str) -> None:
        """Append text, collapsing white space."""
        if not text.isascii():
            text = _INVISIBLE.sub("", text)
        body = " ".join(text.split())
        if body:
            self._space = self._space or text[0].isspace()
            self._put(body)
            self._space = text[-1].isspace()
        elif text:
            self._space = True

    def exact(self, text: str) -> None:
        """Append preformatted text, keeping its lines."""
        for at, line in enumerate(text.split("\n")):
            if at:
                self.more()
            if line:
                self._put(line)

    def _put(self, body: str) -> None:
        mark = "> " * min(self.quotes, _QUOTES_MAX) if self.quotes else ""
        if not self.parts:
            self.parts.append(mark)
        elif self._lines:
            between = "> " * min(self.quotes, self._quoted, _QUOTES_MAX)
            blank = f"\n{between.rstrip()}" if self._lines >= _BLANK else ""
            self.parts.append(f"{blank}\n{mark}")
        elif self._space:
            self.parts.append(" ")
        self.parts.append(body)
        self.size += len(body) + 1
        self._lines, self._space, self._quoted = 0, False, self.quotes

    def line(self, count: int) -> None:
        """Request at least this many line breaks before the next text."""
        self._lines = max(self._lines, count)
        self._space = False

    def more(self) -> None:
        """Request one more line break, two at most."""
        self.line(min(_BLANK, self._lines + 1))


def to_text(html: str) -> str:
    """Return the plain text of HTML, at most about OUT_MAX characters; input beyond IN_MAX characters is ignored."""
    return _Reader(html[:IN_MAX]).read()


class _Reader:
    """Converts one document in one pass over its tags."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._writer = _Writer()
        self._links: list[tuple[str, int]] = []  # the open link, if any (links do not nest): href, first output part
        self._pre = 0

    def read(self) -> str:
        """Return the document's text."""
        at, html = 0, self._html
        while self._writer.size < OUT_MAX:
            token = _TOKEN.search(html, at)
            if token is None:
                self._text(html[at:])
                break
            if token.start() > at:
                self._text(html[at : token.start()])
            at = token.end()
            if token[2]:
                tag = token[2].lower()
                at = self._close(tag, at) if token[1] else self._open(tag, token[3], at)
        return "".join(self._writer.parts)[:OUT_MAX]

    def _text(self, text: str) -> None:
        if "&" in text:
            try:
                text = unescape(text)
            except ValueError:  # a numeric character reference with thousands of digits
                text = text.replace("&#", " ")
        (self._writer.exact if self._pre else self._writer.words)(text)

    def _open(self, tag: str, inside: str, at: int) -> int:
        """Handle a start tag; returns where to continue: after the element if its content is skipped."""
        writer = self._writer
        if tag in _RAW_TEXT:
            return self._after_raw(tag, at)
        if tag in _SKIPPED or (inside and tag not in _VOID and _is_hidden(inside)):
            return self._after_element(tag, at)
        if tag == "br":
            writer.more()
        elif tag in {"td", "th"}:
            writer.words(" ")
        elif tag == "a":
            self._close("a", at)
            self._links.append((_attribute(inside, "href").strip(), len(writer.parts)))
        elif tag == "img":
            alt = " ".join(_attribute(inside, "alt").split())[:200]
            if len(alt) > 1 and not _is_hidden(inside):
                writer.words(in_text(alt))
        else:
            self._block(tag, 1)
            if tag == "li":
                writer.words("- ")
        return at

    def _close(self, tag: str, at: int) -> int:
        if tag == "a":
            if self._links:
                self._link(*self._links.pop())
        elif tag not in _VOID:
            self._block(tag, -1)
        return at

    def _block(self, tag: str, step: int) -> None:
        """Handle a block element's start (`step` 1) or end (-1)."""
        writer = self._writer
        if tag in _PARAGRAPH or tag == "hr":
            writer.line(_BLANK)
            if tag == "blockquote":
                writer.quotes = max(0, writer.quotes + step)
            elif tag == "pre":
                self._pre = max(0, self._pre + step)
        elif tag in _LINE:
            writer.line(1)

    def _after_raw(self, tag: str, at: int) -> int:
        end = re.compile(rf"</{tag}[\s/>]", re.IGNORECASE).search(self._html, at)
        return end.start() if end else len(self._html)

    def _after_element(self, tag: str, at: int) -> int:
        """Return the offset of the element's end tag; the end of the document if it is never closed."""
        depth = 1
        for token in re.compile(rf"<(/?){tag}(?=[\s/>])", re.IGNORECASE).finditer(self._html, at):
            depth += -1 if token[1] else 1
            if not depth:
                return token.start()
            if tag == "p":
                return token.start()
        return len(self._html)

    def _link(self, href: str, since: int) -> None:
        """Append a link's address unless its text is the address; links without text (pictures) are dropped."""
        href = _unescaped(href) if "&" in href else href
        if not _LINK.fullmatch(href):
            return
        shown_text = "".join(self._writer.parts[since:]).strip().rstrip("/").casefold()
        shown = href[7:].partition("?")[0] if href[:7].lower() == "mailto:" else href
        same = {shown.rstrip("/").casefold(), shown.partition("//")[2].rstrip("/").casefold()}
        if shown_text and shown_text not in same:
            self._writer.words(f" <{shown}>")


def _unescaped(text: str) -> str:
    """Unescape an address: WordPress writes `&#038;` in every link."""
    try:
        return unescape(text)
    except ValueError:  # a numeric character reference with thousands of digits
        return text


def _attribute(inside: str, name: str) -> str:
    for match in _ATTRIBUTE.finditer(inside):
        if match[1].lower() == name:
            value = match[2] or match[3] or match[4] or ""
            return unescape(value) if "&" in value and name != "href" and "&#" not in value else value
    return ""


def _is_hidden(inside: str) -> bool:
    folded = inside.lower()
    if "style" not in folded and "hidden" not in folded:
        return False
    style = _attribute(inside, "style")
    return bool(style and _HIDDEN.search(style)) or re.search(r"(?:^|\s)hidden(?:\s|=|/|$)", folded) is not None
