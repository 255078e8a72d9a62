"""What the inbox says while no conversation is open: how to go on, or, in a new file, where messages come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.commands.in_use import keymap
from ui.look.text import tr
from ui.widgets.buttons import CommandButton
from ui.widgets.panels import EmptyState

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame


def has_conversations(bench: Workbench) -> bool:
    """Whether there are any conversations at all, in whatever state."""
    return any(bench.inbox.counts().values())


def nothing_open(bench: Workbench, frame: Frame) -> EmptyState:
    """The conversation pane's words and, as long as there are no conversations, the ways to some."""
    if has_conversations(bench):
        words = tr("Choose a conversation, or press {key} for the one waiting longest.")
        return EmptyState("messages-square", words.format(key=keymap().name("next_waiting")))
    return EmptyState(
        "inbox",
        tr("Messages from your members will appear here."),
        more=tr("Connect a mailbox or another channel, or import messages that you have as a file."),
        buttons=[CommandButton("connect", frame, kind="primary"), CommandButton("bring_in", frame)],
    )
