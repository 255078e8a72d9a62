"""The preview of a file that came back: what will be applied, what both changed, what is rejected; then one write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.returns import Choices, Preview, Row, decisions
from ui.frame.doing import announce, show_errors
from ui.frame.working import Working
from ui.look import text
from ui.look.text import tr
from ui.pages.handoffs import returned_words as told
from ui.pages.handoffs.how_read import HowRead
from ui.pages.handoffs.returned_rows import AppliedLine, ConflictCard, QuietLine, RejectedLine, Tile
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import ElidedLabel, Heading, Label, Rule
from ui.widgets.panels import Scroll

if TYPE_CHECKING:
    from app.base.errors import UserError
    from ui.frame.page import Frame

_COLUMNS = "columns"
"""What is open while one says which column is which."""
_MOST_SHOWN = 60
"""Rows of a section that are shown at once; of more it says how many there are."""


class ReturnView(QWidget):
    """Shows a file that came back, and applies it; `ended` when it is closed, `applied` once it was written."""

    ended = Signal()
    applied = Signal()

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        """Start without a file."""
        super().__init__(parent)
        self._frame, self._bench = frame, frame.bench
        self._preview: Preview | None = None
        self._how: HowRead | None = None
        self._cards: list[ConflictCard] = []
        self._open: set[str] = set()
        self._working: Working | None = None
        self.setAccessibleName(tr("A file that came back"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.body = Scroll((24, 18, 24, 16), 8)
        column.addLayout(self._head())
        column.addWidget(self.body, 1)
        column.addWidget(Rule())
        column.addLayout(self._foot())

    def _head(self) -> QVBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(Icon("file-spreadsheet", "accent", 20))
        self.title = ElidedLabel("", "section", "text", weight=600)
        self.line = Label("", "meta", "text2", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.line)
        line.addLayout(words, 1)
        tiles = QHBoxLayout()
        tiles.setSpacing(8)
        self.tiles = {
            "applied": Tile("check", "accent", tr("to apply")),
            "both": Tile("merge", "warn", tr("both changed")),
            "rejected": Tile("circle-x", "danger", tr("rejected")),
        }
        for tile in self.tiles.values():
            tiles.addWidget(tile, tile.stretch)
        column = QVBoxLayout()
        column.setContentsMargins(24, 16, 24, 0)
        column.setSpacing(12)
        column.addLayout(line)
        column.addLayout(tiles)
        return column

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(24, 12, 20, 12)
        row.setSpacing(8)
        self.hint = Label("", "meta", "text2", wrap=True)
        self.not_now = ActionButton(tr("Not now"), kind="quiet")
        self.not_now.clicked.connect(self.close_preview)
        self.go = ActionButton(tr("Apply"), "check", kind="primary", height=32)
        self.go.follow("apply_return")
        self.go.clicked.connect(self.apply)
        row.addWidget(self.hint, 1)
        row.addWidget(self.not_now)
        row.addWidget(self.go)
        return row

    # Reading

    @property
    def active(self) -> bool:
        """Whether a file is shown or being read."""
        return self._preview is not None or self._working is not None

    @property
    def preview(self) -> Preview | None:
        """The file that is shown."""
        return self._preview

    def read(self, name: str, work: Callable[[], Preview]) -> None:
        """Read a file on a worker, then show it; what is shown now is given up."""
        self._preview, self._open = None, set()
        self._show_reading(name)
        self._run(work)

    def refresh(self) -> None:
        """Read it again by what stands here now; what was chosen stays."""
        shown = self._preview
        if shown is not None and self._working is None:
            self._run(lambda: self._bench.returns.refreshed(shown))

    def _run(self, work: Callable[[], Preview]) -> None:
        if self._working is not None:
            self._working.leave()
        self._working = Working(lambda _progress, _stop: work(), "read-back")
        self._working.finished.connect(self._read)
        self._working.failed.connect(self._failed)
        self._working.start()

    def _show_reading(self, name: str) -> None:
        self.title.setText(name)
        self.line.setText(tr("Reading…"))
        self.body.clear()
        for tile in self.tiles.values():
            tile.set_count(0)
        self.go.setEnabled(False)
        self.hint.setText("")

    def _read(self, found: object) -> None:
        self._working = None
        if isinstance(found, Preview):
            self._preview = found
            self._show()
            self.activate()

    def _failed(self, why: UserError | None) -> None:
        self._working = None
        if why is not None:
            self._frame.fail(str(why))
        if self._preview is None:
            self.ended.emit()

    # Showing

    def _show(self) -> None:
        found = self._preview
        if found is None:
            return
        self.title.setText(found.name)
        self.line.setText(told.whose(found))
        for tile in self.tiles.values():
            tile.setVisible(found.settled)
        self.tiles["applied"].set_count(len(found.applied))
        self.tiles["both"].set_count(len(found.both_changed))
        self.tiles["rejected"].set_count(len(found.rejected))
        at = self.body.verticalScrollBar().value()
        self.body.clear()
        self._cards = []
        column = self.body.column
        for note in found.notes:
            column.addWidget(Label(note, "meta", "warn" if found.read_before else "text2", wrap=True))
        self._add_how(found)
        self._section(tr("Will be applied"), found.applied, lambda row: AppliedLine(found.kind, row))
        self._add_conflicts(found)
        self._add_rejected(found.rejected)
        self._folded("ignored", tr("Edits that aren't applied"), told.ignored(found.ignored))
        self._folded("unchanged", tr("Unchanged"), [(row, row.reason or tr("As it was.")) for row in found.unchanged])
        column.addStretch(1)
        self.body.verticalScrollBar().setValue(at)
        self._count()

    def _add_how(self, found: Preview) -> None:
        """How the file is read, and what can be said about it."""
        self._how = HowRead(found, naming=_COLUMNS in self._open)
        self._how.encoded.connect(self._encode)
        self._how.said.connect(self._name_columns)
        self._how.afresh.connect(self._start_over)
        self._how.opened.connect(self._open_columns)
        self.body.column.addWidget(self._how)

    def _open_columns(self) -> None:
        self._open |= {_COLUMNS}
        self._show()
        self.activate()

    def _add_rejected(self, rows: Sequence[Row]) -> None:
        if rows:
            heading = Heading(tr("Rejected"), count=text.number(len(rows)), aside=tr("Save these rows"), link=True)
            heading.activated.connect(self._save_rejected)
            self._rows_below(heading, rows, self._rejected)

    def _section(self, title: str, rows: Sequence[Row], make: Callable[[Row], QWidget]) -> None:
        if rows:
            self._rows_below(Heading(title, count=text.number(len(rows))), rows, make)

    def _rows_below(self, heading: Heading, rows: Sequence[Row], make: Callable[[Row], QWidget]) -> None:
        column = self.body.column
        column.addSpacing(6)
        column.addWidget(heading)
        for row in rows[:_MOST_SHOWN]:
            column.addWidget(make(row))
        self._more(len(rows))

    def _more(self, count: int) -> None:
        if count > _MOST_SHOWN:
            left = count - _MOST_SHOWN
            more = text.counted(left, "And {count} more like this.", "And {count} more like these.")
            self.body.column.addWidget(Label(more, "meta", "text2"))

    def _add_conflicts(self, found: Preview) -> None:
        rows = found.both_changed
        if not rows:
            return
        column = self.body.column
        column.addSpacing(6)
        self._decided = Heading(tr("Both changed since the file went out"), count=text.number(len(rows)), aside=" ")
        column.addWidget(self._decided)
        for row in rows[:_MOST_SHOWN]:
            for conflict in row.conflicts:
                card = ConflictCard(found, row, conflict, found.choices.get((row.number or 0, conflict.column)))
                card.chosen.connect(self._chose)
                self._cards.append(card)
                column.addWidget(card)
        if len(rows) > _MOST_SHOWN:
            column.addWidget(
                Label(tr("Decide these first; the rest comes when you read the file again."), "meta", "text2")
            )

    def _rejected(self, row: Row) -> QWidget:
        assert self._preview is not None  # noqa: S101  it is being shown
        line = RejectedLine(self._preview, row)
        line.answered.connect(self._answered)
        line.asked.connect(self._ask)
        return line

    def _folded(self, key: str, title: str, lines: Iterable[tuple[Row, str]]) -> None:
        """A section that is opened by its heading's link."""
        listed = list(lines)
        if not listed:
            return
        column = self.body.column
        column.addSpacing(6)
        is_open = key in self._open
        aside = tr("Hide") if is_open else tr("Show")
        heading = Heading(title, count=text.number(len(listed)), aside=aside, link=True)
        heading.setObjectName(key)
        heading.activated.connect(self._fold)
        column.addWidget(heading)
        if is_open:
            for row, words in listed[:_MOST_SHOWN]:
                column.addWidget(QuietLine(row, words))
            self._more(len(listed))

    def _fold(self) -> None:
        self._open ^= {self.sender().objectName()}
        self._show()

    def _count(self) -> None:
        """Say how many rows will be written, and what is still to be decided."""
        found = self._preview
        if found is None:
            return
        rows = self._written(found)
        naming = self._how is not None and self._how.columns is not None
        apply = text.counted(len(rows), "Apply {count} row", "Apply {count} rows")
        self.go.set_title(tr("Read it this way") if naming else apply)
        self.go.setEnabled(naming or (found.certain and bool(rows or found.choices)))
        if found.both_changed:
            cells = [(row.number or 0, conflict.column) for row in found.both_changed for conflict in row.conflicts]
            done = sum(cell in found.choices for cell in cells)
            self._decided.aside.setText(
                tr("{done} of {all} decided").format(done=text.number(done), all=text.number(len(cells)))
            )
        self.hint.setText(told.hint(found, rows))

    def _choices(self) -> Choices:
        return {} if self._preview is None else self._preview.choices

    def _written(self, found: Preview) -> list[Row]:
        """The rows that will be written as it is decided now."""
        return [row for row in found.rows if not row.rejected and self._writes(row)]

    def _writes(self, row: Row) -> bool:
        chosen = decisions(row, self._choices())
        return bool(row.changes) or any(value != "mine" for value in (chosen or {}).values())

    # Doing

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The commands that work on the file that is shown."""
        if self._preview is None:
            return {}
        found: dict[str, Callable[[], object]] = {"apply_return": self.apply, "back": self.close_preview}
        if self._cards:
            found |= {f"choose_{place}": _Choose(self, place - 1) for place in (1, 2, 3)}
        return found

    def activate(self) -> None:
        """Put the focus on the columns that are to be named, on the first choice that is open, else on Apply."""
        if self._how is not None and self._how.columns is not None:
            self._how.columns.start()
            return
        card = self._next_card()
        if card is not None:
            card.options[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.go.isEnabled():
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.not_now.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_card(self) -> ConflictCard | None:
        return next((card for card in self._cards if card.key not in self._choices()), None)

    def choose(self, place: int) -> None:
        """Choose the first, second … value of the card in focus, else of the first that is open, and go on."""
        at: QWidget | None = self.focusWidget()
        focused = next((card for card in self._cards if at is not None and card.isAncestorOf(at)), None)
        card = focused or self._next_card()
        if card is None:
            return
        card.choose(place)
        following = self._next_card()
        if following is not None:
            following.options[0].setFocus(Qt.FocusReason.TabFocusReason)
            self.body.ensureWidgetVisible(following)
        else:
            self.go.setFocus(Qt.FocusReason.TabFocusReason)

    def _chose(self, number: int, column: str, value: str) -> None:
        if self._preview is not None and self._working is None:
            self._preview = self._bench.returns.choose(self._preview, number, column, value)
            self._count()

    def _answered(self, line: int, column: str, value: str) -> None:
        found = self._preview
        if found is not None:
            self._run(lambda: self._bench.returns.answer(found, line, column, value))

    def _encode(self, code: str) -> None:
        found = self._preview
        if found is not None:
            self._run(lambda: self._bench.returns.encode(found, code))

    def _name_columns(self, said: dict[str, str]) -> None:
        found = self._preview
        twice = self._how.columns.twice() if self._how is not None and self._how.columns is not None else ""
        if twice:
            self._frame.fail(twice)
        elif found is not None:
            self._open.discard(_COLUMNS)
            self._run(lambda: self._bench.returns.columns(found, said))

    def _start_over(self) -> None:
        found = self._preview
        if found is not None:
            self._run(lambda: self._bench.returns.start_over(found))

    def _ask(self, teammate: str) -> None:
        found = self._preview
        if found is None:
            return
        with show_errors(self._frame):
            draft = self._bench.returns.ask(found, teammate)
            self._frame.go("letter", draft.id)

    def _save_rejected(self) -> None:
        from ui.frame import files  # noqa: PLC0415  rarely needed

        found = self._preview
        if found is None:
            return
        name = f"{found.name.rpartition('.')[0] or found.name}.rejected.csv"
        path = files.save_path(self, tr("Save rejected rows"), name)
        if path is None:
            return
        with show_errors(self._frame):
            count = self._bench.returns.save_rejected(found, path, replace=True)
            rows = text.counted(count, "{count} row", "{count} rows")
            self._frame.toast(tr("{rows} saved as {file}.").format(rows=rows, file=text.isolate(path.name)))

    def apply(self) -> None:
        """Write what is clear and chosen, as one action; where columns are to be named, read them by what is chosen."""
        found = self._preview
        if found is None or not self.go.isEnabled():
            return
        if self._how is not None and self._how.columns is not None:
            self._how.submit()
            return
        open_rows = sum(bool(row.rejected) or decisions(row, found.choices) is None for row in found.rows)
        said = " ".join(filter(None, (told.applied(found, self._written(found)), told.left(open_rows))))
        before = self._bench.store.last_action
        with show_errors(self._frame):
            over = self._bench.returns.apply(found).said
            self._preview = None
            self._end()
            self.applied.emit()
            announce(self._frame, " ".join(filter(None, (said, over))), before)

    def close_preview(self) -> None:
        """Close it; nothing is written, and the file can be read again: what was chosen is there then."""
        if self._working is not None:
            self._working.leave()
            self._working = None
        if self._preview is not None and self._preview.decided:
            kept = tr("What you chose for {file} is kept. Open the file again to go on.")
            self._frame.toast(kept.format(file=text.isolate(self._preview.name)))
        self._preview = None
        self._end()
        self.ended.emit()

    def _end(self) -> None:
        self._cards, self._how = [], None
        self.body.clear()


class _Choose:
    """Chooses a value by its place."""

    def __init__(self, view: ReturnView, place: int) -> None:
        self._view, self._place = view, place

    def __call__(self) -> None:
        self._view.choose(self._place)
