"""The printing desk: what is printed, as a page of HTML that window and shell bring to paper."""

from __future__ import annotations

from collections.abc import Sequence

from app.base import clock, dates
from app.base.errors import UserError
from app.base.words import counted, tr
from app.inbox import Inbox
from app.members import Members, card
from app.printing import lists, page, person, talk
from app.printing.page import Sheet
from app.promises import Promises
from app.store.store import Store

MOST_ROWS = 500
"""Rows of a list that are printed, some fifteen pages: 1,000 took the window 1.8 s to lay out, 500 took 1.1 s."""
_ALL = 1_000_000_000


class Printing:
    """Reads on the calling thread and changes nothing: a printed conversation stays unread."""

    def __init__(self, store: Store) -> None:
        """Use this store."""
        self._store = store

    def conversation(self, number: int, *, notes: bool = False) -> Sheet:
        """A conversation whole. `notes` adds what only we know of it. Raises NotFoundError if there is none."""
        return self._dated(talk.sheet(Inbox(self._store).open(number, _ALL), notes=notes))

    def member(self, number: int, *, notes: bool = False) -> Sheet:
        """A member and their conversations. `notes` adds our note, gifts and promises. Raises NotFoundError."""
        year = clock.local(clock.now()).year
        found = card(self._store, Members(self._store), Promises(self._store), number, year)
        return self._dated(person.sheet(found, notes=notes))

    def rows(self, kind: str, numbers: Sequence[int], title: str) -> Sheet:
        """A list, by the kind and the ids of its rows in their order; at most MOST_ROWS, which is said.

        Raises UserError for an unknown kind.
        """
        if kind not in lists.TABLES:
            msg = tr("“{kind}” can't be printed. Choose from: {known}.").format(
                kind=kind, known=", ".join(lists.TABLES)
            )
            raise UserError(msg)
        header, read = lists.TABLES[kind]
        rows = list(read(self._store, numbers[:MOST_ROWS]))
        count = counted(len(rows), "{count} row", "{count} rows")
        if len(numbers) > MOST_ROWS:
            count = tr("The first {count} of {total} rows; export the list for all of them").format(
                count=len(rows), total=len(numbers)
            )
        body = page.block(title, tag="h1") + page.block(count, "meta") + page.table([tr(one) for one in header], rows)
        return self._dated(Sheet(title, body))

    def _dated(self, sheet: Sheet) -> Sheet:
        """The sheet with whose it is and when it was printed below."""
        row = self._store.read.execute("SELECT value FROM setting WHERE key = 'community'").fetchone()
        community = row["value"] if row is not None else ""
        printed = tr("Printed on {day}").format(day=dates.in_words(clock.local(clock.now()).date()))
        line = " · ".join(filter(None, (community, printed)))
        return Sheet(sheet.title, f"{sheet.body}{page.block(line, 'last')}")
