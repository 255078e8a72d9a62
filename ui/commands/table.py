"""The one table of what can be done: it makes the keys, the palette, tooltips, menus and the key sheet.

A command is data; who does it is settled when it is run: the window asks the page that is shown for a handler of
that id (`Page.handlers`), then itself. A key is written as in `Ctrl+Shift+Enter`, `E`, `?`, `F8`; `ui.commands.keys`
turns presses into these.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done. `where` holds page ids or EVERYWHERE; `group` heads it in the key sheet."""

    id: str
    title: str
    keys: tuple[str, ...] = ()
    where: tuple[str, ...] = (EVERYWHERE,)
    icon: str = ""
    group: str = "Anywhere"
    help: str = ""
    listed: bool = True
    """Whether the palette offers it; moves of the selection are not worth a row there."""

    @property
    def repeats(self) -> bool:
        """Whether a key that is held down goes on doing it."""
        return self.id in _REPEATS


_REPEATS = ("next", "previous", "extend_down", "extend_up", "larger", "smaller")
_LISTS = ("inbox", "members", "templates", "delight", "handoffs", "outbox")
_TALK = ("inbox", "members")
_MOVE, _ANSWER, _CASE, _MAKE = "Move", "Reply", "This conversation", "Create"

COMMANDS: tuple[Command, ...] = (
    # Anywhere
    Command("palette", "Find or do", ("Ctrl+K",), icon="search", listed=False),
    Command("keysheet", "Show the keys for this page", ("?", "F1"), icon="keyboard"),
    Command("search", "Search", ("/", "Ctrl+F"), icon="search"),
    Command("undo", "Undo", ("Z", "Ctrl+Z"), icon="undo-2", help="What you did here in the last ten minutes"),
    Command("redo", "Redo", ("Ctrl+Shift+Z",), icon="redo-2", help="Redo what you last undid"),
    Command(
        "what_was_done",
        "What was done",
        ("Ctrl+Shift+H",),
        icon="history",
        help="Undo imports, merges and older changes",
    ),
    Command("next_pane", "Next pane", ("F6",), group=_MOVE, listed=False),
    Command("previous_pane", "Previous pane", ("Shift+F6",), group=_MOVE, listed=False),
    Command("back", "Back (keeps draft)", ("Escape",), group=_MOVE, listed=False),
    Command("next_waiting", "Next unanswered", ("N",), group=_MOVE, icon="arrow-down"),
    Command("settings", "Settings", ("Ctrl+,",), icon="settings"),
    Command("bring_in", "Import a file", ("Ctrl+I",), icon="file-down", group=_MAKE),
    Command("connect", "Connect an account", icon="plug", group=_MAKE),
    Command("sync", "Fetch new messages now", ("F5",), icon="refresh-cw"),
    Command("write_down", "Add a message by hand", ("Shift+L",), icon="message-square-plus", group=_MAKE),
    Command("posted", "I posted it", ("Y",), icon="check", group=_ANSWER),
    Command("not_posted", "Not posted yet", ("Shift+Y",), icon="undo-2", group=_ANSWER),
    Command("backup", "Make a backup now", icon="hard-drive"),
    Command("restore", "Restore a backup", icon="archive-restore"),
    Command("open_file", "Open another file", ("Ctrl+Shift+O",), icon="folder-open"),
    Command("leave_demo", "Leave the demo community", icon="log-out"),
    Command("appearance_light", "Light appearance", icon="sun"),
    Command("appearance_dark", "Dark appearance", icon="moon"),
    Command("appearance_system", "Match system appearance", icon="sun-moon"),
    Command("larger", "Larger text", ("Ctrl++", "Ctrl+="), icon="a-arrow-up"),
    Command("smaller", "Smaller text", ("Ctrl+-",), icon="a-arrow-down"),
    Command("usual_size", "Default text size", ("Ctrl+0",), icon="a-large-small"),
    Command("quit", "Quit", ("Ctrl+Q",), icon="log-out"),
    # Lists
    Command("next", "Next", ("J", "Down"), _LISTS, group=_MOVE, listed=False),
    Command("previous", "Previous", ("K", "Up"), _LISTS, group=_MOVE, listed=False),
    Command("open", "Open", ("O", "Enter"), _LISTS, group=_MOVE, listed=False),
    Command("select", "Select or deselect", ("X",), ("inbox",), group=_MOVE, listed=False),
    Command("extend_down", "Extend selection down", ("Shift+J", "Shift+Down"), ("inbox",), group=_MOVE, listed=False),
    Command("extend_up", "Extend selection up", ("Shift+K", "Shift+Up"), ("inbox",), group=_MOVE, listed=False),
    # Conversations
    Command("done", "Done", ("E",), ("inbox",), "check", _CASE, "Mark done (again to reopen)"),
    Command("snooze", "Snooze", ("S",), ("inbox",), "clock", _CASE, "Hide it until later: S, then a letter"),
    Command("handoff", "Hand off", ("H",), ("inbox",), "arrow-right-left", _CASE, "Hand it to a teammate and track it"),
    Command("gift", "Gift", ("G",), (*_TALK, "delight"), "gift", _CASE, "Log a gift for this member"),
    Command("labels", "Labels", ("M",), ("inbox",), "tag", _CASE),
    Command("unhappy", "Unhappy", ("U",), ("inbox",), "frown", _CASE, "Mark or unmark as unhappy"),
    Command("hard", "Difficult question", ("Q",), ("inbox",), "circle-question-mark", _CASE),
    Command("moderate", "Moderation", ("V",), ("inbox",), "shield", _CASE, "Hide, approve or delete it on the channel"),
    Command("moderation_log", "Moderation log", ("Shift+V",), ("inbox",), "scroll-text", _CASE),
    Command("beside", "Other comments under this post", ("C",), ("inbox",), "newspaper", _CASE),
    Command("all_from", "All from this member", ("F",), ("inbox",), "user", _CASE),
    Command("card", "Member card", ("I",), ("inbox",), "id-card", _CASE, "Show or hide the member card"),
    Command("note", "Log an in-person conversation", ("L",), _TALK, "notebook-pen", _MAKE),
    # Answering
    Command("reply", "Reply", ("R",), _TALK, "reply", _ANSWER),
    Command("template", "Reply with a template", ("T",), ("inbox",), "quote", _ANSWER),
    Command("seen_valued", "Quick thank-you", ("A",), ("inbox",), "heart", _ANSWER),
    Command("insert_template", "Insert a template", ("Ctrl+T",), ("inbox",), "quote", _ANSWER),
    Command("send_done", "Send & done", ("Ctrl+Enter",), ("inbox",), "send", _ANSWER),
    Command("send_keep", "Send, keep open", ("Ctrl+Shift+Enter",), ("inbox",), "send", _ANSWER),
    Command("choose_receiver", "Choose who gets the reply", ("Ctrl+Shift+R",), ("inbox",), "users", _ANSWER),
    Command("send_later", "Send later", ("Ctrl+L",), ("inbox",), "calendar-clock", _ANSWER),
    Command("send_thread", "Send as a thread", ("Ctrl+Shift+T",), ("inbox",), "list-tree", _ANSWER),
    Command("take_hint", "Use suggestion", ("Alt+Enter",), ("inbox", "templates"), "wand", _ANSWER),
    Command("next_hint", "Next finding", ("F8",), ("inbox", "templates"), "arrow-right", _ANSWER),
    # Other pages
    Command("add_member", "Add a member", ("Ctrl+N",), ("members",), "user-plus", _MAKE),
    Command("edit_member", "Edit this member", ("E",), ("members",), "pencil", "This member"),
    Command("merge", "Merge with…", ("M",), ("members",), "merge", "This member"),
    Command("new_template", "New template", ("Ctrl+N",), ("templates",), "plus", _MAKE),
    Command("drop_rule", "Remove this rule", ("Delete",), ("templates",), "trash-2", "This rule"),
    Command("save", "Save", ("Ctrl+S",), ("templates", "members", "handoffs"), "check", _MAKE),
    Command("filter", "Filter", ("F",), ("members", "templates", "delight", "handoffs"), "list-filter", _MOVE),
    Command("edit_gift", "Edit this gift", ("E",), ("delight",), "pencil", "This gift"),
    Command("gift_address", "Shipping address", ("D",), ("delight",), "map-pin", "This gift"),
    Command("drop_gift", "Drop this gift", ("Delete",), ("delight",), "trash-2", "This gift"),
    Command("next_stage", "Next stage", ("A",), ("delight",), "arrow-right", "This gift"),
    Command("shipping_list", "Shipping list", ("Ctrl+Shift+E",), ("delight",), "file-up", _MAKE),
    Command("send_file", "Send a file", ("Ctrl+Shift+X",), ("handoffs",), "file-up", _MAKE),
    Command("teammates", "Teammates", ("Ctrl+N",), ("handoffs",), "users", _MAKE, "Add or edit a teammate"),
    Command("tell_member", "Tell the member", ("R",), ("handoffs",), "reply", "This hand-off"),
    Command("edit_handoff", "Edit the hand-off", ("Ctrl+E",), ("handoffs",), "pencil", "This hand-off"),
    Command("close_handoff", "Close the hand-off", ("C",), ("handoffs",), "circle-check", "This hand-off"),
    Command("solved", "Solved", ("E",), ("handoffs",), "check", "This hand-off"),
)


@cache
def _index() -> dict[str, Command]:
    return {command.id: command for command in COMMANDS}


def by_id(command_id: str) -> Command:
    """The command of that id; KeyError when the table has none."""
    return _index()[command_id]


def on_page(page_id: str) -> list[Command]:
    """The commands that may be meant on a page, the page's own first."""
    own = [command for command in COMMANDS if page_id in command.where]
    return own + [command for command in COMMANDS if EVERYWHERE in command.where]


def for_keys(
    spellings: Iterable[str], page_id: str, changed: dict[str, tuple[str, ...]] | None = None
) -> list[Command]:
    """The commands whose key is the first spelling that any command of the page has; the page's own first.

    `changed` holds keys that the person chose instead of the table's, by command id.
    """
    here = on_page(page_id)
    for spelling in spellings:
        found = [c for c in here if spelling in (changed or {}).get(c.id, c.keys)]
        if found:
            return found
    return []


_MAC = {"Ctrl": "⌘", "Shift": "⇧", "Alt": "⌥", "Enter": "↵"}
_SIGNS = {"Enter": "↵", "Escape": "Esc", "Up": "↑", "Down": "↓", "Delete": "Del"}


def shown_key(key: str) -> str:
    """A key as it is written on the screen: `Ctrl ↵`, `E`; on macOS `⌘↵`."""
    parts = key.replace("++", "+plus").split("+") if key != "+" else ["plus"]
    words = ["+" if part == "plus" else part for part in parts]
    if sys.platform == "darwin":
        return "".join(_MAC.get(part, _SIGNS.get(part, part)) for part in words)
    return " ".join(_SIGNS.get(part, part) if part != "Enter" or len(words) > 1 else "Enter" for part in words)
