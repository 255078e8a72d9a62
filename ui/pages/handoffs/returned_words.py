"""What is said about a file that came back while it is shown, and once it was applied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.handoffs import ANSWERED
from app.returns import COLUMN_NAMES, Preview, Row
from ui.look import text
from ui.look.text import tr


def whose(found: Preview) -> str:
    """From whom it is, and how many rows it has."""
    rows = text.counted(len(found.rows), "{count} row", "{count} rows")
    if not found.settled:
        return tr("Nothing is written yet.")
    if not found.teammates:
        return tr("{rows}. Nothing is written yet.").format(rows=rows)
    names = text.isolate(", ".join(found.teammates[:2]) + (", …" if len(found.teammates) > 2 else ""))  # noqa: PLR2004
    return tr("From {names}, {rows}. Nothing is written yet.").format(names=names, rows=rows)


def ignored(rows: Iterable[Row]) -> list[tuple[Row, str]]:
    """The edits that are not applied, each with why."""
    return [
        (row, tr("{column}: {reason}").format(column=tr(COLUMN_NAMES[edit.column]), reason=edit.reason))
        for row in rows
        for edit in row.ignored
    ]


def hint(found: Preview, rows: Sequence[Row]) -> str:
    """What follows from applying it: whose answer is there, so that they are told next."""
    if not found.certain:
        return tr("Choose first how the file is to be read.")
    if not found.settled:
        return tr("Say first which column is which.")
    answered = sum(map(_is_answer, rows))
    if found.kind == "handoffs" and answered:
        return text.counted(answered, "{count} member to tell next.", "{count} members to tell next.")
    return tr("Nothing is written yet.") if rows else tr("There's nothing to write.")


def _is_answer(row: Row) -> bool:
    return any(change.column == "status" and change.now in ANSWERED for change in row.changes)


def left(rows: int) -> str:
    """What was not written, so that nobody believes the file is dealt with; "" for nothing."""
    return "" if not rows else text.counted(
        rows, "{count} row isn't settled yet: read the file again to see why.",
        "{count} rows aren't settled yet: read the file again to see why.",
    )  # fmt: skip


def applied(found: Preview, rows: Sequence[Row]) -> str:
    """What was done, with the file and whose it is."""
    file, names = text.isolate(found.name), text.isolate(", ".join(found.teammates))
    if not names:
        return text.counted(len(rows), "{file}: {count} row applied.", "{file}: {count} rows applied.", file=file)
    return text.counted(
        len(rows), "{file} from {names}: {count} row applied.", "{file} from {names}: {count} rows applied.",
        file=file, names=names,
    )  # fmt: skip
