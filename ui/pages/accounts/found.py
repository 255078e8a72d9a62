"""What was found out about a new account: the sentence that says where from, and where its password is made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.channels.base import Suggested
from ui.look.text import plain, tr
from ui.pages.accounts.signin import open_in_browser
from ui.widgets.avatar import Icon
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import Label
from ui.widgets.panels import Panel


class FoundBox(QWidget):
    """A panel with what was found; empty and hidden until then."""

    def __init__(self) -> None:
        """Build it without words."""
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._panel: Panel | None = None
        self._page = ""
        self._for_password: list[QWidget] = []  # what is said only while one logs in with a password
        self.words = ""
        """All its sentences, as a screen reader says them."""

    @property
    def is_filled(self) -> bool:
        """Whether it has anything to show."""
        return bool(self.words)

    def show_found(self, found: Suggested) -> None:
        """Say what was found; a guess stands out, as the person has to check it."""
        if self._panel is not None:
            self._column.removeWidget(self._panel)
            self._panel.deleteLater()
        sentences = [found.sentence, *found.notes, *([found.hint] if found.hint else [])]
        self.words, self._page = " ".join(map(plain, sentences)), found.page
        made = Panel(fill="hover" if found.sure else "warn_bg", edge="", radius=8, margin=10)
        made.setAccessibleName(self.words)
        head = QHBoxLayout()
        head.setSpacing(8)
        icon = Icon("check", "ok") if found.sure else Icon("triangle-alert", "warn")
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Label(plain(found.sentence), "body", wrap=True), 1)
        made.column.addLayout(head)
        more = [Label(plain(sentence), "meta", "text2", wrap=True) for sentence in sentences[1:]]
        for label in more:
            made.column.addWidget(label)
        self._for_password = [*more[-1:]] if found.hint and found.password else []
        if found.page and found.hint:
            link = LinkButton(tr("Open the page where you create it"))
            link.setAccessibleDescription(found.page)
            link.clicked.connect(self._open_page)
            made.column.addWidget(link)
            self._for_password += [link] if found.password else []
        self._panel = made
        self._column.addWidget(made)

    def say_for(self, *, browser: bool) -> None:
        """Leave out what concerns a password while one logs in with the browser."""
        for said in self._for_password:
            said.setVisible(not browser)

    def _open_page(self) -> None:
        open_in_browser(self._page)
