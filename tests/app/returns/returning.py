"""A community with hand-offs and gifts that went out, and hands that edit the files."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.base import clock
from app.base.message import Attached, Author, Incoming
from app.export import Options
from app.workbench import Workbench

ASKS = ("Send a new box", "Where is the parcel?", "May we print it?", "Less sugar: is it possible?", "Who pays?")
NAMES = ("Ελένη Παπαδοπούλου", "Kocsis Bence", "Jitka Němcová", "Birna Ólafsdóttir", "Tom Okafor")


def community(bench: Workbench) -> Workbench:
    """Five members with a hand-off each, to Jón."""
    with bench.store.write() as conn:
        conn.execute("INSERT INTO account (kind, name, own, created_at) VALUES ('blog', 'Blog', 'sitrona', 0)")
    jon = bench.teammates.add("Jón Einarsson", team="Support", email="jon@sitrona.example")
    now = clock.now()
    for place, (name, ask) in enumerate(zip(NAMES, ASKS, strict=True)):
        who = Author(f"who{place}", f"who{place}", name)
        words = f"Příliš žluťoučký kůň, Þórður: {place}"
        taken = bench.intake.take(1, [Incoming(f"m{place}", now - 900 + place, words, who, thread=f"t{place}")])
        bench.handoffs.add(next(iter(taken.conversation_ids)), jon, ask)
    return bench


@dataclass(slots=True)
class Copy:
    """A file as a teammate has it open: its titles and rows."""

    header: list[str]
    rows: list[list[str]]
    separator: str = ","
    name: str = "jon.csv"
    encoding: str = "utf-8-sig"
    more: Sequence[str] = field(default_factory=list)

    def edit(self, row: int, **cells: str) -> Copy:
        """Type into cells of a row, counted from 0."""
        for column, text in cells.items():
            self.rows[row][self.header.index(column)] = text
        return self

    def cell(self, row: int, column: str) -> str:
        """What stands in a cell."""
        return self.rows[row][self.header.index(column)]

    def retitle(self, titles: Mapping[str, str]) -> Copy:
        """Give columns other titles."""
        self.header = [titles.get(title, title) for title in self.header]
        return self

    def content(self) -> bytes:
        """The bytes of the file."""
        made = io.StringIO(newline="")
        writer = csv.writer(made, delimiter=self.separator)
        writer.writerows([self.header, *self.rows])
        return made.getvalue().encode(self.encoding)

    def save(self, folder: Path) -> Path:
        """Save it."""
        path = folder / self.name
        path.write_bytes(self.content())
        return path


def sent(bench: Workbench, folder: Path, kind: str = "handoffs", options: Options | None = None) -> Copy:
    """The file as it goes out, opened by the teammate."""
    path = folder / f"out-{clock.now()}-{len(list(folder.iterdir()))}.csv"
    bench.export.file(kind, path, options)
    return opened(path)


def letter_of_jon(bench: Workbench, text: str = "Done. It left today.", *files: Attached) -> int:
    """A letter that the demo's Jón writes to the mailbox there; the message's id."""
    account = bench.store.read.execute("SELECT id FROM account WHERE kind = 'email'").fetchone()[0]
    jon = next(mate for mate in bench.teammates.all() if mate.name.startswith("Jón"))
    who = Author(jon.email, jon.email, jon.name)
    came = Incoming("from-jon", clock.now(), text, who, thread="from-jon", title="Re: parcels", attached=files)
    bench.intake.take(account, [came])
    return int(bench.store.read.execute("SELECT id FROM message WHERE remote_id = 'from-jon'").fetchone()[0])


def opened(path: Path) -> Copy:
    """A CSV file as a teammate opens it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    return Copy(header, rows)


def answered(bench: Workbench, path: Path, rows: int) -> bytes:
    """A file of so many hand-offs to one teammate, written to `path`, as it comes back with an answer in each row."""
    mate = bench.teammates.add("Jón Einarsson")
    with bench.store.write():
        for number in range(rows):
            details = {"context": "Words. " * 20}
            bench.handoffs.add(None, mate, f"Question {number}: where is the parcel?", details=details)
    bench.export.file("handoffs", path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file)
    copy = Copy(header, lines)
    for row in range(rows):
        copy.edit(row, status="kész", answer=f"Answer {row}", answered_on="4.12.2026")
    return copy.content()
