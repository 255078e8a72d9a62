"""The dialog that connects or edits an account: choose a channel, fill in fields, log in, choose what to read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.accounts import finding
from app.base.errors import UserError
from app.base.mistakes import our_mistake
from app.channels.base import AuthNeeded
from app.channels.registry import assistable, connectable
from ui.frame.working import Working
from ui.look import fonts, text
from ui.look.text import tr
from ui.pages.accounts.chooser import Chooser
from ui.pages.accounts.fields import FieldsBox, Input
from ui.pages.accounts.guiding import Guiding
from ui.pages.accounts.links import Links
from ui.pages.accounts.offers import OffersBox, to_choose
from ui.pages.accounts.signin import SigningIn, open_in_browser
from ui.pages.accounts.words import line
from ui.widgets.buttons import ActionButton, IconButton
from ui.widgets.labels import Label
from ui.widgets.panels import Scroll
from ui.widgets.reading_order import InReadingOrder
from ui.widgets.stack import Stack
from ui.widgets.unsaved import Forms

if TYPE_CHECKING:
    from app.accounts import Account
    from app.channels.base import Channel, Found, Suggested
    from app.workbench import Workbench

_WINDOW_FRAME_HEIGHT = 48
"""Pixels kept free for the window manager's frame."""
_DIALOG_WIDTH = 520
CHOOSING, FILLING, OFFERED = "choosing", "filling", "offered"
IDLE, TRYING, BROWSING, KEEPING, FINDING = "", "trying", "browsing", "keeping", "finding"


class AccountForm(InReadingOrder, QDialog):
    """Asks for the fields, logs in, saves. Nothing is saved before a login succeeded, unless the person insists."""

    left = Signal(str)
    """It was closed without saving what was typed in it, which is kept; carries its title."""

    def __init__(
        self, bench: Workbench, parent: QWidget, account: Account | None = None, kind: str = "",
        forms: Forms | None = None,
    ) -> None:  # fmt: skip
        """Edit `account` if given; with a `kind` of channel skip the chooser. `forms` keep what is not saved."""
        super().__init__(parent)
        self._forms = forms or Forms()
        self._bench, self._account = bench, account
        self._channels = {channel.kind: channel for channel in (*connectable(), *assistable())}
        self._channel: Channel | None = None
        self._box: FieldsBox | None = None
        self._offers: OffersBox | None = None
        self._working: Working | None = None
        self._signing: SigningIn | None = None
        self._url = ""
        self._login: Found | None = None
        self._plain: dict[str, str] = {}
        self._secrets: dict[str, str] = {}
        self._obtained: dict[str, str] = {}
        self.step, self.busy = CHOOSING, IDLE
        self.first = False
        """Whether this is the first account; set by the opener, which then shows the inbox."""
        self.sentence = ""
        """The toast for the opener to show when the form was accepted."""
        self.setWindowTitle(tr("Connect an account") if account is None else tr("Edit account"))
        self._build()
        first = account.kind if account else kind
        if first in self._channels:
            self.choose(first)
        else:
            self._show_chooser()

    # --- widgets

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._back = IconButton("arrow-left", tr("Back"))
        self._back.clicked.connect(self._go_back)
        self._title = Label("", "title", wrap=True)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        self._column.addLayout(head)
        self._line = Label("", "body", "text2", wrap=True)
        self._column.addWidget(self._line)
        self._stack = Stack()
        self._column.addWidget(self._stack, 1)
        self.chooser = Chooser(self._channels.values())
        self.chooser.chosen.connect(self.choose)
        self.chooser.left.connect(self.reject)
        self._scroll, self._ticks = Scroll((0, 0, 0, 0), 0), Scroll((0, 0, 0, 0), 0)
        for step in (self.chooser, self._scroll, self._ticks):
            self._stack.addWidget(step)
        self.status = Label("", "body", "text2", wrap=True)
        self._column.addWidget(self.status)
        self.guiding = Guiding(self, lambda: None if self.step == CHOOSING else self._channel)
        self._links = Links(self.guiding.show, self._store, self.sign_in, self._open_again, self._copy_address)
        self.guide, self._keep, self._again, self._reopen, self._copy = self._links.every
        self._column.addWidget(self._links)
        self._column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._cancel = ActionButton(tr("Cancel"), kind="plain", height=32)
        self._cancel.clicked.connect(self._cancelled)
        self.go = ActionButton("", "plug", "Ctrl ↵", kind="primary", height=32)
        self.go.clicked.connect(self.try_out)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self.go)
        return row

    @property
    def channel(self) -> Channel:
        """The chosen channel; raises KeyError before one was chosen."""
        if self._channel is None:
            raise KeyError
        return self._channel

    @property
    def _inputs(self) -> dict[str, Input]:
        return self._box.inputs if self._box is not None else {}

    # --- the steps

    def _show_chooser(self) -> None:
        self.step = CHOOSING
        self._title.setText(tr("Connect an account"))
        self._line.setText(tr("Where do your members write?"))
        self._stack.setCurrentWidget(self.chooser)
        self._say("")
        self._show_buttons()
        self.chooser.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, kind: str) -> None:
        """Show the fields of this kind of channel."""
        self._channel = channel = self._channels[kind]
        self._login, self._obtained = None, {}
        if self._box is not None:
            self._box.unsaved.end()
        name = self._account.name if self._account else ""
        self._box = FieldsBox(channel, self._account, name)
        self._box.unfolded.connect(self._show_buttons)
        self._box.unsaved.begin(self._forms, (kind, self._account.id if self._account else None))
        title = (tr("Connect {channel}") if channel.live else tr("Add {channel}")).format(channel=tr(channel.title))
        title = title if self._account is None else text.plain(name)
        self._title.setText(title)
        self._line.setText(line(channel))
        self._show(FILLING, self._box)
        self._box.chain(*self._links.every, self._cancel, self.go)
        self._box.begin()

    def _offer(self, login: Found) -> None:
        """Let the person choose among what the login found, such as folders."""
        self._offers = OffersBox(self.channel, login.offers, self._plain)
        self._line.setText(tr("What should Rapport read?"))
        self._show(OFFERED, self._offers)
        self._offers.begin()

    def _show(self, step: str, content: QWidget) -> None:
        """Show a step's content, keeping its state if it is already in place."""
        self.step, page = step, self._page_of(step)
        if content.parentWidget() is not page.widget():
            page.clear()
            page.column.addWidget(content)
            content.show()  # before _fit(): hidden widgets have no height
        self._stack.setCurrentWidget(page)
        self._say("")
        self._show_buttons()

    def _page_of(self, step: str) -> Scroll:
        return self._ticks if step == OFFERED else self._scroll

    def _go_back(self) -> None:
        if self.step == OFFERED and self._box is not None:
            self._line.setText(line(self.channel))
            self._show(FILLING, self._box)
            self._box.begin()
        else:
            self._show_chooser()

    def _show_buttons(self) -> None:
        """Set the titles, visibility and enabled state of the buttons and links for the current step."""
        filling, browsing = self.step == FILLING, self.busy == BROWSING
        self._back.setVisible(self.step == OFFERED or (filling and self._account is None))
        self._back.setEnabled(not self.busy)
        self.go.setVisible(self.step != CHOOSING)
        self.go.setEnabled(not self.busy)
        if self.step == OFFERED:
            self.go.set_title(tr("Connect") if self._account is None else tr("Save"), "check")
        elif filling and not self.channel.live:
            self.go.set_title(tr("Add") if self._account is None else tr("Save"), "check")
        elif filling and self._box is not None and self._box.has_to_find():
            self.go.set_title(tr("Continue"), "chevron-right")
        elif filling and self._wants_browser():
            self.go.set_title(self._box.browser_title() if self._box else "", "external-link")
        else:
            self.go.set_title(tr("Check and connect") if self._account is None else tr("Check and save"), "plug")
        self._cancel.set_title(tr("Stop waiting") if browsing else tr("Cancel"))
        has_login = self._account is not None and not self._wants_browser()
        self._again.setVisible(
            filling and not self.busy and has_login and self._box is not None and self._box.signs_in()
        )
        self._reopen.setVisible(browsing and bool(self._url))
        self._copy.setVisible(browsing and bool(self._url))
        self._keep.setVisible(filling and not self.busy and self._keep.isEnabled() and self._has_failed)
        for box in (self._box, self._offers):
            if box is not None:
                box.setEnabled(not self.busy)
        self._fit()

    _has_failed = False

    def _wants_browser(self) -> bool:
        """Whether to sign in with the browser, and that has not been done."""
        return not self._obtained and self._box is not None and self._box.wants_browser()

    # --- looking up

    def _find(self) -> None:
        """Look up what can be found, on a worker thread."""
        if self._box is None:
            return
        asked = self._box.first_answers()
        self._begin(FINDING, tr("Looking up {what}…").format(what=text.embed(", ".join(asked.values()))))
        self._run(partial(_find, self.channel.kind, asked), "account find", self._found)

    def _found(self, found: Suggested) -> None:
        """Fill in what was found and go on to what only the person knows."""
        if self._box is None:
            return
        self._box.show_found(found)
        self._end("", "text2")
        self._box.begin()

    # --- logging in

    def try_out(self) -> None:
        """Go on to the next step: the browser, a test login, or saving once what to read was chosen."""
        if self.busy or self.step == CHOOSING:
            return
        if self.step == OFFERED:
            self._accept_offers()
        elif not self._report_missing_field():
            if self._box is not None and self._box.has_to_find():
                self._find()
            elif self._wants_browser():
                self.sign_in()
            else:
                self._check()

    def _report_missing_field(self) -> bool:
        missing = self._box.missing() if self._box is not None else None
        if missing is None or self._box is None:
            return False
        self._say(tr("Fill in “{label}”.").format(label=missing.accessibleName()), "danger")
        self._box.go_to(missing)
        return True

    def sign_in(self) -> None:
        """Open the system's browser to sign in, and wait for it."""
        if self._box is None or self._report_missing_field():
            return
        plain, secret = self._box.answers()
        self._begin(BROWSING, tr("Asking {channel} where to sign in…").format(channel=tr(self.channel.title)))
        self._signing = SigningIn(self._bench.accounts, self.channel.kind, plain, secret)
        self._signing.opened.connect(self._browser_opened)
        self._signing.finished.connect(self._signed_in)
        self._signing.failed.connect(self._fails)
        self._signing.stopped.connect(self._stopped)
        self._signing.start(self._account.id if self._account else None)

    def _browser_opened(self, url: str) -> None:
        self._url = url
        words = tr("Your browser is open. Sign in there and allow Rapport; this window then continues on its own.")
        if not open_in_browser(url):
            words = tr(
                "No browser opened. Copy the address into one and sign in there; this window then continues on its own."
            )
        self._say(words)
        self._show_buttons()

    def _open_again(self) -> None:
        open_in_browser(self._url)

    def _copy_address(self) -> None:
        QGuiApplication.clipboard().setText(self._url)
        self._say(tr("Address copied. Paste it into a browser."))

    def _signed_in(self, secrets: object) -> None:
        self._obtained = dict(secrets) if isinstance(secrets, dict) else {}
        self.activateWindow()
        self._check()

    def _stopped(self) -> None:
        self._end(tr("Stopped. Nothing was connected."), "text2")

    def _check(self) -> None:
        """Log in to the server, on a worker thread."""
        if self._box is None:
            return
        self._plain, typed = self._box.answers()
        self._secrets = {**{key: secret for key, secret in typed.items() if secret}, **self._obtained}
        self._begin(TRYING, tr("Logging in…"))
        self._run(self._try, "account check", self._logged_in)

    def _try(self, _progress: Callable[[int, int], object], _stop: threading.Event) -> object:
        number = self._account.id if self._account else None
        return self._bench.accounts.try_out(self.channel.kind, self._plain, self._secrets, number)

    def _logged_in(self, login: Found) -> None:
        self._login = login
        keys = {field.key for field in self.channel.fields}
        self._end("", "ok")
        if any(key in keys and to_choose(values) for key, values in login.offers.items()):
            self._offer(login)
            self._say(login.sentence, "ok")
        else:
            self._say(login.sentence, "ok")
            self._save()

    def _accept_offers(self) -> None:
        if self._offers is None:
            return
        missing = self._offers.missing()
        if missing:
            self._say(tr("Choose at least one under “{label}”.").format(label=missing), "danger")
            return
        self._plain |= self._offers.answers()
        self._save()

    # --- saving

    def _store(self) -> None:
        """Save the fields as typed, without logging in."""
        if self._box is None:
            return
        self._login = None
        self._plain, typed = self._box.answers()
        self._secrets = {**{key: secret for key, secret in typed.items() if secret}, **self._obtained}
        self._save()

    def _save(self) -> None:
        """Save on a worker thread: the keyring may block until the person unlocks it."""
        self._name = self._box.name.text() if self._box is not None else ""
        self._begin(KEEPING, self.status.text())
        self._run(self._save_on_worker, "account keep", self._kept)

    def _save_on_worker(self, _progress: Callable[[int, int], object], _stop: threading.Event) -> object:
        desk = self._bench.accounts
        if self._account is None:
            account, note = desk.add(self.channel.kind, self._name, self._plain, self._secrets, self._login)
        else:
            note = desk.change(self._account.id, self._plain, self._secrets, self._login, self._name)
            account = desk.get(self._account.id)
        self._name = account.name  # where none was typed, it has one by now
        if not account.assisted:
            return note
        from app.intake.reported import sentence  # noqa: PLC0415  most accounts are read by themselves

        return " ".join(filter(None, (note, sentence(self._bench.reported.move_over(account.id), account.name))))

    def _kept(self, note: object) -> None:
        self.busy = IDLE
        done = tr("{name}: connected. Messages are on their way.") if self._account is None else tr("{name} saved.")
        done = done if self.channel.live or self._account is not None else tr("{name} added.")
        done = done if self._login is not None else tr("{name} saved without checking.")
        self.first = self.first and self.channel.live  # an assisted account receives nothing by itself
        self.sentence = f"{done.format(name=text.name(self._name))} {note}".strip()
        if self._box is not None:
            self._box.unsaved.saved()
        self.accept()

    # --- shared

    def _run(self, work: Callable[..., object], name: str, then: Callable[..., object]) -> None:
        self._working = Working(work, name)
        self._working.finished.connect(then)
        self._working.failed.connect(self._fails)
        self._working.start()

    def _begin(self, busy: str, words: str) -> None:
        self.busy, self._url = busy, ""
        if self._box is not None:
            self._box.remember()
        self._say(words)
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_buttons()

    def _end(self, words: str, tone: str) -> None:
        self.busy, self._url = IDLE, ""
        self._say(words, tone)
        self._show_buttons()

    def _fails(self, why: UserError | None) -> None:
        """Show the error (None for a bug of ours) and focus the field it is about."""
        self._has_failed = True
        self.sentence = ""
        if isinstance(why, AuthNeeded):  # what the browser brought is no good: the next try signs in anew
            self._obtained = {}
        if self.busy == KEEPING and self._box is not None and self.step == OFFERED:
            self.busy = IDLE
            self._go_back()
        self._end(str(why or our_mistake()), "danger")
        if self._box is not None:
            field = self._box.field_of(why)
            if field is not None:
                self._box.go_to(field)
            else:
                self._box.resume()

    def _say(self, words: str, tone: str = "text2") -> None:
        """Show a sentence above the buttons; the window grows for it rather than squeeze the fields."""
        self.status.set_tone(tone)
        self.status.setText(words)
        self.status.setVisible(bool(words))
        self._fit()

    def _fit(self) -> None:
        """Grow to the content, at most to the screen; beyond that the content scrolls above the buttons."""
        screen = self.screen().availableGeometry()
        room = screen.height() - _WINDOW_FRAME_HEIGHT
        wide = min(
            max(self.width() if self.isVisible() else 0, fonts.px(_DIALOG_WIDTH)), screen.width() - _WINDOW_FRAME_HEIGHT
        )
        self.setMinimumWidth(min(fonts.px(_DIALOG_WIDTH), wide))
        self._stack.setMinimumHeight(0)
        wanted = _wanted_height(self, self._page_of(self.step).column, wide - 48)
        rest = self._column.totalMinimumHeightForWidth(wide)
        self._stack.setMinimumHeight(max(fonts.px(120), min(wanted, room - rest)))
        self._column.activate()
        needed = self._column.totalMinimumHeightForWidth(wide)
        self.resize(wide, min(room, max(needed, self.height() if self.isVisible() else 0)))  # steps change no size
        if self.isVisible() and self.frameGeometry().bottom() > screen.bottom():
            self.move(self.x(), max(screen.top(), screen.bottom() - self.frameGeometry().height()))

    def _cancelled(self) -> None:
        if self.busy == BROWSING and self._signing is not None:
            self._signing.stop()
        else:
            self.reject()

    def reject(self) -> None:
        """Close and stop waiting for the browser; a login under way goes on, but its result is ignored.

        What was typed is kept, but for secrets.
        """
        if self._signing is not None:
            self._signing.stop()
        super().reject()
        if self._box is not None and self._box.unsaved.end():
            self.left.emit(self.windowTitle())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Ctrl+Enter go on; F1 says how to connect; Esc closes."""
        if event.key() == Qt.Key.Key_F1:
            self.guiding.show()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.step != CHOOSING:
                self.try_out()
            return
        super().keyPressEvent(event)


def _find(kind: str, asked: Mapping[str, str], _progress: object, _stop: object) -> Suggested:
    return finding.find(kind, asked)


def _wanted_height(form: AccountForm, column: QVBoxLayout, wide: int) -> int:
    """The height in pixels at which all of a step is visible."""
    if form.step == CHOOSING:
        return min(form.chooser.height_wanted(), fonts.px(640))
    return column.heightForWidth(wide) if column.hasHeightForWidth() else column.sizeHint().height()
