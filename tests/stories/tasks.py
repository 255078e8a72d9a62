"""The six tasks that come up most, done with the keys of a keyboard, and how many it takes:

    python -m tests.stories.tasks

prints the table for each layout. A chord counts as one press; letters typed into a field are counted apart.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.inbox import until
from tests.stories.hand import Hand
from tests.ui.layouts import LAYOUTS, Layout
from tests.ui.presses import press, send
from ui.shell.window import Window

_WRITTEN = {"en": "private", "el": "διαβαζ", "cs": "vyřeš", "hu": "rendelésszám", "is": "einkaskil"}
"""What is typed to find the template about going on in private, which has no blanks, in each language."""
_ASKED = {"en": "can we", "el": "ποτε", "cs": "kdy to bude", "hu": "mikor", "is": "hvenær"}


class Count(NamedTuple):
    """What a task took: presses that are not letters of a text, and those letters."""

    keys: int
    letters: int


class Person:
    """Somebody with a keyboard of one layout before the window; what they press is counted."""

    def __init__(self, window: Window, layout: Layout) -> None:
        """The window has to be shown, over the demo community."""
        self.window, self.layout = window, layout
        self.count = Count(0, 0)

    @property
    def inbox(self) -> Any:
        """The inbox page."""
        return self.window.page("inbox")

    def press(self, *keys: str) -> None:
        """Press keys, spelled as in the table of commands."""
        for key in keys:
            self._send(self.layout.press(key))
            self.count = self.count._replace(keys=self.count.keys + 1)

    def write(self, text: str) -> None:
        """Type a text with the layout's own letters."""
        for sign in text:
            if sign == " ":
                self._send(press(Qt.Key.Key_Space, " ", 65))
            else:
                self._send(self.layout.type(sign))
            self.count = self.count._replace(letters=self.count.letters + 1)

    def _send(self, event: Any) -> None:
        window: Any = QApplication.activePopupWidget() or self.window
        if window is self.window and not self.window.isActiveWindow():
            self.window.activateWindow()
            QApplication.processEvents()
        send(window, event)

    def begin(self, *, also: str = "1") -> int:
        """Open the first conversation in the layout's language that needs a reply, and count from here."""
        row = self.window.bench.store.read.execute(
            "SELECT c.id FROM conversation c JOIN account a ON a.id = c.account_id WHERE c.state = 'needs_me'"
            f" AND c.language = ? AND NOT c.unhappy AND NOT c.hard AND a.kind = 'email' AND {also}"
            " ORDER BY c.waiting_since LIMIT 1",
            (self.layout.language,),
        ).fetchone()
        assert row is not None, f"nothing in {self.layout.language} needs a reply"
        self.window.go("inbox", int(row[0]))
        self.inbox.list.focus_rows()
        QApplication.processEvents()
        self.count = Count(0, 0)
        return int(row[0])

    def here(self) -> int:
        """The open conversation."""
        return int(self.inbox.opened.row.id)


def next_that_needs_me(person: Person) -> None:
    """N; after Done it is there by itself."""
    before = person.begin()
    person.press("N")
    assert person.here() != before
    assert person.window.bench.inbox.row(person.here()).state == "needs_me"


def done_and_next(person: Person) -> None:
    """E, and the next one that needs a reply is open."""
    before = person.begin()
    person.press("E")
    assert person.window.bench.inbox.row(before).state == "done"
    Hand.until(lambda: person.here() != before)
    assert person.window.bench.inbox.row(person.here()).state == "needs_me"
    person.press("Z")
    assert person.window.bench.inbox.row(before).state == "needs_me"
    person.count = Count(person.count.keys - 1, 0)


def template_send_done(person: Person) -> None:
    """T, letters, Enter, Ctrl+Enter."""
    number = person.begin()
    person.press("T")
    person.write(_WRITTEN[person.layout.language])
    Hand.until(lambda: person.inbox.composer.words.picker.current() is not None)
    person.press("Enter", "Ctrl+Enter")
    assert person.window.bench.inbox.row(number).state == "done"
    person.window.run("undo")
    assert person.window.bench.inbox.row(number).state == "needs_me"
    Hand.until(lambda: person.here() == number and person.inbox.composer.field.toPlainText())
    person.inbox.composer.field.clear()
    person.inbox.composer.keep()


def snooze_to_monday(person: Person) -> None:
    """S, M."""
    number = person.begin()
    person.press("S", "M")
    row = person.window.bench.inbox.row(number)
    assert row.state == "snoozed"
    assert row.snoozed_until == until("monday", _now())
    person.press("Z")
    person.count = Count(person.count.keys - 1, 0)
    assert person.window.bench.inbox.row(number).state == "needs_me"


def all_from_this_member(person: Person) -> None:
    """F."""
    number = person.begin()
    member = person.window.bench.inbox.row(number).member_id
    person.press("F")
    page: Any = person.window.page("members")
    assert person.window.page_id == "members"
    assert page.member == member


def hand_off(person: Person) -> None:
    """H, what is asked, Ctrl+Enter."""
    number = person.begin(also="NOT EXISTS (SELECT 1 FROM handoff h WHERE h.conversation_id = c.id)")
    person.press("H")
    person.write(_ASKED[person.layout.language])
    person.press("Ctrl+Enter")
    (made,) = person.window.bench.handoffs.of_conversation(number)
    assert made.ask == _ASKED[person.layout.language]
    assert made.teammate
    person.window.run("undo")
    assert person.window.bench.handoffs.of_conversation(number) == []


def log_a_gift(person: Person) -> None:
    """G, Ctrl+Enter."""
    number = person.begin(also="NOT EXISTS (SELECT 1 FROM gift g WHERE g.conversation_id = c.id)")
    person.press("G", "Ctrl+Enter")
    (made,) = person.window.bench.gifts.of_conversation(number)
    assert person.window.bench.inbox.row(number).title in made.why
    person.window.run("undo")
    assert person.window.bench.gifts.of_conversation(number) == []


def _now() -> Any:
    from app.base import clock  # noqa: PLC0415  with the other things of the product that only this needs

    return clock.local(clock.now())


TASKS: tuple[tuple[str, Callable[[Person], None], int], ...] = (
    ("done, and the next that needs me", done_and_next, 1),
    ("next that needs me", next_that_needs_me, 1),
    ("template, send, done", template_send_done, 3),
    ("snooze to Monday", snooze_to_monday, 2),
    ("all from this member", all_from_this_member, 1),
    ("hand off with a note, followed", hand_off, 3),
    ("log a gift", log_a_gift, 2),
)
"""What is done, how, and the most presses that it may take besides letters."""


def counted(window: Window, layout: Layout, task: Callable[[Person], None]) -> Count:
    """Do a task with a keyboard of that layout; what it took. AssertionError if it did not do what it is for."""
    person = Person(window, layout)
    task(person)
    return person.count


def main() -> int:
    """Print the table for every layout, over a demo community made for it."""
    from app.base.paths import Profile  # noqa: PLC0415  as below
    from app.demo import build  # noqa: PLC0415  tests bring a community of their own
    from ui.shell.application import Application, qt_application  # noqa: PLC0415  as above

    qt_application(["rapport"])
    with tempfile.TemporaryDirectory() as folder:
        profile = Profile(Path(folder) / "demo")
        build(profile)
        application = Application(profile)
        application.start()
        QApplication.processEvents()
        window = application.window
        assert window is not None
        window.go("inbox")
        wide = max(len(title) for title, _task, _most in TASKS)
        say = sys.stdout.write
        say(f"{'presses (+ letters)':{wide}}  {'most':>4}  " + "  ".join(f"{one.name:>6}" for one in LAYOUTS) + "\n")
        missed = 0
        for title, task, most in TASKS:
            counts = [counted(window, layout, task) for layout in LAYOUTS]
            missed += sum(one.keys > most for one in counts)
            cells = (f"{one.keys} + {one.letters}" if one.letters else f"{one.keys}" for one in counts)
            say(f"{title:{wide}}  {most:>4}  " + "  ".join(f"{cell:>6}" for cell in cells) + "\n")
        application.close()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
