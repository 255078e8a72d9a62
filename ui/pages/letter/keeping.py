"""Keeping what is written on the page of a new message, also while another window or program writes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.outbox import LetterDraft
from ui.look.text import tr

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame


class Keeping:
    """Saves a draft, and knows what of it was last in the file, by this page."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """Nothing is written yet."""
        self._bench, self._frame = bench, frame
        self._seen = LetterDraft()

    def begin(self, draft: LetterDraft) -> None:
        """Another draft is on the page, as it is in the file; one that is not there yet has no id."""
        self._seen = draft if draft.id else LetterDraft()

    def save(self, draft: LetterDraft, begun: LetterDraft) -> LetterDraft:
        """Save the draft; a blank one is not kept. It goes on as one of its own if somebody else wrote on it."""
        return self._saved(draft, self._bench.letters.save(draft, begun, self._known(draft)))

    def save_blank_too(self, draft: LetterDraft) -> LetterDraft:
        """Save the draft, blank or not: a file is about to be attached to it."""
        return self._saved(draft, self._bench.letters.keep(draft, self._known(draft)))

    def _known(self, draft: LetterDraft) -> LetterDraft | None:
        return self._seen if draft.id and draft.id == self._seen.id else None

    def _saved(self, draft: LetterDraft, saved: LetterDraft) -> LetterDraft:
        self._seen = saved
        if draft.id and saved.id not in (0, draft.id):
            self._frame.toast(
                tr("Another window or program changed this draft. Yours is kept beside it, as a draft of its own.")
            )
        return saved

    def elsewhere(self, written: LetterDraft) -> LetterDraft | None:
        """What somebody else has made of the draft; None if nobody has, or if it was `written` on here since."""
        if not self._seen.id or written._replace(at=0) != self._seen._replace(at=0):
            return None
        return self._bench.letters.changed(self._seen)
