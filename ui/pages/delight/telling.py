"""The form that tells a give-away's entrants: drafts, one a person, to look through and send; or one post for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Never

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QWidget

from app.base.errors import UserError
from app.giveaways import Giveaway
from app.giveaways.notices import (
    DRAFTED,
    MOST,
    OTHERS,
    STANDING_NAMES,
    TO_TELL,
    TOLD,
    WAITING,
    WHOM_NAMES,
    WINNERS,
    Notice,
)
from ui.frame.doing import announce
from ui.look import text
from ui.look.text import tr
from ui.pages.delight.entrants import draw_entry, where
from ui.pages.delight.giveaway_forms import GiveawayForm
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import Choice
from ui.widgets.labels import Label
from ui.widgets.rows import Index, RowModel, RowRole
from ui.widgets.rowview import RowDelegate, RowView
from ui.widgets.scaled import scaled

if TYPE_CHECKING:
    from ui.frame.page import Frame

_LIST_HEIGHT = 112
_TONES = {TOLD: "text2", WAITING: "text2", DRAFTED: "delight", TO_TELL: "warn"}
_ORDER = (TO_TELL, DRAFTED, WAITING, TOLD)


class NoticeModel(RowModel[Notice, Never]):
    """Those who are to be told first, then those with a draft, then those who were told."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(Notice)
        self.reasons = dict[int, str]()

    def says(self, row: Notice) -> str:
        """How it stands with somebody: why there is no draft to them, if that was tried."""
        return self.reasons.get(row.id, "") or tr(STANDING_NAMES[row.standing])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row for the delegate; a sentence for screen readers."""
        row = self.row_at(index.row())
        if row is None or role == RowRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = (row.entry.name, where(row.entry), self.says(row))
            return ", ".join(part for part in parts if part)
        return None


class NoticeDelegate(RowDelegate):
    """Paints somebody in one line: name, where they entered, and whether they have been told."""

    row_height = 28

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(RowRole)
        if not isinstance(row, Notice):
            return
        model = index.model()
        words = model.says(row) if isinstance(model, NoticeModel) else ""
        draw_entry(painter, option, row.entry, words, _TONES[row.standing])


class TellStrip(GiveawayForm):
    """Its button begins the next drafts; nothing is sent by itself. It stays open."""

    def __init__(self, frame: Frame, giveaway: Giveaway) -> None:
        """For this give-away, which was drawn or called off."""
        title = tr("Tell the entrants of “{name}”").format(name=text.embed(giveaway.name))
        super().__init__(title, "ticket", tr("Begin the drafts"))
        self._frame, self._desk = frame, frame.bench.notices
        self.giveaway, self.about = giveaway.id, giveaway.id
        whom = self._desk.whom(giveaway.id)
        first = OTHERS if OTHERS in whom and not self._winners_wait() else ""
        self.whom = Choice([(key, tr(WHOM_NAMES[key])) for key in whom], first)
        self.whom.picked.connect(self._picked)
        self.facts = Label("", "meta", "text2", wrap=True)
        self.model = NoticeModel()
        self.rows = RowView(tr("Entrants"), NoticeDelegate())
        self.rows.setModel(self.model)
        scaled(self.rows, height=_LIST_HEIGHT)
        self.field(tr("Whom to tell"), self.whom, 0, 0)
        self.form.addWidget(self.facts, 1, 1)
        self.form.setColumnStretch(0, 2)
        self.form.setColumnStretch(1, 3)
        self.form.addWidget(self.rows, 2, 0, 1, 2)
        self.form.addWidget(self._links(), 3, 0, 1, 2)
        self._fill()

    def _winners_wait(self) -> bool:
        number = self.giveaway or 0
        return WINNERS in self._desk.whom(number) and self._desk.telling(number, WINNERS).count(TO_TELL) > 0

    def _links(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        deeds: dict[str, tuple[str, Callable[[], object]]] = {
            "look": (tr("Look through the drafts"), self._look), "words": (tr("Change the words"), self._words),
            "post": (tr("One post to all instead"), self._post),
        }  # fmt: skip
        self.buttons = dict[str, LinkButton]()
        for key, (title, deed) in deeds.items():
            button = self.buttons[key] = LinkButton(title)
            button.clicked.connect(deed)
            row.addWidget(button)
        row.addStretch(1)
        return holder

    def start(self) -> None:
        """Focus whom to tell."""
        self.whom.setFocus(Qt.FocusReason.OtherFocusReason)

    def _picked(self, _key: str) -> None:
        self.aside.setText("")
        self.wrong.hide()
        self._fill()

    def _fill(self) -> None:
        """Show how far the telling is."""
        telling = self._desk.telling(self.giveaway or 0, self.whom.key())
        place = max(0, self.rows.place())
        self.model.show_rows(sorted(telling.notices, key=lambda one: _ORDER.index(one.standing)))
        self.rows.choose(min(place, len(telling.notices) - 1))
        left, ready, sent = telling.count(TO_TELL), telling.count(DRAFTED), telling.count(WAITING)
        parts = [
            text.counted(left, "{count} to be told", "{count} to be told"),
            text.counted(ready, "{count} draft ready", "{count} drafts ready"),
            text.counted(sent, "{count} in the outbox", "{count} in the outbox") if sent else "",
            text.counted(telling.count(TOLD), "{count} told", "{count} told"),
        ]
        self.facts.setText(telling.post_words or " · ".join(filter(None, parts)))
        self.go.set_title(text.counted(min(left, MOST), "Begin {count} draft", "Begin {count} drafts"))
        self.go.setEnabled(left > 0 and not telling.by_post)
        self.buttons["look"].setVisible(ready > 0)
        self.buttons["post"].setVisible(self.whom.key() != WINNERS and not telling.by_post)

    def act(self) -> None:
        """Begin the next drafts, and say for whom there is none."""
        before = self._frame.bench.store.last_action
        try:
            begun = self._desk.begin(self.giveaway or 0, self.whom.key())
        except UserError as why:
            self._refuse(why)
            return
        self.wrong.hide()
        self.model.reasons = {one.entry_id: one.why for one in begun.missing}
        self._fill()
        said = text.counted(
            len(begun.drafts), "{count} draft is ready. Nothing is sent yet.",
            "{count} drafts are ready. Nothing is sent yet.",
        )  # fmt: skip
        if begun.missing:
            said = " ".join(
                [
                    said,
                    text.counted(
                        len(begun.missing),
                        "{count} person has no draft: the list says why.",
                        "{count} people have no draft: the list says why.",
                    ),
                ]
            )
        self.aside.setText(said)
        announce(self._frame, said, before)

    def _refuse(self, why: UserError) -> None:
        self.wrong.setText(str(why))
        self.wrong.show()

    def _look(self) -> None:
        self._frame.go("drafts", None)

    def _words(self) -> None:
        self._frame.go("templates", self._desk.template(self.giveaway or 0, self.whom.key()).id)

    def _post(self) -> None:
        try:
            draft = self._desk.post(self.giveaway or 0, self.whom.key())
        except UserError as why:
            self._refuse(why)
            return
        self._frame.go("letter", ("draft", draft.id))

    def refresh(self) -> None:
        """Show what was sent, discarded or undone meanwhile."""
        if self.whom.key() in self._desk.whom(self.giveaway or 0):
            self._fill()
        else:
            self.close_strip()
