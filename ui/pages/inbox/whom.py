"""The receivers of the draft: kept while others write, changed only by the person."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu

from app.base.errors import UserError
from app.base.message import Addressee
from app.channels.registry import channel
from app.inbox import Choice, Opened, Receiver, called, initial_choice, meant_for, updated_choice
from app.inbox.addressing import CC, TO, Addressing, boxes
from ui.commands.in_use import keymap
from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.destination import Destination
from ui.pages.inbox.receiving import ALL, LIST, Receiving, reply_to_all_words
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.outbox.composing import Way
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.shared.draft_field import DraftField

_MAX_MAILTO_CHARS = 1_800  # mail programs cut longer mailto: links, some at 2,000


class Whom(QObject):
    """Keeps the chosen receivers and shows them in the composer's header, with notices about newcomers and hindrances.

    `choice` is the one whom the reply answers; of a letter, `addressing` is whom it goes to besides or instead.
    """

    changed = Signal()
    """The person has chosen other receivers."""
    hindered = Signal()
    """It was said that nothing can be sent, or that something can again."""
    readdressed = Signal()
    """The person is typing receivers."""

    def __init__(self, bench: Workbench, frame: Frame, head: Destination, field: DraftField) -> None:
        """`head` shows the receiver; the notices `arrived` and `hindrance` appear above the draft when needed."""
        super().__init__(field)
        self._bench, self._frame, self._head, self._field = bench, frame, head, field
        self._opened: Opened | None = None
        self.choice, self.addressing = Choice(None), Addressing()
        self.receiving = Receiving(bench)
        self.arrived, self.hindrance = Notice("user-plus"), Notice("triangle-alert")
        head.change.clicked.connect(self.offer)
        head.hindered.connect(self._show_hindrance)
        head.planned.connect(self._show_sender)
        self.receiving.pressed.connect(self._offer_taken)
        self.receiving.typed.connect(self._typed)
        self.receiving.settled.connect(self.changed)
        self.receiving.entered.connect(field.setFocus)
        self.arrived.pressed.connect(self._switch_to_new)
        self.hindrance.pressed.connect(self._hindrance_pressed)

    @property
    def answers(self) -> int | None:
        """The id of the message that the reply answers; None without a receiver."""
        return self.choice.to.message_id if self.choice.to is not None else None

    def to_addresses(self) -> frozenset[str]:
        """The addresses, in lower case, that the letter is to; copies are left out."""
        addressees = boxes(self.choice.to, self.addressing)
        return frozenset(box.address.lower() for box in addressees if box.role == TO)

    def show_conversation(self, opened: Opened) -> None:
        """Choose the receiver for another conversation and its saved draft."""
        self._opened = opened
        self.receiving.fold()
        self._show(initial_choice(opened.speakers, opened.answering), opened.addressing)

    def refresh(self, opened: Opened) -> None:
        """Update from the same conversation re-read; a draft being typed keeps its receivers."""
        self._opened = opened
        writing = bool(self._field.toPlainText().strip()) or self.addressing.is_chosen
        self._show(updated_choice(self.choice, opened.speakers, writing=writing), self.addressing)

    def answer(self, message: int) -> None:
        """Address the reply to the author of this message, and to nobody else, as chosen by the person."""
        opened = self._opened
        to = self._bench.inbox.receiver(opened.row.id, message) if opened is not None else None
        if opened is None or to is None:
            self._frame.fail(tr("You can't reply to that message from here."))
            return
        several = self.addressing.to or self.addressing.cc or self.addressing.bcc
        self._choose(to, Addressing())
        if several:
            self._frame.toast(tr("Your reply goes to {name} alone now.").format(name=self._called(to)))

    def _choose(self, to: Receiver, addressing: Addressing) -> None:
        """Answer this one's message with a letter to these; it stays so while others write."""
        seen = frozenset(speaker.message_id for speaker in self._opened.speakers) if self._opened else frozenset()
        self._show(Choice(to, chosen=True, seen=seen), addressing)
        self.changed.emit()

    def prefer(self, member: int | None) -> None:
        """Address the reply to that member, unless a draft has been started."""
        choice = meant_for(self._opened.speakers, member) if self._opened is not None else None
        if choice is not None and not self._field.toPlainText().strip():
            self._show(choice, Addressing())

    def sent(self) -> None:
        """Reset after sending: the next reply's receivers are decided anew."""
        self.choice, self.addressing = Choice(None), Addressing()
        self.receiving.fold()
        self.arrived.hide()

    # --- several receivers

    def reply_to_all(self) -> bool:
        """Address the letter to its author and all whom it names; False if there is nobody else, which is said."""
        to = self.choice.to
        if to is None or not self._is_letter or not self._bench.inbox.letters.others(to):
            words = tr("Only letters have several receivers.") if not self._is_letter else ""
            self._frame.toast(words or tr("This letter went to nobody else. Your reply goes to its writer."))
            return False
        self._choose(to, self._bench.inbox.letters.to_everybody(to))
        return True

    def reply_to_list(self) -> bool:
        """Address the letter to the mailing list that it came through; False if there is none, which is said."""
        to = self.choice.to
        try:
            addressing = self._bench.inbox.letters.to_mailing_list(to)
        except UserError as why:
            self._frame.toast(str(why))
            return False
        if to is not None:
            self._choose(to, addressing)
        return True

    def add_receivers(self) -> None:
        """Open the fields To, Cc and Bcc."""
        if not self._is_letter or self._opened is None:
            self._frame.toast(tr("Only letters have several receivers."))
            return
        self.receiving.open(CC if self.choice.to is not None else TO)

    def _offer_taken(self, name: str) -> None:
        if name == ALL:
            self.reply_to_all()
        elif name == LIST:
            self.reply_to_list()
        elif self.choice.to is not None:
            self.answer(self.choice.to.message_id)
        self._field.setFocus()

    def _typed(self) -> None:
        """Take what stands in the fields by now."""
        self.addressing = self.receiving.value()
        self.choice = self.choice._replace(chosen=True)
        self._show(self.choice, self.addressing)
        self.readdressed.emit()

    def _show_sender(self, goes: Way | None) -> None:
        """Show which address of ours it comes from, and could come from."""
        if goes is not None and self._is_letter:
            senders = self._bench.accounts.signatures.senders(goes.account_id)
            self.receiving.set_senders(senders, goes.sender or (senders[0].address if senders else ""))

    @property
    def _is_letter(self) -> bool:
        return self._opened is not None and channel(self._opened.row.kind).by_address

    # --- another one

    def offer(self) -> None:
        """Open the menu of everybody who has written, latest first, and of what else a letter can be."""
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
        if self._is_letter:
            self._add_letter_actions(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._head.change.mapToGlobal(self._head.change.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _add_letter_actions(self, menu: QMenu) -> None:
        menu.addSeparator()
        to, offers = self.choice.to, list[tuple[str, "Callable[[], object]"]]()
        everybody = self._everybody()
        if everybody.cc:
            offers.append((reply_to_all_words(everybody), self.reply_to_all))
        if self._bench.inbox.letters.of(to.message_id if to is not None else None).mailing_list:
            offers.append((tr("Reply to the list"), self.reply_to_list))
        offers.append((tr("Add receivers…"), self.add_receivers))
        for words, act in offers:
            action = QAction(words, menu)
            action.triggered.connect(act)
            menu.addAction(action)

    def _everybody(self) -> Addressing:
        """A reply to all."""
        to = self.choice.to
        return self._bench.inbox.letters.to_everybody(to) if to is not None else Addressing()

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

    def _show(self, choice: Choice, addressing: Addressing) -> None:
        self.choice, self.addressing = choice, addressing
        if self._opened is not None:
            self._show_letter()
            self._head.show_conversation(self._opened, choice, addressing)
        if choice.new is None or choice.to is None:
            self.arrived.hide()
            return
        new, to = self._called(choice.new), self._called(choice.to)
        words = tr("{newcomer} has written too. Your reply still goes to {name}.").format(newcomer=new, name=to)
        self.arrived.say(words, {"new": tr("Reply to {name} instead").format(name=new)})

    def _show_letter(self) -> None:
        to, chosen = self.choice.to, self.addressing
        if not self._is_letter:
            self.receiving.nothing()
            return
        letters = self._bench.inbox.letters
        author = tuple(Addressee(TO, *box) for box in to.boxes) if to is not None else ()
        several = chosen.to or chosen.cc or chosen.bcc
        alone = self._called(to) if to is not None and several else ""
        letter = letters.of(to.message_id if to is not None else None)
        self.receiving.show_letter(chosen, author, letter, self._everybody(), alone)

    def _switch_to_new(self, _name: str) -> None:
        if self.choice.new is not None:
            self.answer(self.choice.new.message_id)
            self._field.setFocus()

    # --- when nothing can be sent

    def _show_hindrance(self, why: object) -> None:
        """Show before anything is typed why a reply cannot be sent, with buttons for what can be done instead."""
        self.receiving.set_moot(moot=why is not None)
        if why is None or self._opened is None:
            self.hindrance.hide()
            self.hindered.emit()
            return
        buttons = {}
        from app.outbox.composing import NoAccountError  # noqa: PLC0415  after the first paint

        if isinstance(why, NoAccountError):
            buttons["connect"] = tr("Connect an account")
        buttons["copy"] = tr("Copy the text")
        if channel(self._opened.row.kind).by_address and self.choice.to is not None and "@" in self.choice.to.address:
            buttons["mail"] = tr("Open in mail program")
        self.hindrance.say(str(why), buttons)
        self.hindered.emit()

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
        done = tr("Copied, and your mail program is opening. Send it there, then press {key} here.").format(
            key=keymap().name("done")
        )
        self._frame.toast(done if opens else tr("Copied. No mail program opened: paste it into yours."))
