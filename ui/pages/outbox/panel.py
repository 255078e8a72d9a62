"""One reply of the outbox with all its parts: to whom, when it goes, the words, what happened, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.base.words import N_
from app.outbox.by_hand import is_by_hand
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.actionrow import ActionRow
from ui.widgets.avatar import Chip
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from app.outbox import Entry

STATES: dict[str, tuple[str, str, str]] = {
    "held": (N_("Sending soon"), "", "clock"),
    "queued": (N_("Waiting to be sent"), "", "clock"),
    "sending": (N_("Sending"), "", "send"),
    "failed": (N_("Not sent"), "danger", "circle-x"),
    "undecided": (N_("Possibly sent"), "warn", "circle-question-mark"),
    "by_hand": (N_("For you to post"), "accent", "hand"),
    "taken": (N_("Have you posted it?"), "warn", "circle-question-mark"),
}
"""State to words, tone and icon."""
MINE = ("by_hand", "taken")
"""How those stand that the person posts."""
_BACK = ("discard", N_("Cancel"))
_CAN: dict[str, tuple[tuple[str, str], ...]] = {
    "held": (_BACK,),
    "queued": (_BACK,),
    "later": (("now", N_("Send now")), ("when", N_("Reschedule")), _BACK),
    "failed": (("retry", N_("Try again")), _BACK),
    "undecided": (
        ("confirm", N_("It's there")),
        ("retry", N_("It isn't there: send it")),
        ("discard", N_("It isn't there: cancel it")),
    ),
    "by_hand": (("take", N_("Copy and open the page")), _BACK),
    "taken": (("confirm", N_("I posted it")), ("take", N_("Copy and open again")), ("retry", N_("Not yet")), _BACK),
}
"""Standing to what can be done: key and words."""
_LETTERS_SHOWN = 600


class Actor(Protocol):
    """Whoever does what a button says: the page."""

    def act(self, panel: EntryPanel, what: str) -> None:
        """Do it."""


class EntryPanel(Panel):
    """A reply; `entry` is its first part that is not out."""

    def __init__(self, parts: Sequence[Entry], page: Actor) -> None:
        """Buttons say what they do in words."""
        super().__init__(margin=14)
        self.parts, self._page = tuple(parts), page
        self.entry = parts[0]
        self.standing = standing(self.entry)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMaximumWidth(fonts.px(880))
        self._form: QWidget | None = None
        entry, (words, tone, icon) = self.entry, _shown(self.entry, self.standing)
        whom = text.plain(entry.to_whom)
        number = text.counted(len(parts), "{count} part", "{count} parts") if len(parts) > 1 else ""
        self.setAccessibleName(", ".join(part for part in (whom, entry.account, words, number, entry.error) if part))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(whom, "strong"))
        head.addWidget(ElidedLabel(f"{entry.account} · {text.plain(entry.title)}", "meta", "text2"), 1)
        if number:
            head.addWidget(Chip(number, "", "list-tree"))
        head.addWidget(Chip(words, tone, icon))
        self.column.addLayout(head)
        self._say_words()
        if entry.error:
            self.column.addWidget(Label(entry.error, "meta", tone or "text2", wrap=True))
        if entry.state == "queued" and entry.next_at and entry.next_at > clock.now():
            self.column.addWidget(
                Label(tr("Next try at {time}").format(time=text.clock(entry.next_at)), "meta", "text2")
            )
        self.buttons = self._buttons()
        self.column.addWidget(self.buttons)

    def _say_words(self) -> None:
        """The text; each part of a thread beside its number."""
        if len(self.parts) == 1:
            self.column.addWidget(Label(self.entry.text[:_LETTERS_SHOWN], "body", wrap=True))
            return
        for place, part in enumerate(self.parts, 1):
            row = QHBoxLayout()
            row.setSpacing(10)
            number = Label(str(place), "badge", "text2")
            number.setFixedWidth(fonts.px(14))
            row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(part.text[:_LETTERS_SHOWN], "body", wrap=True), 1)
            self.column.addLayout(row)

    def _buttons(self) -> ActionRow:
        can = [(key, tr(words)) for key, words in _CAN.get(self.standing, ())]
        row = ActionRow((*can, ("open", tr("Conversation"))), ("open",))
        row.pressed.connect(self._pressed)
        return row

    def _pressed(self, what: str) -> None:
        self._page.act(self, what)

    def ask_when(self, choose: Callable[[Callable[[], int]], object]) -> None:
        """Show the form for a day and time of one's own under the words.

        `choose` is called with what tells the moment (UserError when it is over).
        """
        if self._form is None:
            self._form = WhenForm(self.entry.held_until, choose)
            self.column.addWidget(self._form)
        self._form.setFocus(Qt.FocusReason.OtherFocusReason)


class WhenForm(QWidget):
    """A day, a time and the button that takes them."""

    def __init__(self, at: int, choose: Callable[[Callable[[], int]], object]) -> None:
        """Starts with the moment `at` (Unix seconds)."""
        super().__init__()
        from ui.shared.when import When  # noqa: PLC0415  needed where a time of one's own is chosen

        self.when, self._choose = When(at), choose
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.when)
        button = ActionRow((("take", tr("Schedule")),))
        button.pressed.connect(self._taken)
        row.addWidget(button, 1)
        column.addLayout(row)
        self.setFocusProxy(self.when)

    def _taken(self, _what: str) -> None:
        self._choose(self.when.at)


def standing(entry: Entry) -> str:
    """What can be done depends on this: its state, or that it goes later, or is for the person to post."""
    if is_by_hand(entry.kind, entry.mode):
        waits = entry.state == "queued" or (entry.state == "held" and entry.held_until <= clock.now())
        if waits:
            return "by_hand"
        if entry.state == "undecided":
            return "taken"
    return "later" if entry.state == "held" and entry.later else entry.state


def _shown(entry: Entry, stands: str) -> tuple[str, str, str]:
    """Words, tone and icon of the chip."""
    if stands == "later":
        return tr("Scheduled for {when}").format(when=text.ahead(entry.held_until, clock.now())), "", "calendar-clock"
    words, tone, icon = STATES.get(stands, (entry.state, "", "send"))
    return tr(words), tone, icon


def together(found: Sequence[Entry]) -> list[list[Entry]]:
    """The parts of a thread as one, in order, each with all that waits behind it."""
    by_number = {entry.id: entry for entry in found}
    groups: dict[int, list[Entry]] = {}
    first_of: dict[int, int] = {}
    for entry in sorted(found, key=lambda one: one.id):
        first = first_of.get(entry.after_id or 0, entry.id) if entry.after_id in by_number else entry.id
        first_of[entry.id] = first
        groups.setdefault(first, []).append(entry)
    return list(groups.values())
