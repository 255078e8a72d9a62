"""Keeping the draft: saved when typing pauses, brought back when a reply is undone.

What can't be saved, as on a full disk, is kept in memory by conversation and tried again until it can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from app.base.errors import UserError
from app.inbox.addressing import Addressing
from ui.widgets.timers import once_after

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.inbox.receivers import Receiver
    from app.workbench import Workbench
    from ui.pages.inbox.whom import Whom
    from ui.shared.draft_field import DraftField
    from ui.shared.language_chip import LanguageChip

_SAVE_DELAY_MS = 400
_AGAIN_MS = 2_000


class _Typed(NamedTuple):
    """What was typed; `seen` is the draft that was known to be there."""

    text: str
    language: str
    to: Receiver | None
    addressing: Addressing
    seen: str


class DraftKeeper(QObject):
    """Saves the open conversation's draft with its language and receivers."""

    refused = Signal(str)
    """The sentence that says why a draft can't be saved; once, until one can be."""

    def __init__(self, bench: Workbench, field: DraftField, language: LanguageChip, whom: Whom) -> None:
        """Keep nothing until `show_conversation`."""
        super().__init__(field)
        self._bench, self._field, self._language, self._whom = bench, field, language, whom
        self._opened: Opened | None = None  # as last read, with the draft as last saved
        self._choice: frozenset[str] = frozenset()
        self._unsaved: dict[int, _Typed] = {}
        self._why: UserError | None = None
        self._again = once_after(_AGAIN_MS, self._try_again, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_DELAY_MS)
        self._timer.timeout.connect(self.save)
        whom.changed.connect(self.save)
        whom.readdressed.connect(self.save_soon)

    def with_unsaved(self, opened: Opened) -> Opened:
        """The conversation with the draft that could not be saved, if there is one: it is to be shown."""
        left = self._unsaved.get(opened.row.id)
        if left is None:
            return opened
        return opened._replace(draft=left.text, answering=left.to, addressing=left.addressing)

    def show_conversation(self, opened: Opened) -> None:
        """Keep another conversation's draft from now on; the previous one's is to be saved before."""
        self._opened, self._choice = opened, frozenset()
        if self._unsaved.pop(opened.row.id, None) is not None:
            self.save_soon()  # it is in the field again

    def forget(self) -> None:
        """Let the conversation go without saving."""
        self._timer.stop()
        self._opened = None

    def save_soon(self) -> None:
        """Save when typing pauses."""
        self._timer.start()

    def save(self) -> None:
        """Save the draft, its language and its receivers, if they changed. If that fails it is tried again."""
        self._timer.stop()
        typed = self._field.toPlainText()
        if self._opened is None:
            return
        to = self._whom.choice.to if typed else None  # saved, since others may write before it is resumed
        addressing = self._whom.addressing if typed else Addressing()
        last = self._opened
        if (typed, to, addressing) != (last.draft, last.answering, last.addressing):
            self._write(typed, last.draft)

    def _write(self, typed: str, seen: str) -> None:
        """Save what was typed; `seen` is the draft that was known to be there."""
        if self._opened is None:
            return
        to = self._whom.choice.to if typed else None
        addressing = self._whom.addressing if typed else Addressing()
        number, before = self._opened.row.id, self._opened
        self._opened = before._replace(draft=typed, answering=to, addressing=addressing)
        if not self._is_saved(number, _Typed(typed, self._language.code, to, addressing, seen)):
            self._opened = before

    def _is_saved(self, number: int, what: _Typed) -> bool:
        """Save a conversation's draft; if that fails, keep it here. Returns whether it is saved."""
        answers = what.to.message_id if what.to else None
        try:
            self._bench.inbox.keep_draft(number, what.text, what.language, answers, what.addressing, seen=what.seen)
        except UserError as why:
            is_news, self._why = self._why is None, why
            self._unsaved[number] = what
            self._again.start()
            if is_news:
                self.refused.emit(str(why))
            return False
        self._unsaved.pop(number, None)
        if not self._unsaved:
            self._why = None
        return True

    def _try_again(self) -> None:
        """Save what could not be saved, in whichever conversation it was typed."""
        self.save()
        current = self._opened.row.id if self._opened is not None else None
        for number, what in list(self._unsaved.items()):
            if number != current and not self._is_saved(number, what):
                return

    def keep(self) -> None:
        """Save all that is typed now. Raises UserError if some of it can't be."""
        self._try_again()
        if self._unsaved and self._why is not None:
            raise self._why

    def chosen(self, draft: str) -> None:
        """The person has chosen between two drafts: the one that is not in the field is no other program's.

        The field follows the choice and its undo, whoever has the focus; what is typed since is left alone.
        """
        self._choice = frozenset((self._field.toPlainText(), draft))

    def sent(self) -> None:
        """The draft is sent: what an undo brings back is new again, with its receivers."""
        if self._opened is not None:
            self._opened = self._opened._replace(draft="", answering=None, addressing=Addressing())

    def refresh(self, opened: Opened) -> None:
        """Update from the same conversation re-read: typed text stays; undoing a send restores its draft."""
        before, typed = self._opened.draft if self._opened is not None else "", self._field.toPlainText()
        self._opened = opened
        if typed.strip() and _is_elsewhere(opened.draft, before, typed):
            self._meet(opened, before, typed)
            return
        if opened.draft and not before and not typed:
            self._field.setPlainText(opened.draft)
            self._whom.show_conversation(opened)  # with its receivers
        elif before and not opened.draft and typed == before:  # redo has sent it again
            self._field.setPlainText("")
        elif typed.strip() and opened.draft not in ("", before, typed):
            self._join(opened.draft, before, typed)

    def _meet(self, opened: Opened, before: str, typed: str) -> None:
        """Another window or program has written a draft here: both are kept, and none is put under the hand.

        What is being typed stays in the field and is saved, by which the other one is kept beside it; a field that
        nobody writes in shows the other one.
        """
        own = self._choice.issuperset((before, opened.draft))
        if typed == before and (own or not self._field.hasFocus()):
            self._field.setPlainText(opened.draft)
            if own and self._field.hasFocus():
                self._field.move_to_end()
            self._whom.show_conversation(opened)
            self._timer.stop()  # nothing was typed: what an undo puts back meanwhile is not to be written over
            return
        self._opened = opened._replace(draft=before)
        self._write(typed, before)

    def _join(self, draft: str, before: str, typed: str) -> None:
        """Put a draft restored by undo before what was typed since, as `app.inbox` joins them."""
        restored = draft.removesuffix(f"\n\n{before}") if before else draft
        if restored != draft or not before:
            self._field.setPlainText(f"{restored}\n\n{typed}")
            self._field.move_to_end()


def _is_elsewhere(draft: str, before: str, typed: str) -> bool:
    """Whether the file's draft is neither what the field had or has, nor words that an undo has put in front of it."""
    return bool(before) and draft not in ("", before, typed) and not draft.endswith(f"\n\n{before}")
