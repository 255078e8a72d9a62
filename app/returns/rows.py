"""What reading a file back comes to: rows with what will be applied, what both changed, what is asked or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.base.words import N_
from app.returns.headers import Layout, names
from app.returns.sheets import Sheet

MINE, THEIRS = "mine", "theirs"
COLUMN_NAMES = {
    "handoff_id": N_("Id"), "gift_id": N_("Id"), "rev": N_("Revision"), "kind": N_("Kind"),
    "priority": N_("Priority"), "opened": N_("Opened"), "needed_by": N_("Needed by"), "channel": N_("Channel"),
    "link": N_("Link"), "member": N_("Member"), "language": N_("Language"), "message": N_("Message"),
    "context": N_("Context"), "ask": N_("Request"), "owner": N_("Owner"), "status": N_("Status"),
    "answer": N_("Answer"), "answered_on": N_("Answered on"), "ticket": N_("Ticket"), "item": N_("Gift"),
    "size": N_("Size"), "qty": N_("Quantity"), "recipient": N_("Recipient"), "address_1": N_("Address"),
    "address_2": N_("Address, line 2"), "address_3": N_("Address, line 3"), "postal_code": N_("Postal code"),
    "city": N_("City"), "country": N_("Country"), "customs_text": N_("Customs text"),
    "declared_value": N_("Declared value"), "card_text": N_("Card"), "shipped_on": N_("Shipped on"),
    "carrier": N_("Carrier"), "tracking": N_("Tracking"), "actual_cost": N_("Actual cost"),
    "currency": N_("Currency"),
}  # fmt: skip
"""The columns of both files as the window and the shell name them."""


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that will be written: its value now and the one that came back. Dates are ISO, a status is its key."""

    column: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that both changed: when it went out (None: not known), ours now, and each value that came back.

    `theirs` has (line of the file, value); more than one where two lines have the same id.
    """

    column: str
    base: str | None
    mine: str
    theirs: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Ignored:
    """What was edited and is not applied: a cell that is not the teammate's, or one that was only made blank."""

    column: str
    base: str
    theirs: str
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """A cell that can't be read for certain: what is wrong with it, and what it may mean, likeliest first.

    `readings` are values that `Returns.answer` takes: a status, an ISO date, an amount, a number of a row.
    """

    column: str
    typed: str
    reason: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file. `number` is its hand-off or gift, None where none is found.

    `about` is the member, else the request or item. `reason` says why the row is as it is, "" where the cells do.
    With a question nothing of it is applied. `cells` are the teammate's own, as they were read; `rev` is 0 if unknown.
    """

    line: int
    id: str
    number: int | None
    about: str = ""
    teammate: str = ""
    rev: int = 0
    ours_rev: int = 0
    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    questions: tuple[Question, ...] = ()
    reason: str = ""
    refused: bool = False
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def rejected(self) -> bool:
        """Whether nothing of it is applied: it is refused, or waits for an answer."""
        return self.refused or bool(self.questions)

    @property
    def unchanged(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.changes or self.conflicts or self.rejected)


@dataclass(frozen=True, slots=True)
class Base:
    """A row as it went out: its cells, when (Unix seconds), and in which file."""

    cells: Mapping[str, str]
    at: int
    file: str


@dataclass(frozen=True, slots=True)
class Ours:
    """A row as it is now: the teammate's cells as they would be exported, and as values.

    `closed_on` is the local day (ISO) on which its hand-off was closed, "" for an open one; `heard_on` that on which
    its member was told, "" for not yet; `done` whether its conversation is. `told` are cells of ours by which a row is
    known: the request, the member.
    """

    number: int
    rev: int
    about: str
    teammate: str
    values: Mapping[str, str]
    told: Mapping[str, str]
    closed_on: str = ""
    heard_on: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """How a row came back before: of which revision, when (Unix seconds), and the teammate's values."""

    rev: int
    at: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a file's rows, by number. `earlier` has the latest return first.

    `decided` are the rows about which all was decided when the very same file was read before.
    """

    bases: Mapping[tuple[int, int], Base]
    ours: Mapping[int, Ours]
    earlier: Mapping[int, tuple[Earlier, ...]]
    decided: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file comes to; nothing is written. `notes` are sentences on the file as a whole.

    `read_before` is when the same file was read already (Unix seconds), 0 if it was not. Unless the encoding is
    `certain`, it has to be chosen first: `encodings` has (encoding, sample line). Unless the columns are `settled`,
    somebody has to say which is which, and there are no rows yet: `proposed` has our columns with the names of likely
    ones (`headers.names`), `said` what was said: name -> column, "" for none. `answers` are of cells: (line, column)
    -> value; `choices` of what both changed: (number of the row, column) -> MINE, or a value that came back.
    """

    sheet: Sheet
    layout: Layout
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    read_before: int = 0
    certain: bool = True
    encodings: tuple[tuple[str, str], ...] = ()
    message_id: int | None = None
    answers: Mapping[tuple[int, str], str] = field(default_factory=dict)
    choices: Mapping[tuple[int, str], str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    proposed: Mapping[str, str] = field(default_factory=dict)
    chosen_encoding: str = ""

    @property
    def titles(self) -> tuple[str, ...]:
        """What each column of the file is called, once (`headers.names`)."""
        return names(self.sheet)

    @property
    def decided(self) -> bool:
        """Whether anything was chosen, answered or said about the file."""
        return bool(self.choices or self.answers or self.said or self.chosen_encoding)

    @property
    def settled(self) -> bool:
        """Whether it is known which column is which."""
        return self.layout.settled

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.sheet.name

    @property
    def kind(self) -> str:
        """What it is about: "handoffs" or "gifts"."""
        return self.layout.kind

    @property
    def applied(self) -> list[Row]:
        """The rows of which something will be written whatever is chosen."""
        return [row for row in self.rows if row.changes and not row.rejected]

    @property
    def both_changed(self) -> list[Row]:
        """The rows with something to choose."""
        return [row for row in self.rows if row.conflicts and not row.rejected]

    @property
    def unchanged(self) -> list[Row]:
        """The rows in which nothing is to do."""
        return [row for row in self.rows if row.unchanged]

    @property
    def ignored(self) -> list[Row]:
        """The rows with edits that are not applied."""
        return [row for row in self.rows if row.ignored and not row.rejected]

    @property
    def rejected(self) -> list[Row]:
        """The rows of which nothing is applied."""
        return [row for row in self.rows if row.rejected]

    @property
    def teammates(self) -> tuple[str, ...]:
        """Whose rows these are, most first."""
        names = [row.teammate for row in self.rows if row.teammate]
        return tuple(sorted(dict.fromkeys(names), key=lambda name: -names.count(name)))


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written: the number of rows, the title of the action ("" if nothing was), and whose rows they were.

    `said` is what is to be known besides: which budget is over by what came back; "" for nothing.
    """

    rows: int
    title: str
    teammates: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    said: str = ""
