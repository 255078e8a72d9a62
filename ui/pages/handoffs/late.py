"""What the Hand-offs page shows only sometimes: it is made, and its code loaded, when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ui.frame.strip_page import StripPage

if TYPE_CHECKING:
    from ui.pages.handoffs.coming_back import ComingBack
    from ui.pages.handoffs.helpers import Helpers
    from ui.pages.handoffs.mates import MatesView
    from ui.pages.handoffs.returning import ReturnView
    from ui.widgets.stack import Stack


class LatePage(StripPage):
    """The page as far as its teammates and the files that come back are concerned."""

    helpers: Helpers
    coming_back: ComingBack
    sides: Stack
    middle: Stack

    @cached_property
    def mates(self) -> MatesView:
        """The teammates' side."""
        from ui.pages.handoffs.mates import MatesView  # noqa: PLC0415  as the module says

        mates = MatesView(self.bench, self.frame, self.sides)
        mates.asked.connect(self.helpers.asked)
        mates.handoff.connect(self.open)
        mates.left.connect(self.back)
        self.sides.addWidget(mates)
        return mates

    @cached_property
    def returning(self) -> ReturnView:
        """The preview of a file that came back: it takes 80 modules to read one."""
        from ui.pages.handoffs.returning import ReturnView  # noqa: PLC0415  as the module says

        returning = ReturnView(self.frame, self.middle)
        self.coming_back.follow(returning)
        self.middle.addWidget(returning)
        return returning

    @property
    def returned(self) -> ReturnView | None:
        """The preview, while a file is shown in it or being read; else None."""
        return self.returning if "returning" in vars(self) and self.returning.active else None
