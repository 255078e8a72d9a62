"""Sources of messages that are no table: mails, feeds, and the exports of chats and services."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from app.imports import exports, feedfile, mailbox, places, previews
from app.imports.bundle import Part, open_bundle
from app.imports.ledger import Ledger
from app.imports.mapping import MESSAGES
from app.imports.messages import Messages, Placed
from app.imports.notes import Notes
from app.imports.places import Place
from app.imports.recognise import SourceFile
from app.imports.shapes import Imported, Options, Preview
from app.imports.source import Row
from app.imports.told import Told
from app.intake import Intake
from app.store.store import Store

_MAX_COUNTED_MAILS = 2_000
"""Up to so many mails a preview makes a dry run; beyond, it would take too long."""
_SMALL_EXPORT_BYTES = 8_000_000
_LOOKED_AT = 2_000  # entries of an export that a preview goes through in search of messages


class _OneAccount:
    """Mails or a feed's entries: a source whose messages all go to one account."""

    holds = MESSAGES
    rejected = None

    def __init__(self, file: SourceFile, store: Store, options: Options, place: Place) -> None:
        self._file, self._store, self._options, self._place = file, store, options, place
        self._own = places.folded_own(options.own)
        self.where = place.name
        self.notes = Notes()

    def begin(self) -> None:
        """No-op: there are no columns to map."""

    def sink(self, intake: Intake, ledger: Ledger) -> Messages:
        """Messages, of which those under our own names are ours."""
        return Messages(self._store, intake, ledger, self._own, dry_run=self._options.dry_run)

    def _rows(self, read: Iterator[mailbox.Read]) -> Iterator[Row[Placed]]:
        for entry in read:
            item = None if entry.item is None else Placed(self._place, entry.item)
            yield Row(entry.done, item, entry.left_out)


class Mails(_OneAccount):
    """A source of mails: an mbox, a Maildir, a folder or archive of mails, or a single one."""

    def __init__(self, file: SourceFile, store: Store, options: Options) -> None:
        """Choose the account; each call of `rows` reads from the start."""
        super().__init__(file, store, options, places.for_mail(store.read, options.channel))
        self.passed: tuple[Part, ...] = ()
        """Files of an archive that another source reads."""

    @property
    def total(self) -> int:
        """Bytes of an mbox, else number of files."""
        return mailbox.total(self._file)

    @property
    def is_small(self) -> bool:
        """Whether there are at most about 2,000 mails."""
        return mailbox.is_small(self._file, _MAX_COUNTED_MAILS)

    def rows(self) -> Iterator[Row[Placed]]:
        """Yield every mail, broken ones as unreadable messages."""
        self.notes = Notes()
        told = Told(self._store, self._place)
        for entry in mailbox.read(self._file, self._place.own | self._own, self.notes, self.passed):
            if entry.item is None:
                yield Row(entry.done, None, entry.left_out)
                continue
            for place, item in told.split(entry.item):
                yield Row(entry.done, Placed(place, item, labels=entry.labels))
        self.notes.said += told.sentences()

    def preview(self, counted: Imported | None) -> Preview:
        """Return the first mails and an estimate of their number."""
        told = Told(self._store, self._place)
        return previews.of_mail(self._file, self._place, self._options, counted, told, mixed=bool(self.passed))


class Feed(_OneAccount):
    """A source of entries: a feed saved as a file."""

    total = 0

    def __init__(self, file: SourceFile, store: Store, options: Options) -> None:
        """Choose the account: the chosen one, else one named after the feed."""
        super().__init__(file, store, options, places.find(store.read, options.channel or feedfile.name(file), "feed"))

    @property
    def is_small(self) -> bool:
        """Whether the file has at most `feedfile.SMALL` bytes."""
        return self._file.size <= feedfile.SMALL

    def rows(self) -> Iterator[Row[Placed]]:
        """Yield every entry."""
        names = feedfile.called_before(self._store.read, self._place.id)
        return self._rows(feedfile.read(self._file, self._place.own | self._own, names))

    def preview(self, counted: Imported | None) -> Preview:
        """Return the first entries."""
        return previews.of_feed(self._file, self._place, self._options, counted)


class Exported(_OneAccount):
    """A source of what was said in an export of a service."""

    total = 0

    def __init__(self, file: SourceFile, store: Store, options: Options) -> None:
        """Choose the account: the chosen one, else one named after the service. Raises UserError for web pages."""
        with open_bundle(file.path) as bundle:
            found = exports.find(bundle, file.path.name)
            self._bytes = sum(part.size for part in bundle.parts if part.name.endswith((".json", ".txt")))
        if found is None:
            raise exports.unknown(file.path.name)
        self.export = found
        place = places.find(store.read, options.channel or found.name, found.kind)
        super().__init__(file, store, options, place)

    @property
    def is_small(self) -> bool:
        """Whether the texts have at most 8 MB, which is about 100,000 messages."""
        return self._bytes <= _SMALL_EXPORT_BYTES

    def rows(self) -> Iterator[Row[Placed]]:
        """Yield everything that was said."""
        self.notes = Notes()
        with open_bundle(self._file.path) as bundle:
            self.notes.refused = bundle.refused
            said = self.export.entries(bundle, self._place.own | self._own, self.notes)
            for number, entry in enumerate(said, 1):
                item = None if entry.item is None else Placed(self._place, entry.item)
                yield Row(number, item, entry.left_out)

    def preview(self, counted: Imported | None) -> Preview:
        """Return the first messages."""
        looked = islice(self.rows(), _LOOKED_AT)
        items = [row.item.item for row in looked if row.item is not None][: previews.MAX_SHOWN]
        return previews.of_export(self.export.title, items, self._file, self._place, counted, self.notes)
