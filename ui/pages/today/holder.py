"""The interface of Today's page that its body depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.today import Day
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.widgets.panels import PageHeader


class Holder(Protocol):
    """The page: its header, and the day as it was read last."""

    frame: Frame
    bench: Workbench
    header: PageHeader

    @property
    def day(self) -> Day | None:
        """What was read last; None before that."""
        ...

    def read(self) -> None:
        """Read the day again."""
        ...
