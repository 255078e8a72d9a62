"""The desk of contacts: members out, as vCards, tables and a calendar's file. They come in by `app.imports`.

What goes out changes nothing here. Nobody who was merged into another goes out twice.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app import csvfile
from app.base import clock
from app.base.errors import UserError
from app.base.words import N_, counted, forms, tr
from app.contacts import outgoing, sheets, yearly_days
from app.contacts.calendar_writing import Entry as Dated
from app.contacts.calendar_writing import once, weekly, written
from app.contacts.card_writing import FOUR, THREE, card
from app.contacts.outgoing import PRIVATE, WISHES
from app.csvfile.writing import in_place
from app.store.store import Store

if TYPE_CHECKING:
    from app.blocks import Blocks
    from app.settings import Settings

__all__ = ["DATES", "FORMATS", "PRIVATE", "Contacts", "Sent"]
CARDS, OLD_CARDS = "vcard", "vcard3"
FORMATS = (CARDS, OLD_CARDS, *sheets.FORMS)
"""What members go out as: vCards of 4.0 and 3.0, our own table, and those of two programs."""
BIRTHDAYS, NAME_DAYS, PROMISES, BLOCKS = "birthdays", "name-days", "promises", "blocks"
DATES = {
    BIRTHDAYS: N_("Birthdays"), NAME_DAYS: N_("Name days"), PROMISES: N_("Promises, on their day"),
    BLOCKS: N_("Working blocks"),
}  # fmt: skip
"""What goes into a calendar's file, and what it is called."""
_DUE = """
SELECT r.id, r.member_id, r.at, r.what, r.due_on, p.name FROM promise r JOIN member p ON p.id = r.member_id
WHERE r.kept_at IS NULL AND r.dropped_why = '' AND r.due_on IS NOT NULL AND r.due_on <> '' ORDER BY r.due_on, r.id
"""
_ASKED_NOT = (
    "SELECT count(*) FROM json_each(?) j CROSS JOIN member p ON p.id = j.value"
    " WHERE p.merged_into IS NULL AND p.do_not_contact"
)
_MAILED = forms(
    "{count} of them asked not to be written to: leave them out of mailings.",
    "{count} of them asked not to be written to: leave them out of mailings.",
)
_GREETED = forms(
    "{count} member asked not to be written to, so their birthday and name day are left out.",
    "{count} members asked not to be written to, so their birthdays and name days are left out.",
)
_EVERYBODY = "SELECT id FROM member WHERE merged_into IS NULL ORDER BY id"


class Sink(Protocol):
    """A writable binary stream, such as standard output."""

    def write(self, data: bytes, /) -> int:
        """Write bytes; returns their number."""

    def flush(self) -> None:
        """Flush buffered bytes."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was written: the file, how many members or dates it has, and what is to be known about it."""

    path: Path
    count: int
    notes: tuple[str, ...] = ()


class Contacts:
    """Writes members and their days for other programs."""

    def __init__(self, store: Store, blocks: Blocks, settings: Settings) -> None:
        """Working blocks and the community's name come from their desks."""
        self._store, self._blocks, self._settings = store, blocks, settings

    def export(
        self, path: Path, form: str, members: Sequence[int] | None = None, private: Collection[str] = (),
        *, replace: bool = False, out: Sink | None = None,
    ) -> Sent:  # fmt: skip
        """Write members in one of FORMATS, in their order; None: everybody. With `out` the bytes go there instead.

        Of PRIVATE only what is named goes along. Raises ExistsError unless `replace`, DiskError, UserError.
        """
        if form not in FORMATS:
            msg = tr("“{format}” isn't a format for members. Choose from: {formats}.").format(
                format=form, formats=", ".join(FORMATS)
            )
            raise UserError(msg)
        conn, numbers = self._store.read, self._numbers(members)
        asked_not = () if WISHES in private and form not in sheets.FOR_PROGRAMS else self._asked_not(_MAILED, numbers)
        people = _Counted(outgoing.entries(conn, numbers, private))
        if form in (CARDS, OLD_CARDS):
            version = FOUR if form == CARDS else THREE
            _put(path, (card(one, version).encode() for one in people), replace=replace, out=out)
            return Sent(path, people.count, asked_not)
        notes = (tr("Cells aren't guarded against formulas: the file is for a program, not for a spreadsheet."),)
        kinds = outgoing.kinds(conn, numbers) if form == sheets.OURS else []
        _table(path, form, kinds, people, replace=replace, out=out)
        return Sent(path, people.count, (*(notes if form in sheets.FOR_PROGRAMS else ()), *asked_not))

    def _numbers(self, members: Sequence[int] | None) -> list[int]:
        return [row["id"] for row in self._store.read.execute(_EVERYBODY)] if members is None else list(members)

    def _asked_not(self, sentence: tuple[str, str], members: Sequence[int]) -> tuple[str, ...]:
        """The sentence that counts those of these members who asked not to be written to; () where nobody did."""
        (count,) = self._store.read.execute(_ASKED_NOT, (json.dumps(list(members)),)).fetchone()
        return (counted(count, *sentence),) if count else ()

    def calendar(
        self, path: Path, what: Collection[str] = tuple(DATES), members: Sequence[int] | None = None,
        *, replace: bool = False, out: Sink | None = None,
    ) -> Sent:  # fmt: skip
        """Write dates (of DATES) as a calendar's file; those of these members only, and all blocks.

        Raises ExistsError unless `replace`, DiskError, UserError.
        """
        strange = [one for one in what if one not in DATES]
        if strange or not what:
            msg = tr("“{what}” doesn't go into a calendar. Choose from: {dates}.").format(
                what=", ".join(strange), dates=", ".join(DATES)
            )
            raise UserError(msg)
        now = clock.now()
        found = chain.from_iterable(self._dates(one, members, clock.local(now).date()) for one in DATES if one in what)
        name = str(self._settings.get("community")) or tr("Community")
        content, count = written(found, name, now)
        _put(path, [content], replace=replace, out=out)
        empty = () if count else (tr("There are no such dates yet, so the calendar is empty."),)
        yearly = not {BIRTHDAYS, NAME_DAYS}.isdisjoint(what)
        return Sent(path, count, (*empty, *(self._asked_not(_GREETED, self._numbers(members)) if yearly else ())))

    def _dates(self, what: str, members: Sequence[int] | None, today: date) -> Iterator[Dated]:
        conn, wanted = self._store.read, None if members is None else frozenset(members)
        if what == BIRTHDAYS:
            return yearly_days.birthdays(conn, wanted, today.year)
        if what == NAME_DAYS:
            return yearly_days.name_days(conn, wanted, today.year)
        return self._promises(wanted) if what == PROMISES else self._working(today)

    def _promises(self, wanted: frozenset[int] | None) -> Iterator[Dated]:
        for row in self._store.read.execute(_DUE).fetchall():
            if wanted is not None and row["member_id"] not in wanted:
                continue
            title = tr("Promised to {name}: {what}").format(name=row["name"], what=row["what"])
            yield once(f"promise {row['id']}", row["at"], title, date.fromisoformat(row["due_on"]))

    def _working(self, today: date) -> Iterator[Dated]:
        monday, seen = today - timedelta(days=today.weekday()), dict.fromkeys(range(7), 0)
        community = str(self._settings.get("community"))
        for planned in self._blocks.all():
            block = planned.block
            mark = f"block {block.weekday} {seen[block.weekday]}"
            seen[block.weekday] += 1
            yield weekly(mark, community, tr("Community work"), block.weekday, (block.starts, block.ends), monday)


class _Counted:
    """Counts what goes through."""

    def __init__(self, members: Iterable[outgoing.Entry]) -> None:
        self._members, self.count = iter(members), 0

    def __iter__(self) -> Iterator[outgoing.Entry]:
        return self

    def __next__(self) -> outgoing.Entry:
        found = next(self._members)
        self.count += 1
        return found


def _put(path: Path, pieces: Iterable[bytes], *, replace: bool, out: Sink | None) -> None:
    if out is not None:
        for piece in pieces:
            out.write(piece)
        out.flush()
        return
    with in_place(path, replace=replace) as temporary, temporary.open("wb") as file:
        file.writelines(pieces)


def _table(
    path: Path, form: str, kinds: Sequence[str], people: Iterable[outgoing.Entry], *, replace: bool, out: Sink | None
) -> None:
    """Write a table; to `out` once it is whole, so that nothing goes there if that fails."""
    header, chunks = sheets.header(form, kinds), csvfile.columns(sheets.rows(form, people, kinds))
    bare = header if form in sheets.FOR_PROGRAMS else sheets.BARE
    if out is None:
        csvfile.write_columns(path, header, chunks, ours=bare, phones=sheets.PHONES, replace=replace)
        return
    with tempfile.TemporaryDirectory(prefix="rapport-contacts-") as folder:
        made = Path(folder) / "table.csv"
        csvfile.write_columns(made, header, chunks, ours=bare, phones=sheets.PHONES)
        with made.open("rb") as content:
            shutil.copyfileobj(content, out)
        out.flush()
