"""The demo's files that came back: edited, lying in the profile's folder, ready to be dropped."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from app.base import resources
from app.demo.planting import Plant, Planting
from app.export import Options

_FILE = "returned.toml"


def plant(planting: Planting) -> None:
    """Give two teammates' open hand-offs out, change one here, and write the files as they sent them back.

    Their answers are those of `returned.toml`, by the member; what is changed here meanwhile stands there too. The
    second file has titles that nobody knows, so that it has to be said which column is which.
    """
    day = f"{planting.now:%Y-%m-%d}"
    _send_back(planting, "jon", resources.tables("demo", _FILE, "row"), f"handoffs-Jon-{day}.csv", {})
    titles = resources.table("demo", _FILE)["titles"]
    _send_back(planting, "katerina", resources.tables("demo", _FILE, "product"), f"Κατερίνα-{day}.csv", titles)


def _send_back(planting: Planting, key: str, edits: list[Plant], name: str, titles: Mapping[str, str]) -> None:
    bench, mate = planting.bench, planting.teammates[key]
    rows = {row["member"]: row for row in edits}
    numbers = [one.id for one in bench.handoffs.listed("open", mate) if one.member in rows]
    path = bench.profile.folder / name
    bench.export.listed("handoffs", sorted(numbers), path, Options(replace=True))
    _type_into(path, rows, titles)
    for number in numbers:
        meanwhile = rows[bench.handoffs.get(number).member].get("meanwhile")
        if meanwhile:
            bench.handoffs.edit(number, meanwhile)


def _type_into(path: Path, rows: dict[str, Plant], titles: Mapping[str, str]) -> None:
    """Edit the file as a spreadsheet would save it; with `titles` of their own the columns go the other way round."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file)
    for line in lines:
        row = rows[line[header.index("member")]]
        for column in ("owner", "status", "answer", "ticket"):
            if column in row:
                line[header.index(column)] = row[column]
    table = [[titles.get(title, title) for title in header], *lines]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([line[::-1] for line in table] if titles else table)
