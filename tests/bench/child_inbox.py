"""Our window on a profile, in a process of its own: `python tests/bench/child_inbox.py start|use|today|history FOLDER`.

`start` tells when the inbox was painted and the loop idle; `use` types, opens, scrolls and tells how long each took
until it was painted. One line of JSON comes out.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import main

SETTLED_MS = 1_500
_LETTERS = 6
_TURNS = 12
_WORDS = (
    "lemon",
    "límon",
    "köszön",
    "objed",
    "λεμονα",
    "þetta",
    "bottle",
    "flösk",
    "recept",
    "γρηγορ",
    "market",
    "Brno",
)


def told(**figures: object) -> None:
    """Write the figures and end at once: what closing costs is another question."""
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    os._exit(0)


def resident() -> float:
    """Memory that this process has in use, in MB."""
    return int(Path("/proc/self/status").read_text("utf-8").split("VmRSS:")[1].split()[0]) / 1000


def watched(then: Callable[..., None]) -> Callable[[Mapping[str, str], str], str]:
    """In the place of `main.no_screen`, the last thing that `main` asks before it loads the window: nothing is loaded
    earlier than in a true start. `then` is called with the application once the window is painted and the loop idle.
    """

    def no_screen(_environ: Mapping[str, str], _system: str) -> str:
        from ui.shell import application  # noqa: PLC0415, I001  before PySide6 and not after it, as in a true start

        from PySide6.QtCore import QAbstractEventDispatcher  # noqa: PLC0415

        from ui.shell.window import Window  # noqa: PLC0415

        class Watched(application.Application):
            """Tells when it is idle for the first time."""

            def start(self) -> Window:
                shown = super().start()
                QAbstractEventDispatcher.instance().aboutToBlock.connect(self._idle)
                return shown

            def _idle(self) -> None:
                if self.window is not None and not self.window._first_paint:
                    QAbstractEventDispatcher.instance().aboutToBlock.disconnect(self._idle)
                    then(self)

        application.Application = Watched  # type: ignore[misc]
        return ""

    return no_screen


def started(_application: object) -> None:
    """The first idle moment; then what the house does afterwards is waited for, to weigh it too."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    first = {"at": time.monotonic(), "cpu": time.process_time(), "resident": resident()}
    heavy = [name for name in ("sqlite_utils", "requests", "keyring") if name in sys.modules]

    def settled() -> None:
        told(**first, heavy=heavy, cpu_after=time.process_time() - first["cpu"], resident_after=resident())

    QTimer.singleShot(SETTLED_MS, settled)


def used(application: object) -> None:
    """Use the window as soon as it has settled."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    QTimer.singleShot(SETTLED_MS, lambda: told(**Use(application).figures()))


def compared(application: Any) -> None:
    """Read and paint Today and the inbox by turns, once both have been built."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    def compare() -> None:
        window = application.window
        inbox, today = Use(application).page, window.page("today")
        today.finish()
        found: dict[str, list[float]] = {"today": [], "inbox": []}
        for _ in range(_TURNS):
            Use.timed(lambda: window.go("settings"))
            found["today"].append(Use.timed(lambda: window.go("today")))
            Use.timed(lambda: window.go("settings"))
            found["inbox"].append(Use.timed(lambda: (inbox.list.reload(), window.go("inbox"))))
        told(**found)

    QTimer.singleShot(SETTLED_MS, compare)


def remembered(application: Any) -> None:
    """Open a member's timeline and a bare list of the same rows by turns; the member's id is the last argument."""
    from PySide6.QtCore import QStringListModel, QTimer  # noqa: PLC0415
    from PySide6.QtWidgets import QListView  # noqa: PLC0415

    def compare() -> None:
        window, member = application.window, int(sys.argv[3])
        window.go("members", member)
        pane = window.page("members").profile.history
        bare = QListView()
        bare.resize(pane.view.size())
        bare.show()
        found: dict[str, list[float]] = {"history": [], "bare": []}
        rows = [f"{entry.title}\n{entry.account}\n{entry.words}" for entry in pane.model.entries]
        model = QStringListModel()
        bare.setModel(model)
        for _ in range(_TURNS):
            pane.member = None
            found["history"].append(Use.timed(lambda: pane.show_member(member)))
            found["bare"].append(Use.timed(lambda: model.setStringList(rows)))
        told(**found)

    QTimer.singleShot(SETTLED_MS, compare)


class Use:
    """What somebody does in the inbox, each timed from the event to the end of the painting that it brings."""

    def __init__(self, application: Any) -> None:
        application.window.go("inbox")
        self.page = application.window.page("inbox")

    def figures(self) -> dict[str, list[float]]:
        """Milliseconds of every deed, in order."""
        return {
            "key": self.typing(),
            "open20": self.opening("bench-20"),
            "bare20": self.bare("bench-20"),
            "open500": self.opening("bench-500"),
            "bare500": self.bare("bench-500"),
            "page": self.paging(),
            "scroll": self.scrolling(),
            "pictures": self.pictures(),
            **dict(zip(("done", "done_whole"), self.doing(), strict=True)),
        }

    @staticmethod
    def timed(deed: Callable[[], object]) -> float:
        """Milliseconds of a deed and of everything that the loop has to do for it, painting too."""
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415

        start = time.perf_counter()
        deed()
        QApplication.processEvents()
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        return (time.perf_counter() - start) * 1000

    def typing(self) -> list[float]:
        """Letter by letter into the search field."""
        from functools import partial  # noqa: PLC0415

        from PySide6.QtWidgets import QApplication  # noqa: PLC0415

        from tests.ui.presses import press  # noqa: PLC0415

        search = (
            self.page.list.search.field
        )  # without a window manager no widget has the focus: the field gets its keys itself
        found = []
        for word in _WORDS * 3:
            for letter in word[:_LETTERS]:
                found.append(self.timed(partial(QApplication.sendEvent, search, press(ord(letter.upper()), letter))))
                time.sleep(0.01)
            self.timed(search.clear)
        return found

    def opening(self, thread: str) -> list[float]:
        """Conversations of that kind, one after the other."""
        from functools import partial  # noqa: PLC0415

        ask = "SELECT id FROM conversation WHERE title LIKE ? || ' %'"
        numbers = [row[0] for row in self.page.bench.store.read.execute(ask, (thread,))]
        return [self.timed(partial(self.page.open, number)) for _ in range(12) for number in numbers]

    def bare(self, thread: str) -> list[float]:
        """The text of such a conversation shown at its end by a text browser of Qt's, as large as ours."""
        from functools import partial  # noqa: PLC0415

        from PySide6.QtWidgets import QApplication, QTextBrowser  # noqa: PLC0415

        self.opening(thread)
        story, browser = self.page.talk.story, QTextBrowser()
        words = story.toPlainText()
        browser.setFont(story.document().defaultFont())
        browser.resize(story.size())
        browser.show()
        QApplication.processEvents()

        def show(text: str) -> None:
            browser.setPlainText(text)
            browser.verticalScrollBar().setValue(browser.verticalScrollBar().maximum())

        found = [self.timed(partial(show, words + "." * (number % 2))) for number in range(24)]
        browser.close()
        return found

    def pictures(self) -> list[float]:
        """A letter with pictures opened, and all of them shown: every pass of the loop, until the last one is there."""
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415

        story, found = self.page.talk.story, list[float]()

        def passes(deed: Callable[[], object]) -> None:
            found.append(self.timed(deed))
            end = time.monotonic() + 30
            while story.files.pending() and time.monotonic() < end:
                found.append(self.timed(QApplication.processEvents))
                time.sleep(0.001)

        ask = "SELECT id FROM conversation WHERE title LIKE 'bench-pictures%'"
        (number,) = self.page.bench.store.read.execute(ask).fetchone()
        passes(lambda: self.page.open(number))
        passes(self.page.saving_files.toggle_pictures)
        return found

    def paging(self) -> list[float]:
        """The next page of the list and the badges, without painting."""
        from PySide6.QtCore import QModelIndex  # noqa: PLC0415

        self.page.list.filter.show_state("all")
        found = []
        for _ in range(60):
            start = time.perf_counter()
            self.page.list.model.fetchMore(QModelIndex())
            self.page.list.filter.count()
            found.append((time.perf_counter() - start) * 1000)
        return found

    def doing(self) -> tuple[list[float], list[float]]:
        """Done on one conversation after the other: until the next one and the list are seen, and until all is read.

        What comes after the picture, such as the member's card, is in the second alone. The loop goes on between them,
        as in a true use.
        """
        from functools import partial  # noqa: PLC0415

        from PySide6.QtWidgets import QApplication  # noqa: PLC0415

        self.page.list.filter.show_state("needs_me")
        self.timed(partial(self.page.list.rows.choose, 0))
        painted, seen = self.paintings(self.page.talk.story.viewport(), self.page.list.rows.viewport())
        found, whole = list[float](), list[float]()
        for _ in range(min(40, self.page.list.model.rowCount() - 1)):
            self.pause(0.3)
            before = self.page.talk.opened.row.id
            painted.clear()
            seen.clear()
            start = time.perf_counter()
            self.page.frame.run("done")
            while not seen or self.page.talk.opened.row.id == before:
                QApplication.processEvents()
            found.append((seen[-1] - start) * 1000)
            whole.append((time.perf_counter() - start) * 1000)
        return found, whole

    @staticmethod
    def paintings(*widgets: Any) -> tuple[list[int], list[float]]:
        """The numbers of the widgets as each is painted, and when a picture was done by which all of them were."""
        from PySide6.QtCore import QEvent, QObject  # noqa: PLC0415

        noted: list[int] = []
        seen: list[float] = []
        window = widgets[0].window()

        class Noting(QObject):
            """Looks at the events of the widgets and of their window."""

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
                """Note a painting; a window's request for an update is over when its picture is done."""
                if event.type() == QEvent.Type.Paint and watched is not window:
                    noted.append(widgets.index(watched))
                if event.type() != QEvent.Type.UpdateRequest or watched is not window:
                    return False
                window.event(event)
                if len(set(noted)) == len(widgets) and not seen:
                    seen.append(time.perf_counter())
                return True

        for widget in (*widgets, window):
            widget.installEventFilter(Noting(widget))
        return noted, seen

    @staticmethod
    def pause(seconds: float) -> None:
        """Let the window live for a while."""
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.002)

    def scrolling(self) -> list[float]:
        """A wheel's step at a time."""
        from functools import partial  # noqa: PLC0415

        bar = self.page.list.rows.verticalScrollBar()
        return [self.timed(partial(bar.setValue, at)) for at in range(0, 60 * 400, 60)]


if __name__ == "__main__":
    asked = {"start": started, "use": used, "today": compared, "history": remembered}[sys.argv[1]]
    main.no_screen = watched(asked)  # type: ignore[assignment]
    raise SystemExit(main.main(["--profile", sys.argv[2]]))
