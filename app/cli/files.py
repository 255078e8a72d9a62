"""`import FILE...`: import mail folders, tables and feeds; each file can be undone as a whole."""

from __future__ import annotations

import signal
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from app.base.errors import UserError
from app.base.words import tr
from app.cli import broken_off
from app.cli.arguments import Commands, Parser, limit
from app.cli.output import Output, iso, table, when
from app.cli.shapes import Shape
from app.cli.telling import progress, progress_ends
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.imports import Imported, Preview
    from app.imports.batches import Batch

_LISTED = 50
KINDS = ("mbox", "eml", "emlx", "maildir", "folder", "archive", "csv", "feed", "vcard", "export")


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add(
        "import",
        bring_in,
        tr(
            "import files: mail (mbox, .eml, .emlx, Maildir, a folder or ZIP of them), any CSV, vCards, feeds, exports "
            "of WhatsApp, Telegram, Facebook, Instagram and Mastodon; recognised by their content"
        ),
        makes=True,
    )
    made.add_argument("files", metavar=tr("FILE"), nargs="+", type=Path)
    made.add_argument(
        "--as", dest="kind", choices=KINDS, default="", help=tr("use this format instead of detecting it")
    )
    made.add_argument(
        "--channel", metavar=tr("NAME"), default="", help=tr("the account to import into; created if missing")
    )
    made.add_argument(
        "--own",
        metavar=tr("ADDRESS"),
        action="append",
        default=[],
        help=tr("an address or name of your own; can be repeated"),
    )
    table_options(made)
    made.add_argument(
        "--dates",
        default="",
        choices=("iso", "ymd", "dmy", "mdy", "unix", "mail"),
        help=tr("the date format of a table"),
    )
    made = commands.add(
        "imports",
        imports,
        tr(
            "list the imports, with what came in and what was left out; "
            "go on with one that was cut short, or take it back"
        ),
    )
    limit(made, _LISTED)
    broken_off.options(made)


def table_options(made: Parser) -> None:
    """Add the options of a command that reads tables: which column is what, how they are written, and a dry run."""
    made.add_argument(
        "--map",
        metavar=tr("HEADER=FIELD"),
        action="append",
        default=[],
        help=tr("which column of a table is which field; HEADER= ignores the column"),
    )
    made.add_argument(
        "--encoding",
        metavar=tr("ENCODING"),
        default="",
        help=tr("the encoding of a table, if detected wrongly: cp1250, cp1253, ..."),
    )
    made.add_argument(
        "--separator", metavar=tr("SEPARATOR"), default="", help=tr("the separator of a table, if detected wrongly")
    )
    made.add_argument("--dry-run", action="store_true", help=tr("show what would happen, without saving anything"))


def imports(bench: Workbench, asked: Namespace) -> Output:
    """List the imports, or see to one that broke off."""
    if asked.go_on is not None:
        return _go_on(bench, asked.go_on)
    if asked.take_back is not None:
        return broken_off.take_back(bench, asked.take_back)
    return listed(bench, asked) if asked.leave is None else broken_off.leave(bench, asked.leave)


def _go_on(bench: Workbench, number: int) -> Output:
    file = bench.imports.broken(number).path
    with stoppable() as stop:
        done = bench.imports.go_on(number, teller(file), stop)
        progress_ends()
    action = bench.actions.of_import(number)
    if done.stopped:
        bench.imports.let_be(number)
    return Output(
        _report(file, done, None) | {"action": None if action is None else action.id},
        [*_lines(file, done, None), *([] if action is None else [_undo(action.id)])],
        1 if done.stopped else 0,
    )


def _undo(action: int) -> str:
    return "  " + tr("Use `undo {action}` to undo this.").format(action=action)


def listed(bench: Workbench, asked: Namespace) -> Output:
    """List the imports, newest first, with what came in and what was left out of each."""
    found = bench.imports.listed(asked.limit)
    rows = [(str(one.id), when(one.at), one.file, one.account or "-", _became(one)) for one in found]
    shapes: list[Shape] = [
        {
            "id": one.id, "file": one.file, "kind": one.kind, "account": one.account or None, "at": iso(one.at),
            "new": one.new, "known": one.known, "rejected": one.rejected, "left_out": dict(one.left_out),
            "finished": one.finished, "undone": one.undone,
        }
        for one in found
    ]  # fmt: skip
    broken = bench.imports.broken_off() if bench.has_broken_off else []
    lines = table(rows) or [tr("Nothing has been imported yet.")]
    return Output(shapes, [*lines, *broken_off.lines(broken)])


def _became(one: Batch) -> str:
    if one.undone:
        return tr("{counts} Undone since.").format(counts=one.sentence)
    return one.sentence if one.finished else tr("{counts} Stopped before its end.").format(counts=one.sentence)


def bring_in(bench: Workbench, asked: Namespace) -> Output:
    """Import files in order and report each. The first unreadable one raises UserError; earlier ones stay imported."""
    from app.imports import Options  # noqa: PLC0415  only this command needs the readers

    fields = dict(pair(text, "Feladó=author") for text in asked.map)
    options = Options(
        kind=asked.kind, channel=asked.channel, own=tuple(asked.own), mapping=fields,
        encoding=asked.encoding, separator=asked.separator, dates=asked.dates, dry_run=asked.dry_run,
    )  # fmt: skip
    reports: list[Shape] = []
    lines: list[str] = []
    with stoppable() as stop:
        for file in asked.files:
            seen = bench.imports.preview(file, options) if asked.dry_run else None
            before = bench.store.last_action
            done = bench.imports.run(file, options, teller(file), stop)
            progress_ends()
            action = bench.store.last_action if bench.store.last_action != before else None
            reports.append(_report(file, done, seen) | {"action": action})
            lines += _lines(file, done, seen)
            if action is not None:
                lines.append(_undo(action))
            if done.stopped:
                bench.imports.let_be(done.batch_id)
                break
    return Output(reports, lines, 1 if stop.is_set() else 0)


def pair(text: str, example: str) -> tuple[str, str]:
    """The title of a column and the field that it is. Raises UserError, with an example, for what is no such pair."""
    header, sign, field = text.rpartition("=")
    if not sign or not header:
        msg = tr("“{text}” isn't a mapping. Write HEADER=FIELD, such as --map {example}.")
        raise UserError(msg.format(text=text, example=example))
    return header, field


def teller(file: Path) -> Callable[[int, int], None]:
    """What says on standard error how far a file has been read."""

    def tell(done: int, total: int) -> None:
        share = done * 100 // total if total else 0
        progress(tr("{name}: {share}%").format(name=file.name, share=share))

    return tell


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Make Ctrl+C stop an import after the current chunk, so that its counts are reported; a second one aborts."""
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _report(file: Path, done: Imported, seen: Preview | None) -> Shape:
    shape: Shape = {
        "file": str(file), "holds": done.holds, "new": done.new, "known": done.known, "rejected": done.rejected,
        "changed": done.changed, "rejected_file": None if done.rejected_file is None else str(done.rejected_file),
        "batch": done.batch_id, "stopped": done.stopped, "dry_run": done.dry_run,
        "left_out": dict(done.left_out), "doubles": done.doubles, "remarks": list(done.remarks),
        "names": list(done.names),
        "changes": [
            {"member": one.member, "field": one.field, "before": one.before, "after": one.after} for one in done.changes
        ],
    }  # fmt: skip
    if seen is not None:
        columns = [{"header": column.header, "field": column.field or None} for column in seen.columns]
        shape |= {
            "kind": seen.kind,
            "channel": seen.channel or None,
            "encoding": seen.encoding or None,
            "columns": columns,
        }
    return shape


def _changes(done: Imported) -> list[str]:
    """What is changed in members who are known already, by field."""
    from app.imports.mapping import FIELD_NAMES  # noqa: PLC0415  only this command needs the readers

    rows = [
        (f"  {one.member}", tr(FIELD_NAMES.get(one.field, one.field)), f"{one.before or '-'} -> {one.after}")
        for one in done.changes
    ]
    return table(rows)


def _lines(file: Path, done: Imported, seen: Preview | None) -> list[str]:
    lines = [f"{file.name}: {done.sentence}"]
    if done.rejected_file is not None:
        lines.append("  " + tr("rejected rows: {file}").format(file=done.rejected_file))
    if done.names:
        hint = tr("Say so with --own NAME. What was imported without it doesn't change: undo that import first.")
        lines.append(f"  {hint}")
    lines += _changes(done)
    if seen is not None:
        keys = tr("With --map HEADER=FIELD, FIELD is: {keys}.").format(keys=", ".join(seen.missing))
        lines += [
            f"  {seen.sentence}",
            *([f"  {keys}"] if seen.missing else []),
            *table([(f"  {column.header}", column.field or tr("ignored")) for column in seen.columns]),
        ]
    return lines
