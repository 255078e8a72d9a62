"""What an HTML letter, or a plain one, is built of: its visible blocks in order, each with its links and its look.

A reader that looks for something within a letter (`app.intake.notices`, `app.mail.forms`) is told by this where one
part ends and the next begins, what is a button, a box, a quotation, small print, and what nobody sees. Nothing is
loaded. Tags are processed as a stream (`html_tags`); input and output are bounded.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from app.base.text import legible
from app.mail.html_parts import unescaped
from app.mail.html_tags import VOID, after_element, attributes, walk

IN_MAX = 600_000
BLOCKS_MAX = 1_500
_DEPTH_MAX = 200
_ALT_MAX = 200
_SMALL_PX = 12.0

_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "code", "em", "font", "i", "ins", "label", "mark", "s", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "o:p", "cite", "q",
))  # fmt: skip
_CELLS = frozenset(["td", "th", "li", "blockquote"])
_HOLDERS = frozenset(["td", "th", "blockquote"])
_HEADINGS = frozenset(["h1", "h2", "h3"])
_NO_SHAPE = frozenset(["html", "body", "center", "tbody", "main"])
_HIDDEN = re.compile(
    r"display:none|mso-hide:all|visibility:hidden|max-height:0|opacity:0(?:;|\.0|$)|font-size:[01](?:px|pt)?(?:;|$)"
    r"|(?:^|;)height:0(?:px)?(?:;|$)"
)
_BLOCK = re.compile(r"display:(?:block|table|flex)")
_STARS = "★☆⭐✭✩●○"
_BREAKS = ("", "\n", "\n\n")
_SIZE = re.compile(r"font-size:(\d{1,3}(?:\.\d{1,2})?)(px|pt|em|rem|%)?")
_WEIGHT = re.compile(r"font-weight:(?:bold|[6-9]00)")
_GREY = re.compile(r"(?:^|;)color:#([0-9a-f]{3}|[0-9a-f]{6})(?:;|$)")
_BACKGROUND = re.compile(r"background(?:-color)?:(?!transparent|none|#f{3}(?:f{3})?(?:;|$)|white)")
_RULE = re.compile(r"border-left:[1-9]")
_BORDER = re.compile(r"border(?:-radius|-top|-bottom)?:[1-9]")
_GREY_LEAST, _GREY_SPREAD = 0x60, 0x28
_BUTTON_CLASS = re.compile(r"btn|button|cta", re.IGNORECASE)


class Link(NamedTuple):
    """A link: its address as it is written, its words ("" of a picture), and whether it looks like a button."""

    href: str
    text: str
    button: bool = False


class Block(NamedTuple):
    """A run of visible words between two breaks.

    `strong` are its words in bold or in a link, each run for itself. `shape` is the same for blocks that are built
    alike, `cell` for those in one cell, paragraph or box, `holder` for those in one cell of a table, box or quotation
    (0: none), in however many paragraphs. `size` is the letters' height in pixels (0: unknown).
    `muted`: grey or small. `quoted`: in a quotation or behind a rule; `boxed`: in a box of its own. `alts` are the
    descriptions of pictures just before it. `faint` is what it ends with in grey, where it begins otherwise.
    `written` is a plain letter's text with the bare addresses that stand in it or below it ("": none do).
    """

    text: str
    links: tuple[Link, ...] = ()
    strong: tuple[str, ...] = ()
    shape: tuple[str, ...] = ()
    cell: int = 0
    holder: int = 0
    size: float = 0
    bold: bool = False
    muted: bool = False
    quoted: bool = False
    boxed: bool = False
    heading: bool = False
    alts: tuple[str, ...] = ()
    faint: str = ""
    written: str = ""

    @property
    def is_link(self) -> bool:
        """Whether all of it is one link."""
        return len(self.links) == 1 and self.links[0].text == self.text

    @property
    def is_button(self) -> bool:
        """Whether all of it is one link that looks like a button."""
        return self.is_link and self.links[0].button


class _Look(NamedTuple):
    """How an open element makes its words look; inherited by what is in it."""

    tag: str
    style: str = ""
    cell: int = 0
    holder: int = 0
    size: float = 0
    bold: bool = False
    muted: bool = False
    quoted: bool = False
    boxed: bool = False
    heading: bool = False
    filled: bool = False
    href: str = ""
    button: bool = False


def of_html(html: str) -> list[Block]:
    """The visible blocks of an HTML letter; what is beyond IN_MAX characters or BLOCKS_MAX blocks is left out."""
    return _Builder(html[:IN_MAX]).read()


class _Builder:
    """Reads one document in one pass over its tags."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._open = [_Look("body")]
        self._depths: dict[str, list[int]] = {}  # by tag: where it is open
        self._walls: list[int] = []  # where elements are open that a stray end tag closes nothing beyond
        self._blocks: list[Block] = []
        self._soft: list[int] = []  # by block: how many line breaks, and nothing else, part it from the one before
        self._words: list[tuple[str, _Look]] = []
        self._links: list[tuple[str, int, bool]] = []
        self._made: list[Link] = []
        self._below: dict[int, list[Link]] = {}  # by block: links of pictures after it
        self._alts: list[str] = []
        self._cells = 0
        self._broke = 0
        self._space = False

    def read(self) -> list[Block]:
        """The blocks."""
        walk(self._html, self)
        self._flush()
        whole = [
            block._replace(links=(*block.links, *self._below.get(at, ()))) for at, block in enumerate(self._blocks)
        ]
        return _merged(whole, self._soft)

    def is_full(self) -> bool:
        """Whether there are as many blocks as there may be."""
        return len(self._blocks) >= BLOCKS_MAX

    def text(self, text: str) -> None:
        """Take some text."""
        text = legible(unescaped(text)).replace("\xad", "")
        body = " ".join(text.split())
        if body:
            lead = " " if self._words and (self._space or text[0].isspace()) else ""
            self._words.append((lead + body, self._open[-1]))
            self._space = text[-1].isspace()
        elif text:
            self._space = True

    def begin(self, tag: str, inside: str, at: int) -> int:
        """Handle a start tag; returns where to continue: after the element if nobody sees it."""
        given = _attributes(inside)
        style = given.get("style", "").lower().replace(" ", "")
        if tag not in VOID and (_HIDDEN.search(style) or "hidden" in inside.lower().split()):
            return after_element(self._html, tag, at)
        if tag == "br":
            self._flush()
            self._broke += 1
        elif tag == "hr":
            self._flush()
        elif tag == "img":
            self._picture(given, style)
        elif tag not in VOID:
            self._element(tag, given, style)
        return at

    def _element(self, tag: str, given: dict[str, str], style: str) -> None:
        """Begin an element that holds words."""
        if tag not in _INLINE or _BLOCK.search(style):
            self._flush()
            self._broke = 0
        if tag == "a" and self._links:  # links do not nest
            self._link(*self._links.pop())
        if len(self._open) < _DEPTH_MAX:
            self._note_open(tag)
            self._open.append(self._look(tag, given, style))
        if tag == "a":
            self._links.append((given.get("href", ""), len(self._words), self._open[-1].button))

    def _picture(self, given: dict[str, str], style: str) -> None:
        alt = " ".join(legible(given.get("alt", "")).split())[:_ALT_MAX]
        if not alt or _HIDDEN.search(style):
            return
        if self._words and not any(letter.isalnum() or letter in _STARS for letter in alt):
            self.text(f" {alt}" if self._space else alt)  # a picture of an emoji
        else:
            self._alts.append(alt)

    def _look(self, tag: str, given: dict[str, str], style: str) -> _Look:
        above = self._open[-1]
        if tag in _CELLS or tag not in _INLINE:
            self._cells += 1
        filled = bool(_BACKGROUND.search(style) or given.get("bgcolor", "").lower().strip("#") not in ("", "ffffff"))
        box = tag in ("td", "div", "table") and (filled or _BORDER.search(style) is not None)
        size = _size(style, above.size)
        if tag == "small":
            size = _SMALL_PX - 1
        return _Look(
            tag,
            f"{tag} {style[:80]}" if tag not in _NO_SHAPE else "",
            self._cells if tag not in _INLINE else above.cell,
            self._cells if tag in _HOLDERS or (box and tag == "div") or _RULE.search(style) else above.holder,
            size,
            tag in ("b", "strong", "th", *_HEADINGS) or _WEIGHT.search(style) is not None
            or (above.bold and "font-weight:" not in style),
            _is_grey(style, given.get("color", "")) if "color:" in style or "color" in given else above.muted,
            above.quoted or tag in ("blockquote", "q") or _RULE.search(style) is not None,
            above.boxed or (box and len(self._open) > 5),  # noqa: PLR2004  the page and its frame are boxes too
            above.heading or tag in _HEADINGS,
            filled,
            given.get("href", "") if tag == "a" else above.href,
            tag == "a" and (_is_button(given, style, filled=filled) or (above.filled and above.tag in ("td", "span"))),
        )  # fmt: skip

    def end(self, tag: str) -> None:
        """Handle an end tag."""
        if tag in VOID:
            return
        if tag == "a" and self._links:
            self._link(*self._links.pop())
        if tag not in _INLINE or (self._open[-1].tag == tag and _BLOCK.search(self._open[-1].style)):
            self._flush()
            self._broke = 0
        depths, wall = self._depths.get(tag), self._walls[-1] if self._walls else 0
        if depths and (tag not in _INLINE or depths[-1] > wall):
            self._close(depths[-1])

    def _note_open(self, tag: str) -> None:
        self._depths.setdefault(tag, []).append(len(self._open))
        if tag not in _INLINE:
            self._walls.append(len(self._open))

    def _close(self, depth: int) -> None:
        """Close the element that is open at this depth, and what is open within it."""
        while len(self._open) > depth:
            tag = self._open.pop().tag
            self._depths[tag].pop()
            if tag not in _INLINE:
                self._walls.pop()

    def _link(self, href: str, since: int, button: bool) -> None:  # noqa: FBT001
        text = "".join(words for words, _ in self._words[since:]).strip()
        if href.lower().startswith(("http://", "https://", "mailto:")):
            self._made.append(Link(href.strip(), text, button))

    def _flush(self) -> None:
        """End the block that is being read."""
        for at, (href, since, button) in enumerate(self._links):  # a link around several blocks
            self._link(href, since, button)
            self._links[at] = (href, 0, button)
        words, links, alts = _with_blank_stars(self._words), self._made, self._alts
        self._words, self._made, self._space = [], [], False
        text = "".join(run for run, _ in words).strip()
        if not text:
            self._below.setdefault(len(self._blocks) - 1, []).extend(one for one in links if not one.text)
            return
        self._alts = []
        look = max(words, key=lambda run: len(run[0]))[1]
        every = [one for _, one in words]
        self._blocks.append(
            Block(
                text, tuple(dict.fromkeys(links)), _strong(words),
                tuple(one.style for one in self._open[-6:] if one.style), self._open[-1].cell,
                self._open[-1].holder, look.size,
                all(one.bold for one in every), all(one.muted or 0 < one.size < _SMALL_PX for one in every),
                look.quoted, look.boxed, look.heading, tuple(alts),
                words[-1][0].strip() if words[-1][1].muted and not words[0][1].muted else "",
            )
        )  # fmt: skip
        self._soft.append(self._broke)
        self._broke = 0


def _with_blank_stars(words: list[tuple[str, _Look]]) -> list[tuple[str, _Look]]:
    """The runs, with stars in grey that follow others as the blank ones that they are meant to be."""
    given = next((look for text, look in words if text.strip() and not text.strip().strip("★")), None)
    if given is None or given.muted:
        return words
    return [
        (text.replace("★", "☆") if look.muted and not text.strip().strip("★") else text, look) for text, look in words
    ]


def _strong(words: list[tuple[str, _Look]]) -> tuple[str, ...]:
    """The runs in bold or in a link, each for itself; where all of it is a link, what is in bold there."""
    runs: list[str] = []
    linked = all(look.href for _, look in words) and any(look.bold for _, look in words)
    last: _Look | None = None
    for text, look in words:
        now = look.bold or (bool(look.href) and not linked)
        if now and last is not None and _is_one_run(last, look):
            runs[-1] += text
        elif now:
            runs.append(text.strip())
        last = look if now else None
    return tuple(run.strip() for run in runs if run.strip())


def _is_one_run(one: _Look, two: _Look) -> bool:
    """Whether neighbours in bold or in a link are one run, and not a name in bold with a link after it."""
    if one.href and two.href:
        return one.href == two.href
    return one.bold and two.bold


def _merged(blocks: list[Block], soft: list[int]) -> list[Block]:
    """Lines that only line breaks part, and that look alike, are one block; two breaks leave a line blank."""
    merged: list[Block] = []
    begin = 0
    for at in range(1, len(blocks) + 1):
        if at == len(blocks) or not (soft[at] and _go_on(blocks[at - 1], blocks[at], alone=at - begin == 1)):
            merged.append(_one(blocks[begin:at], soft[begin:at]))
            begin = at
    return merged


def _go_on(before: Block, block: Block, *, alone: bool) -> bool:
    look = (before.cell, before.bold, before.muted, before.size) == (block.cell, block.bold, block.muted, block.size)
    return look and not block.alts and not block.is_link and not (alone and before.is_link)


def _one(lines: list[Block], soft: list[int]) -> Block:
    first = lines[0]
    if len(lines) == 1:
        return first
    rest = zip(lines[1:], soft[1:], strict=True)
    return first._replace(
        text=first.text + "".join(f"{_BREAKS[min(broke, 2)]}{line.text}" for line, broke in rest),
        links=tuple(link for line in lines for link in line.links),
        strong=tuple(run for line in lines for run in line.strong),
    )


def _attributes(inside: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in attributes(inside):
        found.setdefault(name, unescaped(value))
    return found


def _size(style: str, above: float) -> float:
    match = _SIZE.search(style)
    if match is None:
        return above
    number, unit = float(match[1]), match[2] or "px"
    factor = {"px": 1.0, "pt": 4 / 3, "em": above or 16.0, "rem": 16.0, "%": (above or 16.0) / 100}[unit]
    return number * factor


def _is_grey(style: str, attribute: str) -> bool:
    """Whether letters are grey: red, green and blue nearly the same, and neither black nor white."""
    match = _GREY.search(style) or _GREY.search(f"color:{attribute.lower()}")
    if match is None:
        return False
    digits = match[1] if len(match[1]) > 3 else "".join(digit * 2 for digit in match[1])  # noqa: PLR2004  #abc
    parts = [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
    return max(parts) - min(parts) <= _GREY_SPREAD and min(parts) >= _GREY_LEAST and max(parts) < 0xF0  # noqa: PLR2004  brighter is white, for the eye


def _is_button(given: dict[str, str], style: str, *, filled: bool) -> bool:
    return (
        filled
        or given.get("role", "").lower() == "button"
        or _BUTTON_CLASS.search(given.get("class", "")[:200]) is not None
        or ("padding" in style and ("border" in style or "display:inline-block" in style))
    )
