"""Convert HTML to plain text: link targets follow the text, quotes get `> `, hidden text is told apart.

Nothing is loaded. Lists keep their numbers, struck-out words stand between `~~`, the cells of a table's row are on one
line with bars between them, and a link whose words name another host than it leads to has that host in brackets.

Tags are processed as a stream (`html_tags`). Every regular expression here runs in linear time. Input and output are
bounded.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from app.base.pictures import in_text
from app.mail.html_parts import ListMarks, is_reversed, other_host, unescaped
from app.mail.html_tags import TOKEN, VOID, after_element, attribute, is_told_of, walk
from app.mail.html_writer import BLANK as _BLANK
from app.mail.html_writer import Writer

IN_MAX = 2_000_000
OUT_MAX = 1_000_000
_HIDDEN_MAX = 100_000  # characters of hidden HTML that are read
_TABLE_MAX = 20_000  # characters in which a table's end is looked for
_FEW_CELLS = 2
_MAX_NESTED = 200  # lists, rows and struck-out elements within each other that are told apart

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
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px)?\s*(?:;|$)", re.IGNORECASE
)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,60}line-through", re.IGNORECASE)
_STRIKE = frozenset(["s", "strike", "del"])
_TABLE = re.compile(r"<(/?)table(?=[\s/>])", re.IGNORECASE)
_ROW_TAG, _CELL_TAG = re.compile(r"<tr[\s>]", re.IGNORECASE), re.compile(r"<t[dh][\s>]", re.IGNORECASE)
_HIDING = re.compile(rf"""{_HIDDEN.pattern}|(?<=\s)hidden(?=[\s>])""", re.IGNORECASE)
_SIGNS_OF_HIDING = tuple(
    re.compile(sign) for sign in (r"display\s*:\s*none", r"font-size\s*:\s*0", r"mso-hide", r"hidden(?=[\s>;\"'=/])")
)
"""What `_is_hidden` looks for, in small letters, each apart: so a page without them is searched fastest."""
_TAG_MAX = 2_000
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\x00-\x20]{1,2000}", re.IGNORECASE)


class Page(NamedTuple):
    """What a page says: its text, and what is hidden in it, both at most about OUT_MAX characters.

    `whole` is whether all of it was read.
    """

    text: str
    hidden: str
    whole: bool


def hidden_words(html: str) -> str:
    """What is hidden in HTML, as `read` has it, without reading the rest, which takes far longer."""
    html = html[:IN_MAX]
    folded = html.lower()
    if len(folded) != len(html):  # a capital that is two small letters
        folded = html
    signs = sorted(found.start() for sign in _SIGNS_OF_HIDING for found in sign.finditer(folded))
    if not signs:
        return ""
    reader, at = _Reader(html), 0
    for at_sign in signs:
        begin = html.rfind("<", max(at, at_sign - _TAG_MAX), at_sign)
        token = TOKEN.match(html, begin) if begin >= 0 else None
        if token is not None and token[2] and not token[1] and is_told_of(token[2].lower()):
            at = max(at, reader.hide(token[2].lower(), token[3], token.end()))
    return reader.hidden()


def to_text(html: str) -> str:
    """The plain text of HTML, without what is hidden in it; see `read`."""
    return read(html).text


def read(html: str) -> Page:
    """Read HTML; input beyond IN_MAX characters is ignored."""
    reader = _Reader(html[:IN_MAX])
    text = reader.read()
    return Page(text, reader.hidden(), len(html) <= IN_MAX and not reader.stopped)


class _Reader:
    """Converts one document in one pass over its tags."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._writer = Writer()
        self._links: list[tuple[str, int]] = []  # the open link, if any (links do not nest): href, first output part
        self._pre = 0
        self._lists: list[ListMarks] = []
        self._items: dict[int, int] | None = None  # how many items each list has, once somebody asks
        self._struck: list[list[object]] = []  # per struck-out element: its tag, and how many of that are open in it
        self._rows: list[bool] = []  # per open table, whether its rows stand on one line
        self._hidden: list[str] = []
        self._hidden_size = 0
        self.stopped = False

    def read(self) -> str:
        """Return the document's text."""
        self.stopped = not walk(self._html, self)
        self._writer.flush()
        return "".join(self._writer.parts)[:OUT_MAX]

    def hidden(self) -> str:
        """What is hidden in the document, each piece a paragraph; "" if it is only padding."""
        said = [_Reader(piece).read().strip() for piece in self._hidden]
        return "\n\n".join(dict.fromkeys(text for text in said if any(letter.isalnum() for letter in text)))

    def is_full(self) -> bool:
        """Whether the text is as long as it may be."""
        return self._writer.size >= OUT_MAX

    def text(self, text: str) -> None:
        """Take some text."""
        (self._writer.exact if self._pre else self._writer.words)(unescaped(text))

    def begin(self, tag: str, inside: str, at: int) -> int:
        """Handle a start tag; returns where to continue: after the element if it is hidden."""
        writer = self._writer
        if (end := self.hide(tag, inside, at)) >= 0:
            return end
        if tag == "br":
            writer.more()
        elif tag in {"td", "th"}:
            self._cell()
        elif tag == "a":
            self.end("a")
            self._links.append((attribute(inside, "href").strip(), len(writer.parts)))
        elif tag == "img":
            alt = " ".join(_attribute(inside, "alt").split())[:200]
            if len(alt) > 1 and not _is_hidden(inside):
                writer.words(in_text(alt))
        else:
            self._shape(tag, inside, at)
        return at

    def _shape(self, tag: str, inside: str, at: int) -> None:
        """Handle the start of an element that only shapes the text."""
        if tag == "table":
            self._rows.append(len(self._rows) < _MAX_NESTED and self._has_plain_rows(at))
        self._block(tag, 1)
        self._note_struck(tag, inside)
        if tag in {"ul", "ol"}:
            if len(self._lists) < _MAX_NESTED:
                self._lists.append(self._list(tag, inside, at))
            self._writer.indent = max(0, len(self._lists) - 1)
        elif tag == "li":
            mark = "-"
            if self._lists:
                mark = self._lists[-1].mark(_attribute(inside, "value"), _attribute(inside, "type"))
            self._writer.entry(mark)
        elif tag == "tr":
            self._writer.row(on_one_line=bool(self._rows and self._rows[-1]))

    def _list(self, tag: str, inside: str, at: int) -> ListMarks:
        """The marks of a list whose tag ends at `at`."""
        down_from = None
        if tag == "ol" and is_reversed(inside):
            self._items = _items_of_lists(self._html) if self._items is None else self._items
            down_from = self._items.get(at, 0)
        start, form = _attribute(inside, "start"), _attribute(inside, "type")
        return ListMarks(numbered=tag == "ol", start=start, form=form, down_from=down_from)

    def end(self, tag: str) -> None:
        """Handle an end tag."""
        if tag == "a":
            if self._links:
                self._link(*self._links.pop())
        elif tag not in VOID:
            if tag in {"tr", "table"}:
                self._writer.row(on_one_line=False)
            if tag == "li":
                self._writer.flush()
            self._block(tag, -1)
            self._leave(tag)

    def _leave(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
            self._writer.indent = max(0, len(self._lists) - 1)
        elif tag == "table" and self._rows:
            self._rows.pop()
        if self._struck and self._struck[-1][0] == tag:
            self._struck[-1][1] = int(str(self._struck[-1][1])) - 1
            if not self._struck[-1][1]:
                self._struck.pop()
                self._writer.struck = bool(self._struck)

    def _note_struck(self, tag: str, inside: str) -> None:
        if tag in _STRIKE or ("line-through" in inside and _STRUCK.search(_attribute(inside, "style"))):
            if len(self._struck) < _MAX_NESTED:
                self._struck.append([tag, 1])
                self._writer.struck = True
        elif self._struck and self._struck[-1][0] == tag:
            self._struck[-1][1] = int(str(self._struck[-1][1])) + 1

    def _cell(self) -> None:
        if self._writer.in_row:
            self._writer.cell()
        else:
            self._writer.words(" ")

    def _has_plain_rows(self, at: int) -> bool:
        """Whether this table holds no other, and has rows of several cells: else it is there for the looks."""
        other = _TABLE.search(self._html, at, at + _TABLE_MAX)
        if other is None or not other[1]:
            return False
        within = self._html[at : other.start()]
        rows, cells = len(_ROW_TAG.findall(within)), len(_CELL_TAG.findall(within))
        return rows >= _FEW_CELLS and cells >= _FEW_CELLS * rows

    def _block(self, tag: str, step: int) -> None:
        """Handle a block element's start (`step` 1) or end (-1)."""
        writer = self._writer
        if tag in _PARAGRAPH or tag == "hr":
            nested = tag in {"ul", "ol"} and self._lists and (step > 0 or len(self._lists) > 1)
            if nested:
                writer.flush()
            writer.line(1 if nested else _BLANK)
            if tag == "blockquote":
                writer.quotes = max(0, writer.quotes + step)
            elif tag == "pre":
                self._pre = max(0, self._pre + step)
        elif tag in _LINE:
            writer.line(1)

    def hide(self, tag: str, inside: str, at: int) -> int:
        """Keep what an element holds if it is hidden, unless it is too much; returns its end, -1 if it is shown."""
        if not inside or tag in VOID or not _is_hidden(inside):
            return -1
        end = after_element(self._html, tag, at)
        self._keep_hidden(self._html[at:end])
        return end

    def _keep_hidden(self, html: str) -> None:
        kept = html[: _HIDDEN_MAX - self._hidden_size]
        self._hidden_size += len(kept)
        if kept.strip():
            # What is hidden once more within it is read with it.
            self._hidden.append(_HIDING.sub(" ", kept))

    def _link(self, href: str, since: int) -> None:
        """Append a link's address unless its text is the address; links without text (pictures) are dropped.

        Where the text names another host than the link leads to, that stands before the address, in brackets.
        """
        href = unescaped(href)
        if not _LINK.fullmatch(href):
            return
        shown_text = "".join(self._writer.parts[since:]).strip().rstrip("/").casefold()
        shown = href[7:].partition("?")[0] if href[:7].lower() == "mailto:" else href
        same = {shown.rstrip("/").casefold(), shown.partition("//")[2].rstrip("/").casefold()}
        if shown_text and shown_text not in same:
            true = other_host(shown_text, href)
            self._writer.words(f" [{true}] <{shown}>" if true else f" <{shown}>")


def _items_of_lists(html: str) -> dict[int, int]:
    """How many items each list has that are shown and are not those of a list within it, by where its tag ends."""
    counts: dict[int, int] = {}
    open_lists: list[int] = []
    for token in TOKEN.finditer(html):
        tag = (token[2] or "").lower()
        if tag in {"ol", "ul"} and not token[1]:
            open_lists.append(token.end())
        elif tag in {"ol", "ul"} and open_lists:
            open_lists.pop()
        elif tag == "li" and not token[1] and open_lists and not _is_hidden(token[3]):
            counts[open_lists[-1]] = counts.get(open_lists[-1], 0) + 1
    return counts


def _attribute(inside: str, name: str) -> str:
    return unescaped(attribute(inside, name))


def _is_hidden(inside: str) -> bool:
    folded = inside.lower()
    if "style" not in folded and "hidden" not in folded:
        return False
    style = _attribute(inside, "style")
    return bool(style and _HIDDEN.search(style)) or re.search(r"(?:^|\s)hidden(?:\s|=|/|$)", folded) is not None
