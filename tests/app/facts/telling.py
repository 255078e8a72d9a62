"""What tests of facts share: people who have written, and our replies, sent."""

from __future__ import annotations

from typing import NamedTuple

from app.inbox import drafts
from app.voice import Draft
from app.workbench import Workbench
from tests.app.saying import NOW, account, said


class Talks(NamedTuple):
    """Two conversations: Anna's and Béla's."""

    anna: int
    bela: int


def talks(bench: Workbench) -> Talks:
    """Anna and Béla have each asked something."""
    bench.intake.take(
        account(bench.store),
        [
            said("1", NOW, "What does a crate cost?", "anna", thread="a"),
            said("2", NOW + 60, "How much is a crate, please?", "béla", thread="b"),
        ],
    )
    first, second = bench.store.read.execute("SELECT id FROM conversation ORDER BY id").fetchall()
    return Talks(int(first["id"]), int(second["id"]))


def send(bench: Workbench, talk: int, text: str, language: str = "en", template_id: int | None = None) -> int:
    """Send a reply in a conversation; the id of its row in the outbox."""
    draft = Draft(text, language, template_id, "A" if template_id else "")
    number = bench.outbox.submit(bench.voice.clear(bench.outbox.read_by(draft, talk)), talk, hold_seconds=0)
    bench.sync.send(bench.outbox.get(number).account_id)
    assert bench.outbox.get(number).state == "sent"
    return number


def send_draft(bench: Workbench, talk: int) -> int:
    """Send the draft of a conversation as it is."""
    draft = drafts.get(bench.store.read, talk)
    assert draft is not None
    return send(bench, talk, draft.text, draft.language, draft.template_id)
