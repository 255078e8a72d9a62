"""`contact import|export`, `calendar export`: members from address books, and to phones, programs and calendars."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.errors import UserError
from app.base.words import N_, counted, forms, tr
from app.cli.arguments import ALL, Commands, Parser
from app.cli.exports import file_name
from app.cli.files import pair, stoppable, table_options, teller
from app.cli.member_kinds import add_kind
from app.cli.output import Output, table
from app.cli.search import member_of
from app.cli.shapes import Shape
from app.cli.telling import Binary, progress_ends, tell
from app.contacts.birthdays import DAY_FIRST, MONTH_FIRST, YEAR_FIRST
from app.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.contacts.desk import Sent
    from app.contacts.person import FieldChange
    from app.imports import Imported, Options

ORDERS = {"day-first": DAY_FIRST, "month-first": MONTH_FIRST, "year-first": YEAR_FIRST}
_FORMATS = ("vcard", "vcard3", "rapport", "hubspot", "google")
_PRIVATE = ("note", "address", "wishes")
_DATES = ("birthdays", "name-days", "promises", "blocks")
_FORMAT_OF = {".vcf": "vcard", ".csv": "rapport"}
_MEMBERS = forms("{file}: {count} member.", "{file}: {count} members.")
_ENTRIES = forms("{file}: {count} date.", "{file}: {count} dates.")
_WHAT = N_("only: {words}; can be repeated (default: all of them)")
_SHOWN = 20


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("contact", tr("members from address books, and to phones and other programs"))
    made = group.add(
        "import",
        bring_in,
        tr("import contacts from vCards, or a CSV of HubSpot, Google, Outlook, Orbit, Discourse or any other program"),
        makes=True,
    )
    made.add_argument("file", metavar=tr("FILE"), type=Path)
    table_options(made)
    made.add_argument("--dates", choices=tuple(ORDERS), help=tr("how birthdays are written, where that isn't clear"))
    made.add_argument(
        "--take",
        metavar=tr("P-7:FIELD"),
        action="append",
        default=[],
        help=tr("let the file replace what you wrote by hand: one field of a member, or “all”; can be repeated"),
    )
    made = group.add("export", export, tr("write members as vCards (.vcf) or as a table (.csv)"))
    _file(made, tr("a new file name, ending in .vcf or .csv; - for standard output"))
    made.add_argument("--format", choices=_FORMATS, help=tr("default: by the file's ending, else vcard"))
    add_kind(made, tr("only this kind"))
    _whom(made)
    made.add_argument(
        "--with",
        dest="private",
        choices=_PRIVATE,
        action="append",
        default=[],
        help=tr("include notes, postal addresses, or consent and wishes; can be repeated"),
    )
    calendar = commands.group("calendar", tr("dates for a phone's calendar"))
    made = calendar.add("export", export_calendar, tr("write birthdays, name days, promises and blocks as .ics"))
    _file(made, tr("a new file name, ending in .ics; - for standard output"))
    made.add_argument(
        "--what", choices=_DATES, action="append", default=[], help=tr(_WHAT).format(words=", ".join(_DATES))
    )
    _whom(made)


def _file(made: Parser, says: str) -> None:
    made.add_argument("file", metavar=tr("FILE"), type=file_name, help=says)
    made.add_argument("--force", action="store_true", help=tr("overwrite an existing file"))


def _whom(made: Parser) -> None:
    made.add_argument(
        "--member",
        metavar=tr("MEMBER"),
        action="append",
        default=[],
        help=tr("only this member: P-..., or words from the name; can be repeated"),
    )
    made.add_argument("--list", metavar=tr("NAME"), help=tr("only members on this saved list"))
    made.add_argument("--words", metavar=tr("WORDS"), help=tr("only members that `member list WORDS` shows"))


def bring_in(bench: Workbench, asked: Namespace) -> Output:
    """Import contacts, or show what would come in: new, changed, kept as written by hand, rejected."""
    from app.imports import Options  # noqa: PLC0415  only this command needs the readers

    fields = dict(pair(text, "Telefonszám=phone") for text in asked.map)
    options = Options(
        mapping=fields, dates=ORDERS.get(asked.dates or "", ""), encoding=asked.encoding,
        separator=asked.separator, over=frozenset(asked.take), dry_run=asked.dry_run,
    )  # fmt: skip
    if bench.imports.holds(asked.file, options) != "members":
        msg = tr("{file} doesn't hold contacts. Use `import` for messages and gifts.").format(file=asked.file.name)
        raise UserError(msg)
    before = bench.store.last_action
    with stoppable() as stop:
        done = bench.imports.run(asked.file, options, teller(asked.file), stop)
        progress_ends()
    if done.stopped:
        bench.imports.let_be(done.batch_id)
    action = bench.store.last_action if bench.store.last_action != before else None
    lines = [f"{asked.file.name}: {done.sentence}", *_lines(done), *_ignored(bench, asked, options)]
    if action is not None:
        undo = tr("Use `undo {action}` to undo this.").format(action=action)
        lines.append(f"  {undo}")
    return Output(_report(asked.file, done, action), lines, 1 if done.stopped else 0)


def _ignored(bench: Workbench, asked: Namespace, options: Options) -> list[str]:
    """For a dry run: the columns with something in them that no field takes."""
    if not asked.dry_run:
        return []
    titles = [one.header for one in bench.imports.preview(asked.file, options).columns if one.values and not one.field]
    if not titles:
        return []
    said = tr("Columns that are ignored (--map HEADER=FIELD takes one): {columns}.").format(columns=", ".join(titles))
    return [f"  {said}"]


def _report(file: Path, done: Imported, action: int | None) -> Shape:
    return {
        "file": str(file), "dry_run": done.dry_run, "new": done.new, "changed": done.changed,
        "unchanged": done.known - done.changed - done.doubles, "doubles": done.doubles, "rejected": done.rejected,
        "rejected_file": None if done.rejected_file is None else str(done.rejected_file),
        "changes": [_change(one) for one in done.changes if not one.kept],
        "kept": [{**_change(one), "key": one.key} for one in done.changes if one.kept],
        "rejected_rows": [{"line": one.line, "row": one.begins, "why": one.why} for one in done.refused],
        "left_out": dict(done.left_out), "remarks": list(done.remarks), "batch": done.batch_id, "action": action,
        "stopped": done.stopped,
    }  # fmt: skip


def _change(one: FieldChange) -> Shape:
    return {"member": one.member, "field": one.field, "before": one.before, "after": one.after}


def _lines(done: Imported) -> list[str]:
    from app.imports.mapping import FIELD_NAMES  # noqa: PLC0415  only this command needs the readers

    if done.rejected_file is not None:
        lines = ["  " + tr("rejected rows: {file}").format(file=done.rejected_file)]
    else:
        lines = []
    changed = [one for one in done.changes if not one.kept]
    lines += table(
        [
            (f"  {one.member}", tr(FIELD_NAMES.get(one.field, one.field)), f"{one.before or '-'} -> {one.after}")
            for one in changed
        ]
    )
    kept = [one for one in done.changes if one.kept]
    if kept:
        lines.append("  " + tr("Kept, because you wrote it by hand (replace it with --take KEY):"))
        lines += table([(f"  {one.key}", one.member, f"{one.before or '-'} ({one.after})") for one in kept])
    lines += [
        "  " + tr("line {line}: {row}: {why}").format(line=one.line, row=one.begins, why=one.why)
        for one in done.refused[:_SHOWN]
    ]
    return lines


def export(bench: Workbench, asked: Namespace) -> Output:
    """Write members for phones and other programs."""
    form = asked.format or _FORMAT_OF.get(asked.file.suffix.casefold() if asked.file else "", "vcard")
    members = _members(bench, asked, asked.kind)

    def write(path: Path, out: Binary | None) -> Sent:
        return bench.contacts.export(path, form, members, asked.private, replace=asked.force, out=out)

    return _written(asked, write, _MEMBERS, "members", {"format": form})


def export_calendar(bench: Workbench, asked: Namespace) -> Output:
    """Write dates for a calendar."""
    what, members = asked.what or _DATES, _members(bench, asked, "")

    def write(path: Path, out: Binary | None) -> Sent:
        return bench.contacts.calendar(path, what, members, replace=asked.force, out=out)

    return _written(asked, write, _ENTRIES, "dates", {"what": list(what)})


def _members(bench: Workbench, asked: Namespace, kind: str) -> Sequence[int] | None:
    """The members that were asked for; None is everybody."""
    if asked.member:
        return list(dict.fromkeys(member_of(bench, one) for one in asked.member))
    if not (asked.list or asked.words or kind):
        return None
    found = bench.members.find(asked.words or "", limit=ALL, kind=kind)
    if asked.list:
        lists = bench.member_lists
        listed = lists.numbers(lists.named(asked.list))
        kept = frozenset(found)
        found = [number for number in listed if number in kept]
    if not found:
        raise UserError(tr("No member matches that, so nothing was written."))
    return found


def _written(
    asked: Namespace, write: Callable[[Path, Binary | None], Sent], words: tuple[str, str], what: str, shape: Shape
) -> Output:
    """Write the file that was asked for, and report it; standard output gets the content alone."""
    from app.csvfile import ExistsError  # noqa: PLC0415  loaded by these commands alone

    if asked.file is None and getattr(asked, "json", False):
        msg = tr("--json and - both use standard output. Choose a file name, or leave out --json.")
        raise UserError(msg)
    try:
        sent = write(asked.file or Path("-"), Binary() if asked.file is None else None)
    except ExistsError as why:
        msg = tr("{file} already exists. Choose another name, or overwrite it with --force.").format(file=asked.file)
        raise UserError(msg) from why
    if asked.file is None:
        for note in sent.notes:
            tell(note)
        return Output(None)
    line = counted(sent.count, *words, file=str(sent.path))
    return Output({"file": str(sent.path), what: sent.count, **shape, "notes": list(sent.notes)}, [line, *sent.notes])
