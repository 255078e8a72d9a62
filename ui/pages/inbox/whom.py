"""Whom the reply that is being written goes to: kept while others write, changed only by the person."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu

from app.channels.registry import channel
from app.inbox import Choice, Opened, Receiver, begun, called, meant_for, meanwhile
from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.destination import Destination
from ui.pages.inbox.notice import Notice

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.shared.draft_field import DraftField

_LONGEST_LINK = 1_800  # letters of a mailto: address; mail programs cut longer ones, some at 2,000


class Whom(QObject):
    """Keeps the choice of the receiver, and says in the composer's head what the person has to know about it."""

    changed = Signal()
    """The reply goes to somebody else now, by the person's choice."""

    def __init__(self, bench: Workbench, frame: Frame, head: Destination, field: DraftField) -> None:
        """`head` shows the receiver; `arrived` and `hindrance` stand above the words, where there is cause."""
        super().__init__(field)
        self._bench, self._frame, self._head, self._field = bench, frame, head, field
        self._opened: Opened | None = None
        self.choice = Choice(None)
        self.arrived, self.hindrance = Notice("user-plus"), Notice("triangle-alert")
        head.change.clicked.connect(self.offer)
        head.hindered.connect(self._hinder)
        self.arrived.pressed.connect(self._take_new)
        self.hindrance.pressed.connect(self._help)

    @property
    def answers(self) -> int | None:
        """The message that the reply answers; None where there is nobody to name."""
        return self.choice.to.message_id if self.choice.to is not None else None

    def show_conversation(self, opened: Opened) -> None:
        """Another conversation, with the draft that was left there."""
        self._opened = opened
        self._show(begun(opened.speakers, opened.answering))

    def refresh(self, opened: Opened) -> None:
        """The same conversation, read again: what is being written stays with whom it is written to."""
        self._opened = opened
        writing = bool(self._field.toPlainText().strip())
        self._show(meanwhile(self.choice, opened.speakers, writing=writing))

    def answer(self, message: int) -> None:
        """The person chose the message that the reply answers."""
        opened = self._opened
        to = self._bench.inbox.receiver(opened.row.id, message) if opened is not None else None
        if opened is None or to is None:
            self._frame.fail(tr("You can't reply to that message from here."))
            return
        seen = frozenset(one.message_id for one in opened.speakers)
        self._show(Choice(to, chosen=True, seen=seen))
        self.changed.emit()

    def prefer(self, member: int | None) -> None:
        """The person has come here to write to that member; a reply that is begun already stays with its receiver."""
        choice = meant_for(self._opened.speakers, member) if self._opened is not None else None
        if choice is not None and not self._field.toPlainText().strip():
            self._show(choice)

    def sent(self) -> None:
        """The reply is on its way: the next one is to be decided anew."""
        self.choice = Choice(None)
        self.arrived.hide()

    def offer(self) -> None:
        """The menu of everybody who has written, the latest first."""
        if self._opened is None or self._head.change.isHidden():  # there is nobody else
            self._frame.toast(tr("Nobody else has written here."))
            return
        menu = QMenu(self._head)
        for one in self._opened.speakers:
            action = QAction(self._line(one), menu)
            action.setCheckable(True)
            action.setChecked(self.choice.to is not None and one.identity_id == self.choice.to.identity_id)
            action.setData(one.message_id)
            action.triggered.connect(self._offered)
            menu.addAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._head.change.mapToGlobal(self._head.change.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _line(self, one: Receiver) -> str:
        name = self._called(one).replace("&", "&&")  # Qt takes one & for a key
        return tr("{name}, waiting for a reply").format(name=name) if one.waits else name

    def _called(self, one: Receiver) -> str:
        """By name, with the address where somebody else here is called the same."""
        return text.name(called(one, self._opened.speakers if self._opened else ()))

    def _offered(self) -> None:
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

    def _take_new(self, _name: str) -> None:
        if self.choice.new is not None:
            self.answer(self.choice.new.message_id)
            self._field.setFocus()

    # --- where nothing can be sent

    def _hinder(self, why: object) -> None:
        """Say before the first letter why a reply cannot be sent, and what can be done instead."""
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

    def _help(self, name: str) -> None:
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
            self._mail(words)

    def _mail(self, words: str) -> None:
        to, opened = self.choice.to, self._opened
        if to is None or opened is None:
            return
        subject = opened.row.title if opened.row.title.casefold().startswith("re:") else f"Re: {opened.row.title}"
        link = f"mailto:{quote(to.address, safe='@')}?subject={quote(subject)}"
        whole = f"{link}&body={quote(words)}"
        opens = QDesktopServices.openUrl(QUrl(whole if len(whole) <= _LONGEST_LINK else link))
        done = tr("Copied, and your mail program is opening. Send it there, then press E here.")
        self._frame.toast(done if opens else tr("Copied. No mail program opened: paste it into yours."))
