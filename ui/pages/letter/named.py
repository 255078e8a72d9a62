"""What the parts of the page are called: a post says that it is one, in its fields and on its button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QWidget

    from app.outbox import Destination
    from app.workbench import Workbench
    from ui.shared.draft_field import DraftField
    from ui.widgets.buttons import CommandButton, IconButton
    from ui.widgets.labels import Label


def addressed(bench: Workbench, number: int) -> str:
    """Whom the draft with that id is to, for a sentence."""
    found = bench.unsent.numbered([-number])
    return text.name(found[0].to if found and found[0].to else tr("nobody yet"))


def name_parts(
    goes: Destination, subject: QLineEdit, field: DraftField, sending: CommandButton, discard: IconButton
) -> None:
    """Name the fields and buttons by where it goes: a post, one that the person posts, or a message to somebody."""
    words = tr("Title") if goes.post else tr("Subject")
    subject.setPlaceholderText(words)
    subject.setAccessibleName(words)
    field.setAccessibleName(tr("Your post") if goes.post else tr("Your message"))
    field.setPlaceholderText(
        tr("Write a post, or / for a template") if goes.post else tr("Write a message, or / for a template")
    )
    discard.set_name(tr("Discard this post") if goes.post else tr("Discard this message"))
    if goes.by_hand:
        sending.set_title(tr("Copy and post"), "hand")
    else:
        sending.set_title(tr("Post") if goes.post else tr("Send"), "globe" if goes.post else "send")


def entitle(page: QWidget, heading: Label, title: str) -> None:
    """Call the page, and the window while it shows it, what is being written."""
    heading.setText(title)
    page.setWindowTitle(title)
    page.setAccessibleName(title)
