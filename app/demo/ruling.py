"""The demo's rules for what comes in, with what they have hit; and one of keeping, by which a few are due."""

from __future__ import annotations

from app.base import resources
from app.demo.planting import Planting
from app.retention import Rule
from app.rules import Conditions, Deeds


def plant(planting: Planting) -> None:
    """Keep the rules, and apply them to the last 30 days."""
    bench, now = planting.bench, planting.moment("-2m")
    for rule in resources.table("demo", "rules.toml")["rule"]:
        mate = bench.teammates.named(rule["handoff"]).id if "handoff" in rule else None
        asked = Conditions(words=tuple(rule.get("words", ())), member=rule.get("member", ""))
        deeds = Deeds(rule.get("label", ""), template=rule.get("template", ""), teammate_id=mate)
        bench.rules.add(rule["name"], asked, deeds, to_lately=True, now=now)


def plant_keeping(planting: Planting) -> None:
    """Nobody needs to read what was said, and answered, more than a year ago."""
    planting.bench.retention.add(Rule(months=12))
