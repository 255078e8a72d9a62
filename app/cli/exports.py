"""`export KIND FILE`: write every row of a kind as CSV that is safe to open in a spreadsheet; marks nothing.

`handoff file` and `gift file` differ: they write what is to be sent and mark it as exported. All commands that write a
table share the options and the writing in here.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.errors import UserError
from app.base.words import counted, forms, tr
from app.calendar import asking
from app.calendar.typed import LAST_YEAR, Reading
from app.cli.arguments import Commands, Parser
from app.cli.output import Output
from app.cli.telling import Binary, is_watched, tell
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.export import Exported, Options

KINDS = (
    "conversations", "messages", "members", "handoffs", "gifts", "templates", "rules", "teammates", "promises",
    "outbox", "conversation-details", "message-details", "attachments", "versions", "links", "questions",
    "kind-words", "identities", "names", "persons", "habits", "passed-on", "reply-drafts", "second-drafts",
    "letter-drafts", "outgoing-files", "unsaved", "handoff-log", "handoff-steps", "given", "returned", "thanks",
    "responsible", "gift-log", "budgets", "stock", "voice", "template-uses", "template-versions", "signatures", "words",
    "account-settings", "labels", "views", "incoming-rules", "rule-hits", "blocks", "handling", "not-today",
    "settings", "imports", "mappings", "actions", "member-labels", "member-notes", "member-fields", "member-values",
    "works", "member-lists", "merges", "not-the-same", "forgotten", "helps", "no-helps", "introductions", "quarrels",
    "items", "box-contents", "vouchers", "voucher-log", "gift-choices", "rates", "gift-passes", "giveaways",
    "giveaway-sources", "entries", "facts", "facts-told", "embargoes", "keeping-rules", "keeping-runs", "drafts",
)  # fmt: skip
"""As in app.export, which is loaded once a kind is chosen."""
LISTS = ("accounts", "moderation")
EVERYTHING = "everything"
NOT_NAMED = object()
"""Stands for a file that was left out: None is standard output."""
_ROWS = {
    "conversations": forms("{file}: {count} conversation.", "{file}: {count} conversations."),
    "messages": forms("{file}: {count} message.", "{file}: {count} messages."),
    "members": forms("{file}: {count} member.", "{file}: {count} members."),
    "handoffs": forms("{file}: {count} hand-off.", "{file}: {count} hand-offs."),
    "gifts": forms("{file}: {count} gift.", "{file}: {count} gifts."),
    "templates": forms("{file}: {count} text of a template.", "{file}: {count} texts of templates."),
    "rules": forms("{file}: {count} rule.", "{file}: {count} rules."),
    "teammates": forms("{file}: {count} teammate.", "{file}: {count} teammates."),
    "promises": forms("{file}: {count} promise.", "{file}: {count} promises."),
    "outbox": forms("{file}: {count} entry of the outbox.", "{file}: {count} entries of the outbox."),
    "drafts": forms("{file}: {count} draft.", "{file}: {count} drafts."),
    "accounts": forms("{file}: {count} account.", "{file}: {count} accounts."),
    "moderation": forms("{file}: {count} moderation action.", "{file}: {count} moderation actions."),
}
_ROW = forms("{file}: {count} row.", "{file}: {count} rows.")


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add(
        "export",
        export,
        tr("export every row of a kind as CSV, or everything into a new folder; nothing is marked as exported"),
    )
    made.add_argument(
        "what",
        metavar=tr("KIND"),
        choices=(*KINDS, *LISTS, EVERYTHING),
        help=tr("one of: {kinds}").format(kinds=", ".join((*KINDS, *LISTS, EVERYTHING))),
    )
    destination(made)
    made.add_argument(
        "--for-programs",
        action="store_true",
        help=tr("don't guard cells against formulas: for HubSpot, Chatwoot and the like, not for a spreadsheet"),
    )
    made.add_argument("--to", metavar=tr("TEAMMATE"), help=tr("only this teammate's hand-offs"))
    made.add_argument("--since", metavar=tr("DATE"), help=tr("only from this date on: monday, 1.11., with a time too"))
    made.add_argument("--until", metavar=tr("DATE"), help=tr("only up to this date; the whole day is included"))
    made.add_argument(
        "--private", action="store_true", help=tr("include e-mail, address and phone in the hand-offs' texts")
    )


def destination(made: Parser, *, optional: bool = False) -> None:
    """Add the arguments of a command that writes a table: file, separator, format, and whether to overwrite.

    With `optional` the file may be left out, which is NOT_NAMED, and the separator too, which is None then.
    """
    made.add_argument(
        "file",
        metavar=tr("FILE"),
        nargs="?" if optional else None,
        default=NOT_NAMED if optional else None,
        type=file_name,
        help=tr("a new file name, ending in .xlsx for Excel; - for standard output"),
    )
    made.add_argument(
        "--separator",
        choices=(",", ";", "tab"),
        default=None if optional else ",",
        help=tr("use ; for Excel in many European countries"),
    )
    made.add_argument("--xlsx", action="store_true", help=tr("write an Excel file instead of CSV; never to a terminal"))
    made.add_argument("--force", action="store_true", help=tr("overwrite an existing file"))


def file_name(typed: str) -> Path | None:
    """The path; None for `-`, standard output. Write ./- for a file of that name."""
    return None if typed == "-" else Path(typed).expanduser()


def export(bench: Workbench, asked: Namespace) -> Output:
    """Export every row of the kind, or everything."""
    if asked.what == EVERYTHING:
        return _everything(bench, asked)
    to = None if asked.to is None else bench.teammates.named(asked.to).id
    more = {"to": to, "private": asked.private, "since": _first(bench, asked.since), "until": _last(bench, asked.until)}
    more["for_programs"] = asked.for_programs
    return write(asked, asked.what, lambda path, how: _one(bench, asked.what, path, how), **more)


def _one(bench: Workbench, kind: str, path: Path, how: Options) -> Exported:
    """Write one kind of row, or one of the lists that a policy may ask for."""
    from app.export import lists  # noqa: PLC0415  loaded by this command alone

    if kind == "accounts":
        return lists.write_register(path, bench.accounts.all(removed=True), how)
    if kind == "moderation":
        return lists.write_moderation(path, bench.moderation.entries(), how)
    return bench.export.write(kind, path, how)


def _everything(bench: Workbench, asked: Namespace) -> Output:
    """Write a folder with a file for each kind."""
    from app.export import Options, everything  # noqa: PLC0415  loaded by this command alone
    from app.export.desk import unguarded  # noqa: PLC0415  as above

    if asked.file is None or asked.since or asked.until or asked.to or asked.force:
        msg = tr("Everything goes into a new folder, whole. Name the folder, without dates, a teammate or --force.")
        raise UserError(msg)
    how = Options(separator=_separator(asked), xlsx=asked.xlsx, private=asked.private, for_programs=asked.for_programs)
    accounts, deeds = bench.accounts.all(removed=True), bench.moderation.entries()
    done = everything.write(bench.export, accounts, deeds, asked.file, how)
    lines = [
        counted(rows, *_ROWS.get(kind, _ROW), file=done.folder / done.name(kind)) for kind, rows in done.rows.items()
    ]
    return Output(
        {"folder": str(done.folder), "rows": done.rows}, [*lines, *((unguarded(),) if asked.for_programs else ())]
    )


def _separator(asked: Namespace) -> str:
    return "\t" if asked.separator == "tab" else str(asked.separator)


def write(asked: Namespace, what: str, do: Callable[[Path, Options], Exported], **more: object) -> Output:
    """Call `do` to write a table to the file that was asked for, with `more` options, and report it.

    `what` is the kind of row, a key of _ROWS. Standard output gets the table alone, notes go to standard error.
    """
    from app.csvfile import ExistsError  # noqa: PLC0415  loaded by these commands alone
    from app.export import Options  # noqa: PLC0415  as above

    if asked.file is None and getattr(asked, "json", False):
        msg = tr("--json and - both use standard output. Choose a file name, or leave out --json.")
        raise UserError(msg)
    if asked.file is None and asked.xlsx and is_watched():
        raise UserError(
            tr("A terminal can't show an Excel file. Name a file, pipe the output on, or leave out --xlsx.")
        )
    how = Options(
        separator=_separator(asked),
        xlsx=asked.xlsx,
        replace=asked.force,
        out=Binary() if asked.file is None else None,
        **more,  # type: ignore[arg-type]  # fields of Options, whose types the callers know
    )
    try:
        done = do(asked.file or Path("-"), how)
    except ExistsError as why:
        msg = tr("{file} already exists. Choose another name, or overwrite it with --force.").format(file=asked.file)
        raise UserError(msg) from why
    sentences = [counted(done.rows, *_ROWS.get(what, _ROW), file=done.path), *done.notes]
    if asked.file is None:
        for note in done.notes:
            tell(note)
        return Output(None)
    return Output({"file": str(done.path), "what": what, "rows": done.rows, "notes": list(done.notes)}, sentences)


def _first(bench: Workbench, typed: str | None) -> int:
    """The first second of that local day, or that moment, as Unix seconds; 0 for None."""
    if typed is None:
        return 0
    found = _read(bench, typed)
    return found.moment(time.min) if found.hour is None else found.moment()


def _last(bench: Workbench, typed: str | None) -> int:
    """The last second of that local day, or that moment, as Unix seconds; 0 for None."""
    if typed is None:
        return 0
    found = _read(bench, typed)
    return (
        found._replace(day=found.day + timedelta(days=1)).moment(time.min) - 1 if found.hour is None else found.moment()
    )


def _read(bench: Workbench, typed: str) -> Reading:
    """What a typed date or time means, which lies behind us if it names no year. Raises UserError if it means none."""
    bare = typed.strip()
    with suppress(ValueError):
        if date.fromisoformat(bare).year > LAST_YEAR:  # "9999-12-31": nothing that we have is later
            bare = f"{LAST_YEAR}-12-31"
    return asking.reading(bare, bench.dates.now(back=True))
