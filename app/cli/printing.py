"""`print WHAT FILE`: a conversation, a member or a list as a page of HTML, which any browser prints or saves as PDF."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from app.base import ids
from app.base.errors import UserError
from app.base.words import N_, tr
from app.cli.arguments import ALL, STATES, Commands, state_key
from app.cli.exports import file_name
from app.cli.output import Output
from app.cli.shapes import spoken
from app.cli.telling import Binary
from app.inbox import Query
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.printing import Sheet

_LISTS = {
    "conversations": N_("Conversations"),
    "members": N_("Members"),
    "gifts": N_("Gifts"),
    "handoffs": N_("Hand-offs"),
    "templates": N_("Templates"),
    "rules": N_("Rules"),
    "outbox": N_("Outbox"),
    "drafts": N_("Drafts"),
}


class Numbered(Protocol):
    """A row with its id."""

    @property
    def id(self) -> int:
        """Its row id."""
        ...


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add(
        "print", print_out, tr("write a conversation, a member or a list as a page for printing (HTML)")
    )
    made.add_argument(
        "what", metavar=tr("WHAT"), help=tr("C-12, M-512, P-7, or a list: {lists}").format(lists=", ".join(_LISTS))
    )
    made.add_argument(
        "file", metavar=tr("FILE"), type=file_name, help=tr("a new file name, ending in .html; - for standard output")
    )
    made.add_argument(
        "--notes", action="store_true", help=tr("include what only you know: notes, labels, gifts, hand-offs, promises")
    )
    made.add_argument("--state", choices=STATES, default="needs-me", help=tr("which conversations a list has"))
    made.add_argument("--force", action="store_true", help=tr("overwrite an existing file"))


def print_out(bench: Workbench, asked: Namespace) -> Output:
    """Write the page."""
    from app.csvfile import ExistsError, in_place  # noqa: PLC0415  loaded by this command alone
    from app.printing import document  # noqa: PLC0415  as above

    if asked.file is None and getattr(asked, "json", False):
        msg = tr("--json and - both use standard output. Choose a file name, or leave out --json.")
        raise UserError(msg)
    sheet = _sheet(bench, asked)
    content = document(sheet).encode("utf-8", "replace")
    if asked.file is None:
        out = Binary()
        out.write(content)
        out.flush()
        return Output(None)
    try:
        with in_place(asked.file, replace=asked.force) as temporary:
            temporary.write_bytes(content)
    except ExistsError as why:
        msg = tr("{file} already exists. Choose another name, or overwrite it with --force.").format(file=asked.file)
        raise UserError(msg) from why
    words = tr("{file}: {title}. Open it in a browser to print it.").format(file=asked.file, title=sheet.title)
    return Output({"file": str(asked.file), "title": sheet.title}, [words])


def _sheet(bench: Workbench, asked: Namespace) -> Sheet:
    """What is asked for. Raises UserError for what cannot be printed."""
    if asked.what in _LISTS:
        numbers = _numbers(bench, asked.what, state_key(asked.state))
        title = tr(_LISTS[asked.what])
        if asked.what == "conversations":
            title = tr("{list}: {state}").format(list=title, state=spoken(asked.state))
        return bench.printing.rows(asked.what, numbers, title)
    kind, number = ids.parse(asked.what)
    if kind == ids.CONVERSATION:
        return bench.printing.conversation(number, notes=asked.notes)
    if kind == ids.MESSAGE:
        return bench.printing.conversation(bench.inbox.conversation_of(number), notes=asked.notes)
    if kind == ids.MEMBER:
        return bench.printing.member(number, notes=asked.notes)
    msg = tr("Ids that start with {kind}- can't be printed.").format(kind=kind)
    raise UserError(msg)


def _numbers(bench: Workbench, kind: str, state: str) -> list[int]:
    """The ids of a whole list, in the order of the window."""
    if kind == "members":
        return bench.members.find("", ALL)
    if kind == "drafts":
        return [draft.number for draft in bench.unsent.every()]
    desks: dict[str, Callable[[], Sequence[Numbered]]] = {
        "conversations": lambda: bench.inbox.refs(Query(state), ALL),
        "gifts": lambda: bench.gifts.listed("all", ALL),
        "handoffs": lambda: bench.handoffs.listed("all"),
        "templates": bench.templates.all,
        "rules": bench.voice.rules,
        "outbox": bench.outbox.entries,
    }
    return [row.id for row in desks[kind]()]
