"""The data types of imports: options, preview and outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.base.words import counted, form, tr
from app.contacts.person import FieldChange
from app.imports import left_out

Progress = Callable[[int, int], object]
"""Called with (done, total) in bytes of an mbox, files of a folder, or rows; total is 0 if unknown."""


@dataclass(frozen=True, slots=True)
class Options:
    """The person's choices; whatever is blank is derived from the file.

    `kind` is one of recognise.KINDS, `channel` the name of the account that the messages go to, `own` our own addresses
    and handles there, `mapping` header -> field for a table (`""` skips a column), `at` the Unix seconds that the
    import is dated (None: now). `over` are the fields of members that the file may write over although they were
    written by hand (`FieldChange.key`, or "all").
    """

    kind: str = ""
    channel: str = ""
    own: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    separator: str = ""
    dates: str = ""
    dry_run: bool = False
    at: int | None = None
    over: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header, its field ("" skips it), and some of its values."""

    header: str
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that can't be read: its number as a spreadsheet counts them, how it begins, and why."""

    line: int
    begins: str
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file contains, before anything is written.

    `holds` is messages or members, `total` about how many, `rows` the first ones as shown (for mail: date, author,
    title, beginning), `encodings` pairs of (encoding, a sample line decoded with it) if the encoding is uncertain,
    `dates` the date format in words, `own` the address that most mails were sent to, `sentence` a summary,
    `missing` the fields that no column has yet and `lacks` the same in words. `left_out` counts what is not imported,
    by reason (`left_out.REASONS`), `doubles` what the file has twice, `remarks` are further sentences. `changes` are
    the first fields that would change of the `changed` members who are known, `names` the people of a chat of whom none
    is known to be us. `refused` are the first of the `rejected` rows. `asks_order` is a birthday that could be two
    days: which part of it comes first has to be chosen (`Options.dates`) before the file can be imported.
    """

    kind: str
    holds: str
    total: int
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    channel: str
    sentence: str
    new: int = 0
    known: int = 0
    encoding: str = ""
    encodings: tuple[tuple[str, str], ...] = ()
    separator: str = ""
    columns: tuple[Column, ...] = ()
    dates: str = ""
    dates_sure: bool = True
    own: str = ""
    missing: tuple[str, ...] = ()
    lacks: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)
    doubles: int = 0
    remarks: tuple[str, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    changed: int = 0
    names: tuple[str, ...] = ()
    rejected: int = 0
    refused: tuple[Refused, ...] = ()
    asks_order: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """The outcome. `new`, `known`, `rejected` and `left_out` add up to the rows read.

    `changed` of the known ones were updated, and `doubles` of them came before in the same file.
    `left_out`, `remarks`, `changes`, `names` and `refused` are as in a Preview.
    `stopped`: it was cancelled; what was written stays (importing the file again continues, undo removes it).
    """

    batch_id: int | None
    holds: str
    new: int
    known: int
    rejected: int
    changed: int = 0
    rejected_file: Path | None = None
    stopped: bool = False
    dry_run: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)
    doubles: int = 0
    remarks: tuple[str, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    names: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def sentence(self) -> str:
        """The outcome: what came in, what was left out and why, and what else is to be known."""
        return " ".join(filter(None, (self._outcome(), left_out.sentence(self.left_out), *self.remarks)))

    def _outcome(self) -> str:
        outcome = ", ".join(self._parts())
        if not self.stopped:
            return f"{outcome}."
        return tr(
            "Stopped: {outcome}. To undo that, go to “What was done” (`undo --list`); to continue, "
            "import the same file again."
        ).format(outcome=outcome)

    def _parts(self) -> list[str]:
        """Return the counts as texts, to be joined by commas."""
        parts = [self._new(), counted(self.known, "{count:,} already known", "{count:,} already known")]
        if self.doubles:
            parts.append(
                counted(self.doubles, "{count:,} of them twice in the file", "{count:,} of them twice in the file")
            )
        if self.changed:
            parts.append(counted(self.changed, "{count:,} of them updated", "{count:,} of them updated"))
        if self.rejected and self.rejected_file:
            unread = form(
                self.rejected, "{number:,} couldn't be read (see {file})", "{number:,} couldn't be read (see {file})"
            )
            parts.append(unread.format(number=self.rejected, file=self.rejected_file.name))
        elif self.rejected:
            parts.append(counted(self.rejected, "{count:,} couldn't be read", "{count:,} couldn't be read"))
        return parts

    def _new(self) -> str:
        if self.holds == "gifts":
            if self.dry_run:
                return counted(
                    self.new, "{count:,} new gift would be imported", "{count:,} new gifts would be imported"
                )
            return counted(self.new, "{count:,} new gift imported", "{count:,} new gifts imported")
        if self.holds == "members" and self.dry_run:
            return counted(
                self.new, "{count:,} new member would be imported", "{count:,} new members would be imported"
            )
        if self.holds == "members":
            return counted(self.new, "{count:,} new member imported", "{count:,} new members imported")
        if self.dry_run:
            return counted(
                self.new, "{count:,} new message would be imported", "{count:,} new messages would be imported"
            )
        return counted(self.new, "{count:,} new message imported", "{count:,} new messages imported")
