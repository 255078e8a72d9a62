"""The commands of members: a part of the table, see `app.commands.table`."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

_MAKE, _MOVE, _MEMBER, _PAIR = N_("Create"), N_("Move"), N_("This member"), N_("These two")
_HERE = ("members",)

MEMBERS: tuple[Command, ...] = (
    Command("add_member", N_("Add a member"), ("Ctrl+N",), _HERE, "user-plus", _MAKE, meaning="new"),
    Command("edit_member", N_("Edit this member"), ("Ctrl+E",), _HERE, "pencil", _MEMBER, meaning="edit"),
    Command("merge", N_("Merge with…"), ("Ctrl+M",), _HERE, "merge", _MEMBER),
    Command("member_note", N_("Add a dated note"), ("Ctrl+D",), _HERE, "notebook-pen", _MEMBER),
    Command("member_fields", N_("Your own fields of members"), (), _HERE, "form", _MAKE),
    Command(
        "next_side", N_("People, same person, quiet or new"), ("Ctrl+Shift+U",), _HERE, "users", _MOVE, meaning="side"
    ),
    Command(
        "export_contacts",
        N_("Export members"),
        ("Alt+X",),
        _HERE,
        "file-up",
        N_("Files and paper"),
        N_("To a phone, a calendar, HubSpot or Google"),
    ),
    Command("set_kind", N_("Set the kind"), (), _HERE, "users", _MEMBER, N_("For all selected members")),
    Command("set_language", N_("Set the language"), (), _HERE, "languages", _MEMBER, N_("For all selected members")),
    Command(
        "save_member_list",
        N_("Keep as a list"),
        (),
        _HERE,
        "list-plus",
        _MAKE,
        N_("Keep a search under a name; it is run each time you choose it"),
    ),
    Command("edit_member_lists", N_("Lists of members"), (), _HERE, "list-filter", _MOVE, N_("Show, rename, remove")),
    Command(
        "show_held",
        N_("Save everything held about this member…"),
        (),
        _HERE,
        "file-down",
        _MEMBER,
        N_("Pages to read, a file for programs, and what they sent, as a zip to send by hand"),
    ),
    Command(
        "forget_member",
        N_("Forget this member…"),
        (),
        _HERE,
        "trash-2",
        _MEMBER,
        N_("Says first what is erased for good, and what is out of reach"),
    ),
    Command(
        "keeping",
        N_("Keeping rules"),
        icon="eraser",
        help=N_("How long what was said is kept; nothing is erased before you have seen a list"),
    ),
    Command(
        "lend",
        N_("Lend the desk"),
        icon="hand-helping",
        help=N_("To a stand-in or a second laptop; take it back with its work, or hand it back"),
    ),
    Command(
        "open_again",
        N_("Open the file again"),
        icon="folder-open",
        help=N_("The one that another program has put in the place of yours"),
    ),
    Command("forgotten", N_("Receipts of forgotten members"), (), _HERE, "file-text", N_("Files and paper")),
    Command(
        "part_member",
        N_("Part the last merge…"),
        (),
        _HERE,
        "split",
        _MEMBER,
        N_("Shows what goes to whom before anything is done"),
    ),
    Command(
        "merge_pair",
        N_("Merge"),
        ("Ctrl+Enter",),
        _HERE,
        "merge",
        _PAIR,
        N_("Make one member of these two"),
        meaning="send_done",
    ),
    Command(
        "not_same",
        N_("Not the same person"),
        ("Delete",),
        _HERE,
        "split",
        _PAIR,
        N_("You won't be asked about these two again"),
        meaning="drop",
    ),
    Command(
        "pair_later",
        N_("Later"),
        ("S",),
        _HERE,
        "clock",
        _PAIR,
        N_("Another time: these two last, who is quiet or new tomorrow"),
        meaning="snooze",
    ),
    Command("show_people", N_("All people"), (), _HERE, "users", _MOVE),
    Command("show_same", N_("Same person?"), (), _HERE, "merge", _MOVE),
    Command("show_quiet", N_("Gone quiet"), (), _HERE, "moon", _MOVE),
    Command("show_new", N_("New here"), (), _HERE, "user-plus", _MOVE),
    Command(
        "let_be",
        N_("Let be"),
        ("Shift+Delete",),
        ("today", "members"),
        "moon",
        _MEMBER,
        N_("Don't ask after them until they write again"),
    ),
    Command("pin_level", N_("Pin how far they take part…"), ("Ctrl+Shift+W",), _HERE, "lock", _MEMBER),
    Command("set_rhythm", N_("How often to be in touch…"), ("Ctrl+Shift+B",), _HERE, "clock", _MEMBER),
    Command("mark_fits", N_("Ideal audience, or not"), ("Ctrl+Shift+Q",), _HERE, "circle-check", _MEMBER),
)
"""The first side of the page is the table of everybody; the others are lists with a reason in each row."""
