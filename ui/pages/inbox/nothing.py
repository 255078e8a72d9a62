"""What the inbox says while no conversation is open: how to go on, or, in a new file, where messages come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.commands.in_use import keymap
from ui.look.text import counted, tr
from ui.widgets.buttons import CommandButton
from ui.widgets.panels import EmptyState

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def nobody_waits(counts: Mapping[str, int]) -> EmptyState:
    """What the list says when nobody needs a reply; what is only snoozed is not called done."""
    words = tr("You're all caught up.") if not counts["snoozed"] else tr("Nobody needs a reply right now.")
    parts = []
    if counts["snoozed"]:
        parts.append(counted(counts["snoozed"], "{count} is snoozed.", "{count} are snoozed."))
    if counts["waiting"]:
        parts.append(tr("{count} waiting for members to answer.").format(count=counts["waiting"]))
    return EmptyState("check-check", words, more=" ".join(parts))
