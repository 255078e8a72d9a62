"""The chip above the inbox list: several people ask much the same. It is looked for by a thread of its own."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from ui.look import text
from ui.widgets.buttons import LinkButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.stacks import Stack
    from app.store.changes import Changes
    from app.workbench import Workbench
    from ui.frame.working import Working

_DELAY_MS = 900


class StackChip(LinkButton):
    """Hidden while there is no stack; `opened` carries the first conversation of the one that was pressed."""

    opened = Signal(int)

    def __init__(self, bench: Workbench) -> None:
        """Start hidden, until `start`."""
        super().__init__("")
        self._bench = bench
        self._stack: Stack | None = None
        self._working: Working | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._look)
        self.clicked.connect(self._open)
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
        self._stack = stacks[0] if isinstance(stacks, list) and stacks else None
        if self._stack is not None:
            many = len(self._stack.conversations)
            self.set_title(text.counted(many, "{count} asks much the same", "{count} ask much the same"))
            self.setToolTip(text.tooltip(self._stack.sample))
        self.setVisible(self._stack is not None)

    def _failed(self, _why: object) -> None:
        """The next change looks anew."""
        self._working = None

    def _open(self) -> None:
        if self._stack is not None:
            self._bench.today.run.put_first(self._stack.conversations)
            self.opened.emit(self._stack.conversations[0])
