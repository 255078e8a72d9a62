"""The demo's contest: a hundred T-shirts, 140 entries from three channels by 120 people, drawn."""

from __future__ import annotations

from app import csvfile
from app.base import resources
from app.demo.planting import Planting
from app.giveaways import NewEntry, Plan

NAME, PRIZES = "T-shirts of the year", 100
SEED = "7 12 19 23 38 41"
_RULES = "Tell us what you drink lemonade to. One entry a person, on any of our channels; 18 or older."
_PROMISE = "the six numbers of Saturday's lottery draw, lowest first"
_MINUTES_APART = 97


_OPENED = "-21d 09:00"


def plant(planting: Planting) -> None:
    """Add it."""
    opens, closes = planting.moment(_OPENED), planting.moment("-9d 20:00")
    plan = Plan(NAME, PRIZES, "T-shirt", rules=_RULES, seed_promise=_PROMISE, opens_at=opens, closes_at=closes)
    planting.bench.giveaways.add(plan, at=planting.moment("-22d 15:10"))


def plant_entries(planting: Planting) -> None:
    """Enter them while it was open."""
    desk, opened = planting.bench.giveaways, planting.moment(_OPENED)
    table = csvfile.inspect_table(resources.ROOT / "demo" / "giveaway.csv")
    rows = [dict(zip(table.header, row.cells, strict=True)) for row in csvfile.rows(table)]
    desk.enter_rows(
        desk.named(NAME).id,
        [
            NewEntry(row["name"], row["email"] or row["handle"], row["channel"], opened + place * _MINUTES_APART * 60)
            for place, row in enumerate(rows)
        ],
    )


def plant_closing(planting: Planting) -> None:
    """Close it."""
    desk = planting.bench.giveaways
    desk.close(desk.named(NAME).id, at=planting.moment("-9d 20:30"))


def plant_draw(planting: Planting) -> None:
    """Draw it, once the seed was known."""
    desk = planting.bench.giveaways
    desk.draw(desk.named(NAME).id, SEED, at=planting.moment("-5d 21:15"))
