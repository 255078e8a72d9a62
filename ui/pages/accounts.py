"""The accounts page: our logins, how each is doing, and connecting another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from app import clock
from ui import fonts, icons, text
from ui.doing import told
from ui.pages.base import Page
from ui.text import tr
from ui.widgets.actionrow import ActionRow
from ui.widgets.avatar import Chip, Icon
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.panels import EmptyState, PageHeader, Panel, Scroll

if TYPE_CHECKING:
    from app.accounts.desk import Account
    from app.store.changes import Changes


class AccountsPage(Page):
    """Connect, check, pause, change, remove."""

    id: ClassVar[str] = "accounts"
    title: ClassVar[str] = "Accounts"
    icon: ClassVar[str] = "plug"

    @classmethod
    def count(cls, bench: Any) -> int:  # noqa: ANN401  as the base says
        """Logins that want the person."""
        return sum(account.state == "needs_login" for account in bench.accounts.all())

    def build(self) -> None:
        """A column of panels, one an account."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = PageHeader(tr("Accounts"), tr("Passwords lie in the system's keyring, never in the file"))
        fetch = ActionButton(tr("Fetch now"), "refresh-cw", "F5", kind="plain")
        fetch.clicked.connect(self._fetch)
        connect = ActionButton(tr("Connect an account"), "plug", kind="primary")
        connect.clicked.connect(self.connect_account)
        header.add(fetch)
        header.add(connect)
        column.addWidget(header)
        self._scroll = Scroll((24, 16, 20, 16), 10)
        column.addWidget(self._scroll, 1)
        self._fill()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Connecting."""
        return {"connect": self.connect_account}

    def open(self, target: object) -> None:
        """Open the form where the target is "new"; after the page has come up, for it waits until it is closed."""
        if target == "new":
            QTimer.singleShot(0, self, self.connect_account)

    def refresh(self, changes: Changes) -> None:
        """Read again when an account changed."""
        if changes.touches("account"):
            self._fill()

    def _fill(self) -> None:
        self._scroll.clear()
        found = self.bench.accounts.all()
        if not found:
            words = tr("No account is connected yet.")
            more = tr("A mailbox takes two fields: your address and its password.")
            self._scroll.column.addWidget(
                EmptyState("plug", words, tr("Connect an account"), self.connect_account, more)
            )
            return
        for account in found:
            self._scroll.column.addWidget(AccountPanel(account, self))
        self._scroll.column.addStretch(1)

    def connect_account(self) -> None:
        """Ask for a new login."""
        self._ask(None)

    def _ask(self, account: Account | None) -> None:
        from ui.accounts.form import AccountForm  # noqa: PLC0415  the channels are loaded with it

        form = AccountForm(self.bench, self.window(), account)
        if form.exec() == QDialog.DialogCode.Accepted:
            self.frame.toast(
                form.sentence or (tr("Connected. Messages are on their way.") if account is None else tr("Kept."))
            )
            self.bench.fetch()
        form.deleteLater()

    def _fetch(self) -> None:
        self.frame.run("sync")

    def act(self, account: Account, what: str) -> None:
        """Do what a button of an account says."""
        desk = self.bench.accounts
        with told(self.frame):
            if what == "change":
                self._ask(account)
            elif what == "pause":
                desk.pause(account.id)
            elif what == "resume":
                desk.resume(account.id)
            elif what == "remove":
                desk.remove(account.id)
                self.frame.toast(
                    tr("Removed. What was said there stays; connect it again under the same name to go on.")
                )


class AccountPanel(Panel):
    """One account and how it is doing."""

    def __init__(self, account: Account, page: AccountsPage) -> None:
        """Buttons say what they do in words."""
        super().__init__(margin=14)
        self._account, self._page = account, page
        self.setMaximumWidth(fonts.px(880))
        words, tone = health(account)
        self.setAccessibleName(f"{account.name}, {words}")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon(icons.for_channel(account.kind), "text2"))
        head.addWidget(Label(text.plain(account.name), "strong"))
        head.addWidget(ElidedLabel(", ".join(account.own) if account.live else "", "meta", "text2"), 1)
        head.addWidget(Chip(words, tone))
        self.column.addLayout(head)
        if account.error:
            self.column.addWidget(Label(account.error, "body", "danger", wrap=True))
        if account.live:
            self.column.addWidget(Label(_times(account), "meta", "text2", wrap=True))
            self.column.addWidget(self._buttons(account))

    def _buttons(self, account: Account) -> ActionRow:
        pausing = ("resume", tr("Go on")) if account.state == "paused" else ("pause", tr("Pause"))
        row = ActionRow((("change", tr("Change")), pausing, ("remove", tr("Remove"))), ("pause", "resume", "remove"))
        row.pressed.connect(self._pressed)
        return row

    def _pressed(self, what: str) -> None:
        self._page.act(self._account, what)


def health(account: Account) -> tuple[str, str]:
    """How an account is doing, in words, and the tone of it."""
    if account.mode != "live":
        return (tr("Demo"), "") if account.mode == "demo" else (tr("From a file"), "")
    if account.state == "needs_login":
        return tr("Wants its password"), "danger"
    if account.state == "paused":
        return tr("Paused"), ""
    if account.error:
        return tr("Fails"), "warn"
    return (tr("Works"), "ok") if account.ok_at else (tr("Not read yet"), "")


def _times(account: Account) -> str:
    now = clock.now()
    parts = [tr("Last read {0}").format(text.stamp(account.ok_at, now))] if account.ok_at else []
    if account.next_at and account.state == "on" and account.next_at > now:
        parts.append(tr("next at {0}").format(text.clock(account.next_at)))
    return ", ".join(parts)
