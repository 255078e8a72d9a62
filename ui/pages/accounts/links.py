"""The links above the two buttons of the account form; each is shown only when it is useful."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.look.text import tr
from ui.widgets.buttons import LinkButton
from ui.widgets.flow import Flow


class Links(QWidget):
    """How to connect, save without checking, sign in again, and the two ways back to the browser."""

    def __init__(
        self,
        guide: Callable[[], object],
        keep: Callable[[], object],
        again: Callable[[], object],
        reopen: Callable[[], object],
        copy: Callable[[], object],
    ) -> None:
        """Each is called by its link."""
        super().__init__()
        flow = Flow(self, gap=14)
        self.guide = _link(tr("How to connect (F1)"), guide)
        self.keep = _link(tr("Save without checking"), keep)
        self.again = _link(tr("Sign in again in the browser"), again)
        self.reopen = _link(tr("Open the browser again"), reopen)
        self.copy = _link(tr("Copy the address"), copy)
        self.every = (self.guide, self.keep, self.again, self.reopen, self.copy)
        for link in self.every:
            flow.addWidget(link)


def _link(words: str, act: Callable[[], object]) -> LinkButton:
    made = LinkButton(words, tone="text2")
    made.clicked.connect(act)
    return made
