"""What a new message promises and keeps, as chips above Send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.promises import drafted_from
from ui.shared.promise_chips import PromiseChips

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.outbox import LetterDraft
    from app.promises import Promise
    from app.workbench import Workbench
    from ui.frame.page import Frame


class Promising(PromiseChips):
    """The chips of the draft on the page; a post promises nobody anything."""

    def __init__(
        self, bench: Workbench, frame: Frame, written: Callable[[], LetterDraft], keep: Callable[[], None]
    ) -> None:
        """`written` is the draft as it is typed by now, `keep` saves it with what `drafted` is then."""
        super().__init__(bench, frame)
        self._written, self._keep_draft = written, keep

    def show_draft(self, draft: LetterDraft) -> None:
        """Another draft is on the page."""
        self.drafted = drafted_from(draft.promise)

    def typed(self) -> tuple[str, str]:
        """The words of a message that goes to somebody whom we know: nothing is promised to anybody else."""
        from app.outbox import is_post  # noqa: PLC0415  the page may be built before it is needed

        draft = self._written()
        known = not is_post(draft) and self._member(draft) is not None
        return draft.text.strip() if known else "", draft.language

    def to_keep(self) -> list[Promise]:
        """The open promises to whom it goes to."""
        return self._bench.promises.to_keep(None, self._member(self._written()))

    def _member(self, draft: LetterDraft) -> int | None:
        return self._bench.letters.first_member(draft)

    def store(self) -> None:
        """Keep it with the draft."""
        self._keep_draft()
