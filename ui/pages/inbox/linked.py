"""The lines above a conversation that say who passed it on, and lead to those which it is linked to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.base import ids
from app.base.words import N_
from app.inbox import Link
from ui.look import text
from ui.look.text import tr
from ui.widgets.avatar import Icon
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import ElidedLabel
from ui.widgets.panels import empty_layout

_MAX_TITLE_CHARS = 48
_MAX_LINES = 3
_REASONS = {
    "linked": N_("Linked: {id} {title}"),
    "private": N_("Continued in private: {id} {title}"),
    "forward": N_("Forwarded: {id} {title}"),
}


class LinkLines(QWidget):
    """One line for each linked conversation; hidden if there is none."""

    chosen = Signal(object)
    """A line was clicked; carries the other conversation's id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden, until `show_links`."""
        super().__init__(parent)
        self._shown: tuple[str, tuple[Link, ...]] = ("", ())
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.buttons: list[LinkButton] = []
        self.hide()

    def show_links(self, links: Sequence[Link], passed: str = "") -> None:
        """Show a conversation's links: the first few, as the messages need the room; above them who passed it on."""
        shown = tuple(links[:_MAX_LINES])
        if (passed, shown) == self._shown:
            return
        self._shown, self.buttons = (passed, shown), []
        empty_layout(self._lines)
        if passed:
            said = ElidedLabel(text.plain(passed), "meta", "text2")
            said.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self._row("forward", said)
        for link in shown:
            self._add(link)
        self.setVisible(bool(shown or passed))

    def _add(self, link: Link) -> None:
        name, title = ids.display(ids.CONVERSATION, link.conversation_id), text.embed(link.title, _MAX_TITLE_CHARS)
        button = LinkButton(tr(_REASONS.get(link.why, _REASONS["linked"])).format(id=name, title=title))
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)  # elided in a narrow pane
        button.setProperty("conversation", link.conversation_id)
        button.clicked.connect(self._clicked)
        self.buttons.append(button)
        self._row("link", button)

    def _row(self, icon: str, words: QWidget) -> None:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Icon(icon, "text2", 14))
        row.addWidget(words)
        row.addStretch(1)
        self._lines.addWidget(holder)

    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(int(sender.property("conversation")))
