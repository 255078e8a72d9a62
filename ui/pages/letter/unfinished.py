"""Messages that were begun and are not sent: offered while a new one is still empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.inbox.addressing import in_words
from app.outbox import is_post
from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import Flow
from ui.widgets.labels import Label
from ui.widgets.panels import empty_layout

if TYPE_CHECKING:
    from app.outbox import LetterDraft
    from app.workbench import Workbench

_MAX_SHOWN = 6
_MAX_TITLE_CHARS = 48


def letter_title(draft: LetterDraft) -> str:
    """What a message that is being written is called."""
    if is_post(draft):
        return tr("New post")
    if draft.forwards_id is not None:
        return tr("Forward")
    return tr("Private message") if draft.linked_id is not None else tr("New message")


def described(draft: LetterDraft, name: str = "") -> str:
    """A draft in a few words: whom it is for, and its subject or first words. `name` is the member's."""
    to = in_words(draft.receivers, text.name) or text.name(name) or tr("nobody yet")
    about = draft.subject or draft.text.strip().partition("\n")[0]
    if is_post(draft):
        return _cut(_post_in_words(in_words(draft.receivers, text.name), text.plain(about)))
    words = (
        tr("To {name}: {words}").format(name=to, words=text.plain(about)) if about else tr("To {name}").format(name=to)
    )
    return _cut(words)


def _post_in_words(venue: str, about: str) -> str:
    """A post in a few words: "Post, News: We have a new book"."""
    if not venue:
        return tr("Post: {words}").format(words=about)
    return tr("Post, {venue}: {words}").format(venue=venue, words=about)


def _cut(words: str) -> str:
    return words if len(words) <= _MAX_TITLE_CHARS else f"{words[: _MAX_TITLE_CHARS - 1]}…"


class UnfinishedRow(QWidget):
    """Chips of the other drafts. Hidden while there are none."""

    chosen = Signal(int)
    """A draft was chosen; carries its id."""

    def __init__(self, bench: Workbench) -> None:
        """Start hidden, until `show_drafts`."""
        super().__init__()
        self._bench = bench
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(tr("Not sent yet"), "meta", "text2"))
        chips = QWidget()
        self._flow = Flow(chips)
        column.addWidget(chips)
        self.hide()

    def show_drafts(self, drafts: Sequence[LetterDraft], current: int) -> None:
        """Offer these, but for the one that is open."""
        others = [draft for draft in drafts if draft.id != current][:_MAX_SHOWN]
        members = self._bench.members.names([draft.member_id for draft in others if draft.member_id is not None])
        empty_layout(self._flow)
        for draft in others:
            words = described(draft, members.get(draft.member_id or 0, ""))
            button = ActionButton(words, "pencil", kind="chip", height=24)
            button.setProperty("draft", draft.id)
            button.clicked.connect(self._pressed)
            self._flow.addWidget(button)
        self.setVisible(bool(others))

    def _pressed(self) -> None:
        pressed = self.sender()
        if pressed is not None:
            self.chosen.emit(int(pressed.property("draft")))
