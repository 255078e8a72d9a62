"""The reply that tells the member who helps, inside the strip that hands off: where it goes, and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.base.errors import UserError
from app.following import HOLDING, INTRODUCTION
from app.outbox.by_hand import is_by_hand
from app.voice import Draft, Stopped
from ui.look import text
from ui.look.text import tr
from ui.widgets.fields import CheckBox
from ui.widgets.labels import Label
from ui.widgets.scaled import scaled

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.voice import Cleared
    from app.workbench import Workbench

_HEIGHT = 76


class TellPart(QWidget):
    """Ticked, the member gets a reply in the same step; its words follow helper and day until somebody changes them."""

    ticked = Signal(bool)

    def __init__(self, bench: Workbench, opened: Opened, *, introduce: bool, parent: QWidget | None = None) -> None:
        """`introduce`: it is a warm introduction, so it starts ticked."""
        super().__init__(parent)
        self._bench, self._opened = bench, opened
        self._key = INTRODUCTION if introduce else HOLDING
        self._draft = Draft(opened.draft) if opened.draft.strip() else Draft("")
        self._asked: tuple[int, str] | None = None
        self._filled = ""
        self.box = CheckBox(tr("Tell the member who helps"))  # a name may be wider than the pane: `where` has it
        self.box.setAccessibleName(tr("Tell {name} who helps").format(name=text.plain(opened.row.member)))
        self.where = Label("", "meta", "text2", wrap=True)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(tr("Reply to {name}").format(name=text.plain(opened.row.member)))
        scaled(self.words, height=_HEIGHT)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Reason for sending it anyway"))
        self.reason.setAccessibleName(tr("Reason for sending it anyway"))
        self.reason.hide()
        self._answers = bench.following.answers(opened.row.id)
        why = bench.following.why_not_told(opened.row.id)
        self.box.setEnabled(why is None)
        self.where.setText(self._goes() if why is None else str(why))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.box, self.where, self.words, self.reason):
            column.addWidget(part)
        self.box.toggled.connect(self._toggled)
        self.box.setChecked(introduce and why is None)
        self._toggled(self.box.isChecked())

    @property
    def on(self) -> bool:
        """Whether the member gets a reply."""
        return self.box.isChecked()

    def _goes(self) -> str:
        row = self._opened.row
        whom = text.name(self._bench.outbox.way(row.id, self._answers).whom)
        place = text.embed(row.account)
        sentence = (
            tr("Public reply to {name} on {account}.") if row.public else tr("Private reply to {name} on {account}.")
        )
        said = sentence.format(name=whom, account=place)
        begins = tr("It begins with your draft.")
        return f"{said} {begins}" if self._draft.text else said

    def _toggled(self, on: bool) -> None:  # noqa: FBT001  Qt's signature
        self.words.setVisible(on)
        self.reason.setVisible(on and self._asks)
        self.where.setVisible(on or not self.box.isEnabled())
        if on:
            self._fill()
        self.ticked.emit(on)

    def follow(self, teammate_id: int | None, needed_by: str) -> None:
        """Name this helper and day (YYYY-MM-DD, "" for none) in the words, unless somebody has changed them."""
        self._asked = None if teammate_id is None else (teammate_id, needed_by)
        if self.on:
            self._fill()

    def _fill(self) -> None:
        now = self.words.toPlainText()
        if self._asked is None or now not in ("", self._filled):
            return
        if self._draft.text:
            self._filled = self._draft.text
        else:
            self._draft_now = self._bench.following.introduction(self._opened.row.id, *self._asked, key=self._key)
            self._filled = self._draft_now.text
        self.words.setPlainText(self._filled)

    _draft_now = Draft("")
    _asks = False
    """Whether the voice guide has asked for a reason."""

    def cleared(self) -> Cleared | None:
        """The reply as it is sent; None without one.

        Raises UserError for a blank that is left, for blocked words, and for those that need a reason, which has a
        field from then on.
        """
        if not self.on:
            return None
        said = self.words.toPlainText().strip()
        if "{{" in said:
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            raise UserError(tr("Fill in the blanks of the reply first."))
        made = self._draft_now
        reason = self.reason.text().strip() if self._asks else ""
        try:
            words = Draft(said, made.language, made.template_id, made.variant)
            read = self._bench.outbox.read_by(words, self._opened.row.id, self._answers)
            return self._bench.voice.clear(read, reason=reason)
        except Stopped as why:
            self._ask(why)
            raise

    def _ask(self, why: Stopped) -> None:
        """Ask for a reason where one is enough, else lead back to the words."""
        self._asks = any(finding.level == "ask" for finding in why.findings)
        self.reason.setVisible(self._asks)
        (self.reason if self._asks else self.words).setFocus(Qt.FocusReason.OtherFocusReason)

    def hold_seconds(self) -> int:
        """For how long the reply is held for Undo; 0 where the person posts it."""
        return 0 if self._by_hand else int(self._bench.settings.number("hold_seconds"))

    @property
    def _by_hand(self) -> bool:
        return is_by_hand(self._opened.row.kind, self._opened.account_mode)

    def when(self) -> str:
        """When the member knows, as a sentence."""
        name = text.name(self._opened.row.member)
        if self._by_hand:
            return tr("{name} hasn't been told yet: your reply is in the outbox for you to post.").format(name=name)
        return text.counted(
            self.hold_seconds(), "{name} gets your reply in {count} second.",
            "{name} gets your reply in {count} seconds.",
            name=name,
        )  # fmt: skip
