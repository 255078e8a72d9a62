"""The sink for persons from a table or from cards: they are stored in chunks, and what came of them is counted."""

from __future__ import annotations

from collections.abc import Collection

from app.base import ids
from app.base.words import counted, tr
from app.contacts.people import CHANGED, NEW, WRITTEN, Met, People
from app.contacts.person import FieldChange, Person
from app.imports.ledger import Ledger
from app.imports.messages import CHUNK
from app.store.sqlite import Connection
from app.store.store import Store

MOST_CHANGES = 500
"""Of so many changed fields a preview tells the old and the new value."""
_MOST_ALIKE = 5


class Persons:
    """Stores persons as members, in chunks; a dry run stores all of them in copies of the tables, which are lost."""

    def __init__(self, store: Store, ledger: Ledger, over: Collection[str] = (), *, dry_run: bool) -> None:
        """Members created by an earlier chunk of the file are known to later ones. `over` as in `Met`."""
        self._store, self._ledger, self._dry = store, ledger, dry_run
        self._waiting: list[Person] = []
        self._met = Met(over)
        self.new = self.known = self.changed = 0
        self.changes: list[FieldChange] = []

    @property
    def doubles(self) -> int:
        """How many of the known rows are about somebody whom the same file brought."""
        return self._met.doubles

    @property
    def remarks(self) -> tuple[str, ...]:
        """Who may be a member that is known by the same name: they stay apart until somebody says that they are one.

        And who became one member with somebody of another name, for an address or a handle that both have.
        """
        sentence = tr(
            "{other} and {name} have the same address or handle, so they came in as one member with both names."
        )
        said = [sentence.format(name=name, other=other) for other, name in self._met.shared[:_MOST_ALIKE]]
        more = len(self._met.shared) - _MOST_ALIKE
        if more > 0:
            said.append(
                counted(
                    more,
                    "{count:,} more row has another name for an address or handle that came before.",
                    "{count:,} more rows have another name for an address or handle that came before.",
                )
            )
        if self._met.forgotten:
            said.append(
                counted(
                    self._met.forgotten,
                    "{count:,} row is about somebody who was forgotten, and was left out.",
                    "{count:,} rows are about members who were forgotten, and were left out.",
                )
            )
        return (*said, *self._alike())

    def _alike(self) -> list[str]:
        """The sentences about who may be known already."""
        said = [
            tr("{name} may be {id}, whom you already have: the same name and {reason}.").format(
                name=one.name, id=ids.display(ids.MEMBER, one.member_id), reason=one.reason
            )
            for one in self._met.alike[:_MOST_ALIKE]
        ]
        more = len(self._met.alike) - _MOST_ALIKE
        if more > 0:
            said.append(
                counted(
                    more,
                    "{count:,} more may be a member you already have.",
                    "{count:,} more may be members you already have.",
                )
            )
        return said

    def passes(self, item: Person) -> bool:
        """Yes: by now the member may be called otherwise, and would come in a second time."""
        del item
        return True

    def add(self, item: Person) -> None:
        """Add a person; stores the chunk once it is full. Raises UserError if the disk refuses."""
        self._waiting.append(item)
        if len(self._waiting) >= CHUNK and not self._dry:
            self.flush()

    def flush(self) -> None:
        """Store the pending chunk."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        with self._store.rehearse(WRITTEN) if self._dry else self._store.write() as conn:
            self._keep(conn, waiting)

    def _keep(self, conn: Connection, persons: list[Person]) -> None:
        batch = None if self._dry else self._ledger.open(conn)
        self._met.known(conn, batch)
        book = People(conn, batch, self._met, searchable=not self._dry)
        with self._ledger.keeping(conn, dry_run=self._dry):
            outcomes = [book.take(person) for person in persons]
        new, changed = outcomes.count(NEW), outcomes.count(CHANGED)
        if not self._dry:
            self._ledger.count(conn, new, len(persons) - new)
        self.new += new
        self.known += len(persons) - new
        self.changed += changed
        self.changes += book.changes[: MOST_CHANGES - len(self.changes)]
