"""Files that are dropped on the window, anywhere but on a message that is being written: they are imported.

A file of hand-offs or gifts that a teammate edited is read back.

Also those dropped on a field: it would insert their paths as text.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from ui.frame.page import Frame
from ui.look import fonts
from ui.look.text import tr
from ui.shared.bringing import Brought, DropTarget
from ui.widgets.labels import Label
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from ui.shell.overlays import Overlays


class Receiver(Frame, Protocol):
    """The window as its drops see it."""

    overlays: Overlays

    def first_page(self) -> str:
        """The id of the page shown at startup."""
        ...


class WindowDrop(DropTarget):
    """Imports what is dropped on the window; a composer attaches it, as it takes its drops itself."""

    def __init__(self, window: Receiver) -> None:
        """Take files for this window."""
        super().__init__(window.window(), self._take_files)
        self._window = window
        self._hint: Panel | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say what a drop will do while files are over the window."""
        taken = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.DragEnter and taken:
            self._show_hint()
        elif event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop) and self._hint is not None:
            self._hint.hide()
        return taken

    def _show_hint(self) -> None:
        over = self._window.window()
        if self._hint is None:
            self._hint = Panel(fill="accent_bg", edge="accent", margin=28, parent=over)
            self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._hint.column.addWidget(Label(tr("Drop to import"), "section", "accent"))
        hint = self._hint
        hint.resize(hint.sizeHint().width() + fonts.px(40), hint.sizeHint().height())
        hint.move((over.width() - hint.width()) // 2, (over.height() - hint.height()) // 2)
        hint.show()
        hint.raise_()

    def _take_files(self, files: list[Brought]) -> None:
        """Ask about the files once the drag is over: the program they come from waits for its end."""
        paths = [file for file in files if isinstance(file, Path)]
        if not paths:
            self._window.fail(tr("This picture is in no file. Save it first, then drop the file here."))
            return
        QTimer.singleShot(0, self._window.window(), _Ask(self._window, paths))


class _Ask:
    """Opens the import dialog for these files, and shows those that came back from a teammate."""

    def __init__(self, window: Receiver, paths: list[Path]) -> None:
        self._window, self._paths = window, paths

    def __call__(self) -> None:
        from ui.dialogs.importing import ask  # noqa: PLC0415  the dialog and its readers are large

        window = self._window
        ours = [path for path in self._paths if window.bench.returns.recognises(path)]
        if window.overlays.first_run is not None:
            window.overlays.end_first_run()
            window.go(window.first_page())
        others = [path for path in self._paths if path not in ours]
        if others:
            ask(window, others)
        if ours:
            window.go("handoffs", ours)
