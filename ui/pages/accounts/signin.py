"""Signing in by the system's browser, off the window's thread: the address comes as a signal, and the secrets do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from app.accounts import Accounts
from app.base.errors import UserError
from app.channels.signin import Loopback, NotSignedInError, sign_in
from ui.frame.working import Working


class SigningIn(QObject):
    """One login. `opened` carries the address when the browser is to show it, `finished` the secrets by name.

    `failed` carries the UserError, None for a fault of ours; `stopped` says that the person did not want it.
    """

    opened = Signal(str)
    finished = Signal(object)
    failed = Signal(object)
    stopped = Signal(str)
    _show = Signal(str)

    def __init__(self, desk: Accounts, kind: str, plain: Mapping[str, str], secret: Mapping[str, str]) -> None:
        """The form's answers; nothing begins before `start`."""
        super().__init__()
        self._desk, self._kind, self._plain, self._secret = desk, kind, dict(plain), dict(secret)
        self._number: int | None = None
        self._listening: Loopback | None = None
        self._stopped = False
        self._show.connect(self._shown, Qt.ConnectionType.QueuedConnection)
        self._working = Working(self._work, "sign in")
        self._working.finished.connect(self._finished)
        self._working.failed.connect(self._failed)

    def start(self, number: int | None = None) -> None:
        """Begin; with the `number` of an account, secrets left empty are the ones that it has."""
        self._number = number
        self._working.start()

    def stop(self) -> None:
        """The person waits no longer."""
        self._stopped = True
        if self._listening is not None:
            self._listening.cancel()

    def _work(self, _progress: Callable[[int, int], object], _stop: threading.Event) -> object:
        with Loopback() as listening:
            self._listening = listening
            if self._stopped:
                listening.cancel()
            secret = self._secret if self._number is None else self._desk.known(self._number, self._secret)
            try:
                return sign_in(self._kind, {**self._plain, **secret}, self._show.emit, listening)
            except NotSignedInError:
                if self._stopped:
                    return None
                raise

    def _shown(self, url: str) -> None:
        if not self._stopped:
            self.opened.emit(url)

    def _finished(self, secrets: object) -> None:
        if secrets is None or self._stopped:
            self.stopped.emit("")
        else:
            self.finished.emit(secrets)

    def _failed(self, why: UserError | None) -> None:
        if self._stopped:
            self.stopped.emit("")
        else:
            self.failed.emit(why)


def open_in_browser(url: str) -> bool:
    """Show an address in the system's browser; False where there is none."""
    return bool(QDesktopServices.openUrl(QUrl(url)))
