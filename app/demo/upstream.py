"""The demo's moderation, and replies that are scheduled or to be posted by hand."""

from __future__ import annotations

from app.demo.planting import Plant, Planting, message_key
from app.voice import Draft


def plant(planting: Planting) -> None:
    """Create moderation entries and pending replies."""
    for talk in planting.talks:
        for index, entry in enumerate(talk["message"]):
            for deed in entry.get("moderated", ()):
                _moderate(planting, deed, planting.messages[message_key(talk, index)])
        for later in talk.get("later", ()):
            _submit(planting, later, planting.conversations[talk["key"]])


def _moderate(planting: Planting, deed: Plant, message: int) -> None:
    """Create an entry of the moderation log, without a delay for undo."""
    number = planting.bench.moderation.do(
        message,
        deed["verb"],
        deed.get("guideline", ""),
        deed.get("why", ""),
        deed.get("evidence", ""),
        hold_seconds=0,
        at=planting.moment(deed["at"]),
        seconds=deed.get("seconds", 0),
    )
    planting.deeds.append((number, deed))


def plant_outcomes(planting: Planting) -> None:
    """Carry out the moderation on the demo's channel, which accepts everything."""
    bench = planting.bench
    for number, deed in planting.deeds:
        session = bench.accounts.session(bench.moderation.get(number).account_id)
        bench.moderation.carry(number, session, at=planting.moment(deed["at"]))


def _submit(planting: Planting, later: Plant, conversation: int) -> None:
    """Create a scheduled reply, or without a time one that is to be posted by hand."""
    bench, now = planting.bench, int(planting.now.timestamp())
    cleared = bench.voice.clear(Draft(later["text"].strip(), later.get("language", "")))
    at = max(planting.moment(later["at"]), now + 3600) if "at" in later else None
    bench.outbox.submit(cleared, conversation, hold_seconds=0, at=at, written=planting.moment(later["written"]))
