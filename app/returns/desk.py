"""The desk of what comes back: files that teammates edited are read, shown, and written in one step.

Reading writes nothing and may run on any thread. The tables `returned_file` and `returned_row` keep what was read, so
that the same file twice changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.attachments import File
from app.base import clock
from app.base.errors import UserError
from app.base.filenames import may_hold_table
from app.base.words import counted, tr
from app.gifts import returned as gift_returns
from app.gifts.budget import budget_standing, over_words
from app.handoffs import returned as handoff_returns
from app.imports import remembered
from app.outbox.letter_drafts import LetterDraft
from app.outbox.letters import Letters
from app.returns import columns, headers, kept, letters, sheets, telling
from app.returns.encodings import likeliest
from app.returns.kept import Decided
from app.returns.knowledge import known
from app.returns.letters import PlainAnswer
from app.returns.merging import Merge
from app.returns.recognising import MOST_BYTES, looks_ours
from app.returns.rows import MINE, THEIRS, Applied, Preview, Row
from app.returns.sheets import Sheet
from app.store.sqlite import Connection
from app.store.store import Store

Choices = Mapping[tuple[int, str], str]
"""What was chosen where both changed: (number of the row, column) -> MINE, or one of the values that came back."""


class Returns:
    """Reads edited files of hand-offs and gifts back."""

    def __init__(self, store: Store, desk_of_letters: Callable[[], Letters]) -> None:
        """Reads on the calling thread. `desk_of_letters` is asked only where a letter is to be written."""
        self._store, self._letters = store, desk_of_letters

    def read(
        self,
        path: Path,
        *,
        encoding: str = "",
        separator: str = "",
        said: Mapping[str, str] | None = None,
        afresh: bool = False,
    ) -> Preview:
        """What a file comes to; nothing is written. Raises UserError for a file that is none of ours, DiskError.

        `said` is which column is which (name -> column of ours, "" for none): it takes precedence over what is
        remembered for these titles, and that over the titles themselves. What was decided about the same file before
        and not applied counts again, unless it is to be read `afresh`.
        """
        content = sheets.content_of(path)
        return self.read_bytes(path.name, content, encoding=encoding, separator=separator, said=said, afresh=afresh)

    def read_bytes(
        self,
        name: str,
        content: bytes,
        *,
        encoding: str = "",
        separator: str = "",
        message_id: int | None = None,
        said: Mapping[str, str] | None = None,
        afresh: bool = False,
    ) -> Preview:
        """The same of a file's bytes; `message_id` is the letter that brought it."""
        sheet = sheets.read(name, content, encoding=encoding, separator=separator)
        before = (None if afresh else kept.read(self._store, sheet.sha256)) or Decided()
        if before.encoding and not encoding:
            encoding = before.encoding
            sheet = sheets.read(sheet.name, sheet.content, encoding=encoding, separator=separator)
        if said:
            before = replace(before, said={**before.said, **said})
        if encoding or sheet.certain:
            return replace(self._preview(sheet, message_id, before), chosen_encoding=encoding)
        return likeliest(self._in_each_encoding(sheet, message_id, before))

    def _in_each_encoding(self, sheet: Sheet, message_id: int | None, decided: Decided) -> list[Preview]:
        """The previews in the encodings that the file may be in: those in which it has the columns that were named."""
        found: list[Preview] = []
        refused: UserError | None = None
        others = [code for code, _sample in sheet.previews if code != sheet.encoding]
        for one in (sheet, *(sheets.read(sheet.name, sheet.content, encoding=code) for code in others)):
            try:
                found.append(self._preview(one, message_id, decided))
            except UserError as why:
                refused = refused or why
        if refused is not None and not found:
            raise refused
        return found

    def brought(self, files: Sequence[File]) -> list[File]:
        """Those files of a message that may be tables, by their names and types."""
        return [file for file in files if may_hold_table(file.name, file.type)]

    def recognises(self, path: Path) -> bool:
        """Whether a file on this computer looks like one of ours that came back; only its beginning is read."""
        try:
            small = path.is_file() and path.stat().st_size <= MOST_BYTES
            return small and may_hold_table(path.name) and looks_ours(path.read_bytes())
        except OSError:
            return False

    def came_back(self, name: str, kind: str, content: bytes | None) -> bool:
        """Whether a file that came with a message looks like one of ours; None is content that is not here."""
        return content is not None and may_hold_table(name, kind) and len(content) <= MOST_BYTES and looks_ours(content)

    def waiting(self, folder: Path) -> list[Path]:
        """The files in a folder that look like ours and were not read yet, by name."""
        found = [path for path in sorted(folder.glob("*")) if may_hold_table(path.name) and self.recognises(path)]
        return [path for path in found if not self._read_before(hashlib.sha256(path.read_bytes()).hexdigest())]

    def plain_answer(self, message_id: int) -> PlainAnswer:
        """What a teammate's plain message answers. Raises NotFoundError, UserError where it can answer nothing."""
        found = letters.plain_answer(self._store, message_id)
        letters.refuse_unanswerable(found)
        return found

    def take_answer(self, found: PlainAnswer, number: int, status: str, answer: str) -> str:
        """Write such an answer to a hand-off, as one action; returns its title. Raises UserError."""
        return letters.take(self._store, found, number, status, answer)

    def ask(self, preview: Preview, teammate: str) -> LetterDraft:
        """Draft a letter about the rejected rows; nothing is sent. Raises UserError without an address."""
        return letters.ask(self._store, self._letters(), preview, teammate)

    def answer(self, preview: Preview, line: int, column: str, value: str) -> Preview:
        """The preview with an answer to what a cell means: one of its readings, another status, a date (ISO).

        With the id's column and a number as the value it says which row a line is about. Kept with the file until it is
        applied. Raises UserError for a value that the column can't have.
        """
        telling.check(preview.kind, column, value)
        return self._kept(self._again(replace(preview, answers={**preview.answers, (line, column): value})))

    def choose(self, preview: Preview, number: int, column: str, value: str) -> Preview:
        """The preview with what counts where both changed a cell: MINE, or a value that came back; kept likewise."""
        return self._kept(replace(preview, choices={**preview.choices, (number, column): value}))

    def columns(self, preview: Preview, said: Mapping[str, str]) -> Preview:
        """The preview with what the person said of the columns: name -> column of ours, "" for none; kept likewise.

        Once the file is applied it is remembered for all files with these titles. Raises UserError for a column that is
        not in the file or not one of ours, or for two that are the same.
        """
        return self._kept(self._again(replace(preview, said=dict(said))))

    def encode(self, preview: Preview, encoding: str) -> Preview:
        """The preview in the encoding that looks right; kept likewise."""
        content, message_id = preview.sheet.content, preview.message_id
        return self._kept(self.read_bytes(preview.name, content, encoding=encoding, message_id=message_id))

    def start_over(self, preview: Preview) -> Preview:
        """The preview without anything that was answered, chosen or said about the file, which is forgotten."""
        kept.forget(self._store, preview.sheet.sha256)
        return self.read_bytes(preview.name, preview.sheet.content, message_id=preview.message_id)

    def _kept(self, preview: Preview) -> Preview:
        kept.keep(self._store, preview)
        return preview

    def refreshed(self, preview: Preview) -> Preview:
        """The preview by what stands here now; a choice whose cell was changed here meanwhile has to be made again."""
        return self._again(preview)

    def _again(self, preview: Preview) -> Preview:
        decided = Decided(preview.chosen_encoding, preview.said, preview.answers, kept.with_ours(preview))
        again = self._preview(preview.sheet, preview.message_id, decided)
        return replace(
            again, certain=preview.certain, encodings=preview.encodings, chosen_encoding=preview.chosen_encoding
        )

    def _preview(self, sheet: Sheet, message_id: int | None, decided: Decided) -> Preview:
        conn, today = self._store.read, clock.local(clock.now()).date()
        told_before = self._remembered(sheet)
        said = {**told_before, **decided.said}
        layout = headers.layout(sheet, said)
        knows = known(conn, sheet, layout)
        rows = Merge(sheet, layout, knows, today, decided.answers).rows() if layout.settled else ()
        before = self._read_before(sheet.sha256)
        notes = telling.notes(sheet, layout, knows, rows, before)
        if told_before and not decided.said:
            notes = (*notes, telling.remembered(told_before))
        return Preview(
            sheet, layout, rows, notes, before, message_id=message_id, answers=dict(decided.answers),
            choices=kept.fitting(rows, decided.choices), said=dict(decided.said),
            proposed=columns.proposed(sheet, layout, knows, today),
        )  # fmt: skip

    def _remembered(self, sheet: Sheet) -> dict[str, str]:
        """What was said before of the columns of files with these titles."""
        titles, known_kind = headers.names(sheet), headers.kind_of(sheet)
        for kind in (known_kind,) if known_kind else headers.COLUMNS:
            found = remembered.recall(self._store.read, [headers.remembered_as(kind), *titles])
            if found:
                return found
        return {}

    def _read_before(self, sha256: str) -> int:
        row = self._store.read.execute("SELECT max(at) AS at FROM returned_file WHERE sha256 = ?", (sha256,)).fetchone()
        return int(row["at"] or 0)

    def apply(self, preview: Preview, choices: Choices | None = None, *, take: str = "") -> Applied:
        """Write what will be applied and what was chosen, as one action, or nothing.

        `choices` are added to those of the preview. `take` (MINE or THEIRS) decides what was not chosen; of two answers
        to one row neither is taken so. What is neither chosen nor decided stays as it is, and is asked again when the
        file is read again. Raises UserError if the encoding or the columns have to be settled first, or a row was
        changed here since the preview.
        """
        if not preview.certain:
            raise UserError(telling.which_encoding(preview))
        if not preview.settled:
            raise UserError(headers.which_columns(preview.sheet, preview.kind))
        given = {**preview.choices, **(choices or {})}
        decided = {row.line: decisions(row, given, take) for row in preview.rows if not row.rejected}
        writes = {row.line: values for row in preview.rows if (values := _values(row, decided.get(row.line)))}
        title = _title(preview, len(writes)) if writes else ""
        with self._store.write(title) as conn:
            self._refuse_changed(conn, preview)
            before = budget_standing(conn) if preview.kind == "gifts" else None
            for row in preview.rows:
                if row.line in writes and row.number is not None:
                    if preview.kind == "handoffs":
                        handoff_returns.take(conn, row.number, writes[row.line], preview.message_id)
                    else:
                        gift_returns.take(conn, row.number, writes[row.line])
            over = over_words(conn, before) if before is not None else ""
            self._register(conn, preview, decided)
        self._settle(preview, given, decided)
        took = [row for row in preview.rows if row.line in writes]
        names = tuple(dict.fromkeys(row.teammate for row in took if row.teammate))
        return Applied(len(took), title, names, tuple(row.number for row in took if row.number is not None), over)

    def _settle(self, preview: Preview, given: Choices, decided: Mapping[int, Mapping[str, str] | None]) -> None:
        """Remember what was said of the columns; forget what was decided about the file, but for what is still open."""
        if preview.said:
            titles = headers.names(preview.sheet)
            with self._store.write() as conn:
                said = {**self._remembered(preview.sheet), **preview.said}
                remembered.remember(conn, [headers.remembered_as(preview.kind), *titles], said)
        open_rows = {row.number or 0 for row in preview.rows if row.rejected or decided.get(row.line) is None}
        left = {cell: value for cell, value in given.items() if cell[0] in open_rows}
        if open_rows:
            kept.keep(self._store, replace(preview, choices=left))
        else:
            kept.forget(self._store, preview.sheet.sha256)

    def _refuse_changed(self, conn: Connection, preview: Preview) -> None:
        table = {"handoffs": "handoff", "gifts": "gift"}[preview.kind]
        now = dict(tuple(row) for row in conn.execute(f"SELECT id, rev FROM {table}"))
        shown = {row.number: row.ours_rev for row in preview.rows if row.number is not None and row.ours_rev}
        if any(now.get(number) != rev for number, rev in shown.items()):
            msg = tr("Something was changed here since {file} was read. Read it again.").format(file=preview.name)
            raise UserError(msg)

    def _register(self, conn: Connection, preview: Preview, decided: Mapping[int, Mapping[str, str] | None]) -> None:
        """Remember the file with each row about which everything was decided; a file that changes nothing is not."""
        rows = [
            row
            for row in preview.rows
            if row.number is not None and (row.changes or row.conflicts) and decided.get(row.line) is not None
        ]
        if not rows and not any(row.changes for row in preview.applied):
            return
        counts = {
            "applied": len(preview.applied), "both_changed": len(preview.both_changed),
            "unchanged": len(preview.unchanged), "rejected": len(preview.rejected),
        }  # fmt: skip
        made = conn.execute(
            "INSERT INTO returned_file (at, kind, name, sha256, counts, message_id) VALUES (?, ?, ?, ?, ?, ?)",
            (clock.now(), preview.kind, preview.name, preview.sheet.sha256, json.dumps(counts), preview.message_id),
        )
        conn.executemany(
            "INSERT OR IGNORE INTO returned_row (file_id, row_id, rev, cells) VALUES (?, ?, ?, ?)",
            [(made.lastrowid, row.number, row.rev, json.dumps(dict(row.cells), ensure_ascii=False)) for row in rows],
        )

    def save_rejected(self, preview: Preview, path: Path, *, replace: bool = False) -> int:
        """Write the rejected rows as the same file with a column `errors`; returns their number.

        Raises ExistsError unless `replace`, DiskError.
        """
        return telling.save_rejected(preview, path, replace=replace)


def decisions(row: Row, choices: Choices, take: str = "") -> dict[str, str] | None:
    """What was decided of each cell that both changed: column -> MINE or a value; None while one is open."""
    found: dict[str, str] = {}
    for conflict in row.conflicts:
        chosen = choices.get((row.number or 0, conflict.column))
        if chosen is None and take == MINE:
            chosen = MINE
        elif chosen is None and take == THEIRS and len(conflict.theirs) == 1:
            chosen = conflict.theirs[0][1]
        if chosen is None:
            return None
        found[conflict.column] = chosen
    return found


def _values(row: Row, decided: Mapping[str, str] | None) -> dict[str, str]:
    """The values to write of a row: nothing of one of which a choice is open but what nobody else changed."""
    if row.rejected:
        return {}
    values = {change.column: change.now for change in row.changes}
    return values | {column: value for column, value in (decided or {}).items() if value != MINE}


def _title(preview: Preview, count: int) -> str:
    names = ", ".join(preview.teammates)
    file = tr("{file} from {names}").format(file=preview.name, names=names) if names else preview.name
    if preview.kind == "handoffs":
        return counted(count, "Read back {file}: {count} hand-off", "Read back {file}: {count} hand-offs", file=file)
    return counted(count, "Read back {file}: {count} gift", "Read back {file}: {count} gifts", file=file)
