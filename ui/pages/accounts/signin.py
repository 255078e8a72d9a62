"""OAuth sign-in through the system's browser, on a worker thread, with its results as Qt signals."""

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
    """One sign-in. `opened` carries the URL to open in the browser, `finished` the secrets by field key.

    `failed` carries the UserError, or None for a bug of ours; `stopped` is emitted if the person stopped it.
    """

    opened = Signal(str)
    finished = Signal(object)
    failed = Signal(object)
    stopped = Signal(str)
    _show = Signal(str)

    def __init__(self, desk: Accounts, kind: str, plain: Mapping[str, str], secret: Mapping[str, str]) -> None:
        """Take the form's plain and secret values; nothing happens before `start`."""
        super().__init__()
        self._desk, self._kind, self._plain, self._secret = desk, kind, dict(plain), dict(secret)
        self._number: int | None = None
        self._listening: Loopback | None = None
        self._stopped = False
        self._show.connect(self._url_received, Qt.ConnectionType.QueuedConnection)
        self._working = Working(self._work, "sign in", halt=self.stop)
        self._working.finished.connect(self._finished)
        self._working.failed.connect(self._failed)

    def start(self, number: int | None = None) -> None:
        """Start; with an account id `number`, empty secrets are taken from that account."""
        self._number = number
        self._working.start()

    def stop(self) -> None:
        """Stop waiting for the browser."""
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

    def _url_received(self, url: str) -> None:
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
    """Open a URL in the system's browser; False if that failed."""
    return bool(QDesktopServices.openUrl(QUrl(url)))
