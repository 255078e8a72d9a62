"""Three teammates, and a conversation as it is opened, for the tests of hand-offs."""

from __future__ import annotations

from collections.abc import Sequence

from app.base import clock
from app.base.message import Author, Incoming
from app.inbox import Opened
from app.workbench import Workbench

TODAY = clock.local(clock.now()).date()
"""The local day on which the tests run."""


def community(bench: Workbench) -> Workbench:
    """Jón helps with parcels and knows Icelandic, Dóra with posters in Hungarian, Ondřej with parcels in Hungarian."""
    bench.teammates.add("Jón Einarsson", subjects=["parcel"], languages="is")
    bench.teammates.add("Farkas Dóra", subjects=["poster"], languages="hu")
    bench.teammates.add("Ondřej Malý", subjects=["parcel"], languages="hu")
    return bench


def talk(bench: Workbench, title: str, said: str, language: str, labels: Sequence[str]) -> Opened:
    """A conversation of that title in that language, in which a member said this."""
    with bench.store.write() as conn:
        conn.execute("INSERT INTO account (kind, name, own, created_at) VALUES ('blog', 'Blog', 'sitrona', 0)")
    who = Author("bence", "bence", "Kocsis Bence")
    taken = bench.intake.take(1, [Incoming("a", clock.now(), said or "–", who, thread="t", title=title)])
    number = next(iter(taken.conversation_ids))
    if labels:
        bench.inbox.label([number], labels, [])
    opened = bench.inbox.open(number)
    return opened._replace(row=opened.row._replace(language=language))
