"""Builds plain text out of pieces of a page: white space, paragraphs, quote marks, list items, struck-out words."""

from __future__ import annotations

import re

QUOTES_MAX = 3
BLANK = 2  # line breaks that make a blank line
_MAX_INDENT = 6  # lists within lists that are set in
_STRUCK = "~~"
_INVISIBLE = re.compile("[\u200c\u034f\u00ad\ufeff]+")


class Writer:
    """Builds the output text; tracks the pending white space, the quote depth, lists and rows of tables."""

    def __init__(self) -> None:
        """Begin with nothing written."""
        self.parts: list[str] = []
        self.size = 0
        self.quotes = 0
        self.indent = 0  # lists around this text, less one
        self.struck = False
        self.in_row = False  # within a row of a table, whose cells stand on one line
        self._quoted = 0  # the quote depth of the last text
        self._was_struck = False
        self._lines = 0  # line breaks pending before the next text
        self._space = False
        self._cells = 0  # of this row
        self._bars = 0  # bars between cells pending
        self._new = ""  # a list's mark pending before the next text

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
        struck = self.struck and bool(body.strip())
        if self._new:
            body, self._new = f"{self._new} {_STRUCK * struck}{body}{_STRUCK * struck}", ""
        elif struck and self._was_struck and not self._lines and not self._bars and self.parts:
            self.parts[-1] = self.parts[-1].removesuffix(_STRUCK)
            body = f"{body}{_STRUCK}"
        elif struck:
            body = f"{_STRUCK}{body}{_STRUCK}"
        mark = "> " * min(self.quotes, QUOTES_MAX) + "  " * min(self.indent, _MAX_INDENT)
        if not self.parts:
            self.parts.append(mark)
        elif self._lines:
            between = "> " * min(self.quotes, self._quoted, QUOTES_MAX)
            blank = f"\n{between.rstrip()}" if self._lines >= BLANK else ""
            self.parts.append(f"{blank}\n{mark}{'| ' * self._bars}")
        elif self._bars:
            self.parts.append(" |" * self._bars + " ")
        elif self._space:
            self.parts.append(" ")
        self.parts.append(body)
        self.size += len(body) + 1
        self._lines, self._space, self._bars, self._quoted = 0, False, 0, self.quotes
        self._was_struck = struck

    def entry(self, mark: str) -> None:
        """Begin an entry of a list on a new line; its mark stands before its first words."""
        self.line(1)
        self._new = mark

    def cell(self) -> None:
        """Begin another cell of a row that stands on one line; the first of a row has no bar before it."""
        self._cells += 1
        self._bars += self._cells > 1

    def row(self, *, on_one_line: bool) -> None:
        """Begin a row of a table, or end it."""
        self.in_row = False
        self.line(1)
        self.in_row, self._cells = on_one_line, 0

    def line(self, count: int) -> None:
        """Request at least this many line breaks before the next text."""
        if self._new:
            return  # a paragraph within an item begins beside the item's mark
        if self.in_row:
            self._space = True
            return
        self._lines = max(self._lines, count)
        self._space, self._bars = False, 0

    def more(self) -> None:
        """Request one more line break, two at most."""
        self.line(min(BLANK, self._lines + 1))

    def flush(self) -> None:
        """Write a list's mark that no words followed."""
        if self._new:
            mark, self._new = self._new, ""
            self._put(mark)
