"""The accounts page: our logins and their health, connecting another, and the register."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.base.errors import UserError
from app.base.mistakes import our_mistake
from app.base.words import N_
from ui.frame import unsaved
from ui.frame.doing import announce, show_errors
from ui.frame.files import save_path
from ui.frame.page import Page
from ui.frame.working import Working
from ui.look import text
from ui.look.text import tr
from ui.look.theme import theme
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.labels import Heading, Label
from ui.widgets.panels import EmptyState, PageHeader, Panel, Scroll

if TYPE_CHECKING:
    from app.accounts import Account, Accounts
    from app.store.changes import Changes
    from app.sync import Pulled
    from ui.pages.accounts.form import AccountForm
    from ui.pages.accounts.panel import AccountPanel

_MAX_COLUMN_WIDTH = 880
_GROUPS = {
    "live": N_("Connected"),
    "assisted": N_("Assisted: Rapport reads the notification e-mails, you post"),
    "demo": N_("Demo: nothing is read or sent there"),
    "file": N_("From imported files: nothing is read or sent there"),
}
"""How accounts work, in the order of the page."""
_KEYRING_NOTE = N_("Passwords are kept in your system keyring, never in this file")


class AccountsPage(Page):
    """Connect, check, fetch, pause, edit, remove; export the register."""

    id: ClassVar[str] = "accounts"
    title: ClassVar[str] = N_("Accounts")
    icon: ClassVar[str] = "plug"
    _pulled = Signal(object, object)
    _form: AccountForm | None = None

    def build(self) -> None:
        """Build a column of panels, one per account."""
        self.panels: list[AccountPanel] = []
        self._results: dict[int, tuple[str, str]] = {}
        self._asking = 0
        self._action_before: int | None = None
        self._pulled.connect(self._show_pulled, Qt.ConnectionType.QueuedConnection)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._header = PageHeader(tr("Accounts"), tr(_KEYRING_NOTE))
        self._export = ActionButton(tr("Export the register"), "file-up", kind="plain")
        self._export.clicked.connect(self.export_register)
        self._fetch_all = ActionButton(tr("Fetch now"), "refresh-cw", "F5", kind="plain")
        self._fetch_all.clicked.connect(self._fetch)
        self._connect = ActionButton(tr("Connect an account"), "plug", kind="primary")
        self._connect.clicked.connect(self.connect_account)
        for button in (self._export, self._fetch_all, self._connect):
            self._header.add(button)
        column.addWidget(self._header)
        self._scroll = Scroll((24, 16, 20, 16), 10, most=_MAX_COLUMN_WIDTH)
        column.addWidget(self._scroll, 1)
        self._foot = LinkButton(tr("Export the register"))
        self._foot.clicked.connect(self.export_register)
        foot = QHBoxLayout()
        foot.setContentsMargins(22, 0, 20, 0)
        foot.addWidget(self._foot)
        foot.addStretch(1)
        column.addLayout(foot)
        self._keyring = ""
        self._live = False
        theme().changed.connect(self._narrow)
        self._fill()
        self._ask_keyring()

    # --- the keyring

    def _ask_keyring(self) -> None:
        """Ask on a worker thread whether there is a keyring: it may be slow."""
        working = Working(self._keyring_warning, "keyring")
        working.finished.connect(self._keyring_said)
        working.start()

    def _keyring_warning(self, _progress: Callable[[int, int], object], _stop: threading.Event) -> object:
        return self.bench.accounts.keyring()

    def _keyring_said(self, words: object) -> None:
        self._keyring = str(words)
        if self._keyring:
            self._header.line.setText("")
            self._fill()

    def _notice(self) -> Panel:
        """The warning that there is no keyring, shown where passwords are asked for."""
        made = Panel(fill="warn_bg", edge="", radius=8, margin=12)
        made.setAccessibleName(self._keyring)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Icon("key-round", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(self._keyring, "body", wrap=True), 1)
        made.column.addLayout(row)
        return made

    # --- Page

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        return {"connect": self.connect_account}

    def open(self, target: object) -> None:
        """Open the connect form if the target is "new", once the page is shown."""
        if target == "new":
            QTimer.singleShot(0, self, self.connect_account)

    def panes(self) -> Sequence[QWidget]:
        """The first account's first button, if any."""
        return [button for panel in self.panels[:1] for button in list(panel.buttons.values())[:1]]

    def activate(self) -> None:
        """Focus the first account's first button."""
        for pane in self.panes():
            pane.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Rebuild the panels if an account changed."""
        if changes.touches("account") or (changes.touches("message") and not self._is_progress_shown()):
            self._fill()

    def _is_progress_shown(self) -> bool:
        """Show how far the histories have been read; False if a panel has to be built anew for that."""
        reading = [panel for panel in self.panels if panel.account.live]
        return all(panel.show_progress(self.bench.accounts.cursor(panel.account.id)) for panel in reading)

    def _fill(self) -> None:
        from ui.pages.accounts.panel import AccountPanel  # noqa: PLC0415  the channels' shapes are loaded with it

        focus = self._focused()
        self._scroll.clear()
        accounts = self.bench.accounts.all()
        live = any(account.mode != "file" for account in accounts)
        self._live = live
        self._narrow()
        self.panels = []
        if self._keyring:
            self._scroll.column.addWidget(self._notice())
        if not accounts:
            self._scroll.column.addWidget(self._empty())
            return
        here = ""
        modes = {account.mode for account in accounts}
        for account in sorted(accounts, key=lambda account: list(_GROUPS).index(account.mode)):
            if account.mode != here and (len(modes) > 1 or account.mode != "live"):
                if here:
                    self._scroll.column.addSpacing(10)
                self._scroll.column.addWidget(Heading(tr(_GROUPS[account.mode])))
            here = account.mode
            asking = self._question(account) if account.id == self._asking else ""
            result = self._results.get(account.id, ("", ""))
            cursor = self.bench.accounts.cursor(account.id) if account.live else {}
            last_message = self.bench.written_down.last(account.id) if account.assisted else None
            note = self.bench.accounts.notes.note(account.id)
            reads_at = self.bench.sync.reads_at(account)
            panel = AccountPanel(account, self, cursor, reads_at, result, asking, last_message, note)
            self.panels.append(panel)
            self._scroll.column.addWidget(panel)
        self._scroll.column.addStretch(1)
        self._focus_again(focus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adapt the header to the width."""
        super().resizeEvent(event)
        self._narrow()

    def _narrow(self) -> None:
        self._connect.set_title(tr("Connect an account"))
        widgets = (self._header.title, self._export, self._fetch_all, self._connect)
        narrow = sum(widget.sizeHint().width() + 10 for widget in widgets) + 54 > self.width()
        self._export.setVisible(self._live and not narrow)
        self._fetch_all.setVisible(self._live and not narrow)
        if narrow:
            self._connect.set_title(tr("Connect"))
        self._foot.setVisible(self._live and narrow)

    def _empty(self) -> EmptyState:
        words = tr("No accounts connected yet.")
        more = tr(
            "A mailbox needs two things: your address and its password. A Mastodon account needs its server’s name."
        )
        return EmptyState("plug", words, tr("Connect an account"), self.connect_account, more)

    def _focused(self) -> tuple[int, str]:
        """The account id and button key that have the focus; (0, "") if none has."""
        focus = QApplication.focusWidget()
        for panel in self.panels:
            for key, button in panel.buttons.items():
                if button is focus:
                    return panel.account.id, key
        return 0, ""

    def _focus_again(self, focus: tuple[int, str]) -> None:
        number, key = focus
        for panel in self.panels:
            if panel.account.id == number and panel.buttons:
                button = panel.buttons.get(key) or next(iter(panel.buttons.values()))
                button.show()
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- connecting and changing

    def connect_account(self) -> None:
        """Open the form for a new account."""
        self._ask(None)

    def _ask(self, account: Account | None) -> None:
        from ui.pages.accounts.form import AccountForm  # noqa: PLC0415  the channels are loaded with it

        self._form = form = AccountForm(self.bench, self.window(), account, forms=self.frame.memory.forms)
        form.first = account is None and not any(other.live or other.assisted for other in self.bench.accounts.all())
        unsaved.say_left(self.frame, form.left)
        form.finished.connect(self._asked)
        form.open()

    def _asked(self, outcome: int) -> None:
        """React to the closed form: show its toast and fetch."""
        form = self._form
        if form is None:
            return
        self._form = None
        if outcome == QDialog.DialogCode.Accepted:
            self.frame.toast(form.sentence)
            self.bench.fetch()
            if form.first:
                self.frame.go("inbox")
        form.deleteLater()

    def _write_down(self, account: Account) -> None:
        from ui.dialogs.write_down import ask  # noqa: PLC0415  only for assisted accounts

        ask(self.frame, account.id)

    def _fetch(self) -> None:
        self.frame.run("sync")

    # --- an account's buttons

    def act(self, account: Account, action: str) -> None:
        """Carry out the button with the key `action` of an account."""
        desk = self.bench.accounts
        asking = {
            "change": self._ask, "write_down": self._write_down, "register": self._note_register,
            "signatures": self._edit_signatures, "manners": self._edit_manners, "check": self._check,
            "try": self._try_now,
        }  # fmt: skip
        with show_errors(self.frame):
            if action in asking:
                asking[action](account)
            elif action == "stop":
                desk.stop_history(account.id)
            elif action == "continue":
                desk.stop_history(account.id, stopped=False)
                self._try_now(account)
            elif action in ("remove", "keep"):
                self._asking = account.id if action == "remove" else 0
                self._fill()
            else:
                self._results.pop(account.id, None)
                {"pause": desk.pause, "resume": desk.resume, "remove_now": self._remove}[action](account.id)

    def _say(self, number: int, words: str, tone: str) -> None:
        self._results[number] = (words, tone)
        self._fill()

    def _check(self, account: Account) -> None:
        """Log in on a worker thread and show the result in the panel."""
        self._say(account.id, tr("Logging in…"), "text2")
        working = Working(partial(_checks, self.bench.accounts, account.id), "account check")
        working.finished.connect(self._checked)
        working.failed.connect(self._check_broke)
        working.start()

    def _checked(self, outcome: tuple[int, str, str]) -> None:
        self._say(*outcome)

    def _check_broke(self, _why: UserError | None) -> None:
        self._results.clear()
        self._fill()
        self.frame.fail(our_mistake())

    def _try_now(self, account: Account) -> None:
        """Fetch this account now, as a job of its own, and show the result in the panel."""
        self._say(account.id, tr("Reading…"), "text2")
        self.bench.sync.fetch(partial(self._pulled.emit, account.id), only=account.id)

    def _show_pulled(self, number: int, line: Pulled) -> None:
        if line.error:
            self._say(number, line.error, "danger")
            return
        came = tr("{count} new").format(count=line.new) if line.new else tr("Nothing new")
        self._say(number, tr("Read just now. {result}.").format(result=came), "ok")

    def _question(self, account: Account) -> str:
        """The question before removing an account: what goes, and what stays."""
        waiting = sum(entry.account_id == account.id for entry in self.bench.outbox.entries())
        words = tr(
            "Remove {account}? Rapport forgets its password and no longer reads or sends there. Its "
            "messages, members and register entry stay; to continue, connect it again under the "
            "same name."
        ).format(account=text.embed(account.name))
        if waiting:
            more = text.counted(
                waiting, "{count} reply is waiting to be sent there.", "{count} replies are waiting to be sent there."
            )
            words = f"{words} {more}"
        return words

    def _remove(self, number: int) -> None:
        self._asking = 0
        name = text.name(self.bench.accounts.get(number).name)
        self.bench.accounts.remove(number)
        self.frame.toast(tr("{name} removed. Its messages stay.").format(name=name))

    # --- the register

    def _note_register(self, account: Account) -> None:
        from ui.pages.accounts.register import RegisterForm  # noqa: PLC0415  at its first use

        self._action_before = self.bench.store.last_action
        form = RegisterForm(self.bench, self.window(), account)
        form.finished.connect(partial(self._noted, account.name))
        unsaved.open_dialog(self.frame, form, account.id)

    def _noted(self, name: str, outcome: int) -> None:
        """React to the closed register form."""
        if outcome == QDialog.DialogCode.Accepted:
            words = tr("Register entry of {name} saved.").format(name=text.name(name))
            announce(self.frame, words, self._action_before)

    def _edit_signatures(self, account: Account) -> None:
        from ui.pages.accounts.signatures import SignaturesForm  # noqa: PLC0415  at its first use

        self._action_before = self.bench.store.last_action
        form = SignaturesForm(self.bench, self.window(), account)
        form.finished.connect(partial(self._signed, account.name))
        unsaved.open_dialog(self.frame, form, account.id)

    def _signed(self, name: str, outcome: int) -> None:
        """React to the closed form of signatures."""
        if outcome == QDialog.DialogCode.Accepted:
            announce(self.frame, tr("Signatures of {name} saved.").format(name=text.name(name)), self._action_before)

    def _edit_manners(self, account: Account) -> None:
        from ui.pages.accounts.manners import MannersForm  # noqa: PLC0415  at its first use

        self._action_before = self.bench.store.last_action
        form = MannersForm(self.bench, self.window(), account)
        form.finished.connect(partial(self._mannered, account.name))
        unsaved.open_dialog(self.frame, form, account.id)

    def _mannered(self, name: str, outcome: int) -> None:
        """React to the closed form of manners."""
        if outcome == QDialog.DialogCode.Accepted:
            announce(self.frame, tr("Notes on {name} saved.").format(name=text.name(name)), self._action_before)

    def export_register(self) -> None:
        """Export the register of all accounts as CSV; it contains no secrets."""
        day = clock.local(clock.now()).date().isoformat()
        path = save_path(self.window(), tr("Export the register"), f"accounts-{day}.csv")
        if path is None:
            return
        from app.export import Options  # noqa: PLC0415  loaded at first use
        from app.export.lists import write_register  # noqa: PLC0415  as above

        with show_errors(self.frame):
            done = write_register(path, self.bench.accounts.all(), Options(replace=True))
            self.frame.toast(tr("Register exported to {file}. It contains no passwords.").format(file=done.path.name))


def _checks(desk: Accounts, number: int, _progress: object, _stop: object) -> tuple[int, str, str]:
    """Log in, on a worker; return (account id, sentence, tone) of success or failure."""
    try:
        return number, desk.check(number).sentence, "ok"
    except UserError as why:
        return number, str(why), "danger"
