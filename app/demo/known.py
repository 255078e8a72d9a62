"""What the demo's manager knows of members, as they would have noted it: facts, labels, own fields, dated notes."""

from __future__ import annotations

from datetime import timedelta

from app.base import resources
from app.demo.planting import Plant, Planting
from app.members.own import fill

_BESIDES = ("member", "labels", "values", "notes", "birthday_in", "met_through")


def plant(planting: Planting) -> None:
    """Write it all through the desks; they read what is committed, so what was just made is given its id."""
    table = resources.table("demo", "member_facts.toml")
    own = planting.bench.members.own
    fields = {name: own.add_field(name) for name in table["fields"]}
    for facts in table["facts"]:
        number = planting.members[facts["member"]]
        planting.bench.members.edit(number, _columns(planting, facts))
        own.label(number, facts.get("labels", ()))
        values = {fields[name]: words for name, words in facts.get("values", {}).items()}
        with planting.bench.store.write() as conn:
            fill(conn, number, values)
        for when, words in facts.get("notes", ()):
            own.add_note(number, words, planting.moment(when))


def _columns(planting: Planting, facts: Plant) -> Plant:
    """The member's columns; a birthday so many days ahead is one of the day that this is."""
    columns = {key: value for key, value in facts.items() if key not in _BESIDES}
    if "birthday_in" in facts:
        columns["birthday"] = f"{planting.now.date() + timedelta(days=facts['birthday_in']):%m-%d}"
    if "met_through" in facts:
        columns["met_through_id"] = planting.members[facts["met_through"]]
    return columns
