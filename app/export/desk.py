"""Write export files, and keep each exported hand-off and gift row as the base for merging the edited file later.

There are two kinds of export. `write` writes every row of a kind and marks nothing: for other programs, and for
leaving Rapport. `file` writes the hand-offs to send or the gifts to ship, and marks them as exported.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from app import csvfile, given
from app.base import clock, ids, money
from app.base.errors import UserError
from app.base.words import tr
from app.csvfile import clean
from app.csvfile.writing import Cell
from app.export import drafts, more, queries, sheet
from app.export.messages import columns
from app.gifts import Gift, Gifts, lacks_address
from app.handoffs import ANSWERED, STATUSES, Handoff, Handoffs, given_context
from app.store.sqlite import Connection
from app.store.store import Store

KINDS = ("conversations", "messages", "members", "handoffs", "gifts", *more.KINDS, drafts.KIND)
HANDOFFS = (
    "handoff_id", "rev", "kind", "priority", "opened", "needed_by", "channel", "link", "member", "language", "message",
    "context", "ask", "owner", "status", "answer", "answered_on", "ticket",
)  # fmt: skip
GIFTS = (
    "gift_id", "rev", "item", "size", "qty", "recipient", "address_1", "address_2", "address_3", "postal_code", "city",
    "country", "customs_text", "declared_value", "card_text", "status", "shipped_on", "carrier", "tracking",
    "actual_cost", "currency",
)  # fmt: skip
"""The columns of each file; the teammate fills in those from `owner` (hand-offs) or `status` (gifts) on."""
FILLED_IN = {"handoffs": HANDOFFS[HANDOFFS.index("owner") :], "gifts": GIFTS[GIFTS.index("status") :]}
"""The columns that the teammate fills in."""
NEEDED = ("handoff_id", "rev", "ask", *FILLED_IN["handoffs"])
"""The columns without which a hand-off file says nothing, or could not be read back."""
FILED = ("handoffs", "gifts")
"""The kinds that `Export.file` writes and marks as exported."""
LISTED = ("conversations", "members", "handoffs", "gifts", "templates", "rules", "outbox", drafts.KIND)
"""The kinds of row that a page of the window lists."""
_WHOLE = (*(kind for kind in more.KINDS if kind not in more.TIMED), drafts.KIND)
_NO_LIMIT = 1 << 62


class Sink(Protocol):
    """A writable binary stream, such as standard output."""

    def write(self, data: bytes, /) -> int:
        """Write bytes; returns their number."""

    def flush(self) -> None:
        """Flush buffered bytes."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is written. `to` is a teammate's id (hand-offs only).

    `since` and `until` are Unix seconds, both inclusive; 0 for `until` means no end. `private` keeps e-mail, street and
    phone in the hand-offs' texts. A path that ends in .xlsx implies `xlsx`. With `out` the bytes are written there, and
    the path is only a name. `columns` are those of a hand-off file that its reader wants to see, () for all; those in
    NEEDED are always there. With `for_programs` no cell of a CSV is guarded, and conversations begin with the columns
    that a help desk asks for. `letter_draft_id` is the letter that a file which is given out goes with.
    """

    to: int | None = None
    since: int = 0
    until: int = 0
    separator: str = ","
    xlsx: bool = False
    replace: bool = False
    private: bool = False
    out: Sink | None = None
    columns: tuple[str, ...] = ()
    for_programs: bool = False
    letter_draft_id: int | None = None

    def holds(self, at: int) -> bool:
        """Whether a time is within the range."""
        return self.since <= at <= self.last

    @property
    def last(self) -> int:
        """The last second within the range."""
        return self.until or _NO_LIMIT


_Row = tuple[int, int, list[str]]
"""The id of a hand-off or gift, its revision, and its cells."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The outcome of an export; `notes` are sentences that the person should read."""

    path: Path
    rows: int
    notes: tuple[str, ...] = ()


class Export:
    """Exports; the `exported_row` table."""

    def __init__(self, store: Store) -> None:
        """Reads on the calling thread."""
        self._store = store
        self._handoffs, self._gifts = Handoffs(store), Gifts(store)

    def write(self, kind: str, path: Path, options: Options | None = None) -> Exported:
        """Write every row of one of KINDS to `path`; marks nothing. Raises ExistsError unless `replace`, UserError.

        `_WHOLE` are written whole: a time range is refused for them.
        """
        how = _checked(kind, KINDS, options)
        return Exported(path, self._written(kind, path, how), (unguarded(),) if how.for_programs else ())

    def _written(self, kind: str, path: Path, how: Options) -> int:
        """Write every row of a kind; returns their number."""
        if kind in FILED:
            with self._remembering() as conn:
                return self._store_and_write(conn, kind, path, self._rows(kind, how), how)
        if kind == "messages":
            chunks = columns(self._store.read, how.since, how.last, self._our_name())
            return write_table(path, queries.MESSAGES, chunks, how)
        header, rows = self._stream(kind, how)
        return write_table(path, header, csvfile.columns(rows), how)

    def _remembering(self) -> AbstractContextManager[Connection]:
        """A connection on which rows are noted as exported; where nothing can be written, the note is lost."""
        if self._store.obstacle() is None:
            return self._store.write()
        return self._store.rehearse(("exported_row",))

    def file(self, kind: str, path: Path, options: Options | None = None) -> Exported:
        """Write unanswered hand-offs or gifts to ship (one of FILED) to `path`, and mark them as exported.

        File and mark are made together or not at all, as one undoable action: undoing it takes back the mark, and the
        file stays. Raises ExistsError unless `replace`, UserError.
        """
        how = _checked(kind, FILED, options)
        title = tr("Exported hand-offs: {file}") if kind == "handoffs" else tr("Exported gifts to ship: {file}")
        shown = path.name if how.out is None else tr("standard output")
        now = clock.now()  # one time for the mark and the register: taking a letter back compares them
        with self._store.write(title.format(file=shown)) as conn:
            done, rows = (self._file_handoffs if kind == "handoffs" else self._file_gifts)(conn, path, how, now)
            if rows:
                way = given.LETTER if how.letter_draft_id else given.SAVED if how.out is None else given.OUTPUT
                name = "" if way == given.OUTPUT else path.name
                given.register(
                    conn, kind, how.to, name, [row[:2] for row in rows], way=way,
                    letter_draft_id=how.letter_draft_id, at=now,
                )  # fmt: skip
            return done

    def listed(self, kind: str, numbers: Sequence[int], path: Path, options: Options | None = None) -> Exported:
        """Write the rows of one of LISTED with these ids, in this order, as a list on the screen shows them.

        Marks nothing; an id without a row is left out. Raises ExistsError unless `replace`, UserError.
        """
        how = _checked(kind, LISTED, options)
        if kind in FILED:
            with self._remembering() as conn:
                return Exported(path, self._store_and_write(conn, kind, path, self._picked(kind, numbers, how), how))
        header, rows = (
            (drafts.HEADER, drafts.listed(self._store, numbers))
            if kind == drafts.KIND
            else more.listed(self._store.read, kind, numbers)
        )
        return Exported(path, write_table(path, header, csvfile.columns(rows), how))

    def _picked(self, kind: str, numbers: Sequence[int], how: Options) -> list[_Row]:
        """Return the hand-offs or gifts with these ids, in this order."""
        rows = {row[0]: row for row in self._rows(kind, how)}
        return [rows[number] for number in numbers if number in rows]

    def base(self, kind: str, number: int, rev: int) -> dict[str, str] | None:
        """Return the cells of a "handoff" or "gift" as exported at that revision; None if it was not."""
        row = self._store.read.execute(
            "SELECT cells FROM exported_row WHERE kind = ? AND row_id = ? AND rev = ?", (kind, number, rev)
        ).fetchone()
        return None if row is None else json.loads(row["cells"])

    def _stream(self, kind: str, how: Options) -> tuple[Sequence[str], Iterator[Sequence[Cell]]]:
        """Return the header and the rows as a stream from SQLite, so that a file of any size needs little memory."""
        if kind == drafts.KIND:
            return drafts.HEADER, drafts.every(self._store)
        if kind in more.KINDS:
            return more.every(self._store.read, kind, how.since, how.last)
        conn, ends = self._store.read, {"since": how.since, "until": how.last}
        if kind == "conversations":
            talks = map(queries.conversation_cells, map(tuple, conn.execute(queries.CONVERSATION_ROWS, ends)))
            if how.for_programs:
                return (*queries.TICKETS, *queries.CONVERSATIONS), map(queries.hubspot_cells, talks)
            return queries.CONVERSATIONS, talks
        members = conn.execute(queries.MEMBER_ROWS, ends)
        return queries.MEMBERS, (queries.member_cells(tuple(row)) for row in members)

    def _our_name(self) -> str:
        row = self._store.read.execute("SELECT value FROM setting WHERE key = 'speaks_as'").fetchone()
        return row["value"] if row else ""

    def _rows(self, kind: str, how: Options) -> list[_Row]:
        """Return every hand-off or gift in the time range, by id."""
        if kind == "handoffs":
            handoffs = (handoff for handoff in self._handoffs.listed("all", how.to) if how.holds(handoff.opened_at))
            return list(self._handoff_cells(sorted(handoffs, key=lambda handoff: handoff.id), private=how.private))
        gifts = (gift for gift in self._gifts.listed("all", _NO_LIMIT) if how.holds(gift.created_at))
        return [(gift.id, gift.rev, _gift_cells(gift)) for gift in sorted(gifts, key=lambda gift: gift.id)]

    def _file_handoffs(self, conn: Connection, path: Path, how: Options, now: int) -> tuple[Exported, list[_Row]]:
        open_ = sorted(self._handoffs.listed("open", how.to), key=lambda handoff: handoff.id)
        picked = [handoff for handoff in open_ if handoff.status not in ANSWERED and how.holds(handoff.opened_at)]
        self._handoffs.mark_exported(conn, [handoff.id for handoff in picked], now)
        cells = list(self._handoff_cells(picked, private=how.private, to_fill_in=True))
        rows = self._store_and_write(conn, "handoffs", path, cells, how, to_fill_in=True)
        nothing = tr("No hand-offs are waiting for an answer, so the file has only a header row.")
        return Exported(path, rows, () if rows else (nothing,)), cells

    def _handoff_cells(self, picked: Sequence[Handoff], *, private: bool, to_fill_in: bool = False) -> Iterator[_Row]:
        """The rows of these hand-offs, without what is private in their words.

        With `to_fill_in` they go to their teammate, who may know what one's private words are, and wrote its answer.
        """
        conn = self._store.read
        rows = conn.execute(queries.HANDOFF_EXTRAS, (json.dumps([handoff.id for handoff in picked]),))
        extras = {number: tuple(cells) for number, *cells in rows}
        for handoff in picked:
            channel, link, language, message, *known = extras[handoff.id]
            words = [_member(handoff, private=private), message, given_context(handoff), handoff.ask]
            answer = handoff.answer
            if not (private or (to_fill_in and handoff.private_words)):
                from app.private import redacted  # noqa: PLC0415  its patterns take 20 ms to compile

                words = [redacted(text, known) for text in words]
                answer = answer if to_fill_in else redacted(answer, known)
            member, message, context, ask = words
            opened = clock.local(handoff.opened_at).date().isoformat()
            yield (
                handoff.id,
                handoff.rev,
                [
                    ids.display(ids.HANDOFF, handoff.id),
                    str(handoff.rev),
                    handoff.kind,
                    handoff.priority,
                    opened,
                    handoff.needed_by,
                    channel,
                    link,
                    member,
                    language,
                    message,
                    context,
                    ask,
                    handoff.owner,
                    handoff.status.replace("_", " "),
                    answer,
                    handoff.answered_on,
                    handoff.ticket,
                ],
            )

    def _file_gifts(self, conn: Connection, path: Path, how: Options, now: int) -> tuple[Exported, list[_Row]]:
        picked = [
            gift for gift in self._gifts.listed("to_ship", _NO_LIMIT) if how.holds(gift.created_at) and not gift.by_mail
        ]
        cells = [(gift.id, gift.rev, _gift_cells(gift)) for gift in sorted(picked, key=lambda gift: gift.id)]
        self._gifts.mark_exported(conn, [gift.id for gift in picked], now)
        rows = self._store_and_write(conn, "gifts", path, cells, how, to_fill_in=True)
        lacking = [gift for gift in picked if lacks_address(gift)]
        notes = tuple(
            tr("{gift} for {member} has no address.").format(gift=ids.display(ids.GIFT, gift.id), member=gift.member)
            for gift in lacking
        )
        nothing = tr("There's nothing to ship, so the file has only a header row.")
        return Exported(path, rows, notes if rows else (nothing,)), cells

    def _store_and_write(
        self, conn: Connection, kind: str, path: Path, cells: Sequence[_Row], how: Options, *, to_fill_in: bool = False
    ) -> int:
        """Store the rows as exported and write the file, in the open transaction; returns the number of rows.

        With `to_fill_in` an .xlsx is a form for the teammate, see `sheet.write`. What went out to be filled in is still
        the base of its revision, whatever lists are written since.
        """
        now, header = clock.now(), HANDOFFS if kind == "handoffs" else GIFTS
        known = "REPLACE" if to_fill_in else "IGNORE"
        for number, rev, row in cells:
            kept = json.dumps(dict(zip(header, map(clean, row), strict=True)), ensure_ascii=False)
            conn.execute(
                f"INSERT OR {known} INTO exported_row (kind, row_id, rev, at, file, cells) VALUES (?, ?, ?, ?, ?, ?)",
                (kind.removesuffix("s"), number, rev, now, path.name, kept),
            )
        places = [at for at, name in enumerate(header) if not how.columns or name in (*NEEDED, *how.columns)]
        shown = [header[at] for at in places]
        form = sheet.Form(frozenset(FILLED_IN[kind]), _choices(kind)) if to_fill_in else None
        picked = ([row[at] for at in places] for _, _, row in cells)
        return write_table(path, shown, csvfile.columns(picked), how, form)


def why_whole(kind: str) -> str:
    """Why a range of time is refused for these rows: they have none."""
    return tr("{kind} are exported whole. Leave out the dates.").format(kind=kind)


def unguarded() -> str:
    """What is said of a file for programs."""
    return tr("This file is for programs: a spreadsheet would run any formulas in it. Don't open it in one.")


def _choices(kind: str) -> dict[str, Sequence[str]]:
    """What can be chosen in the columns that hold one of a few words."""
    statuses = STATUSES if kind == "handoffs" else ("to_ship", "shipped")
    return {"status": [status.replace("_", " ") for status in statuses]}


def _checked(kind: str, known: Sequence[str], options: Options | None) -> Options:
    """Validate the kind and the options (default if None); raises UserError."""
    how = options or Options()
    if kind not in known:
        msg = tr("“{kind}” can't be exported. Choose from: {known}.").format(kind=kind, known=", ".join(known))
        raise UserError(msg)
    if how.to is not None and kind != "handoffs":
        msg = tr("Only hand-offs go to a teammate. Leave out the teammate for {kind}.").format(kind=kind)
        raise UserError(msg)
    if kind in _WHOLE and (how.since or how.until):
        raise UserError(why_whole(kind.capitalize()))
    if how.since > how.last:
        msg = tr("The start is after the end. Choose an earlier start or a later end.")
        raise UserError(msg)
    return how


def write_table(
    path: Path,
    header: Sequence[str],
    chunks: Iterable[Sequence[Sequence[Cell]]],
    how: Options,
    form: sheet.Form | None = None,
) -> int:
    """Write a table as CSV or .xlsx and return the number of rows. Raises ExistsError or DiskError.

    `form` is what can be filled in in an .xlsx. With `how.out` it is first written to a temporary file, so that nothing
    is output if that fails.
    """
    if how.out is not None:
        with tempfile.TemporaryDirectory(prefix="rapport-export-") as folder:
            made = Path(folder) / f"table{path.suffix}"
            rows = write_table(made, header, chunks, replace(how, out=None, replace=False), form)
            with made.open("rb") as content:
                shutil.copyfileobj(content, how.out)
            how.out.flush()
        return rows
    if how.xlsx or path.suffix.casefold() == ".xlsx":
        cells = (row for chunk in chunks for row in zip(*chunk, strict=True))
        return sheet.write(path, header, cells, form, replace=how.replace)
    ours = frozenset(header) if how.for_programs else queries.OURS
    return csvfile.write_columns(
        path, header, chunks, separator=how.separator, ours=ours, phones=queries.PHONES, replace=how.replace
    )


def _member(handoff: Handoff, *, private: bool) -> str:
    """Return the member's name; the id if the only known name is an e-mail address."""
    is_address = "@" in handoff.member and not handoff.member.startswith("@")
    return ids.display(ids.MEMBER, handoff.member_id or 0) if is_address and not private else handoff.member


def _gift_cells(gift: Gift) -> list[str]:
    declared = gift.declared_value or f"{gift.currency} {money.short(gift.worth, gift.currency)}"
    actual = "" if gift.actual_cost is None else money.short(gift.actual_cost, gift.currency)
    return [
        ids.display(ids.GIFT, gift.id),
        str(gift.rev),
        gift.item,
        gift.size,
        str(gift.qty),
        gift.recipient,
        gift.address_1,
        gift.address_2,
        gift.address_3,
        gift.postal_code,
        gift.city,
        gift.country,
        gift.customs_text,
        declared,
        gift.card_text,
        gift.state.replace("_", " "),
        gift.shipped_on,
        gift.carrier,
        gift.tracking,
        actual,
        gift.currency,
    ]
