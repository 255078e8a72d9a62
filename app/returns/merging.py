"""The three-way merge of a file that came back: as each cell went out, as it is here now, as it came back. Pure.

Only the teammate's columns are merged. A blank never erases, a lone `-` does. What only they changed is applied, what
both changed is a choice, and a row with a cell that can't be read for certain waits for an answer, whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.base import ids
from app.base.words import N_, tr
from app.handoffs import ANSWERED
from app.returns import cells, days, numbers
from app.returns.cells import Column
from app.returns.headers import ID, Layout
from app.returns.rows import Base, Change, Conflict, Earlier, Ignored, Known, Ours, Question, Row
from app.returns.sheets import Line, Sheet
from app.returns.twins import joined

_DATES = ("opened", "needed_by")
_TELLING = {"handoffs": ("ask", "member", "opened"), "gifts": ("item", "recipient", "address_1", "qty")}
"""The columns by which one sees that a row is about something else than its id says."""
_WORDS = {"handoffs": ("ask", "member"), "gifts": ("item", "recipient")}
_NOTHING = N_("It's blank: nothing is changed. To take out what is there, write - in the cell.")
_UNKNOWN_REVISION = N_("Its revision {rev} was never sent out, so Rapport can't tell what has changed here since.")
_NO_REVISION = N_("Its revision is missing, so Rapport can't tell what has changed here since.")
_SAID_BEFORE = N_("It came back like this before.")
_NOT_THEIRS = N_("This column isn't theirs to change.")


@dataclass(slots=True)
class _Merging:
    """One row while it is merged."""

    line: Line
    ours: Ours
    base: Base | None
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)


class Merge:
    """Merges the lines of one sheet; `answers` are what the person answered: (line, column) -> value."""

    def __init__(
        self, sheet: Sheet, layout: Layout, known: Known, today: date, answers: Mapping[tuple[int, str], str]
    ) -> None:
        """Look at the dates of each column first: one may settle how the others are read."""
        self._sheet, self._layout, self._known, self._today, self._answers = sheet, layout, known, today, answers
        self._columns: dict[tuple[str, str], Column] = {}
        self._orders: dict[str, str] = {
            column: days.order_of(line.cell(layout.columns[column]) for line in sheet.lines)
            for column in ("answered_on", "shipped_on")
            if column in layout.columns
        }

    def rows(self) -> tuple[Row, ...]:
        """The rows of the file, in its order."""
        return tuple(joined(self._row(line) for line in self._sheet.lines))

    def _row(self, line: Line) -> Row:
        kind = self._layout.kind
        typed = self._cell(line, ID[kind]).strip()
        number = self._number(line, typed)
        if number is None:
            return self._without_number(line, typed)
        shown = ids.display(numbers.KINDS[kind], number)
        ours = self._known.ours.get(number)
        if ours is None:
            reason = tr("{id} isn't in this community. Does the file come from another one?").format(id=shown)
            return Row(line.number, shown, number, refused=True, reason=reason)
        rev, base = self._base(line, number)
        row = Row(line.number, shown, number, ours.about, ours.teammate, rev, ours.rev)
        stranger = self._stranger(line, ours, base)
        if stranger:
            return replace(row, refused=True, reason=stranger)
        return self._merged(row, _Merging(line, ours, base))

    def _number(self, line: Line, typed: str) -> int | None:
        answered = self._answers.get((line.number, ID[self._layout.kind]))
        return int(answered) if answered else numbers.read(typed, self._layout.kind)

    def _without_number(self, line: Line, typed: str) -> Row:
        """A line without an id, or with one that has been misspelled."""
        kind, column = self._layout.kind, ID[self._layout.kind]
        if not typed:
            return Row(line.number, "", None, refused=True, reason=tr("The row has no id."))
        other = numbers.kind_of(typed)
        if other and other != kind:
            reason = tr("{id} is an id of another kind of file.").format(id=typed)
            return Row(line.number, typed, None, refused=True, reason=reason)
        found = numbers.likely(typed, kind, self._known.ours.keys())
        fitting = [number for number in found if not self._stranger(line, self._known.ours[number], None)]
        reason = tr("“{id}” isn't an id: its check code is wrong.").format(id=_short(typed))
        if not fitting:
            return Row(line.number, typed, None, refused=True, reason=reason)
        question = Question(column, typed, reason, tuple(map(str, fitting)))
        return Row(line.number, typed, None, self._known.ours[fitting[0]].about, questions=(question,))

    def _base(self, line: Line, number: int) -> tuple[int, Base | None]:
        """The revision that a line says it is of, 0 if it says none, and the row as it went out then."""
        typed = self._cell(line, "rev").strip().removesuffix(".0").removesuffix(",0")
        rev = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0  # noqa: PLR2004  digits
        return rev, self._known.bases.get((number, rev))

    def _stranger(self, line: Line, ours: Ours, base: Base | None) -> str:
        """Why a line is about something else than its id says, in a sentence; "" if it is not."""
        told = base.cells if base is not None else ours.told
        seen = [name for name in _TELLING[self._layout.kind] if self._cell(line, name).strip() and told.get(name)]
        words = [name for name in seen if name in _WORDS[self._layout.kind]]
        if not words or any(self._matches(self._cell(line, name), told[name], name) for name in words):
            return ""
        if len(words) < 2 and any(self._matches(self._cell(line, name), told[name], name) for name in seen):  # noqa: PLR2004
            return ""
        name = words[0]
        sentence = tr(
            "{id} is “{ours}” here, but “{theirs}” in the file. Was the file sorted in part, or is it another "
            "community's?"
        )
        return sentence.format(
            id=ids.display(numbers.KINDS[self._layout.kind], ours.number),
            ours=_short(told[name]),
            theirs=_short(self._cell(line, name)),
        )

    def _matches(self, cell: str, base: str, name: str) -> bool:
        if cells.same(cell, base):
            return True
        if name in _DATES:
            found = days.read(cell, self._today)
            return base in [day.isoformat() for day in found]
        return name in ("qty", "rev") and cell.strip().removesuffix(".0").removesuffix(",0") == base

    def _merged(self, row: Row, at: _Merging) -> Row:
        for column in self._layout.owned():
            self._merge_cell(at, column)
        self._compare_others(at)
        reason = ""
        if at.base is None:
            sentence = _UNKNOWN_REVISION if row.rev else _NO_REVISION
            reason = tr(sentence).format(rev=row.rev)
        earlier = self._known.earlier.get(at.ours.number, ())
        again = at.ours.number in self._known.decided or any(one.rev == row.rev and _says(one, at) for one in earlier)
        if again and (at.changes or at.conflicts or at.questions):
            at.changes, at.conflicts, at.questions = [], [], []
            reason = tr(_SAID_BEFORE)
        elif at.ours.closed_on and (at.changes or at.conflicts):
            at.conflicts += [
                Conflict(one.column, self._base_value(at, one.column), one.was, ((row.line, one.now),))
                for one in at.changes
            ]
            at.changes = []
            reason = _since(at.ours)
        elif _answers(at):
            reason = _since(at.ours) or reason
        return replace(
            row, changes=tuple(at.changes), conflicts=tuple(at.conflicts), ignored=tuple(at.ignored),
            questions=tuple(at.questions), cells=at.values, reason=reason,
        )  # fmt: skip

    def _column(self, at: _Merging, name: str) -> Column:
        currency = at.ours.values.get("currency", "")
        known = self._columns.get((name, currency))
        if known is None:
            known = Column(self._layout.kind, name, self._today, self._orders.get(name, ""), currency)
            self._columns[name, currency] = known
        return known

    def _base_value(self, at: _Merging, name: str) -> str | None:
        return None if at.base is None else cells.of_base(at.base.cells.get(name, ""), self._column(at, name))

    def _merge_cell(self, at: _Merging, name: str) -> None:
        """Take one cell of the teammate's, by base, ours and theirs."""
        cell = self._cell(at.line, name)
        was = None if at.base is None else at.base.cells.get(name, "")
        column, mine = self._column(at, name), at.ours.values.get(name, "")
        if was is not None and cells.same(cell, was):
            return
        if not cell.strip():
            if was and was.strip():
                at.ignored.append(Ignored(name, was, "", tr(_NOTHING)))
            return
        theirs = self._value(at, column, cell)
        if isinstance(theirs, Question):
            at.questions.append(theirs)
            return
        base = self._base_value(at, name)
        if name == "currency":
            if theirs != mine:
                at.ignored.append(Ignored(name, mine, cell.strip(), tr(_NOT_THEIRS)))
            return
        at.values[name] = theirs
        if theirs in (base, mine):
            return
        if base == mine or (base is None and not mine):
            at.changes.append(Change(name, mine, theirs))
        else:
            at.conflicts.append(Conflict(name, base, mine, ((at.line.number, theirs),)))

    def _value(self, at: _Merging, column: Column, cell: str) -> str | Question:
        answered = self._answers.get((at.line.number, column.name))
        if answered is not None:
            return answered
        place = self._layout.columns[column.name]
        if place in at.line.damaged:
            return cells.damaged(cell, column.name)
        if place in at.line.formulas:
            return cells.formula(cell, column.name)
        if cells.clears(cell):
            return cells.cleared(cell, column.name)
        return cells.value(self._with_currency(at, column, cell), column)

    def _with_currency(self, at: _Merging, column: Column, cell: str) -> str:
        """An amount with the currency that stands beside it, unless it names one itself."""
        named = self._cell(at.line, "currency").strip() if column.name == "actual_cost" else ""
        return f"{cell} {named}" if named and not cells.names_currency(cell) else cell

    def _compare_others(self, at: _Merging) -> None:
        """Note the edits in columns that are not the teammate's."""
        if at.base is None:
            return
        owned = set(self._layout.owned())
        for name in self._layout.columns:
            if name in owned or name in (ID[self._layout.kind], "rev"):
                continue
            cell, base = self._cell(at.line, name), at.base.cells.get(name, "")
            if cell != base and not self._matches(cell, base, name):
                at.ignored.append(Ignored(name, base, cell, tr(_NOT_THEIRS)))

    def _cell(self, line: Line, name: str) -> str:
        return line.cell(self._layout.columns.get(name))


def _answers(at: _Merging) -> bool:
    """Whether the row says that the request is answered, where that is new here."""
    said = [one.now for one in at.changes if one.column == "status"]
    said += [value for one in at.conflicts if one.column == "status" for _line, value in one.theirs]
    return any(status in ANSWERED for status in said)


def _since(ours: Ours) -> str:
    """What became of a hand-off here since it went out, where an answer changes that; "" for nothing."""
    if ours.closed_on and ours.heard_on:
        sentence = tr("{member} was told on {heard}, and it's closed. Taking the answer opens it again.")
    elif ours.closed_on:
        sentence = tr("You closed it on {day}. Taking the answer opens it again.")
    elif ours.heard_on:
        sentence = tr("{member} was told something on {heard}. With this answer there's more to tell.")
    elif ours.done:
        sentence = tr("Its conversation is done. This answer brings it back.")
    else:
        return ""
    member = _short(ours.told.get("member", "")) or tr("The member")
    return sentence.format(member=member, heard=ours.heard_on, day=ours.closed_on)


def _says(earlier: Earlier, at: _Merging) -> bool:
    """Whether a row came back with the same values before."""
    return bool(at.values) and dict(earlier.values) == at.values


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"  # noqa: PLR2004  two of them stand in one sentence
