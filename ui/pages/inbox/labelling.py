"""Labels of conversations, for the picker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.about import about

if TYPE_CHECKING:
    from app.workbench import Workbench


class OfConversations:
    """Puts labels on conversations; see `ui.shared.label_picker.Labelling`."""

    def __init__(self, bench: Workbench, numbers: Sequence[int]) -> None:
        """`numbers` are the conversations, none to edit the labels themselves."""
        self._bench = bench
        self.numbers: Sequence[int] = tuple(numbers)

    def title(self) -> str:
        """What the picker is called."""
        many = len(self.numbers)
        return text.counted(many, "Labels", "Labels of {count} conversations") if many else tr("Labels")

    def spread(self) -> dict[str, int]:
        """On how many of them each label is."""
        return self._bench.labels.spread(self.numbers)

    def change(self, add: Sequence[str], remove: Sequence[str]) -> None:
        """Put labels on and take others off."""
        self._bench.inbox.label(self.numbers, add, remove)

    def put_on(self, name: str) -> str:
        """What is said once a label is on."""
        return text.counted(
            len(self.numbers), "{who}: “{name}” put on.", "“{name}” put on {count} conversations.",
            name=name, who=self._who(),
        )  # fmt: skip

    def taken_off(self, name: str) -> str:
        """What is said once it is off."""
        return text.counted(
            len(self.numbers), "{who}: “{name}” taken off.", "“{name}” taken off {count} conversations.",
            name=name, who=self._who(),
        )  # fmt: skip

    def _who(self) -> str:
        return about(self._bench.inbox.rows(list(self.numbers[:1])))
