"""The chip above the inbox list: several people ask much the same. It is looked for by a thread of its own.

Of more than one stack it opens a menu with the words and the size of each.
"""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import LinkButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.stacks import Stack
    from app.store.changes import Changes
    from app.workbench import Workbench
    from ui.frame.working import Working

_DELAY_MS = 900
_NUMBERS = "123456789"
"""The keys of the menu: more stacks than that are offered once these are replied to."""
_SAMPLE_CHARS = 56


class StackChip(LinkButton):
    """Hidden while there is no stack; `opened` carries the first conversation of the one that was pressed."""

    opened = Signal(int)

    def __init__(self, bench: Workbench) -> None:
        """Start hidden, until `start`."""
        super().__init__("")
        self._bench = bench
        self._stacks: list[Stack] = []
        self._working: Working | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._look)
        self.clicked.connect(self.open)
        self.hide()

    def follow(self, changes: Changes) -> None:
        """Look again, unless these changes touch no conversation."""
        if changes.touches("conversation", "message"):
            self.start()

    def start(self) -> None:
        """Look for stacks once nothing has changed for a moment."""
        self._timer.start()

    def _look(self) -> None:
        from ui.frame.working import Working  # noqa: PLC0415  the first paint does without

        if self._working is not None:
            self._timer.start()
            return
        stacks = self._bench.stacks

        def work(_progress: Callable[[int, int], object], _stop: Event) -> list[Stack]:
            return stacks.open()

        self._working = Working(work, "stacks")
        self._working.finished.connect(self._show)
        self._working.failed.connect(self._failed)
        self._working.start()

    def _show(self, stacks: object) -> None:
        self._working = None
        self._stacks = stacks[: len(_NUMBERS)] if isinstance(stacks, list) else []
        if len(self._stacks) == 1:
            (only,) = self._stacks
            self.set_title(_size(only))
            self.setToolTip(text.tooltip(only.sample))
        elif self._stacks:
            many = len(self._stacks)
            self.set_title(
                text.counted(many, "{count} question several people ask", "{count} questions several people ask")
            )
            self.setToolTip("")
        self.setVisible(bool(self._stacks))

    def _failed(self, _why: object) -> None:
        """The next change looks anew."""
        self._working = None

    @property
    def has_any(self) -> bool:
        """Whether there is a stack to open."""
        return bool(self._stacks)

    def open(self) -> None:
        """Open the only stack, or let the person choose from a menu."""
        if len(self._stacks) == 1:
            self._begin(self._stacks[0])
        elif self._stacks:
            from ui.widgets.lettermenu import LetterMenu  # noqa: PLC0415  loaded at first use

            rows = [
                (key, text.embed(stack.sample, _SAMPLE_CHARS), text.number(len(stack.conversations)))
                for key, stack in zip(_NUMBERS, self._stacks, strict=False)
            ]
            menu = LetterMenu(rows, tr("Questions several people ask"), self.window())
            menu.chosen.connect(partial(self._chosen, list(self._stacks)))
            menu.popup_at(self)

    def _chosen(self, offered: list[Stack], key: str) -> None:
        self._begin(offered[_NUMBERS.index(key)])

    def _begin(self, stack: Stack) -> None:
        self._bench.today.run.put_first(stack.conversations)
        self.opened.emit(stack.conversations[0])


def _size(stack: Stack) -> str:
    return text.counted(len(stack.conversations), "{count} asks much the same", "{count} ask much the same")
