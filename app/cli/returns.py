"""`merge-back`: an edited file of hand-offs or gifts read back, by the same desk as in the window."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.base import ids
from app.base.errors import UserError
from app.base.words import counted, tr
from app.cli.arguments import Commands
from app.cli.files import pair
from app.cli.output import Output, one_line, table
from app.cli.shapes import Shape, spoken
from app.handoffs import STATUSES
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.returns import Applied, Conflict, Preview, Row

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
    made.add_argument(
        "--map", metavar=tr("HEADER=FIELD"), action="append", default=[],
        help=tr("which column of the file is which of ours; HEADER= leaves the column out"),
    )  # fmt: skip
    made.add_argument(
        "--start-over", action="store_true",
        help=tr("don't count what was chosen about this file in the window and not applied"),
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
    """Read the file, write what is clear and what --take decides, and say what became of each row.

    What was chosen about the same file in the window and not applied counts too. Raises UserError where it has to be
    said which column is which.
    """
    found = _read(bench, asked)
    if not found.settled:
        raise UserError(_which_columns(found))
    done = None
    if not asked.dry_run:
        done = bench.returns.apply(found, take=asked.take)
    if asked.rejected is not None and found.rejected:
        bench.returns.save_rejected(found, asked.rejected)
    return Output(_shape(found, asked, done), [*_summary(found, done), *_lines(found, asked.take, done)])


def _which_columns(found: Preview) -> str:
    """That the columns have to be named, with how, and what they may be."""
    from app.returns import FILLED_IN  # noqa: PLC0415  loaded by this command alone

    ours = FILLED_IN[found.kind]
    said = tr(
        "Rapport can't tell which columns of {name} hold the answers. Say it with --map HEADER=FIELD, such as --map "
        "“{title}=status”. FIELD is one of: {fields}. The file's columns: {titles}."
    )
    words = said.format(
        name=found.name, title=found.titles[-1], fields=", ".join(("rev", *ours)), titles=", ".join(found.titles)
    )
    likely = [f"“{name}={field}”" for field, name in found.proposed.items() if field in ("rev", *ours)]
    if not likely:
        return words
    return tr("{sentence} What seems likely: {fields}.").format(sentence=words, fields=", ".join(likely))


def _read(bench: Workbench, asked: Namespace) -> Preview:
    said = dict(pair(text, "Staða=status") for text in asked.map)
    path = Path(asked.file).expanduser()
    if path.exists() or not _is_message(asked.file):
        return bench.returns.read(path, encoding=asked.encoding, said=said, afresh=asked.start_over)
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
        file.name, bench.attachments.content(file.id), encoding=asked.encoding, message_id=number,
        said=said, afresh=asked.start_over,
    )  # fmt: skip


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
    return [*found.notes, first, written, *filter(None, (done.said,))]


def _lines(found: Preview, take: str, done: Applied | None) -> list[str]:
    """What became of each row that is not simply unchanged."""
    from app.returns import COLUMN_NAMES, because, decisions, value_in_words  # noqa: PLC0415  loaded by this command alone

    kind, cells = found.kind, []
    for row in found.applied:
        for change in row.changes:
            was, now = value_in_words(kind, change.column, change.was), value_in_words(kind, change.column, change.now)
            said = tr("{column}: {before} → {now}").format(
                column=tr(COLUMN_NAMES[change.column]), before=one_line(was, _SHOWN), now=one_line(now, _SHOWN)
            )
            cells.append((tr("applied"), row.id, row.about, said))
        cells += _noted(row)
    for row in found.both_changed:
        decided = decisions(row, found.choices, take)
        for conflict in row.conflicts:
            said = tr("{column}: here {mine}, in the file {theirs}").format(
                column=tr(COLUMN_NAMES[conflict.column]),
                mine=_short(kind, conflict, conflict.mine), theirs=_any_of(kind, conflict, _theirs(conflict)),
            )  # fmt: skip
            cells.append((tr("both changed"), row.id, row.about, _decided(said, kind, conflict, decided, take, done)))
        cells += _noted(row)
    for row in found.ignored:
        for edit in row.ignored:
            said = tr("{column}: {reason}").format(column=tr(COLUMN_NAMES[edit.column]), reason=edit.reason)
            cells.append((tr("ignored"), row.id, row.about, said))
    cells += [
        (tr("rejected"), row.id or tr("row {number}").format(number=row.line), row.about, because(row, kind))
        for row in found.rejected
    ]
    return table(cells)


def _noted(row: Row) -> list[tuple[str, str, str, str]]:
    """What became of a row here meanwhile, as a line; none if nothing did."""
    return [(tr("note"), row.id, row.about, row.reason)] if row.reason else []


def _theirs(conflict: Conflict) -> list[str]:
    return [value for _line, value in conflict.theirs]


def _short(kind: str, conflict: Conflict, value: str) -> str:
    from app.returns import value_in_words  # noqa: PLC0415  loaded by this command alone

    return one_line(value_in_words(kind, conflict.column, value), _SHOWN)


def _any_of(kind: str, conflict: Conflict, values: Sequence[str]) -> str:
    return tr(" or ").join(_short(kind, conflict, value) for value in values)


def _outcome(conflict: Conflict, decided: Mapping[str, str] | None) -> tuple[str | None, list[str]]:
    """The value of a cell that counts, and those that don't; None where that is not decided."""
    from app.returns import MINE  # noqa: PLC0415  as above

    if decided is None:
        return None, []
    kept = conflict.mine if decided[conflict.column] == MINE else decided[conflict.column]
    return kept, [value for value in (conflict.mine, *_theirs(conflict)) if value != kept]


def _decided(
    said: str, kind: str, conflict: Conflict, decided: Mapping[str, str] | None, take: str, done: Applied | None
) -> str:
    """What both say of a cell, and which of it was kept, or how to decide."""
    kept, left = _outcome(conflict, decided)
    if kept is not None:
        sentence = tr("{sentence}. Kept: {kept}; left out: {left}")
        if done is None:
            sentence = tr("{sentence}. To be kept: {kept}; left out: {left}")
        return sentence.format(sentence=said, kept=_short(kind, conflict, kept), left=_any_of(kind, conflict, left))
    if take == _THEIRS:
        return tr("{sentence}. Still open: the file says it in two ways").format(sentence=said)
    return tr("{sentence}. To decide: --take mine or --take theirs").format(sentence=said)


def _shape(found: Preview, asked: Namespace, done: Applied | None) -> Shape:
    return {
        "file": found.name,
        "kind": found.kind,
        "dry_run": done is None,
        "rows": len(found.rows),
        "written": done.rows if done is not None else 0,
        "warning": (done.said or None) if done is not None else None,
        "notes": list(found.notes),
        "encoding": found.sheet.encoding or None,
        "certain": found.certain,
        "applied": [_row(found, row) for row in found.applied],
        "both_changed": [_both_changed(found, row, asked.take) for row in found.both_changed],
        "unchanged": [_row(found, row) for row in found.unchanged],
        "ignored": [_row(found, row) for row in found.ignored],
        "rejected": [_row(found, row) for row in found.rejected],
    }


def _both_changed(found: Preview, row: Row, take: str) -> Shape:
    """A row with conflicts: `taken` is what --take said, `kept` the value of a cell that counts, `left` the others.

    As long as one cell of a row is open, none of the row's is decided: `kept` is null then.
    """
    from app.returns import decisions  # noqa: PLC0415  as above

    decided = decisions(row, found.choices, take)
    outcomes = [_outcome(conflict, decided) for conflict in row.conflicts]
    shape = _row(found, row)
    shape["conflicts"] = [
        {"column": one.column, "base": one.base, "mine": one.mine, "theirs": _theirs(one), "kept": kept, "left": left}
        for one, (kept, left) in zip(row.conflicts, outcomes, strict=True)
    ]
    return shape | {"taken": take or None}


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
