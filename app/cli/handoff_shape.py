"""The JSON of a hand-off."""

from __future__ import annotations

from app.base import clock, ids
from app.cli.output import iso
from app.cli.shapes import Shape, named, person, spoken
from app.handoffs import Handoff, state


def state_now(handoff: Handoff) -> str:
    """What it means for us today, one of STATES."""
    return state(handoff, clock.local(clock.now()).date())


def handoff_json(handoff: Handoff) -> Shape:
    """The JSON of a hand-off; `status` is the teammate's own, `state` what it means for us (see handoffs.state)."""
    return {
        "id": ids.display("H", handoff.id),
        "rev": handoff.rev,
        "state": spoken(state_now(handoff)),
        "status": spoken(handoff.status),
        "kind": handoff.kind,
        "priority": handoff.priority,
        "teammate": handoff.teammate or None,
        "team": handoff.team or None,
        "conversation": named("C", handoff.conversation_id),
        "title": handoff.title,
        "member": person(handoff.member_id, handoff.member),
        "message": named("M", handoff.message_id),
        "ask": handoff.ask,
        "context": handoff.context,
        "opened_at": iso(handoff.opened_at),
        "needed_by": handoff.needed_by or None,
        "owner": handoff.owner or None,
        "answer": handoff.answer or None,
        "answered_on": handoff.answered_on or None,
        "ticket": handoff.ticket or None,
        "told_at": iso(handoff.told_at),
        "closed_at": iso(handoff.closed_at),
        "closed_why": handoff.closed_why or None,
        "exported_at": iso(handoff.exported_at),
        "gift": named("G", handoff.gift_id),
        "messages": [ids.display("M", number) for number in handoff.message_ids],
        "private": handoff.private_words,
        "translation": handoff.translation or None,
        "introduced_by": named("O", handoff.introduced_outbox_id),
        "answered_by": named("M", handoff.answer_message_id),
        "told_by": named("M", handoff.told_message_id),
    }
