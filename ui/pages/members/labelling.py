"""Labels of members, for the picker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from app.workbench import Workbench


class OfMembers:
    """Puts labels on members; see `ui.shared.label_picker.Labelling`."""

    def __init__(self, bench: Workbench, numbers: Sequence[int]) -> None:
        """`numbers` are the members, at least one."""
        self._bench = bench
        self.numbers: Sequence[int] = tuple(numbers)

    def title(self) -> str:
        """What the picker is called."""
        return text.counted(len(self.numbers), "Labels of {who}", "Labels of {count} members", who=self._who())

    def spread(self) -> dict[str, int]:
        """On how many of them each label is."""
        return self._bench.members.own.spread(self.numbers)

    def change(self, add: Sequence[str], remove: Sequence[str]) -> None:
        """Put labels on and take others off."""
        self._bench.members.own.label(self.numbers, add, remove)

    def put_on(self, name: str) -> str:
        """What is said once a label is on."""
        return text.counted(
            len(self.numbers), "{who}: “{name}” put on.", "“{name}” put on {count} members.",
            name=name, who=self._who(),
        )  # fmt: skip

    def taken_off(self, name: str) -> str:
        """What is said once it is off."""
        return text.counted(
            len(self.numbers), "{who}: “{name}” taken off.", "“{name}” taken off {count} members.",
            name=name, who=self._who(),
        )  # fmt: skip

    def _who(self) -> str:
        rows = self._bench.members.rows(self.numbers[:1])
        return text.name(rows[0].name) if rows else tr("Unknown")
