"""The demo's introductions: one under way, and one of which nobody has said what came of it."""

from __future__ import annotations

from app.demo.planting import Planting

_WHY = "You both run a library, and both of you have readers who turn up for the lemonade."
_WHY_THEN = "You both write down family recipes, and both of you weigh everything twice."


_PAIRS = (("nadia", "sigrun", _WHY, "-9d"), ("priya", "eleni", _WHY_THEN, "-41d"))


def plant(planting: Planting) -> None:
    """Begin both."""
    for one, other, why, began in _PAIRS:
        planting.bench.introductions.add(planting.members[one], planting.members[other], why, planting.moment(began))


def plant_answers(planting: Planting) -> None:
    """Both were asked; Sigrún has not answered yet."""
    desk, members = planting.bench.introductions, planting.members
    for one, other, _, began in _PAIRS:
        made = desk.between(members[one], members[other])
        if made is None:
            continue
        for key in (one, other):
            desk.asked(made.id, members[key], planting.moment(began))
            if key != "sigrun":
                desk.note_word(made.id, members[key], yes=True)


def plant_meeting(planting: Planting) -> None:
    """Those who both said yes were introduced."""
    desk = planting.bench.introductions
    for made in desk.listed("to_introduce"):
        desk.introduced(made.id, planting.moment("-33d"))
