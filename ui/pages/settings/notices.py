"""What the settings say of notices, tray and start where the desktop has none, and where the file for the start is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base import autostart
from ui.frame import notices
from ui.look import text
from ui.look.text import tr
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.workbench import Workbench


class NoticeNote(Label):
    """One line, which has words only where notices would not be seen."""

    def __init__(self) -> None:
        """Say nothing before `show_again`, which the page calls as it is shown."""
        super().__init__("", "meta", "text2", wrap=True)

    def show_again(self) -> None:
        """Ask the desktop, and say so if it shows no notices."""
        lacking = tr("Your desktop has no notification service, so no notices will appear.")
        self.setText("" if notices.can_show() else lacking)


class ClosedNote(Label):
    """Whether there is a tray, and by which file Rapport starts with the session."""

    def __init__(self, bench: Workbench) -> None:
        """Say nothing before `show_again`, as above."""
        super().__init__("", "meta", "text2", wrap=True)
        self._bench = bench

    def show_again(self) -> None:
        """Say it as it is by now."""
        tray = "" if notices.has_tray() else tr("Your desktop has no tray, so closing the window ends Rapport.")
        self.setText(" ".join(sentence for sentence in (tray, self._start()) if sentence))

    def _start(self) -> str:
        if not autostart.is_possible():
            return tr("Rapport can't start with the session here by itself: your system's own settings can do it.")
        if not self._bench.settings.get("start_with_session"):
            return ""
        file = autostart.place(self._bench.profile.folder)
        says = tr("Starts with your session, through {file}.")
        if not file.exists():
            says = tr("{file} is not there any more: switch the start off and on again to have it back.")
        return says.format(file=text.isolate(text.breakable(str(file))))
