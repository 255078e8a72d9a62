"""The demo's facts: one has changed since somebody was told it, one is to be looked at; and an embargoed subject."""

from __future__ import annotations

from app.base import resources
from app.demo.planting import Plant, Planting
from app.facts import Fact


def plant(planting: Planting) -> None:
    """Note the facts and the embargo."""
    table = resources.table("demo", "facts.toml")
    for one in table["fact"]:
        planting.bench.facts.add(
            one["name"], one["values"], one["key"], owner=one["owner"], source=one["source"],
            look_on=planting.day(one["look"]), at=planting.moment(one["noted"]),
        )  # fmt: skip
    for one in table["embargo"]:
        planting.bench.embargoes.add(
            one["subject"], one["words"], planting.day(one["until"]), one["holding"], one["news"],
            at=planting.moment(one["noted"]),
        )  # fmt: skip


def plant_told(planting: Planting) -> None:
    """Note who was told them, and what has changed since."""
    table = resources.table("demo", "facts.toml")
    desk = planting.bench.facts
    for one in table["fact"]:
        fact = desk.get(one["key"])
        _tell(planting, fact, one["told"])
        for language, words in one.get("changed_to", {}).items():
            desk.set(fact.id, language, words, at=planting.moment(one["changed"]))
    for one in table["embargo"]:
        _tell(planting, planting.bench.embargoes.named(one["subject"]).line, one["told"])


def _tell(planting: Planting, fact: Fact, told: list[Plant]) -> None:
    """Note whom our messages told a fact; the outbox, which does that when it sends, sent none of these."""
    for one in told:
        value = fact.value(one.get("language", ""))
        if value is not None:
            planting.bench.facts.note_told(value.id, planting.messages[one["message"]])
