"""What the settings say of notices where nobody would show them."""

from __future__ import annotations

from ui.frame import notices
from ui.look.text import tr
from ui.widgets.labels import Label


class NoticeNote(Label):
    """One line, which has words only where notices would not be seen."""

    def __init__(self) -> None:
        """Say nothing before `show_again`, which the page calls as it is shown."""
        super().__init__("", "meta", "text2", wrap=True)

    def show_again(self) -> None:
        """Ask the desktop, and say so if it shows no notices."""
        lacking = tr("Nothing here shows notices: your desktop has no service for them. So none will come.")
        self.setText("" if notices.can_show() else lacking)
