"""What is said of a file that came back, and its rejected rows as a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from app import csvfile
from app.base import clock, ids
from app.base.errors import UserError
from app.base.words import counted, tr
from app.returns import numbers
from app.returns.encodings import NAMES
from app.returns.headers import ID, OWNED, Layout
from app.returns.rows import COLUMN_NAMES, LEAVING, Known, Preview, Row
from app.returns.sheets import Sheet
from app.returns.status_words import STATUS_NAMES

ERRORS = "errors"
_SHOWN = 5
_MOSTLY = 0.5
"""The share of rows of which a file that was written from another community has more that don't fit."""


def notes(sheet: Sheet, layout: Layout, known: Known, rows: Iterable[Row], before: int) -> tuple[str, ...]:
    """Sentences on the file as a whole."""
    found = []
    all_rows = list(rows)
    if before:
        found.append(tr("This same file was already read on {day}.").format(day=_day(before)))
    elif (newer := _newer(known, all_rows)) is not None:
        found.append(
            tr("The file was written on {day}; a newer one was read on {newer}.").format(
                day=_day(newer[0]), newer=_day(newer[1])
            )
        )
    strangers = sum(row.refused and row.number is not None for row in all_rows)
    if strangers and strangers > len(all_rows) * _MOSTLY:
        found.append(tr("Most rows aren't from this community. The file seems to come from another one."))
    return (
        *found,
        *_of_columns(layout),
        *_of_sheet(sheet),
        *([] if sheet.lines else [tr("The file has no rows below its header.")]),
    )


def remembered(said: Mapping[str, str]) -> str:
    """That columns are read as was said of an earlier file with these titles."""
    read = [
        tr("“{title}” as {column}").format(title=title, column=tr(COLUMN_NAMES[column]))
        for title, column in said.items()
        if column
    ]
    return tr("Read as you said for an earlier file with these titles: {columns}.").format(columns=_few(read))


def _of_columns(layout: Layout) -> list[str]:
    found: list[str] = []
    if not layout.settled:
        return found
    if layout.by_place:
        found.append(
            tr("The column titles aren't ours, so the columns were read in the order in which they were sent out.")
        )
    if layout.extra:
        found.append(tr("Columns that are not ours are left out: {columns}.").format(columns=_few(layout.extra)))
    missing = [column for column in OWNED[layout.kind] if column not in layout.columns]
    if missing:
        names = _few([tr(COLUMN_NAMES[column]) for column in missing])
        found.append(tr("Not in the file: {columns}.").format(columns=names))
    return found


def _of_sheet(sheet: Sheet) -> list[str]:
    found = []
    if sheet.repeated:
        found.append(
            counted(
                sheet.repeated,
                "The header is repeated in {count} row, which is skipped.",
                "The header is repeated in {count} rows, which are skipped.",
            )
        )
    if sheet.cleaned:
        found.append(
            counted(
                sheet.cleaned,
                "Control characters were taken out of {count} cell.",
                "Control characters were taken out of {count} cells.",
            )
        )
    if sheet.others:
        found.append(tr("Only the first sheet is read, not: {sheets}.").format(sheets=_few(sheet.others)))
    return found


def _newer(known: Known, rows: Iterable[Row]) -> tuple[int, int] | None:
    """When a file went out, and when a newer one of the same rows was read; None if none was."""
    for row in rows:
        base = known.bases.get((row.number or 0, row.rev))
        earlier = known.earlier.get(row.number or 0, ())
        newer = max((one.at for one in earlier if one.rev > row.rev > 0), default=0)
        if base is not None and newer:
            return base.at, newer
    return None


def which_encoding(preview: Preview) -> str:
    """That the encoding has to be chosen, with how the file reads in each."""
    readings = "; ".join(f"{code}: {sample}" for code, sample in preview.encodings)
    return tr("{file} reads differently in several encodings. Choose the one that is right. {readings}").format(
        file=preview.name, readings=readings
    )


def encoding_name(code: str) -> str:
    """How an encoding is called where one chooses."""
    return NAMES.get(code, code)


def value_in_words(kind: str, column: str, value: str) -> str:
    """A value as a sentence has it: a status by its name, nothing as "blank"."""
    if not value:
        return tr("blank")
    if column == LEAVING:
        return tr("Do it all the same")
    if column == "status":
        return tr(STATUS_NAMES[kind].get(value, value))
    if column == ID[kind]:
        return ids.display(numbers.KINDS[kind], int(value))
    return value


def check(kind: str, column: str, value: str) -> None:
    """Raise UserError for an answer that a column can't have."""
    if column == "status" and value not in STATUS_NAMES[kind]:
        msg = tr("“{value}” isn't a status. Choose from: {names}.").format(
            value=value, names=", ".join(map(tr, STATUS_NAMES[kind].values()))
        )
        raise UserError(msg)
    if column in ("answered_on", "shipped_on"):
        clock.day(value)


def because(row: Row, kind: str) -> str:
    """Why a row is as it is, in one or two sentences."""
    said = [row.reason] if row.reason else []
    for question in row.questions:
        likely = [value_in_words(kind, question.column, reading) for reading in question.readings]
        said.append(question.reason)
        if likely and question.column != LEAVING:
            said.append(tr("It may mean {readings}.").format(readings=tr(" or ").join(likely)))
    return " ".join(said)


def save_rejected(preview: Preview, path: Path, *, replace: bool) -> int:
    """Write the rejected rows as the same file with a column `errors`; returns their number."""
    lines = {line.number: line for line in preview.sheet.lines}
    header = list(preview.sheet.header)
    width = max([len(header), *(len(lines[row.line].cells) for row in preview.rejected)])
    header += [""] * (width - len(header))
    kept = [place for place, title in enumerate(header) if title != ERRORS]
    rows = [[*(lines[row.line].cell(place) for place in kept), because(row, preview.kind)] for row in preview.rejected]
    return csvfile.write(
        path, [*(header[place] for place in kept), ERRORS], rows, separator=preview.sheet.separator,
        ours=("rev", *ID.values()), replace=replace,
    )  # fmt: skip


def _day(at: int) -> str:
    return clock.local(at).date().isoformat()


def _few(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:_SHOWN]) + (", …" if len(listed) > _SHOWN else "")
