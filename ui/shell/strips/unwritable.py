"""The strip above every page while nothing can be written to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.store.obstacles import HANDED_BACK, LENT, LOST
from ui.look import text
from ui.look.text import tr
from ui.shell.strips.banner import Banner

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.obstacles import Obstacle
    from ui.widgets.buttons import ActionButton


class Unwritable(Banner):
    """Says why, and what goes on all the same."""

    def __init__(
        self, found: Obstacle, more: str, lend: Callable[[], object], open_again: Callable[[], object]
    ) -> None:
        """`found` is what keeps the file from being written to, `more` a sentence about that, or "".

        `lend` shows how a desk that is lent comes back, `open_again` opens the file that is there now.
        """
        super().__init__("triangle-alert")
        self.found, self.more = found, more
        self.title.setText(found.title)
        goes_on = tr("You can read, search and export. What you type stays in its field, but isn't saved.")
        if found.kind in LOST:
            goes_on = ""  # `more` says it
        elif found.kind not in (LENT, HANDED_BACK):
            goes_on = tr(
                "You can read, search and export to another drive. What you type stays in its field, but isn't saved."
            )
        self.line.setText(" ".join(filter(None, (text.plain(found.sentence), text.plain(more), goes_on))))
        self.setAccessibleName(found.title)
        self.back: ActionButton | None = None
        if found.kind == LENT:
            self.back = self.add_button(tr("Take the desk back…"), lend)
        self.again: ActionButton | None = None
        if found.kind in LOST:
            self.again = self.add_button(tr("Open the file again"), open_again)
