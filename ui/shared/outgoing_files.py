"""The files that go with a draft: a chip for each with its size, and what the channel takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base.errors import UserError
from app.base.sizes import in_words
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets import paint
from ui.widgets.avatar import Icon
from ui.widgets.buttons import IconButton
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.panels import empty_layout

if TYPE_CHECKING:
    from app.outbox import OutgoingFile
    from app.outbox.files import Whose
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.shared.bringing import Brought

_MAX_NAME_WIDTH = 220


class OutgoingFilesRow(QWidget):
    """Shows and changes the files of one draft. Hidden while there are none."""

    changed = Signal()
    """A file was added or removed."""

    def __init__(self, bench: Workbench, frame: Frame, begin: Callable[[], Whose | None]) -> None:
        """`begin` says which draft a file is added to, making it if it is not kept yet; None where there is none."""
        super().__init__()
        self._bench, self._frame, self._begin = bench, frame, begin
        self._whose: Whose | None = None
        self._kind = ""
        self.files: tuple[OutgoingFile, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._chips = QWidget()
        self._flow = Flow(self._chips)
        self.total = Label("", "meta", "text2", wrap=True)
        column.addWidget(self._chips)
        column.addWidget(self.total)
        self.hide()

    def show_files(self, whose: Whose | None, kind: str) -> None:
        """Show the files of a draft that is sent through this kind of channel ("" if that is not chosen yet)."""
        files = self._bench.files.attached(whose) if whose is not None else ()
        if (whose, kind, files) == (self._whose, self._kind, self.files):
            return
        self._whose, self._kind, self.files = whose, kind, files
        empty_layout(self._flow)
        for file in files:
            self._flow.addWidget(_FileChip(file, self._remove))
        self.total.setText(self._total_words())
        self.total.set_tone("danger" if self.problem() else "text2")
        self.setVisible(bool(files))

    def set_kind(self, kind: str) -> None:
        """The kind of channel that files added from now on are sent through."""
        self._kind = kind

    def problem(self) -> str:
        """Why the channel does not take these files; "" if it does."""
        from app.outbox.files import refuse_unsendable  # noqa: PLC0415  drafts without files do without

        if not self._kind or not self.files:
            return ""
        try:
            refuse_unsendable(self.files, self._kind)
        except UserError as why:
            return str(why)
        return ""

    def _total_words(self) -> str:
        from app.outbox.files import limits_in_words  # noqa: PLC0415  as above

        if not self.files:
            return ""
        size = in_words(sum(file.size for file in self.files))
        said = text.counted(len(self.files), "{count} file, {size}.", "{count} files, {size}.", size=size)
        return " ".join(
            part for part in (said, self.problem() or (limits_in_words(self._kind) if self._kind else "")) if part
        )

    def ask(self) -> None:
        """Choose files in a dialog."""
        from ui.frame.files import open_paths  # noqa: PLC0415  rarely needed

        self.take(open_paths(self, tr("Attach files")))

    def take(self, files: Sequence[Brought]) -> None:
        """Attach these; each that cannot be is said, the others are attached all the same."""
        whose = self._begin() if files else None
        if whose is None:
            return
        refused = []
        for file in files:
            try:
                if isinstance(file, Path):
                    self._bench.files.add(whose, file, self._kind)
                else:
                    self._bench.files.add_content(whose, file, self._kind)
            except UserError as why:
                refused.append(str(why))
        self.show_files(whose, self._kind)
        self.changed.emit()
        if refused:
            self._frame.fail(" ".join(dict.fromkeys(refused)))

    def take_template(self, number: int) -> tuple[str, ...]:
        """Attach the files of a template (its id) that a draft begins with; returns what is to be said of them."""
        if not self._bench.template_files.attached(number):
            return ()
        whose = self._begin()
        if whose is None:
            return ()
        along = self._bench.files.take_along(whose, number, self._kind)
        self.show_files(whose, self._kind)
        self.changed.emit()
        if not along.attached:
            return along.refused
        names = ", ".join(text.isolate(name) for name in along.attached)
        return (*along.refused, tr("Attached: {files}.").format(files=names))

    def _remove(self, number: int) -> None:
        try:
            self._bench.files.remove(number)
        except UserError as why:
            self._frame.fail(str(why))
        self.show_files(self._whose, self._kind)
        self.changed.emit()


class _FileChip(QWidget):
    """A file's name and size, and a button that removes it."""

    def __init__(self, file: OutgoingFile, remove: Callable[[int], object]) -> None:
        super().__init__()
        self._file, self._remove_file = file, remove
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 2, 0)
        row.setSpacing(6)
        row.addWidget(Icon("image" if file.type.startswith("image/") else "file", "text2", 14))
        name = ElidedLabel(text.plain(file.name), "meta", "text")
        metrics = name.fontMetrics()
        name.setFixedWidth(min(fonts.px(_MAX_NAME_WIDTH), metrics.horizontalAdvance(name.text()) + 8))
        name.setToolTip(text.tooltip(file.name))
        row.addWidget(name)
        size = in_words(file.size)
        row.addWidget(Label(size, "meta", "text2"))
        self.setAccessibleName(tr("{name}, {size}").format(name=text.isolate(file.name), size=size))
        drop = IconButton("x", tr("Remove {name}").format(name=text.isolate(file.name)), size=24, glyph=12)
        drop.clicked.connect(self._remove)
        row.addWidget(drop)

    def _remove(self) -> None:
        self._remove_file(self._file.id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        paint.box(QPainter(self), self.rect(), fill="card", edge="border", radius=6)
