"""What the demo's manager has set by hand about members: a level, how often to be in touch, and whom it is all for."""

from __future__ import annotations

from app.demo.planting import Planting

_PINNED = {"zofie": "core"}
_RHYTHM_DAYS = {"solvi": 30, "zofie": 90}
_AUDIENCE = "People who make lemonade at home, or would if somebody showed them how."
_CRITERIA = ("Makes lemonade or syrup at home", "Asks how, not only how much", "Shares what went wrong")


def plant(planting: Planting) -> None:
    """Pin, set rhythms, and describe the audience."""
    desk, members = planting.bench.involvement, planting.members
    for key, level in _PINNED.items():
        desk.pin([members[key]], level)
    for key, days in _RHYTHM_DAYS.items():
        desk.keep_rhythm([members[key]], days)
    desk.describe_audience(_AUDIENCE, _CRITERIA)
    desk.recount()
