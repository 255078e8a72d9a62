"""The desktop application: one QApplication, one window per file, and the handling of uncaught errors."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QCryptographicHash, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from app.base import clock
from app.base.errors import UserError
from app.base.mistakes import our_mistake
from app.base.paths import Profile
from ui.frame import working
from ui.frame.memory import Memory
from ui.look import fonts, text
from ui.look.theme import theme
from ui.shell.garbage import Sweeper
from ui.shell.lock import WindowLock
from ui.shell.relay import Relay
from ui.shell.stopping import Stopping
from ui.shell.window import Window
from ui.widgets.unsaved import Forms

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

    from app.safety.backup import Restored
    from app.workbench import Workbench

_PULSE_MS = 2_000
_MAX_CONNECT_TRIES = 15
_READ_AHEAD_MS = 2_000  # what the window itself needs is read by then
_LEFT_OVER_MS = 400


def qt_application(argv: list[str] | None = None) -> QApplication:
    """The QApplication, with the Fusion style and our fonts; created at the first call."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QGuiApplication.setDesktopFileName("rapport")
    # The style is set here rather than by `setStyle`, whose return value makes PySide6 load every style class: 3 ms.
    made = QApplication([*(argv or sys.argv[:1]), "-style", "Fusion"])
    made.setApplicationName("rapport")
    made.setApplicationDisplayName("Rapport")
    made.setQuitOnLastWindowClosed(True)
    fonts.load()
    return made


class Application(QObject):
    """Opens a profile in a window. A demo runs on a throwaway profile that is deleted on close."""

    def __init__(self, profile: Profile, *, demo: bool = False) -> None:
        """Open nothing before `start`."""
        super().__init__()
        self.qt = qt_application()
        self.profile, self.demo = profile, demo
        self.bench: Workbench | None = None
        self.window: Window | None = None
        self.relay: Relay | None = None
        self._server: QLocalServer | None = None
        self._throwaway: Profile | None = None
        self._beats = 0
        self._began = 0
        self._lock = WindowLock(profile.folder)
        self._hooks = _Hooks(self)
        self._sweeper = Sweeper(self)
        self._pulse = QTimer(self)
        self._pulse.setInterval(_PULSE_MS)
        self._pulse.timeout.connect(self._on_pulse)

    def run(self) -> int:
        """Open the window, run the event loop until it is closed, and return the process's exit status."""
        if not self.demo and not self._lock.take() and self._raise_first():
            return 0
        self._hooks.install()
        with Stopping(self.qt) as stopping:
            try:
                self.start()
                return stopping.status_of(self.qt.exec)
            except UserError as why:
                return stopping.status_of(self.qt.exec) if self._offer_rescue(why) else 1
            finally:
                self.close()
                self._lock.free()
                self._hooks.remove()

    def start(self) -> Window:
        """Open the file, show the window and return it. Raises UserError if the file cannot be opened."""
        try:
            self._open(self._new_demo() if self.demo else self.profile)
        except Exception as why:
            from app.store.failures import as_sentence  # noqa: PLC0415  only after an error

            sentence = as_sentence(why, self.profile.file)  # a damaged file, as found by the first page
            if sentence is None:
                raise
            raise sentence from why
        window = self.window
        assert window is not None  # noqa: S101  _open has just made it
        return window

    def close(self) -> None:
        """Close the window and the file, and delete the demo's folder."""
        self._pulse.stop()
        self._sweeper.stop()
        if self.window is not None:
            self.window.closed.disconnect(self._window_closed)
            self.window.end_now()
            self.window.close()
            working.leave_all()  # while the window is there, which the work may still look at
            self.window.deleteLater()
            # Delete now, while the file is open: a timer of the window must not read a closed file.
            QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete.value)
            self.window = None
        if self.bench is not None:
            self.bench.close()
            self.bench = None
        if self._throwaway is not None:
            import shutil  # noqa: PLC0415  only a demo needs it

            from app.base import autostart  # noqa: PLC0415  as above

            autostart.place(self._throwaway.folder).unlink(missing_ok=True)
            shutil.rmtree(self._throwaway.folder, ignore_errors=True)
            self._throwaway = None

    def trouble(self, error: BaseException, during: str) -> None:
        """Report an uncaught exception of any thread: a UserError in its own words, a bug with the log's path."""
        from app.store.failures import as_sentence  # noqa: PLC0415  as below

        profile = self.bench.profile if self.bench is not None else self.profile
        sentence = error if isinstance(error, UserError) else as_sentence(error, profile.file)
        if sentence is not None:
            words = str(sentence)
        else:
            from app.safety.log import write_error  # noqa: PLC0415  only after an error

            write_error(profile.log, error, during)
            words = our_mistake(profile.log)
        if self.relay is not None:
            self.relay.call(_Fail(self, words))

    @property
    def frame(self) -> Window | None:
        """The open window as pages see it."""
        return self.window

    @property
    def parent_widget(self) -> QWidget | None:
        """The open window as the parent of dialogs."""
        return self.window

    def fail(self, words: str) -> None:
        """Show an error in the window, if there is one."""
        if self.window is not None:
            self.window.fail(words)

    # Opening

    def _open(self, profile: Profile) -> None:
        from app.workbench import Workbench  # noqa: PLC0415  after Qt, so that startup profiles separate them

        self._began = clock.now()
        bench = Workbench(profile)
        self.bench, self.profile = bench, profile if not self.demo else self.profile
        theme().choose(bench.settings.text("theme"), bench.settings.number("text_size") / 100)
        if self.relay is None:
            theme().follow_system()
        self.relay = Relay(self)
        bench.store.listen(self.relay.hear)
        window = self.window = Window(bench, Memory(profile.folder, Forms(bench.kept_forms)))
        window.setWindowIcon(_mark())
        self.relay.changed.connect(window.refresh)
        window.asked.connect(self._asked)
        window.closed.connect(self._window_closed)
        window.painted.connect(self._painted)
        if bench.is_empty:
            window.overlays.show_first_run().chosen.connect(self._first_run_chosen)
        else:
            window.go(window.first_page())
        window.show()

    def _new_demo(self) -> Profile:
        from app.demo import throwaway  # noqa: PLC0415  only a demo needs it

        self._throwaway = throwaway()
        return self._throwaway

    def _reopen(self, profile: Profile, *, demo: bool, first: Callable[[], object] | None = None) -> bool:
        """Close this file, call `first`, and open another in a new window; False if that failed.

        A UserError of `first` is shown once the file is open, unchanged.
        """
        self.close()
        if profile != self.profile or (self.demo and not demo):  # an application started as a demo holds no lock
            self._lock.free()
            self._lock = WindowLock(profile.folder)
            if not self._lock.take() and self._raise_other(profile):
                self.qt.quit()
                return False
        self.demo, self.profile = demo, profile
        refused = ""
        try:
            if first is not None:
                first()
        except UserError as why:
            refused = str(why)
        try:
            self.start()
        except UserError as why:
            if not self._offer_rescue(UserError(refused) if refused else why):
                self.qt.exit(1)
                return False
        if refused:
            self.fail(refused)
        return not refused

    def _offer_rescue(self, why: UserError) -> bool:
        """Show why the file cannot be opened, and the ways back; True if one is open now."""
        theme().apply()
        sys.stderr.write(f"{why}\n")
        if QGuiApplication.platformName() == "offscreen":
            return False
        if self.demo:
            from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415  only if the file cannot be opened

            box = QMessageBox(QMessageBox.Icon.NoIcon, "Rapport", str(why))
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.exec()
            return False
        from ui.shell.recovery import recover  # noqa: PLC0415  as above

        return recover(self, why)

    def _painted(self) -> None:
        """Start the rest after the first paint, one event loop turn each so that input is handled in between."""
        self._sweeper.start()
        if QGuiApplication.platformName() == "offscreen":
            sys.stderr.write("The workbench is open, without a screen.\n")
        listen = (self._say_demo,) if self.demo else (self._listen,)
        steps = (
            self._keep_log, self._begin_work, self._recount, *listen, self._pulse.start, self._follow_blocks,
            self._load_ahead,
        )  # fmt: skip
        for step in steps:
            QTimer.singleShot(0, step)
        QTimer.singleShot(_LEFT_OVER_MS, self, self._show_left_over)
        QTimer.singleShot(_READ_AHEAD_MS, self, self._read_ahead)

    def _say_demo(self) -> None:
        """Say that nothing in a throwaway demo is kept, before somebody sets something up in it."""
        if self.window is not None:
            self.window.throwaway = True
            self.window.show_community()
            words = text.tr("Look around: nothing here is kept, and nothing is sent.")
            self.window.toast(words, partial(QTimer.singleShot, 0, self.leave_demo), link=text.tr("Leave the demo"))

    def _keep_log(self) -> None:
        from app.safety import log  # noqa: PLC0415  4 ms; nothing is logged before this point

        if self.bench is not None:
            log.install_handler(self.bench.profile.log)

    def _begin_work(self) -> None:
        if self.bench is not None and self.window is not None:
            self.bench.start()
            self.window.strips.show_obstacle(self.bench.store.obstacle())

    def _show_left_over(self) -> None:
        """Show what the previous run left: replies still held, whose hold is renewed by now, and broken-off imports."""
        if self.bench is not None and self.window is not None and self.bench.outbox.counts()["held"]:
            self.window.strips.show_left_over(self._began)
            self.window.strips.show_cooling()
        if self.bench is not None and self.window is not None and self.bench.has_broken_off:
            self.window.strips.show_broken_off()

    @staticmethod
    def _read_ahead() -> None:
        from ui.shell import read_ahead  # noqa: PLC0415  after the first paint

        read_ahead.begin()

    def _load_ahead(self) -> None:
        """Load the pages' code piece by piece, once the window is used."""
        from ui.shell.load_ahead import LoadingAhead  # noqa: PLC0415  after the first paint

        handle = self.window.windowHandle() if self.window is not None else None
        if handle is not None:
            LoadingAhead(handle)

    def _follow_blocks(self) -> None:
        """Show in the rail how much of a working block is left, and see to the tray; both go with the window."""
        from ui.shell import bell, tray  # noqa: PLC0415  after the first paint

        if self.window is not None:
            bell.follow(self.window)
            tray.follow(self.window)

    def _recount(self) -> None:
        if self.window is not None:
            self.window.recount()

    def _on_pulse(self) -> None:
        """Check every 2 s whether another process wrote to the file, and every 20 s for what has fallen due."""
        if self.bench is not None and self.window is not None:
            from ui.shell.pulse import beat  # noqa: PLC0415  after the first paint

            beat(self.bench, self.window, self._beats)
            self._beats += 1

    def _window_closed(self) -> None:
        self.qt.quit()

    # Requests from the window

    def _asked(self, request: str) -> None:
        from ui.shell import errands  # noqa: PLC0415  nothing of it is needed for the first paint

        errands.answer(self, request)

    def _first_run_chosen(self, way: str) -> None:
        if way == "demo":
            self._reopen(self.profile, demo=True)
        elif way in {"connect", "bring_in"} and self.window is not None:
            self.window.overlays.end_first_run()
            self.window.go(self.window.first_page())
            self.window.run(way)
        else:
            self._asked(way)

    def leave_demo(self) -> None:
        """Delete the demo and return to the person's own file."""
        self._reopen(self.profile, demo=False)

    def open_profile(self, folder: Path) -> None:
        """Open the community in another folder. Raises UserError, with this one still open, if that is not our file."""
        from app.safety.backup import refuse_unopenable  # noqa: PLC0415  few sessions open another file

        refuse_unopenable(Profile(folder))
        self._reopen(Profile(folder), demo=False)

    def restore(self, profile: Profile, file: Path) -> bool:
        """Replace a community's file by a backup and open it; False if that failed, which is shown."""
        from app.safety.backup import bring_back  # noqa: PLC0415  once in a file's life

        if profile != self.profile:
            other = WindowLock(profile.folder)
            if not other.take():
                self.fail(
                    text.tr("{folder} is open in another Rapport window. Close it first.").format(folder=profile.folder)
                )
                return False
            other.free()
        done: list[Restored] = []
        opened = self._reopen(
            profile, demo=False, first=lambda: done.append(bring_back(profile, file, from_window=True))
        )
        if opened and done and self.window is not None:
            previous = done[0].kept
            words = text.tr("Backup restored.")
            more = text.tr("The previous file is kept as {file}.").format(file=previous.name if previous else "")
            self.window.toast(f"{words} {more}" if previous else words)
        return opened

    def show_damage(self) -> None:
        """Show the strip that says what was found to be wrong with the file, or remove it."""
        if self.bench is not None and self.window is not None:
            self.window.strips.show_damage(self.bench.file_trouble())

    def repair(self) -> None:
        """Close the file, whose damage was noticed, offer to repair it, and open it again, repaired or not."""
        from app.base.errors import DamagedFileError  # noqa: PLC0415  once in a file's life
        from ui.shell.recovery import offer_repair  # noqa: PLC0415  as above

        if self.bench is None:
            return
        why = DamagedFileError(self.bench.file_trouble())
        self.qt.setQuitOnLastWindowClosed(False)
        try:
            self._reopen(self.profile, demo=self.demo, first=lambda: offer_repair(self.profile, why))
        finally:
            self.qt.setQuitOnLastWindowClosed(True)
        if self.bench is not None:
            self.bench.look_at_file_now()

    # One window per file

    def _socket_name(self) -> str:
        name = QCryptographicHash.hash(str(self.profile.file).encode(), QCryptographicHash.Algorithm.Sha256)
        return "rapport-" + bytes(name.data()).hex()[:24]

    def _raise_other(self, profile: Profile) -> bool:
        """Like `_raise_first`, for another file that is to be opened from here."""
        self.profile = profile
        return self._raise_first()

    def _raise_first(self) -> bool:
        """Raise the window of the process that has this file open; False if it does not answer.

        That process may be starting and listens only after its first paint, so retry for a few seconds.
        """
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415  only at a second start

        for _ in range(_MAX_CONNECT_TRIES):
            socket = QLocalSocket()
            socket.connectToServer(self._socket_name())
            if socket.waitForConnected(200):
                socket.write(b"raise\n")
                socket.waitForBytesWritten(500)
                return True
            time.sleep(0.2)
        return False

    def _listen(self) -> None:
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415  after the first paint

        if self._server is not None:
            self._server.close()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not self._server.listen(self._socket_name()):
            QLocalServer.removeServer(self._socket_name())  # stale socket of a killed process
            self._server.listen(self._socket_name())
        self._server.newConnection.connect(self._second_start)

    def _second_start(self) -> None:
        if self._server is not None and self._server.nextPendingConnection() is not None and self.window is not None:
            self.window.show()  # it may be in the tray
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()


class _Fail:
    """Shows an error; called on the window's thread."""

    def __init__(self, application: Application, words: str) -> None:
        self._application, self._words = application, words

    def __call__(self) -> None:
        self._application.fail(self._words)


class _Hooks:
    """Routes uncaught exceptions of the main thread, other threads and finalizers to `Application.trouble`."""

    def __init__(self, application: Application) -> None:
        self._tell: Callable[[BaseException, str], None] = application.trouble
        self._before: tuple[Any, Any, Any] | None = None

    def install(self) -> None:
        """Install the three hooks."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._main
        threading.excepthook = self._thread
        sys.unraisablehook = self._unraisable

    def remove(self) -> None:
        """Restore the previous hooks."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def _main(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        self._tell(error, "in the window")

    def _thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._tell(args.exc_value, "in a worker")

    def _unraisable(self, args: Any) -> None:  # noqa: ANN401  sys.UnraisableHookArgs is only a name for type checkers
        if args.exc_value is not None:
            self._tell(args.exc_value, "in a finalizer")


def _mark() -> QIcon:
    from ui.look import icons  # noqa: PLC0415  loaded by the first icon anyway

    return icons.icon("rapport", theme().hex("accent"), 64)


def run(profile: Profile, *, demo: bool = False) -> int:
    """Open the window and return the exit status; `main.py` calls this without a command."""
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    return Application(profile, demo=demo).run()
