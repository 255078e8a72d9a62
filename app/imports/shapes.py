"""The words of bringing in: what is asked for, what was found, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.base.words import tr

Progress = Callable[[int, int], object]
"""Called with (done, total) in bytes of the file, or in files of a folder; total is 0 when nobody knows."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person chose; every blank is decided by looking at the file.

    `kind` is one of recognise.KINDS, `channel` the name of the account that the messages go to, `own` our own addresses
    and handles there, `mapping` header -> field for a table (`""` leaves a column out).
    """

    kind: str = ""
    channel: str = ""
    own: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    separator: str = ""
    dates: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header, the field it is taken for ("" left out), some of its values."""

    header: str
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, before anything is written.

    `holds` is messages or members, `total` about how many, `rows` the first ones as shown (for mail: date, author,
    title, beginning), `encodings` pairs of (code, a telling line read in it) where the code is not certain, `dates` the
    date format in words, `own` the address that most mails were delivered to, `sentence` all of it in one sentence.
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


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it. `new`, `known` and `rejected` add up to what was read; `changed` of the known ones differed.

    `stopped`: it was cancelled; what had been written by then stays (the same file again goes on, undo takes it back).
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

    @property
    def sentence(self) -> str:
        """The outcome in one sentence."""
        verb = "would be imported" if self.dry_run else "imported"
        said = tr("{new:,} new {holds} {verb}, {known:,} already known").format(
            new=self.new, holds=self.holds, verb=verb, known=self.known
        )
        said += f", {self.changed:,} of them updated" if self.changed else ""
        if self.rejected:
            said += f", {self.rejected:,} couldn't be read"
            said += f" (see {self.rejected_file.name})" if self.rejected_file else ""
        if not self.stopped:
            return f"{said}."
        return tr(
            "Stopped: {said}. To undo that, go to “What was done” (`undo --list`); to continue, "
            "import the same file again."
        ).format(said=said)
