"""The composer's last row: insert a template, the character count, and the ways to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from app.commands.table import by_id
from ui.look.text import tr
from ui.widgets.buttons import CommandButton, IconButton

if TYPE_CHECKING:
    from ui.frame.page import Frame
    from ui.widgets.labels import Label


class SendBar(QHBoxLayout):
    """The buttons under the draft."""

    def __init__(self, frame: Frame, counter: Label, earlier: IconButton) -> None:
        """`counter` shows how long the draft is; `earlier` offers what we replied before."""
        super().__init__()
        self.insert = IconButton("quote", tr("Insert a template"))
        self.clip = IconButton("paperclip", tr("Attach files"))
        self.later = IconButton("calendar-clock", tr("Send later"))
        self.counter = counter
        self.keeping = CommandButton("send_keep", frame, title=tr("Send"), kind="plain", height=32)
        self.sending = CommandButton("send_done", frame, kind="primary", height=32)
        for button, command_id in ((self.insert, "insert_template"), (self.clip, "attach"), (self.later, "send_later")):
            button.follow(command_id)
        self.setSpacing(4)
        self.addWidget(self.insert)
        self.addWidget(self.clip)
        self.addWidget(earlier)
        self.addWidget(counter)
        self.addStretch(1)
        self.addWidget(self.later)
        self.addWidget(self.keeping)
        self.addWidget(self.sending)

    def set_by_hand(self, by_hand: bool) -> None:  # noqa: FBT001  a signal's
        """Title the send buttons: "Send", or "Copy and post" if the person posts `by_hand`."""
        icon = "hand" if by_hand else "send"
        self.sending.set_title(tr("Copy, post & done") if by_hand else tr(by_id("send_done").title), icon)
        self.keeping.set_title(tr("Copy and post") if by_hand else tr("Send"), icon)
