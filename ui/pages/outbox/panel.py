"""The panel of one reply in the outbox, with all parts of a thread: receiver, status, text, error, buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.base.words import N_
from app.inbox.reactions import title
from app.outbox.approving import APPROVES
from app.outbox.by_hand import is_by_hand
from ui.look import text
from ui.look.text import tr
from ui.widgets.actionrow import ActionRow
from ui.widgets.avatar import Chip
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.panels import Panel
from ui.widgets.scaled import scaled

if TYPE_CHECKING:
    from app.dates import Dates
    from app.outbox import Entry

_CHANGE_STATES = {
    ("correct", "held"): N_("Correcting soon"),
    ("correct", "queued"): N_("Waiting to be corrected"),
    ("correct", "sending"): N_("Being corrected"),
    ("correct", "failed"): N_("Not corrected"),
    ("correct", "undecided"): N_("Possibly corrected"),
    ("withdraw", "held"): N_("Withdrawing soon"),
    ("withdraw", "queued"): N_("Waiting to be withdrawn"),
    ("withdraw", "sending"): N_("Being withdrawn"),
    ("withdraw", "failed"): N_("Not withdrawn"),
    ("withdraw", "undecided"): N_("Possibly withdrawn"),
    ("react", "held"): N_("Reacting soon"),
    ("react", "queued"): N_("Waiting to be given"),
    ("react", "sending"): N_("Being given"),
    ("react", "failed"): N_("Not given"),
    ("react", "undecided"): N_("Possibly given"),
    ("unreact", "held"): N_("Taken back soon"),
    ("unreact", "queued"): N_("Waiting to be taken back"),
    ("unreact", "sending"): N_("Being taken back"),
    ("unreact", "failed"): N_("Not taken back"),
    ("unreact", "undecided"): N_("Possibly taken back"),
}
"""The chip's words for a correction or withdrawal of what was sent before, and for a reaction."""
STATES: dict[str, tuple[str, str, str]] = {
    "held": (N_("Sending soon"), "", "clock"),
    "queued": (N_("Waiting to be sent"), "", "clock"),
    "sending": (N_("Sending"), "", "send"),
    "failed": (N_("Not sent"), "danger", "circle-x"),
    "undecided": (N_("Possibly sent"), "warn", "circle-question-mark"),
    "by_hand": (N_("For you to post"), "accent", "hand"),
    "taken": (N_("Have you posted it?"), "warn", "circle-question-mark"),
}
"""Standing -> (words, tone, icon) of the chip."""
MINE = ("by_hand", "taken")
"""The standings of replies that the person posts by hand."""
_CANCEL = ("discard", N_("Cancel"))
_ACTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "held": (_CANCEL,),
    "queued": (_CANCEL,),
    "later": (("now", N_("Send now")), ("when", N_("Reschedule")), _CANCEL),
    "failed": (("retry", N_("Try again")), _CANCEL),
    "undecided": (
        ("confirm", N_("It's there")),
        ("retry", N_("It isn't there: send it")),
        ("discard", N_("It isn't there: cancel it")),
    ),
    "by_hand": (("take", N_("Copy and open the page")), _CANCEL),
    "taken": (("confirm", N_("I posted it")), ("take", N_("Copy and open again")), ("retry", N_("Not yet")), _CANCEL),
}
"""Standing -> (key, title) of its buttons."""
_COMMANDS = {"send_now": "now", "send_again": "retry", "reschedule": "when", "cancel_sending": "discard"}
_CHANGE_UNDECIDED = (
    ("confirm", N_("It's done")),
    ("retry", N_("Not done: try again")),
    ("discard", N_("Not done: leave it")),
)
_MAX_TEXT_CHARS, _MAX_ABOUT_CHARS = 600, 160


class Actor(Protocol):
    """Carries out a reply's buttons."""

    def act(self, panel: EntryPanel, action: str) -> None:
        """Carry out the button with the key `action`."""

    def ask_menu(self, panel: EntryPanel, point: QPoint) -> None:
        """Show the reply's menu at a position on the screen."""


class EntryPanel(Panel):
    """A reply; `entry` is its first part that is not sent."""

    def __init__(self, parts: Sequence[Entry], page: Actor) -> None:
        """`parts` are the unsent parts in order, at least one."""
        super().__init__(margin=14)
        self.parts, self._page = tuple(parts), page
        self.entry = parts[0]
        self.standing = standing(self.entry)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._form: QWidget | None = None
        entry, (words, tone, icon) = self.entry, _chip(self.entry, self.standing)
        whom = text.plain(entry.to_whom)
        number = text.counted(len(parts), "{count} part", "{count} parts") if len(parts) > 1 else ""
        self.setAccessibleName(", ".join(part for part in (whom, entry.account, words, number, entry.error) if part))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(ElidedLabel(whom, "strong"))
        head.addWidget(ElidedLabel(f"{entry.account} · {text.plain(entry.title)}", "meta", "text2"), 1)
        if number:
            head.addWidget(Chip(number, "", "list-tree"))
        head.addWidget(Chip(words, tone, icon))
        self.column.addLayout(head)
        self._show_text()
        if entry.error:
            self.column.addWidget(Label(entry.error, "meta", tone or "text2", wrap=True))
        if entry.state == "queued" and entry.next_at and entry.next_at > clock.now():
            self.column.addWidget(
                Label(tr("Next try at {time}").format(time=text.clock(entry.next_at)), "meta", "text2")
            )
        if entry.approves:
            self.column.addWidget(Label(tr(APPROVES), "meta", "text2", wrap=True))
        self.buttons = self._buttons()
        self.column.addWidget(self.buttons)

    def _show_text(self) -> None:
        """Show the text, with a number before each part of a thread."""
        if len(self.parts) == 1:
            entry = self.entry
            if entry.is_reaction:
                before = text.embed(" ".join((entry.about_text or "").split()), _MAX_ABOUT_CHARS)
                about = tr("{reaction} for: {text}") if entry.purpose == "react" else tr("Take back {reaction}: {text}")
                words = about.format(reaction=title(entry.reaction), text=before)
                self.column.addWidget(Label(words, "body", "text2", wrap=True))
                return
            if entry.about_text is not None:
                shown = tr("Now: {text}") if entry.text else tr("To be deleted: {text}")
                before = text.isolate(entry.about_text[:_MAX_TEXT_CHARS])
                self.column.addWidget(Label(shown.format(text=before), "body", "text2", wrap=True))
            if entry.text or entry.about_text is None:
                self.column.addWidget(Label(entry.text[:_MAX_TEXT_CHARS], "body", wrap=True))
            return
        for place, part in enumerate(self.parts, 1):
            row = QHBoxLayout()
            row.setSpacing(10)
            number = Label(str(place), "badge", "text2")
            scaled(number, width=14)
            row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(part.text[:_MAX_TEXT_CHARS], "body", wrap=True), 1)
            self.column.addLayout(row)

    def _buttons(self) -> ActionRow:
        actions = _CHANGE_UNDECIDED if self.entry.is_change and self.standing == "undecided" else None
        can = [(key, tr(words)) for key, words in actions or _ACTIONS.get(self.standing, ())]
        row = ActionRow((*can, ("open", tr("Conversation"))), ("open",))
        row.pressed.connect(self._pressed)
        return row

    def offered(self) -> list[tuple[str, str]]:
        """The commands that do what buttons of it do, each with its button's key.

        Where nobody knows whether it arrived, only the buttons ask: their words say what each answer means.
        """
        if self.standing in ("undecided", "taken"):
            return []
        keys = [key for key, _ in _ACTIONS.get(self.standing, ())]
        return [(command, key) for command, key in _COMMANDS.items() if key in keys]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of this reply."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self._page.ask_menu(self, self.mapToGlobal(self.rect().center()) if by_key else event.globalPos())

    def _pressed(self, action: str) -> None:
        self._page.act(self, action)

    def ask_when(self, dates: Dates, choose: Callable[[Callable[[], int]], object], warn: Callable[[int], str]) -> None:
        """Show the form for any date below the text.

        `choose` is called with a function that returns the time (Unix UTC) or raises UserError if it is past. `warn`
        says what is wrong with a time that can be taken all the same.
        """
        if self._form is None:
            self._form = WhenForm(dates, self.entry.held_until, choose, warn)
            self.column.addWidget(self._form)
        self._form.setFocus(Qt.FocusReason.OtherFocusReason)


class WhenForm(QWidget):
    """A date and a button; see `EntryPanel.ask_when`."""

    def __init__(
        self, dates: Dates, at: int, choose: Callable[[Callable[[], int]], object], warn: Callable[[int], str]
    ) -> None:
        """Start with the time `at` (Unix UTC)."""
        super().__init__()
        from ui.shared.date_field import DateField, written  # noqa: PLC0415  rarely needed

        self.when, self._choose = DateField(dates, written(at), timed=True, warn=warn), choose
        self.when.setAccessibleName(tr("Date"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.when)
        button = ActionRow((("take", tr("Schedule")),))
        button.pressed.connect(self._submit)
        row.addWidget(button, 1)
        column.addLayout(row)
        self.setFocusProxy(self.when)

    def _submit(self, _what: str) -> None:
        self._choose(self.when.moment)


def standing(entry: Entry) -> str:
    """The key of `_ACTIONS`: "later" if scheduled, "by_hand" or "taken" if the person posts it, else its state."""
    if is_by_hand(entry.kind, entry.mode):
        waits = entry.state == "queued" or (entry.state == "held" and entry.held_until <= clock.now())
        if waits:
            return "by_hand"
        if entry.state == "undecided":
            return "taken"
    return "later" if entry.state == "held" and entry.later else entry.state


def _chip(entry: Entry, key: str) -> tuple[str, str, str]:
    """The chip's (words, tone, icon)."""
    if key == "later" and entry.cools:
        return tr("Cooling off until {when}").format(when=text.ahead(entry.held_until, clock.now())), "", "hourglass"
    if key == "later":
        return tr("Scheduled for {when}").format(when=text.ahead(entry.held_until, clock.now())), "", "calendar-clock"
    words, tone, icon = STATES.get(key, (entry.state, "", "send"))
    return tr(_CHANGE_STATES.get((entry.purpose, key), words)), tone, icon


def together(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Group the entries into replies: the parts of a thread together, in order."""
    by_number = {entry.id: entry for entry in entries}
    groups: dict[int, list[Entry]] = {}
    first_of: dict[int, int] = {}
    for entry in sorted(entries, key=lambda part: part.id):
        first = first_of.get(entry.after_id or 0, entry.id) if entry.after_id in by_number else entry.id
        first_of[entry.id] = first
        groups.setdefault(first, []).append(entry)
    return list(groups.values())
