"""Menus built from the command table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.commands.table import by_id
from ui.commands.in_use import keymap
from ui.look import fonts, icons, text
from ui.look.theme import theme

COMMUNITY = (
    ("bring_in", "connect", "write_down", "sync"),
    ("what_was_done",),
    ("export", "export_all", "hand_over", "print", "print_list"),
    ("backup", "restore", "check_file", "keeping", "lend", "open_again", "open_file", "leave_demo"),
    ("settings", "keysheet", "quit"),
)
ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    "inbox": (
        ("reply", "template", "seen_valued", "react", "forward"),
        ("done", "snooze", "handoff", "gift"),
        ("labels", "unhappy", "hard", "by_person"),
        ("join", "link", "moderate"),
        ("all_from", "beside", "write_member"),
        ("print",),
    ),
    "members": (("reply", "edit_member", "merge"), ("handoff", "gift", "note"), ("print",)),
    "templates": (("new_template",), ("drop_rule",), ("export",)),
    "delight": (("open", "next_stage"), ("handoff", "edit_gift", "gift_address"), ("drop_gift",), ("export",)),
    "handoffs": (("open", "tell_member", "solved"), ("edit_handoff", "close_handoff"), ("send_file", "export")),
    "facts": (("put_right", "correct_told", "leave_told"), ("edit_fact", "still_true"), ("drop_fact",)),
    "outbox": (("open",), ("send_now", "send_again", "reschedule"), ("cancel_sending",)),
}
"""By page: what can be done with the row that is selected."""
MARKED = (("done", "snooze"), ("labels", "unhappy", "hard", "by_person"), ("join", "link"))
"""What can be done with several conversations at once."""


def command_menu(
    parent: QWidget, groups: Sequence[Sequence[str]], possible: Callable[[str], bool], run: Callable[[str], object]
) -> QMenu:
    """A menu of commands by id, with separators between groups; commands that are not `possible` are left out."""
    menu = _Menu(parent, run)
    for group in groups:
        here = [command_id for command_id in group if possible(command_id)]
        if here and not menu.isEmpty():
            menu.addSeparator()
        for command_id in here:
            command = by_id(command_id)
            tone = "delight" if command.icon == "gift" else "text2"
            action = QAction(text.tr(command.title), menu)
            if command.icon:
                action.setIcon(icons.icon(command.icon, theme().hex(tone), fonts.px(16)))
            if cap := keymap().cap(command_id):
                action.setText(f"{action.text()}\t{cap}")
            action.setData(command_id)
            menu.addAction(action)
    return menu


def community_menu(parent: QWidget, possible: Callable[[str], bool], run: Callable[[str], object]) -> QMenu:
    """The menu of the community's name in the rail."""
    return command_menu(parent, COMMUNITY, possible, run)


class _Menu(QMenu):
    """Runs the command whose id is its action's data."""

    def __init__(self, parent: QWidget, run: Callable[[str], object]) -> None:
        super().__init__(parent)
        self._run = run
        self.triggered.connect(self._triggered)

    def _triggered(self, action: QAction) -> None:
        self._run(str(action.data()))
