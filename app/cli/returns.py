"""`merge-back`: an edited file of hand-offs or gifts read back, by the same desk as in the window."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from app.base import ids
from app.base.errors import UserError
from app.base.words import counted, tr
from app.cli.arguments import Commands
from app.cli.output import Output, one_line, table
from app.cli.shapes import Shape, spoken
from app.handoffs import STATUSES
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.returns import Applied, Preview, Row

_MINE, _THEIRS = "mine", "theirs"
_SHOWN = 60


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add(
        "merge-back", merge_back, tr("read an edited file of hand-offs or gifts back, as one action that can be undone")
    )
    made.add_argument("file", metavar=tr("FILE"), help=tr("CSV, .xlsx or .ods; or M-512, the message that brought it"))
    made.add_argument("--dry-run", action="store_true", help=tr("only say what would be done"))
    made.add_argument(
        "--take", choices=(_MINE, _THEIRS), default="",
        help=tr("whose word counts where both changed a cell (default: such cells stay as they are)"),
    )  # fmt: skip
    made.add_argument("--encoding", default="", metavar=tr("NAME"), help=tr("such as cp1250 (default: found out)"))
    made.add_argument(
        "--rejected", type=Path, metavar=tr("FILE"), help=tr("write the rejected rows to a new CSV file, with reasons")
    )

    made = commands.add("take-answer", take_answer, tr("take a teammate's message as the answer to a hand-off"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-512"))
    made.add_argument("--handoff", metavar=tr("ID"), default="", help=tr("H-... (default: the one that it names)"))
    made.add_argument("--status", choices=STATUSES[1:], default="", help=tr("default: what the message begins with"))
    made.add_argument("--dry-run", action="store_true", help=tr("only say which hand-offs it may answer"))


def take_answer(bench: Workbench, asked: Namespace) -> Output:
    """Write the words of a message, without what they quote, to the hand-off that it answers."""
    found = bench.returns.plain_answer(ids.number(ids.MESSAGE, asked.id))
    wanted = ids.number(ids.HANDOFF, asked.handoff) if asked.handoff else found.handoffs[0].id
    status = asked.status or found.status
    likely = [ids.display(ids.HANDOFF, one.id) for one in found.handoffs]
    shape = {"message": asked.id, "handoffs": likely, "status": spoken(status) or None, "answer": found.words}
    if asked.dry_run:
        names = table(
            [(ids.display(ids.HANDOFF, one.id), one.member, one_line(one.ask, _SHOWN)) for one in found.handoffs]
        )
        return Output(shape | {"taken": None}, [*names, "", found.words])
    if not asked.handoff and not found.named and len(found.handoffs) > 1:
        msg = tr("{message} may answer several hand-offs: {ids}. Choose one with --handoff.")
        raise UserError(msg.format(message=asked.id, ids=", ".join(likely)))
    if not status:
        raise UserError(tr("The message doesn't say what became of the request. Add --status."))
    bench.returns.take_answer(found, wanted, status, found.words)
    shown = ids.display(ids.HANDOFF, wanted)
    said = tr("{id} has the answer. To take it back: undo").format(id=shown)
    return Output(shape | {"taken": shown}, [said])


def merge_back(bench: Workbench, asked: Namespace) -> Output:
    """Read the file, write what is clear and what --take decides, and say what became of each row."""
    found = _read(bench, asked)
    done = None
    if not asked.dry_run:
        done = bench.returns.apply(found, take=asked.take)
    if asked.rejected is not None and found.rejected:
        bench.returns.save_rejected(found, asked.rejected)
    return Output(_shape(found, asked, done), [*_summary(found, done), *_lines(found, asked.take)])


def _read(bench: Workbench, asked: Namespace) -> Preview:
    path = Path(asked.file).expanduser()
    if path.exists() or not _is_message(asked.file):
        return bench.returns.read(path, encoding=asked.encoding)
    number = ids.number(ids.MESSAGE, asked.file)
    files = bench.returns.brought(bench.attachments.of_message(number))
    if len(files) != 1:
        shown = ids.display(ids.MESSAGE, number)
        msg = tr("{message} brings no table. If it answers a hand-off in plain words: take-answer {message}").format(
            message=shown
        )
        if files:
            names = ", ".join(file.name for file in files)
            msg = tr(
                "{message} brings several tables: {names}. Save the one you mean with `attachment save`, then give its "
                "name."
            ).format(message=shown, names=names)
        raise UserError(msg)
    file = files[0]
    return bench.returns.read_bytes(
        file.name, bench.attachments.content(file.id), encoding=asked.encoding, message_id=number
    )


def _is_message(typed: str) -> bool:
    try:
        return ids.parse(typed)[0] == ids.MESSAGE
    except UserError:
        return False


def _summary(found: Preview, done: Applied | None) -> list[str]:
    """What became of the file as a whole."""
    numbers = tr("{applied} applied, {both} changed on both sides, {unchanged} unchanged, {rejected} rejected").format(
        applied=len(found.applied), both=len(found.both_changed), unchanged=len(found.unchanged),
        rejected=len(found.rejected),
    )  # fmt: skip
    rows = counted(len(found.rows), "{file}: {count} row", "{file}: {count} rows", file=found.name)
    first = f"{rows}. {numbers}."
    if done is None:
        return [*found.notes, first, tr("Nothing is written: this was a dry run.")]
    if not done.rows:
        return [*found.notes, first, tr("Nothing had to be written.")]
    written = counted(
        done.rows, "{count} row was written. To take it back: undo", "{count} rows were written. To take it back: undo"
    )
    return [*found.notes, first, written]


def _lines(found: Preview, take: str) -> list[str]:
    """What became of each row that is not simply unchanged."""
    from app.returns import COLUMN_NAMES, because, value_in_words  # noqa: PLC0415  loaded by this command alone

    kind, cells = found.kind, []
    for row in found.applied:
        for change in row.changes:
            was, now = value_in_words(kind, change.column, change.was), value_in_words(kind, change.column, change.now)
            said = tr("{column}: {before} → {now}").format(
                column=tr(COLUMN_NAMES[change.column]), before=one_line(was, _SHOWN), now=one_line(now, _SHOWN)
            )
            cells.append((tr("applied"), row.id, row.about, said))
    for row in found.both_changed:
        for conflict in row.conflicts:
            theirs = tr(" or ").join(
                one_line(value_in_words(kind, conflict.column, value), _SHOWN) for _, value in conflict.theirs
            )
            said = tr("{column}: here {mine}, in the file {theirs}").format(
                column=tr(COLUMN_NAMES[conflict.column]),
                mine=one_line(value_in_words(kind, conflict.column, conflict.mine), _SHOWN), theirs=theirs,
            )  # fmt: skip
            cells.append((tr("both changed"), row.id, row.about, _decided(said, take)))
    for row in found.ignored:
        for edit in row.ignored:
            said = tr("{column}: {reason}").format(column=tr(COLUMN_NAMES[edit.column]), reason=edit.reason)
            cells.append((tr("ignored"), row.id, row.about, said))
    cells += [
        (tr("rejected"), row.id or tr("row {number}").format(number=row.line), row.about, because(row, kind))
        for row in found.rejected
    ]
    return table(cells)


def _decided(said: str, take: str) -> str:
    if not take:
        return tr("{sentence}. To decide: --take mine or --take theirs").format(sentence=said)
    return said


def _shape(found: Preview, asked: Namespace, done: Applied | None) -> Shape:
    return {
        "file": found.name,
        "kind": found.kind,
        "dry_run": done is None,
        "rows": len(found.rows),
        "written": done.rows if done is not None else 0,
        "notes": list(found.notes),
        "encoding": found.sheet.encoding or None,
        "certain": found.certain,
        "applied": [_row(found, row) for row in found.applied],
        "both_changed": [_row(found, row) | {"taken": asked.take or None} for row in found.both_changed],
        "unchanged": [_row(found, row) for row in found.unchanged],
        "ignored": [_row(found, row) for row in found.ignored],
        "rejected": [_row(found, row) for row in found.rejected],
    }


def _row(found: Preview, row: Row) -> Shape:
    """One row: `changes` are the cells that are applied, `conflicts` those that both changed."""
    from app.returns import because  # noqa: PLC0415  as above

    reason = because(row, found.kind) or _reason(row)
    return {
        "id": row.id or None,
        "row": row.line,
        "about": row.about or None,
        "teammate": row.teammate or None,
        "reason": reason,
        "changes": [{"column": one.column, "was": one.was, "now": one.now} for one in row.changes],
        "conflicts": [
            {"column": one.column, "base": one.base, "mine": one.mine, "theirs": [value for _, value in one.theirs]}
            for one in row.conflicts
        ],
        "ignored": [
            {"column": one.column, "was": one.base, "now": one.theirs, "reason": one.reason} for one in row.ignored
        ],
        "questions": [
            {"column": one.column, "typed": one.typed, "reason": one.reason, "readings": list(one.readings)}
            for one in row.questions
        ],
    }


def _reason(row: Row) -> str:
    """Why a row is where it is, where nothing else says so."""
    if row.changes:
        return tr("only they changed it")
    if row.conflicts:
        return tr("both changed it")
    return tr("as it was")
