"""The demo's works: what members made, and what they said about using it."""

from __future__ import annotations

from app.base import resources
from app.demo.planting import Plant, Planting
from app.works.desk import Said


def works() -> list[Plant]:
    """The works as the file has them."""
    found: list[Plant] = resources.table("demo", "works.toml")["work"]
    return found


def plant(planting: Planting) -> None:
    """Note each work of a message."""
    for told in works():
        number = planting.bench.works.add(
            _message(planting, told["message"]), told["kind"], told["title"], told["for_what"],
            at=planting.moment(told["noted"]),
        )  # fmt: skip
        planting.works.append((number, told))


def plant_answers(planting: Planting) -> None:
    """Note what was asked and said."""
    desk = planting.bench.works
    for number, told in planting.works:
        desk.ask_by_hand(number, planting.moment(told["asked"]))
        said_in = _message(planting, told["said_in"]) if "said_in" in told else None
        said = Said(note=told["note"], message_id=said_in, credit=told.get("credit", ""))
        if "granted" in told:
            until = planting.day(told["until"])
            desk.grant(number, said._replace(until_on=until, at=planting.moment(told["granted"])))
        elif "refused" in told:
            desk.refuse(number, said._replace(at=planting.moment(told["refused"])))
        else:
            desk.change(number, {"note": told["note"]})


def _message(planting: Planting, key: str) -> int:
    """A message by its key; a letter's is its id at the channel."""
    known = planting.messages.get(key)
    if known is not None:
        return known
    row = planting.bench.store.read.execute("SELECT id FROM message WHERE remote_id = ?", (key,)).fetchone()
    return int(row["id"])
