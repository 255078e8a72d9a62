"""The table of commands, from which keys, palette, tooltips, menus, key sheet and docs/keyboard.md are made.

A command is data; its handler is looked up when it runs: in the current page (`Page.handlers`), then in the window. A
key is spelled as in `Ctrl+Shift+Enter`, `E`, `?`, `F8`; `ui.commands.keys` turns key presses into these. A key means
the same on every page; where commands share one, `meaning` says what they have in common.
"""

from __future__ import annotations

from functools import cache

from app.base.words import N_
from app.commands.addresses import ADDRESSES
from app.commands.between import BETWEEN
from app.commands.command import EVERYWHERE, Command
from app.commands.deserving import DESERVING
from app.commands.facts import FACTS
from app.commands.gift_ends import GIFT_ENDS
from app.commands.gift_items import GIFT_ITEMS
from app.commands.handoffs import HANDOFFS
from app.commands.members import MEMBERS
from app.commands.promising import PROMISING
from app.commands.returned import READ_BACK, RETURNED
from app.commands.works import WORKS

_PAGES_WITH_LISTS = ("today", "inbox", "members", "templates", "delight", "handoffs", "outbox", "drafts", "rules")
_PAGES_ON_PAPER = ("inbox", "drafts", "members", "templates", "delight", "handoffs", "outbox")
_PAGES_WITH_MEMBERS = ("inbox", "members")
_PAGES_WITH_PEOPLE = ("today", *_PAGES_WITH_MEMBERS)
_MOVE, _ANSWER, _CASE, _MAKE = N_("Move"), N_("Reply"), N_("This conversation"), N_("Create")
_OUT, _AS_SHOWN = N_("Files and paper"), N_("The rows that are shown, in their order")
_GO, _BLOCK = N_("Pages"), N_("Your block")
_MINUTES = (
    N_("I have 10 minutes"), N_("I have 25 minutes"), N_("I have 45 minutes"), N_("I have 60 minutes"),
    N_("I have until the block ends"),
)  # fmt: skip

_PAGES = (
    N_("Page 1"), N_("Page 2"), N_("Page 3"), N_("Page 4"), N_("Page 5"), N_("Page 6"), N_("Page 7"), N_("Page 8"),
    N_("Page 9"),
)  # fmt: skip
"""Titles until a window shows those of its pages, which stand in the rail in this order."""

COMMANDS: tuple[Command, ...] = (
    # Anywhere
    Command("palette", N_("Find or do"), ("Ctrl+K",), icon="search", listed=False),
    Command("keysheet", N_("Show the keys for this page"), ("?", "F1"), icon="keyboard"),
    Command("search", N_("Search"), ("/", "Ctrl+F"), icon="search"),
    Command("undo", N_("Undo"), ("Z", "Ctrl+Z"), icon="undo-2", help=N_("What you did here in the last ten minutes")),
    Command("redo", N_("Redo"), ("Ctrl+Shift+Z",), icon="redo-2", help=N_("Redo what you last undid")),
    Command(
        "what_was_done", N_("What was done"), ("Ctrl+Shift+H",), icon="history", help=N_("Undo imports, older changes")
    ),
    Command("next_pane", N_("Next pane"), ("F6",), group=_MOVE, listed=False),
    Command("previous_pane", N_("Previous pane"), ("Shift+F6",), group=_MOVE, listed=False),
    Command("back", N_("Back (keeps draft)"), ("Escape",), group=_MOVE, listed=False),
    Command("row_menu", N_("Menu of what is selected"), ("Shift+F10",), group=_MOVE, listed=False),
    Command("next_waiting", N_("Next unanswered"), ("N",), group=_MOVE, icon="arrow-down"),
    Command("park", N_("Park the rest until the next block"), ("B",), group=_MOVE, icon="hourglass"),
    Command("quiet", N_("Quiet conversations"), ("Shift+Q",), group=_MOVE, icon="moon"),
    Command("settings", N_("Settings"), ("Ctrl+,",), icon="settings"),
    Command("bring_in", N_("Import a file"), ("Ctrl+I",), icon="file-down", group=_MAKE),
    READ_BACK,
    Command("connect", N_("Connect an account"), icon="plug", group=_MAKE),
    Command("sync", N_("Fetch new messages now"), ("F5",), icon="refresh-cw"),
    Command("new_message", N_("New message"), ("C",), icon="square-pen", group=_MAKE),
    Command(
        "new_post", N_("New post"), ("Shift+C",), icon="globe", group=_MAKE, help=N_("A public channel, forum, profile")
    ),
    Command("write_down", N_("Add a message by hand"), ("Shift+L",), icon="message-square-plus", group=_MAKE),
    Command("posted", N_("I posted it"), ("Alt+Y",), icon="check", group=_ANSWER),
    Command("not_posted", N_("Not posted yet"), ("Alt+N",), icon="undo-2", group=_ANSWER),
    Command("backup", N_("Make a backup now"), icon="hard-drive"),
    Command("restore", N_("Restore a backup"), icon="archive-restore"),
    Command("check_file", N_("Check the file now"), icon="circle-check"),
    Command("open_file", N_("Open another file"), ("Ctrl+Shift+O",), icon="folder-open"),
    Command("leave_demo", N_("Leave the demo community"), icon="log-out"),
    Command("appearance_light", N_("Light appearance"), icon="sun"),
    Command("appearance_dark", N_("Dark appearance"), icon="moon"),
    Command("appearance_system", N_("Match system appearance"), icon="sun-moon"),
    Command("larger", N_("Larger text"), ("Ctrl++", "Ctrl+="), icon="a-arrow-up"),
    Command("smaller", N_("Smaller text"), ("Ctrl+-",), icon="a-arrow-down"),
    Command("usual_size", N_("Default text size"), ("Ctrl+0",), icon="a-large-small"),
    Command("quit", N_("Quit"), ("Ctrl+Q",), icon="log-out"),
    # Files out and paper
    Command("export", N_("Export this list"), ("Ctrl+Shift+X",), _PAGES_ON_PAPER, "file-up", _OUT, _AS_SHOWN),
    Command("print", N_("Print"), ("Ctrl+P",), _PAGES_ON_PAPER, "printer", _OUT, N_("What is open here")),
    Command("print_list", N_("Print this list"), (), _PAGES_ON_PAPER, "printer", _OUT, _AS_SHOWN),
    Command("export_all", N_("Export everything"), icon="folder-down", group=_OUT, help=N_("A folder of CSV files")),
    Command("hand_over", N_("Hand-over pack"), icon="package", group=_OUT, help=N_("For whoever takes over")),
    Command("hand_over_private", N_("Hand-over pack with private addresses"), icon="package", group=_OUT),
    *(
        Command(f"page_{place}", title, (f"Ctrl+{place}",), group=_GO, listed=False)
        for place, title in enumerate(_PAGES, 1)
    ),
    # Lists
    Command("next", N_("Next"), ("J", "Down"), (*_PAGES_WITH_LISTS, "facts"), group=_MOVE, listed=False),
    Command("previous", N_("Previous"), ("K", "Up"), (*_PAGES_WITH_LISTS, "facts"), group=_MOVE, listed=False),
    Command("open", N_("Open"), ("O", "Enter"), (*_PAGES_WITH_LISTS, "facts"), group=_MOVE, listed=False),
    Command("select", N_("Select or deselect"), ("X",), ("inbox", "members"), group=_MOVE, listed=False),
    Command(
        "extend_down",
        N_("Extend selection down"),
        ("Shift+J", "Shift+Down"),
        ("inbox", "members"),
        group=_MOVE,
        listed=False,
    ),
    Command(
        "extend_up", N_("Extend selection up"), ("Shift+K", "Shift+Up"), ("inbox", "members"), group=_MOVE, listed=False
    ),
    # Conversations
    Command("done", N_("Done"), ("E",), ("today", "inbox"), "check", _CASE, N_("Mark done (again to reopen)")),
    Command(
        "snooze", N_("Snooze"), ("S",), ("today", "inbox"), "clock", _CASE, N_("Hide it until later: S, then a letter")
    ),
    Command("snoozed", N_("Snoozed conversations"), group=_MOVE, icon="clock"),
    Command(
        "handoff",
        N_("Hand off"),
        ("H",),
        (*_PAGES_WITH_MEMBERS, "delight"),
        "arrow-right-left",
        _CASE,
        N_("Ask a teammate, and track it"),
    ),
    Command(
        "gift", N_("Gift"), ("G",), (*_PAGES_WITH_MEMBERS, "delight"), "gift", _CASE, N_("Log a gift for this member")
    ),
    *PROMISING,
    *WORKS,
    *ADDRESSES,
    *BETWEEN,
    Command("labels", N_("Labels"), ("M",), _PAGES_WITH_MEMBERS, "tag", _CASE),
    Command("edit_labels", N_("Edit labels"), (), ("inbox",), "tag", _MAKE, N_("Rename, colour, merge or delete them")),
    Command(
        "save_view",
        N_("Save this list as a view"),
        ("Ctrl+Shift+S",),
        ("inbox",),
        "list-filter",
        _MAKE,
        N_("The search and the filter, in the rail under a name"),
    ),
    Command("edit_views", N_("Edit views"), (), ("inbox",), "list-filter", _MAKE, N_("Rename, move or remove them")),
    Command("rules", N_("Rules"), group=_MOVE, icon="list-filter", help=N_("What happens to incoming messages")),
    Command(
        "drift", N_("Drift"), group=_MOVE, icon="activity", help=N_("What your rules find in sent messages, by month")
    ),
    Command("drafts", N_("Drafts"), ("Shift+D",), group=_MOVE, icon="pencil", help=N_("Unsent replies and messages")),
    Command("kind_word", N_("Kind words"), ("Y",), ("inbox",), "heart", _CASE, N_("Keep, or take off the shelf")),
    Command("unhappy", N_("Unhappy"), ("U",), ("inbox",), "frown", _CASE, N_("Mark or unmark as unhappy")),
    Command("hard", N_("Difficult question"), ("Q",), ("inbox",), "circle-question-mark", _CASE),
    Command(
        "moderate",
        N_("Moderation"),
        ("V",),
        ("inbox",),
        "shield",
        _CASE,
        N_("Hide, approve or delete it on the channel; close it, mute its author"),
    ),
    Command(
        "solution",
        N_("Mark the solution"),
        ("Shift+S",),
        ("inbox",),
        "circle-check",
        _CASE,
        N_("The message that you read answers the question; again removes the mark"),
    ),
    Command(
        "by_person",
        N_("Bring back: it needs me"),
        ("Shift+Y",),
        ("inbox",),
        "user-round",
        _CASE,
        N_("Take it out of Quiet, or reopen what closed by itself; the sender is remembered"),
    ),
    Command(
        "ask_again",
        N_("Ask once more"),
        ("Alt+A",),
        ("inbox",),
        "message-circle-question-mark",
        _CASE,
        N_("Nobody answered your question: begin a reply that asks again"),
    ),
    Command(
        "let_go",
        N_("Let the question go"),
        ("Alt+L",),
        ("inbox",),
        "check",
        _CASE,
        N_("Close it, though nobody answered your question"),
    ),
    Command(
        "correct",
        N_("Correct your message"),
        ("Shift+E",),
        ("inbox",),
        "pencil",
        _CASE,
        N_("Give it other words on the channel; the old ones are kept here"),
    ),
    Command(
        "withdraw",
        N_("Withdraw your message"),
        ("Shift+W",),
        ("inbox",),
        "trash-2",
        _CASE,
        N_("Delete it on the channel; its words are kept here"),
    ),
    Command(
        "join",
        N_("Join conversations"),
        ("Shift+M",),
        ("inbox",),
        "merge",
        _CASE,
        N_("Make the selected ones one, or this one and another"),
    ),
    Command(
        "part",
        N_("Part a letter"),
        ("Shift+P",),
        ("inbox",),
        "split",
        _CASE,
        N_("Move it and its answers to a conversation of their own"),
    ),
    Command(
        "link", N_("Link conversations"), ("Shift+B",), ("inbox",), "link", _CASE, N_("So that each shows the other")
    ),
    Command("unlink", N_("Remove a link"), (), ("inbox",), "link", _CASE, N_("Between this conversation and another")),
    Command(
        "not_passed_on",
        N_("Not passed on"),
        (),
        ("inbox",),
        "forward",
        _CASE,
        N_("Remove the name of whoever passed this conversation on"),
    ),
    Command("same_person", N_("Same person"), (), ("inbox",), "user-round", _CASE, N_("The new name is this member's")),
    Command(
        "another_person",
        N_("Another person"),
        (),
        ("inbox",),
        "user-plus",
        _CASE,
        N_("Whoever signs with the new name becomes a member"),
    ),
    Command(
        "quotations",
        N_("Show or hide quotations"),
        (".",),
        ("inbox",),
        "quote",
        _CASE,
        N_("Of the message that you read"),
    ),
    Command(
        "left_out",
        N_("Show what was left out"),
        (),
        ("inbox",),
        "eye",
        _CASE,
        N_("Hidden text, and what is beyond the limits"),
    ),
    Command(
        "save_original",
        N_("Save the original letter"),
        (),
        ("inbox",),
        "save",
        _CASE,
        N_("As an .eml file, fetched from the mailbox if need be"),
    ),
    Command("moderation_log", N_("Moderation log"), ("Shift+V",), ("inbox",), "scroll-text", _CASE, meaning="log"),
    Command(
        "whole_post",
        N_("The whole post"),
        ("Ctrl+O",),
        ("inbox",),
        "image",
        _CASE,
        N_("Fetch the post that the comments are about, with its picture, or fold it"),
    ),
    Command("beside", N_("Other comments under this post"), ("Shift+O",), ("inbox",), "newspaper", _CASE),
    Command("all_from", N_("All from this member"), ("F",), ("inbox",), "user", _CASE),
    Command("card", N_("Member card"), ("I",), ("inbox",), "id-card", _CASE, N_("Show or hide the member card")),
    Command(
        "save_file",
        N_("Save an attached file"),
        ("Shift+G",),
        ("inbox",),
        "save",
        _CASE,
        N_("It's saved, never opened here"),
    ),
    Command(
        "pictures",
        N_("Show or hide pictures"),
        ("Shift+I",),
        ("inbox",),
        "image",
        _CASE,
        N_("Those in the letter; nothing is fetched from the internet"),
    ),
    Command("note", N_("Log an in-person conversation"), ("L",), _PAGES_WITH_MEMBERS, "notebook-pen", _MAKE),
    # Answering
    Command("reply", N_("Reply"), ("R",), _PAGES_WITH_PEOPLE, "reply", _ANSWER),
    Command(
        "reply_all",
        N_("Reply to all"),
        ("Shift+R",),
        ("inbox",),
        "reply-all",
        _ANSWER,
        N_("To the writer, with copies to all whom the letter names"),
    ),
    Command(
        "reply_list",
        N_("Reply to the list"),
        (),
        ("inbox",),
        "globe",
        _ANSWER,
        N_("Public: everybody on the mailing list reads it"),
    ),
    Command(
        "forward",
        N_("Forward"),
        ("Shift+F",),
        ("inbox",),
        "forward",
        _ANSWER,
        N_("The last message, with its files, by e-mail"),
    ),
    Command(
        "to_private",
        N_("Move to private"),
        ("Ctrl+Shift+P",),
        ("inbox",),
        "lock",
        _ANSWER,
        N_("Offers it in public, and begins a private message"),
    ),
    Command(
        "stacks",
        N_("Reply to those who ask the same"),
        ("Shift+T",),
        ("inbox",),
        "messages-square",
        _ANSWER,
        help=N_("One after the other, each with a reply of its own"),
    ),
    Command("write_member", N_("Write to this member"), ("Shift+N",), ("inbox",), "square-pen", _ANSWER),
    Command("template", N_("Reply with a template"), ("T",), ("inbox",), "quote", _ANSWER),
    Command("seen_valued", N_("Quick thank-you"), ("A",), ("inbox",), "heart", _ANSWER),
    Command(
        "react",
        N_("React"),
        ("Shift+A",),
        ("inbox",),
        "thumbs-up",
        _ANSWER,
        N_("Like, favourite or emoji for the last message; again takes it back"),
    ),
    Command(
        "react_with",
        N_("React with…"),
        (),
        ("inbox",),
        "thumbs-up",
        _ANSWER,
        N_("Choose among the channel's reactions"),
    ),
    Command("insert_template", N_("Insert a template"), ("Ctrl+T",), ("inbox", "letter"), "quote", _ANSWER),
    Command("attach", N_("Attach files"), ("Ctrl+Shift+A",), ("inbox", "letter", "templates"), "paperclip", _ANSWER),
    Command("send_letter", N_("Send"), ("Ctrl+Enter",), ("letter",), "send", _ANSWER, meaning="send_done"),
    Command("send_done", N_("Send & done"), ("Ctrl+Enter",), ("inbox",), "send", _ANSWER),
    Command("send_keep", N_("Send, keep open"), ("Ctrl+Shift+Enter",), ("inbox",), "send", _ANSWER),
    Command("choose_receiver", N_("Choose who gets the reply"), ("Ctrl+Shift+R",), ("inbox",), "users", _ANSWER),
    Command(
        "add_receivers",
        N_("Add receivers"),
        ("Ctrl+Shift+C",),
        ("inbox", "letter"),
        "user-plus",
        _ANSWER,
        N_("To, Cc, Bcc, and the address that it comes from"),
    ),
    Command(
        "manners",
        N_("Manners here"),
        ("Ctrl+Shift+M",),
        ("inbox",),
        "hand",
        _ANSWER,
        N_("What is customary, who sees it, how long it may be, and your own note"),
    ),
    Command("send_later", N_("Send later"), ("Ctrl+L",), ("inbox", "letter"), "calendar-clock", _ANSWER),
    Command("send_thread", N_("Send as a thread"), ("Ctrl+Shift+T",), ("inbox", "letter"), "list-tree", _ANSWER),
    Command("take_hint", N_("Use suggestion"), ("Alt+Enter",), ("inbox", "letter", "templates"), "wand", _ANSWER),
    Command(
        "next_slip", N_("Next spelling mistake"), ("F7",), ("inbox", "letter", "templates"), "spell-check", _ANSWER
    ),
    Command("next_hint", N_("Next finding"), ("F8",), ("inbox", "letter", "templates"), "arrow-right", _ANSWER),
    # Today
    *(
        Command(f"have_{place}", title, (str(place),), ("today",), "clock", _BLOCK)
        for place, title in enumerate(_MINUTES, 1)
    ),
    Command("put_off", N_("Not today"), ("Delete",), ("today",), "arrow-right", _BLOCK, meaning="drop"),
    Command("kind_words", N_("Read the kind words"), icon="heart", help=N_("All that you have kept")),
    Command(
        "first_week",
        N_("First week"),
        icon="list-checks",
        group=_MOVE,
        help=N_("Start line, teammates, templates and habits from your letters"),
    ),
    # Other pages
    Command(
        "drop_draft", N_("Discard this draft"), ("Delete",), ("drafts",), "trash-2", N_("This draft"), meaning="drop"
    ),
    Command("new_template", N_("New template"), ("Ctrl+N",), ("templates",), "plus", _MAKE, meaning="new"),
    Command(
        "drop_rule", N_("Remove this rule"), ("Delete",), ("templates",), "trash-2", N_("This rule"), meaning="drop"
    ),
    Command("new_rule", N_("New rule"), ("Ctrl+N",), ("rules",), "plus", _MAKE, meaning="new"),
    Command("edit_rule", N_("Change this rule"), ("Ctrl+E",), ("rules",), "pencil", N_("This rule"), meaning="edit"),
    Command(
        "rule_talks",
        N_("Show its conversations"),
        ("Ctrl+J",),
        ("rules",),
        "inbox",
        N_("This rule"),
        help=N_("All conversations where this rule did something, in the inbox"),
    ),
    Command("turn_rule", N_("Turn on or off"), (), ("rules",), "circle-check", N_("This rule")),
    Command("remove_rule", N_("Remove this rule"), ("Delete",), ("rules",), "trash-2", N_("This rule"), meaning="drop"),
    Command("rule_up", N_("Move up"), ("Alt+Up",), ("rules",), "arrow-up", N_("This rule")),
    Command("rule_down", N_("Move down"), ("Alt+Down",), ("rules",), "arrow-down", N_("This rule")),
    Command("undo_hit", N_("Undo this hit"), (), ("rules",), "undo-2", N_("This rule")),
    Command("undo_hits", N_("Undo all hits"), (), ("rules",), "undo-2", N_("This rule")),
    Command("save", N_("Save"), ("Ctrl+S",), ("templates", "members", "handoffs"), "check", _MAKE),
    Command(
        "filter", N_("Filter"), ("Ctrl+Shift+F",), ("members", "templates", "delight", "handoffs"), "list-filter", _MOVE
    ),
    Command("edit_gift", N_("Edit this gift"), ("Ctrl+E",), ("delight",), "pencil", N_("This gift"), meaning="edit"),
    Command("gift_address", N_("Shipping address"), ("Ctrl+Shift+D",), ("delight",), "map-pin", N_("This gift")),
    Command("drop_gift", N_("Drop this gift"), ("Delete",), ("delight",), "trash-2", N_("This gift"), meaning="drop"),
    *DESERVING,
    Command("next_stage", N_("Next stage"), ("Ctrl+Shift+N",), ("delight",), "arrow-right", N_("This gift")),
    *GIFT_ENDS,
    *GIFT_ITEMS,
    Command("shipping_list", N_("Shipping list"), ("Ctrl+Shift+E",), ("delight",), "file-up", _MAKE, meaning="file"),
    *RETURNED,
    *HANDOFFS,
    *MEMBERS,
    *FACTS,
    Command("send_now", N_("Send now"), (), ("outbox",), "send", N_("This reply")),
    Command("send_again", N_("Try again"), (), ("outbox",), "refresh-cw", N_("This reply")),
    Command(
        "reschedule",
        N_("Reschedule"),
        ("Ctrl+L",),
        ("outbox",),
        "calendar-clock",
        N_("This reply"),
        meaning="send_later",
    ),
    Command("cancel_sending", N_("Cancel sending"), ("Delete",), ("outbox",), "x", N_("This reply"), meaning="drop"),
)


@cache
def _index() -> dict[str, Command]:
    return {command.id: command for command in COMMANDS}


def by_id(command_id: str) -> Command:
    """The command of that id. Raises KeyError if there is none."""
    return _index()[command_id]


def on_page(page_id: str) -> list[Command]:
    """The commands of a page, its own before those of EVERYWHERE."""
    own = [command for command in COMMANDS if page_id in command.where]
    return own + [command for command in COMMANDS if EVERYWHERE in command.where]
