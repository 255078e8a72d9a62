"""Which words of a template a letter takes, and in which languages it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.outbox import LetterDraft
    from app.templates import Pick
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.shared.draft_field import DraftField
    from ui.shared.language_chip import LanguageChip
    from ui.shared.outgoing_files import OutgoingFilesRow


class Written(Protocol):
    """The page as it is asked here."""

    bench: Workbench
    draft: LetterDraft
    language: LanguageChip
    field: DraftField
    files: OutgoingFilesRow
    frame: Frame


def picked_for(page: Written, number: int) -> Pick | None:
    """The words of a template for the letter that is written; None if its language has to be asked for."""
    desk = page.bench.templates
    return desk.pick_for_member(number, page.draft.member_id, desk.available(number, page.language.code))


def languages_of(page: Written) -> list[str]:
    """The codes of the languages that the letter may be in: the chosen one, else its receiver's."""
    chosen = page.language.code
    return [chosen] if chosen else page.bench.templates.spoken_by(page.draft.member_id)


def put(page: Written, picked: Pick) -> None:
    """Put a template's words into the letter where the cursor is, and let its files go along."""
    page.field.take_out_slash()
    page.field.textCursor().insertText(picked.filled.text)
    page.language.set_language(picked.text.language)
    page.field.setFocus()
    if picked.filled.stops:
        page.field.next_blank()
    said = page.files.take_template(picked.template.id)
    if said:
        page.frame.toast(" ".join(said), undo=None)
