"""Posting by hand: copy the text, open the page, then ask in a strip above every page whether it was posted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QVBoxLayout

from app.base.errors import NotFoundError
from app.channels.registry import chat_schemes
from app.outbox import UNDECIDED, Entry
from ui.frame.doing import show_errors, undoable
from ui.look import text
from ui.look.text import tr
from ui.shell.strips.banner import Banner
from ui.widgets.buttons import ActionButton
from ui.widgets.toast import speak

if TYPE_CHECKING:
    from app.store.changes import Changes
    from ui.shell.host import Host

_ASK_DELAY_MS = 1_500
"""Time for the browser to come to the front; the question is asked afterwards, even if none does."""
_MAX_TEXT_CHARS = 300


class PostedStrip(Banner):
    """“Posted on Facebook?” with its answers; `pressed` carries "posted", "not_posted" or "copy_again"."""

    pressed = Signal(str)

    def __init__(self) -> None:
        """Start hidden, until `ask`."""
        super().__init__("hand", warns=False)
        self.buttons: dict[str, ActionButton] = {}
        for key, title, kind in (
            ("posted", tr("I posted it"), "primary"),
            ("not_posted", tr("Not yet"), "outline"),
            ("copy_again", tr("Copy again"), "plain"),
        ):
            button = self.add_button(title, self._pressed, kind=kind)
            if key != "copy_again":
                button.follow(key)
            button.setObjectName(key)
            self.buttons[key] = button
        self.hide()

    def ask(self, entry: Entry) -> None:
        """Ask about this reply."""
        self.title.setText(tr("Posted on {account}?").format(account=text.embed(entry.account)))
        whom = text.embed(entry.to_whom)
        excerpt = text.embed(entry.text[:_MAX_TEXT_CHARS])
        self.line.setText(text.sentence(tr("To {name}: {text}").format(name=whom, text=excerpt)))
        self.setAccessibleName(self.title.text())
        for button in self.buttons.values():
            button.setAccessibleDescription(self.title.text())
        self.fit()

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.pressed.emit(sender.objectName())


class Posting(QObject):
    """Copies replies and opens their pages, and asks whether they were posted when the window is active again."""

    def __init__(self, host: Host, place: QVBoxLayout) -> None:
        """Insert the strip at the top of `place`."""
        super().__init__(host.window())
        self._host = host
        self._asked: list[int] = []
        self.strip = PostedStrip()
        self.strip.pressed.connect(self._pressed)
        place.insertWidget(0, self.strip)
        self._ask_timer = QTimer(self)
        self._ask_timer.setSingleShot(True)
        self._ask_timer.setInterval(_ASK_DELAY_MS)
        self._ask_timer.timeout.connect(self._show)
        host.window().installEventFilter(self)

    def take(self, number: int) -> None:
        """Copy a reply's text, open its page, and show a toast with what to do there. `number` is an outbox id."""
        host = self._host
        with show_errors(host):
            words, address = host.bench.outbox.start_posting_by_hand(number)
            QGuiApplication.clipboard().setText(words)
            opened = not host.bench.is_demo and _open(address)
            self._asked = [*(waiting for waiting in self._asked if waiting != number), number]
            host.toast(_what_next(demo=host.bench.is_demo, known=bool(address), opened=opened))
            self._ask_timer.start()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The handlers of the answers, while the question is shown."""
        if self.strip.isHidden():
            return {}
        return {"posted": self._posted, "not_posted": self._not_posted}

    def refresh(self, changes: Changes) -> None:
        """Update the question: it may have been answered on the outbox page or by a command."""
        if self._asked and changes.touches("outbox") and not self.strip.isHidden():
            self._show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Ask when the window is activated, and focus the answer unless a text field has the focus."""
        if event.type() == QEvent.Type.WindowActivate and self._asked:
            self._show()
            QTimer.singleShot(0, self, self._to_answer)  # after Qt has restored the focus
        return False

    def _to_answer(self) -> None:
        writing = isinstance(self._host.window().focusWidget(), QLineEdit | QPlainTextEdit | QTextEdit)
        if not self.strip.isHidden() and not writing:
            self.strip.buttons["posted"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _entry(self) -> Entry | None:
        """The latest reply that is still undecided; None if there is none."""
        while self._asked:
            try:
                entry: Entry | None = self._host.bench.outbox.get(self._asked[-1])
            except NotFoundError:
                entry = None
            if entry is not None and entry.state == UNDECIDED:
                return entry
            self._asked.pop()
        return None

    def _show(self) -> None:
        self._ask_timer.stop()
        entry, was_hidden = self._entry(), self.strip.isHidden()
        self.strip.setVisible(entry is not None)
        if entry is not None:
            self.strip.ask(entry)
            if was_hidden:
                speak(self.strip, self.strip.title.text())

    def _pressed(self, button: str) -> None:
        if button == "copy_again":
            if self._asked:
                self.take(self._asked[-1])
        else:
            self.handlers().get(button, self._show)()

    def _posted(self) -> None:
        self._decide(tr("Marked as posted: {name}."), self._host.bench.outbox.confirm)

    def _not_posted(self) -> None:
        self._decide(tr("In the outbox, under “To post by hand”: {name}."), self._host.bench.outbox.retry)

    def _decide(self, words: str, do: Callable[[int], object]) -> None:
        entry = self._entry()
        if entry is not None:
            had = self.strip.isAncestorOf(QApplication.focusWidget() or self._host.window())
            with undoable(self._host, words.format(name=text.name(entry.to_whom))):
                do(entry.id)
            self._show()
            page = self._host.page(self._host.page_id)
            if had and self.strip.isHidden() and page is not None:
                page.activate()


def _open(address: str) -> bool:
    """Open a page, or a chat; addresses come from outside, and other schemes may start any program."""
    url = QUrl(address)
    return url.scheme() in ("http", "https", *chat_schemes()) and QDesktopServices.openUrl(url)


def _what_next(*, demo: bool, known: bool, opened: bool) -> str:
    """The toast after copying; `known` if the page's address is known."""
    if demo:
        return tr("Copied. (In the demo no page is opened.)")
    if opened:
        return tr("Copied. Paste it there, then choose “I posted it”.")
    if known:
        return tr("Copied. No browser opened: go to the page yourself, paste it there, then choose “I posted it”.")
    return tr("Copied. Open the page yourself, paste it there, then choose “I posted it”.")
