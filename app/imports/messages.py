"""The sink for messages: collects them into chunks, and stores and counts each chunk in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.base.message import Incoming
from app.contacts.person import FieldChange
from app.imports import places
from app.imports.ledger import Ledger
from app.imports.letter_labels import Given
from app.imports.places import Place
from app.intake import Intake, Seen, resolve_shared_ids
from app.store.store import Store

CHUNK = 2_000
"""Messages per transaction: enough that its overhead is small, few enough that other writes are not delayed."""
_CHUNK_BYTES = 24 << 20  # maximum bytes of a chunk with attachments, so that photographs do not exhaust memory


class Placed(NamedTuple):
    """A message with the account that it belongs to; `stored`: it is there already, whatever its id.

    `labels` are those that its conversation is given.
    """

    place: Place
    item: Incoming
    stored: bool = False
    labels: tuple[str, ...] = ()


class Messages:
    """Stores messages of one or more places (a table's rows may name their channel) in chunks."""

    def __init__(self, store: Store, intake: Intake, ledger: Ledger, own: frozenset[str], *, dry_run: bool) -> None:
        """`own` are our names, folded; with `dry_run` messages are only counted as new or known."""
        self._store, self._intake, self._ledger, self._own = store, intake, ledger, own
        self._dry = dry_run
        ledger.read_again()
        self._places: dict[str, Place] = {}
        self._waiting: dict[str, list[Incoming]] = {}
        self._seen: set[tuple[str, str]] = set()
        self._letters: dict[str, Seen] = {}
        self._rows = self._bytes = 0
        self.new = self.known = self.changed = self.doubles = 0
        self.changes: tuple[FieldChange, ...] = ()
        self._added: set[int] = set()
        self._labels: dict[str, dict[str, tuple[str, ...]]] = {}
        self._given = Given()

    def passes(self, item: Placed) -> bool:
        """No: each place has its own chunks, and a message that is there already is known by its id."""
        del item
        return False

    def add(self, item: Placed) -> None:
        """Add a message; stores the chunk once it is full. Raises UserError if the disk refuses."""
        mark = hash((item.place.name, item.item.remote_id, item.item.letter))
        self.doubles += mark in self._added
        self._added.add(mark)
        if item.stored:
            self.known += 1
        else:
            if item.labels:
                self._labels.setdefault(item.place.name, {})[item.item.remote_id] = item.labels
            self._add(item.place, item.item)

    def _add(self, place: Place, item: Incoming) -> None:
        self._places.setdefault(place.name, place)
        self._waiting.setdefault(place.name, []).append(item)
        self._rows += 1
        self._bytes += len(item.text) + len(item.raw or item.source or b"")
        if item.attached:
            self._bytes += sum(len(file.content) for file in item.attached)
        if self._rows >= CHUNK or self._bytes >= _CHUNK_BYTES:
            self.flush()

    def flush(self) -> None:
        """Store the pending chunk."""
        waiting, self._waiting = self._waiting, {}
        self._rows = self._bytes = 0
        for name, items in waiting.items():
            if self._dry:
                self._look_up(self._places[name], items)
            else:
                self._store_all(name, items)

    def _look_up(self, place: Place, items: list[Incoming]) -> None:
        seen = self._letters.setdefault(place.name, {})
        settled = resolve_shared_ids(self._store.read, place.id or 0, place.own | self._own, items, seen)
        stored = places.known(self._store.read, place, [item.remote_id for item in settled])
        for item in settled:
            mark = (place.name, item.remote_id)
            fresh = item.remote_id not in stored and mark not in self._seen
            self._seen.add(mark)
            if fresh:
                self._given.note(self._labels.get(place.name, {}).get(item.remote_id, ()))
            self.new += fresh
            self.known += not fresh

    def _store_all(self, name: str, items: list[Incoming]) -> None:
        with self._store.write() as conn:
            place = self._places[name] = places.ensure_account(conn, self._places[name], self._own)
            batch = self._ledger.open(conn, place.id)
            taken = self._intake.take(int(place.id or 0), items, batch_id=batch)
            self._ledger.count(conn, taken.new, taken.known + taken.changed)
            labels = self._labels.pop(name, {})
            if labels:
                with self._ledger.keeping(conn):
                    self._given.give(conn, int(place.id or 0), batch, labels)
        self.new += taken.new
        self.known += taken.known + taken.changed
        self.changed += taken.changed

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is said of it besides the counts: the labels that conversations are given."""
        return self._given.sentences

    @property
    def places(self) -> Mapping[str, Place]:
        """The places that messages were stored in, by name."""
        return self._places
