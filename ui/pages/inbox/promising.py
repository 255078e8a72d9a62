"""What a reply promises and keeps, as chips above Send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.promises import Drafted, drafted_from, drafted_text
from ui.shared.promise_chips import PromiseChips

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.promises import Promise
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.inbox.draft_keeper import DraftKeeper
    from ui.pages.inbox.whom import Whom
    from ui.pages.inbox.words import Words


class Promising(PromiseChips):
    """The chips of the conversation's draft."""

    def __init__(self, bench: Workbench, frame: Frame, words: Words, draft: DraftKeeper, whom: Whom) -> None:
        """Start hidden, until `show_conversation`."""
        super().__init__(bench, frame)
        self._words, self._draft, self._whom = words, draft, whom
        self._opened: Opened | None = None

    def show_conversation(self, opened: Opened) -> None:
        """Read what the draft of another conversation is about to promise."""
        self._opened = opened
        self.drafted = drafted_from(self._bench.inbox.drafts.promised(opened.row.id)) if opened.draft else Drafted()

    def refresh(self, opened: Opened) -> None:
        """Read it again: a reply may have been taken back, a promise kept elsewhere."""
        self._opened = opened
        if opened.draft:
            self.drafted = drafted_from(self._bench.inbox.drafts.promised(opened.row.id))
        self.look()

    def typed(self) -> tuple[str, str]:
        """The reply, while a conversation is open."""
        return self._words.text() if self._opened is not None else "", self._words.language.code

    def to_keep(self) -> list[Promise]:
        """The conversation's, then others to whom the reply goes to."""
        if self._opened is None:
            return []
        to = self._whom.choice.to
        member = to.member_id if to is not None else self._opened.row.member_id
        return self._bench.promises.to_keep(self._opened.row.id, member)

    def store(self) -> None:
        """Keep it with the draft, which is saved before: what is chosen for it needs its row."""
        if self._opened is not None:
            self._draft.save()
            self._bench.inbox.drafts.note_promised(self._opened.row.id, drafted_text(self.drafted))
