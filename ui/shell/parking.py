"""Parking at the bell: what can wait goes to the next block, with one toast and one undo."""

from __future__ import annotations

from app.base import clock
from ui.frame.doing import announce, show_errors
from ui.look import text
from ui.look.text import tr
from ui.shell.host import Host


def park(window: Host) -> None:
    """Park what waits and is not late until the next block, and say how many, until when, and what stays."""
    with show_errors(window):
        bench, now = window.bench, clock.now()
        before = bench.store.last_action
        parked = bench.park(now)
        words = text.counted(
            len(parked.numbers), "Parked until {when}.", "{count} parked until {when}.",
            when=text.ahead(parked.until, now),
        )  # fmt: skip
        nothing = tr("Nothing waits that can be parked.")
        kept = bench.inbox.several.draft_remark(parked.numbers)
        said = (words if parked.numbers else nothing, parked.remark, kept)
        announce(window, " ".join(sentence for sentence in said if sentence), before)
