"""How a file that came back is read: its encoding, which column is which, and what was chosen about it before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.returns import COLUMN_NAMES, FILLED_IN, Preview, encoding_name, places
from app.returns.headers import ID
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.fields import Choice
from ui.widgets.labels import ElidedLabel, Heading, Label
from ui.widgets.scaled import scaled

_NAME_WIDTH, _BESIDE_WIDTH = 96, 480
"""CSS pixels; from the second on what stands in a column has room beside it."""


class HowRead(QWidget):
    """What stands above the rows where the file itself does not say all.

    `encoded` carries a code page, `said` which column is which (name -> column of ours), `afresh` that all that was
    chosen is to be forgotten.
    """

    encoded = Signal(str)
    said = Signal(object)
    afresh = Signal()
    opened = Signal()
    """The columns are to be shown."""

    def __init__(self, preview: Preview, *, naming: bool) -> None:
        """`naming` shows the columns although they are known."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.columns: ColumnsForm | None = None
        if not preview.certain:
            self._add_encodings(column, preview)
            return
        links = []
        if preview.decided and preview.settled:
            kept = tr("What you chose is kept with this file until you apply it.")
            column.addWidget(Label(kept, "meta", "text2", wrap=True))
            links.append(LinkButton(tr("Start over")))
            links[-1].clicked.connect(self.afresh)
        if naming or not preview.settled:
            self.columns = ColumnsForm(preview)
            column.addWidget(self.columns)
        elif preview.layout.extra or preview.layout.by_place or preview.said:
            links.append(LinkButton(tr("Say which column is which")))
            links[-1].clicked.connect(self.opened)
        row = QHBoxLayout()
        row.setSpacing(16)
        for link in links:
            row.addWidget(link)
        row.addStretch(1)
        column.addLayout(row)

    def _add_encodings(self, column: QVBoxLayout, preview: Preview) -> None:
        """The old code pages that a file may be in, each with how it reads there."""
        column.addWidget(
            Label(tr("Which of these looks right? The file doesn't say which encoding it uses."), wrap=True)
        )
        for code, sample in preview.encodings:
            line = QHBoxLayout()
            line.setSpacing(10)
            button = ActionButton(encoding_name(code), kind="outline", height=26)
            button.setObjectName(code)
            button.clicked.connect(self._encode)
            line.addWidget(button)
            line.addWidget(ElidedLabel(sample, "body", "text"), 1)
            column.addLayout(line)

    def _encode(self) -> None:
        self.encoded.emit(self.sender().objectName())

    def submit(self) -> None:
        """Read the file by the columns that are chosen."""
        if self.columns is not None:
            self.said.emit(self.columns.named())


class ColumnsForm(QWidget):
    """For each of our columns a list of the file's, with what stands there; likely ones are chosen."""

    def __init__(self, preview: Preview) -> None:
        """Start with what is known or likely."""
        super().__init__()
        self._preview = preview
        self._places = {place.name: place.samples for place in places(preview.sheet)}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        column.addWidget(Heading(tr("Which column is which?")))
        column.addWidget(Label(_intro(preview), "body", "text2", wrap=True))
        self._grid = grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        self._beside: bool | None = None
        choices = [("", tr("Not in the file")), *((name, text.plain(name)) for name in self._places)]
        self.choices: dict[str, Choice] = {}
        self._samples: dict[str, ElidedLabel] = {}
        for at, ours in enumerate((ID[preview.kind], "rev", *FILLED_IN[preview.kind])):
            title = tr(COLUMN_NAMES[ours])
            name = Label(title, "body", "text", weight=500)
            scaled(name, width=_NAME_WIDTH)
            choice = Choice(choices, preview.proposed.get(ours, ""), title)
            name.setBuddy(choice)
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            choice.picked.connect(self._show_samples)
            samples = ElidedLabel("", "meta", "text2")
            grid.addWidget(name, at * 2, 0)
            grid.addWidget(choice, at * 2, 1)
            self.choices[ours], self._samples[ours] = choice, samples
        column.addLayout(grid)
        self._compared = {
            ours: name for ours, name in preview.proposed.items() if ours not in self.choices and name in self._places
        }
        if self._compared:
            column.addWidget(Label(self._compared_words(), "meta", "text2", wrap=True))
        self._place_samples(beside=True)
        self._show_samples()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what stands in a column below it where there is no room beside it."""
        super().resizeEvent(event)
        self._place_samples(beside=self.width() >= fonts.px(_BESIDE_WIDTH))

    def _place_samples(self, *, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1 if beside else 0)
        for at, samples in enumerate(self._samples.values()):
            self._grid.removeWidget(samples)
            self._grid.addWidget(samples, at * 2 if beside else at * 2 + 1, 2 if beside else 1)

    def _show_samples(self, _key: str = "") -> None:
        for ours, choice in self.choices.items():
            found = self._places.get(choice.key(), ())
            nothing = tr("That column is empty.") if choice.key() else ""
            self._samples[ours].setText(" · ".join(map(text.isolate, found)) or nothing)

    def _compared_words(self) -> str:
        pairs = [
            tr("{column} is “{title}”").format(column=tr(COLUMN_NAMES[ours]), title=text.isolate(text.plain(name)))
            for ours, name in self._compared.items()
        ]
        return tr("Compared with what you sent, never changed: {columns}.").format(columns=", ".join(pairs))

    def named(self) -> dict[str, str]:
        """Each column of the file with the one of ours that it is, "" for none.

        Of two that were chosen for the same column of the file the last counts twice, which the desk refuses.
        """
        found = dict.fromkeys(self._places, "")
        found |= {name: ours for ours, name in self._compared.items()}
        return found | {choice.key(): ours for ours, choice in self.choices.items() if choice.key()}

    def twice(self) -> str:
        """A sentence where two of our columns are to be the same column of the file; "" where none are."""
        seen: dict[str, str] = {}
        for ours, choice in self.choices.items():
            name = choice.key()
            if name and name in seen:
                return tr(
                    "“{title}” can't be both {first} and {second}. Choose another column for one of them."
                ).format(
                    title=text.isolate(text.plain(name)),
                    first=tr(COLUMN_NAMES[seen[name]]),
                    second=tr(COLUMN_NAMES[ours]),
                )
            seen[name] = ours
        return ""

    def start(self) -> None:
        """Put the focus on the first column that is still to be chosen, else on the first."""
        open_ones: Sequence[Choice] = [choice for choice in self.choices.values() if not choice.key()]
        first = next(iter(open_ones or self.choices.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _intro(preview: Preview) -> str:
    """Why one is asked, and what follows."""
    if preview.settled:
        return tr("Rapport remembers what you say here for files with the same titles.")
    return tr(
        "The titles of {file} aren't ours, and the columns don't stand as they were sent. What's likely is chosen: "
        "check it. Rapport remembers it for files with the same titles."
    ).format(file=text.isolate(preview.name))
