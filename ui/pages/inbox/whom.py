"""The receiver of the draft: kept while others write, changed only by the person."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu

from app.channels.registry import channel
from app.inbox import Choice, Opened, Receiver, called, initial_choice, meant_for, updated_choice
from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.destination import Destination
from ui.pages.inbox.notice import Notice

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.shared.draft_field import DraftField

_MAX_MAILTO_CHARS = 1_800  # mail programs cut longer mailto: links, some at 2,000


class Whom(QObject):
    """Keeps the chosen receiver and shows it in the composer's header, with notices about newcomers and hindrances."""

    changed = Signal()
    """The person has chosen another receiver."""

    def __init__(self, bench: Workbench, frame: Frame, head: Destination, field: DraftField) -> None:
        """`head` shows the receiver; the notices `arrived` and `hindrance` appear above the draft when needed."""
        super().__init__(field)
        self._bench, self._frame, self._head, self._field = bench, frame, head, field
        self._opened: Opened | None = None
        self.choice = Choice(None)
        self.arrived, self.hindrance = Notice("user-plus"), Notice("triangle-alert")
        head.change.clicked.connect(self.offer)
        head.hindered.connect(self._show_hindrance)
        self.arrived.pressed.connect(self._switch_to_new)
        self.hindrance.pressed.connect(self._hindrance_pressed)

    @property
    def answers(self) -> int | None:
        """The id of the message that the reply answers; None without a receiver."""
        return self.choice.to.message_id if self.choice.to is not None else None

    def show_conversation(self, opened: Opened) -> None:
        """Choose the receiver for another conversation and its saved draft."""
        self._opened = opened
        self._show(initial_choice(opened.speakers, opened.answering))

    def refresh(self, opened: Opened) -> None:
        """Update from the same conversation re-read; a draft being typed keeps its receiver."""
        self._opened = opened
        writing = bool(self._field.toPlainText().strip())
        self._show(updated_choice(self.choice, opened.speakers, writing=writing))

    def answer(self, message: int) -> None:
        """Address the reply to the author of this message, as chosen by the person."""
        opened = self._opened
        to = self._bench.inbox.receiver(opened.row.id, message) if opened is not None else None
        if opened is None or to is None:
            self._frame.fail(tr("You can't reply to that message from here."))
            return
        seen = frozenset(speaker.message_id for speaker in opened.speakers)
        self._show(Choice(to, chosen=True, seen=seen))
        self.changed.emit()

    def prefer(self, member: int | None) -> None:
        """Address the reply to that member, unless a draft has been started."""
        choice = meant_for(self._opened.speakers, member) if self._opened is not None else None
        if choice is not None and not self._field.toPlainText().strip():
            self._show(choice)

    def sent(self) -> None:
        """Reset after sending: the next reply's receiver is decided anew."""
        self.choice = Choice(None)
        self.arrived.hide()

    def offer(self) -> None:
        """Open the menu of everybody who has written, latest first."""
        if self._opened is None or self._head.change.isHidden():  # nobody else to choose
            self._frame.toast(tr("Nobody else has written here."))
            return
        menu = QMenu(self._head)
        for speaker in self._opened.speakers:
            action = QAction(self._line(speaker), menu)
            action.setCheckable(True)
            action.setChecked(self.choice.to is not None and speaker.identity_id == self.choice.to.identity_id)
            action.setData(speaker.message_id)
            action.triggered.connect(self._receiver_chosen)
            menu.addAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._head.change.mapToGlobal(self._head.change.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _line(self, speaker: Receiver) -> str:
        name = self._called(speaker).replace("&", "&&")  # Qt reads a single & as a mnemonic
        return tr("{name}, waiting for a reply").format(name=name) if speaker.waits else name

    def _called(self, speaker: Receiver) -> str:
        """The name, with the address if another speaker here has the same name."""
        return text.name(called(speaker, self._opened.speakers if self._opened else ()))

    def _receiver_chosen(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.answer(int(sender.data()))

    def _show(self, choice: Choice) -> None:
        self.choice = choice
        if self._opened is not None:
            self._head.show_conversation(self._opened, choice)
        if choice.new is None or choice.to is None:
            self.arrived.hide()
            return
        new, to = self._called(choice.new), self._called(choice.to)
        words = tr("{newcomer} has written too. Your reply still goes to {name}.").format(newcomer=new, name=to)
        self.arrived.say(words, {"new": tr("Reply to {name} instead").format(name=new)})

    def _switch_to_new(self, _name: str) -> None:
        if self.choice.new is not None:
            self.answer(self.choice.new.message_id)
            self._field.setFocus()

    # --- when nothing can be sent

    def _show_hindrance(self, why: object) -> None:
        """Show before anything is typed why a reply cannot be sent, with buttons for what can be done instead."""
        if why is None or self._opened is None:
            self.hindrance.hide()
            return
        buttons = {}
        from app.outbox.composing import NoAccountError  # noqa: PLC0415  after the first paint

        if isinstance(why, NoAccountError):
            buttons["connect"] = tr("Connect an account")
        buttons["copy"] = tr("Copy the text")
        if channel(self._opened.row.kind).by_address and self.choice.to is not None and "@" in self.choice.to.address:
            buttons["mail"] = tr("Open in mail program")
        self.hindrance.say(str(why), buttons)

    def _hindrance_pressed(self, name: str) -> None:
        if name == "connect":
            self._frame.run("connect")
            return
        words = self._field.toPlainText()
        QGuiApplication.clipboard().setText(words)
        if name == "copy":
            self._frame.toast(tr("Copied. The draft is kept here.") if words else tr("There is nothing to copy yet."))
        elif self._bench.is_demo:
            self._frame.toast(tr("Copied. This is the demo, so no mail program opens."))
        else:
            self._open_mail_program(words)

    def _open_mail_program(self, words: str) -> None:
        to, opened = self.choice.to, self._opened
        if to is None or opened is None:
            return
        subject = opened.row.title if opened.row.title.casefold().startswith("re:") else f"Re: {opened.row.title}"
        link = f"mailto:{quote(to.address, safe='@')}?subject={quote(subject)}"
        whole = f"{link}&body={quote(words)}"
        opens = QDesktopServices.openUrl(QUrl(whole if len(whole) <= _MAX_MAILTO_CHARS else link))
        done = tr("Copied, and your mail program is opening. Send it there, then press E here.")
        self._frame.toast(done if opens else tr("Copied. No mail program opened: paste it into yours."))
