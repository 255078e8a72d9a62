"""The face with a screen: one QApplication, one window per file, and what happens when something goes wrong."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from app.base import clock
from app.base.errors import DamagedFileError, UserError
from app.base.paths import Profile
from ui.frame.memory import Memory
from ui.look import fonts, text
from ui.look.theme import theme
from ui.shell.garbage import Sweeper
from ui.shell.lock import WindowLock
from ui.shell.relay import Relay
from ui.shell.stopping import Stopping
from ui.shell.window import Window

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

    from app.safety.backup import Restored
    from app.workbench import Workbench

_PULSE_MS, _WAKE_EVERY = 2_000, 10
_KNOCKS = 15
_LEFT_OVER_MS = 400


def qt_application(argv: list[str] | None = None) -> QApplication:
    """The one QApplication with Fusion, Inter and the theme; made at the first call."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QGuiApplication.setDesktopFileName("rapport")
    # The style is asked for here and not by `setStyle`, whose answer would load every style class of PySide6: 3 ms.
    made = QApplication([*(argv or sys.argv[:1]), "-style", "Fusion"])
    made.setApplicationName("rapport")
    made.setApplicationDisplayName("Rapport")
    made.setQuitOnLastWindowClosed(True)
    fonts.load()
    return made


class Application(QObject):
    """Opens a profile in a window and keeps the two together; a demo is a profile of its own, gone at the end."""

    def __init__(self, profile: Profile, *, demo: bool = False) -> None:
        """Nothing is opened before `start`."""
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
        self._pulse.timeout.connect(self._beat)

    def run(self) -> int:
        """Open the window and stay until it is closed; the process's exit status comes back."""
        if not self.demo and not self._lock.take() and self._raise_first():
            return 0
        self._hooks.install()
        with Stopping(self.qt) as stopping:
            try:
                self.start()
                return stopping.status or int(self.qt.exec())
            except UserError as why:
                return stopping.status or int(self.qt.exec()) if self._rescued(why) else 1
            finally:
                self.close()
                self._lock.free()
                self._hooks.remove()

    def start(self) -> Window:
        """Open the file and show the window; UserError in one sentence where that cannot be."""
        try:
            self._open(self._new_demo() if self.demo else self.profile)
        except Exception as why:
            from app.store.failures import as_sentence  # noqa: PLC0415  only where something is wrong

            told = as_sentence(why, self.profile.file)  # damage that the first page meets
            if told is None:
                raise
            raise told from why
        window = self.window
        assert window is not None  # noqa: S101  _open has just made it
        return window

    def close(self) -> None:
        """Close window and file, and throw the demo's folder away."""
        self._pulse.stop()
        self._sweeper.stop()
        if self.window is not None:
            self.window.closed.disconnect(self._window_closed)
            self.window.close()
            self.window.deleteLater()
            # At once, while the file is open: a timer of the window must not ask a file that is closed.
            QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete.value)
            self.window = None
        if self.bench is not None:
            self.bench.close()
            self.bench = None
        if self._throwaway is not None:
            import shutil  # noqa: PLC0415  only a demo needs it

            shutil.rmtree(self._throwaway.folder, ignore_errors=True)
            self._throwaway = None

    def trouble(self, error: BaseException, during: str) -> None:
        """One quiet panel for whatever was not caught: what can be mended in plain words, else where the log is."""
        from app.store.failures import as_sentence  # noqa: PLC0415  as below

        profile = self.bench.profile if self.bench is not None else self.profile
        told = error if isinstance(error, UserError) else as_sentence(error, profile.file)
        if told is not None:
            words = str(told)
        else:
            from app.safety.log import mistake  # noqa: PLC0415  only where something went wrong

            mistake(profile.log, error, during)
            words = text.our_mistake(profile.log)
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
        """Show a failure if there is a window to show it in."""
        if self.window is not None:
            self.window.fail(words)

    # Opening

    def _open(self, profile: Profile) -> None:
        from app.workbench import Workbench  # noqa: PLC0415  after Qt's first import, so that its cost shows apart

        self._began = clock.now()
        bench = Workbench(profile)
        self.bench, self.profile = bench, profile if not self.demo else self.profile
        theme().choose(bench.settings.text("theme"), bench.settings.number("text_size") / 100)
        if self.relay is None:
            theme().follow_system()
        self.relay = Relay(self)
        bench.store.listen(self.relay.hear)
        window = self.window = Window(bench, Memory(profile.folder))
        window.setWindowIcon(_mark())
        self.relay.changed.connect(window.refresh)
        window.asked.connect(self._asked)
        window.closed.connect(self._window_closed)
        window.painted.connect(self._painted)
        if bench.is_empty:
            window.overlays.show_first_run().chosen.connect(self._way_in)
        else:
            window.go(window.first_page())
        window.show()

    def _new_demo(self) -> Profile:
        from app.demo import throwaway  # noqa: PLC0415  only a demo needs it

        self._throwaway = throwaway()
        return self._throwaway

    def _reopen(self, profile: Profile, *, demo: bool, first: Callable[[], object] | None = None) -> bool:
        """Another file in the same place on the screen, once `first` is done; whether it is open now.

        A UserError of `first` is shown, over the file as it is.
        """
        self.close()
        if profile != self.profile or (self.demo and not demo):  # a demo that was started as one has no lock
            self._lock.free()
            self._lock = WindowLock(profile.folder)
            if not self._lock.take() and self._raise_of(profile):
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
            if not self._rescued(UserError(refused) if refused else why):
                self.qt.exit(1)
                return False
        if refused:
            self.fail(refused)
        return not refused

    def _rescued(self, why: UserError) -> bool:
        """Say why nothing can be opened, and offer the newest backup where the file is damaged; whether it is open."""
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415  only where nothing can be opened

        theme().apply()
        sys.stderr.write(f"{why}\n")
        if QGuiApplication.platformName() == "offscreen":
            return False
        if isinstance(why, DamagedFileError) and not self.demo:
            from app.safety import backup  # noqa: PLC0415  as above
            from ui.shell.restoring import rescue  # noqa: PLC0415  as above

            if backup.newest(self.profile) is not None:
                return rescue(self, why)
        box = QMessageBox(QMessageBox.Icon.NoIcon, "Rapport", str(why))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.exec()
        return False

    def _painted(self) -> None:
        """After the first paint, one by one so that keys come in between: log, background work, counts, the door."""
        self._sweeper.start()
        if QGuiApplication.platformName() == "offscreen":
            sys.stderr.write("The workbench is open, without a screen.\n")
        door = () if self.demo else (self._listen,)
        steps = (self._keep_log, self._begin_work, self._recount, *door, self._pulse.start)
        for step in steps:
            QTimer.singleShot(0, step)
        QTimer.singleShot(_LEFT_OVER_MS, self, self._show_left_over)

    def _keep_log(self) -> None:
        from app.safety import log  # noqa: PLC0415  4 ms; nothing before this point has anything to write into a log

        if self.bench is not None:
            log.attend(self.bench.profile.log)

    def _begin_work(self) -> None:
        if self.bench is not None:
            self.bench.start()

    def _show_left_over(self) -> None:
        """What was held when the run before this one ended; the work has begun, so it has its time of grace."""
        if self.bench is not None and self.window is not None and self.bench.outbox.counts()["held"]:
            self.window.strips.show_left_over(self._began)

    def _recount(self) -> None:
        if self.window is not None:
            self.window.recount()

    def _beat(self) -> None:
        """Every few seconds: see whether another program has written to the file, and which snoozes have run out."""
        if self.bench is not None:
            self.bench.store.look_around()
            if self._beats % _WAKE_EVERY == 0:
                self.bench.inbox.wake(clock.now())
            self._beats += 1

    def _window_closed(self) -> None:
        self.qt.quit()

    # What the window asks for

    def _asked(self, what: str) -> None:
        from ui.shell import errands  # noqa: PLC0415  nothing of it is needed for the first paint

        errands.answer(self, what)

    def _way_in(self, way: str) -> None:
        if way == "demo":
            self._reopen(self.profile, demo=True)
        elif way in {"connect", "bring_in"} and self.window is not None:
            self.window.overlays.end_first_run()
            self.window.go(self.window.first_page())
            self.window.run(way)
        else:
            self._asked(way)

    def leave_demo(self) -> None:
        """Throw the demo away and go back to one's own file."""
        self._reopen(self.profile, demo=False)

    def open_profile(self, folder: Path) -> None:
        """Open the community in another folder; UserError, with this one still open, if that file is none of ours."""
        from app.safety.backup import refuse_unopenable  # noqa: PLC0415  few sessions open another file

        refuse_unopenable(Profile(folder))
        self._reopen(Profile(folder), demo=False)

    def restore(self, profile: Profile, file: Path) -> bool:
        """Put a backup in the place of a community's file, and open that; whether it was done. What failed is shown."""
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
            kept = done[0].kept
            words = text.tr("Backup restored.")
            more = text.tr("The previous file is kept as {file}.").format(file=kept.name if kept else "")
            self.window.toast(f"{words} {more}" if kept else words)
        return opened

    # One window per file

    def _door(self) -> str:
        from hashlib import sha256  # noqa: PLC0415  after the first paint

        return "rapport-" + sha256(str(self.profile.file).encode()).hexdigest()[:24]

    def _raise_of(self, profile: Profile) -> bool:
        """The same for another file, when it is opened from here."""
        self.profile = profile
        return self._raise_first()

    def _raise_first(self) -> bool:
        """Ask the window that has this file open to come forward; False when it does not answer.

        It may be just starting, and listens only after its first paint: so it is asked for a few seconds.
        """
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415  only at a second start

        for _ in range(_KNOCKS):
            socket = QLocalSocket()
            socket.connectToServer(self._door())
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
        if not self._server.listen(self._door()):
            QLocalServer.removeServer(self._door())  # left behind by a killed process: nobody answered it just now
            self._server.listen(self._door())
        self._server.newConnection.connect(self._second_start)

    def _second_start(self) -> None:
        if self._server is not None and self._server.nextPendingConnection() is not None and self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()


class _Fail:
    """Shows a failure on the window's thread."""

    def __init__(self, application: Application, words: str) -> None:
        self._application, self._words = application, words

    def __call__(self) -> None:
        self._application.fail(self._words)


class _Hooks:
    """Exceptions that nobody caught, of the main thread, of others, and of finalizers, lead to one place."""

    def __init__(self, application: Application) -> None:
        self._tell: Callable[[BaseException, str], None] = application.trouble
        self._before: tuple[Any, Any, Any] | None = None

    def install(self) -> None:
        """Take the three hooks."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._main
        threading.excepthook = self._thread
        sys.unraisablehook = self._unraisable

    def remove(self) -> None:
        """Give them back."""
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
    from ui.look import icons  # noqa: PLC0415  its zip is opened by the first icon anyway

    return icons.icon("rapport", theme().hex("accent"), 64)


def run(profile: Profile, *, demo: bool = False) -> int:
    """What `main.py` calls without a command: open the workbench's window; the exit status comes back."""
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    return Application(profile, demo=demo).run()
