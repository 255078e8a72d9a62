"""The demo's file that came back: a teammate's, edited and lying in the profile's folder, ready to be dropped."""

from __future__ import annotations

import csv
from pathlib import Path

from app.base import resources
from app.demo.planting import Plant, Planting
from app.export import Options

TEAMMATE = "jon"


def plant(planting: Planting) -> None:
    """Give a teammate's open hand-offs out, change one here, and write the file as they sent it back.

    Their answers are those of `returned.toml`, by the member; what is changed here meanwhile stands there too.
    """
    bench, mate = planting.bench, planting.teammates[TEAMMATE]
    edits = resources.tables("demo", "returned.toml", "row")
    rows = {row["member"]: row for row in edits}
    numbers = [one.id for one in bench.handoffs.listed("open", mate) if one.member in rows]
    path = bench.profile.folder / f"handoffs-Jon-{planting.now:%Y-%m-%d}.csv"
    bench.export.listed("handoffs", sorted(numbers), path, Options(replace=True))
    _type_into(path, rows)
    for number in numbers:
        meanwhile = rows[bench.handoffs.get(number).member].get("meanwhile")
        if meanwhile:
            bench.handoffs.edit(number, meanwhile)


def _type_into(path: Path, rows: dict[str, Plant]) -> None:
    """Edit the file as a spreadsheet would save it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file)
    for line in lines:
        row = rows[line[header.index("member")]]
        for column in ("owner", "status", "answer", "ticket"):
            if column in row:
                line[header.index(column)] = row[column]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *lines])
