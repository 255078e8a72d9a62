"""Members out of the page: which of them the export offers first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.frame.page import Frame


def show_receipts(frame: Frame) -> None:
    """Show the receipts of members who were forgotten."""
    from ui.dialogs.forgetting import Receipts  # noqa: PLC0415  few sessions forget anybody

    dialog = Receipts(frame)
    dialog.exec()
    dialog.deleteLater()


class Export:
    """Asks what of the members goes to a phone, a calendar or another program, each time it is called."""

    def __init__(
        self, frame: Frame, listed: Callable[[], Sequence[int]], marked: Callable[[], Sequence[int]],
        is_filtered: Callable[[], bool], shown: Callable[[], int | None],
    ) -> None:  # fmt: skip
        """`listed` are those of the table, `marked` those that are selected in it, `shown` is the one that is open."""
        self._frame, self._listed, self._marked = frame, listed, marked
        self._is_filtered, self._shown = is_filtered, shown

    def __call__(self) -> None:
        """Ask."""
        from ui.dialogs.contacts_out import Chosen, ContactsOut  # noqa: PLC0415  few sessions export

        marked, number, filtered = self._marked(), self._shown(), self._is_filtered()
        member = None if number is None else (number, self._frame.bench.members.get(number).name)
        several = len(marked) > 1
        numbers = marked if several else self._listed() if filtered else ()
        dialog = ContactsOut(self._frame, Chosen(numbers, is_filtered=filtered or several, member=member))
        dialog.exec()
        dialog.deleteLater()
