"""The strip that asks for a reason before an offer to go on in private is posted whose words need one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ui.look import text
from ui.look.text import tr
from ui.widgets.labels import Label
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.inbox import Opened
    from app.voice import Cleared, Draft, Stopped
    from app.workbench import Workbench


class OfferStrip(Strip):
    """Shows the words of the offer, what needs a reason in them, and posts them with one."""

    def __init__(
        self, bench: Workbench, opened: Opened, draft: Draft, why: Stopped, post: Callable[[Draft, Cleared], None]
    ) -> None:
        """`post` posts the offer once it is cleared."""
        super().__init__(tr("Offer to go on in private"), "lock", tr("Post the offer"))
        self._bench, self._draft, self._post = bench, draft, post
        self.about = opened.row.id
        self.words = Label(text.plain(draft.text), "body", "text2", wrap=True)
        self.form.addWidget(self.words, 0, 0)
        self.reason = QLineEdit()
        self.field(tr("Reason for sending it anyway"), self.reason, 1, 0)
        self.wrong.setText(text.plain(str(why)))
        self.wrong.show()

    def start(self) -> None:
        """Focus the reason."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Post the offer; returns "", since it comes with a toast of its own. Raises UserError without a reason."""
        self._post(self._draft, self._bench.voice.clear(self._draft, reason=self.reason.text().strip()))
        return ""
