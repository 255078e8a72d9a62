"""What became of a row of the outbox that sends no message, in a sentence: a correction, a withdrawal, a reaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base import ids
from app.base.words import tr
from app.cli.output import when

if TYPE_CHECKING:
    from app.outbox import Entry


def change_in_a_sentence(entry: Entry) -> str:
    """What became of a correction, a withdrawal or a reaction, in a sentence."""
    from app.outbox import STATES_IN_WORDS, WITHDRAW  # noqa: PLC0415  only needed with replies

    if entry.is_reaction:
        return _of_reaction(entry)
    withdrawn = entry.purpose == WITHDRAW
    blanks = {
        "id": ids.display("O", entry.id), "name": entry.to_whom, "when": when(entry.held_until), "error": entry.error,
        "state": tr(STATES_IN_WORDS.get(entry.state, entry.state)),
    }  # fmt: skip
    if entry.state == "sent":
        done = tr("{id}: your message to {name} is corrected.")
        if withdrawn:
            done = tr("{id}: your message to {name} is withdrawn.")
    elif entry.state == "held":
        done = tr("{id}: held until {when}; then the window or `sync` corrects your message. Use `undo` to cancel it.")
        if withdrawn:
            done = tr(
                "{id}: held until {when}; then the window or `sync` withdraws your message. Use `undo` to cancel it."
            )
    else:
        done = tr("{id}: correction of your message to {name}, {state}. {error}")
        if withdrawn:
            done = tr("{id}: withdrawal of your message to {name}, {state}. {error}")
    return done.format(**blanks).rstrip()


def _of_reaction(entry: Entry) -> str:
    from app.inbox.reactions import title  # noqa: PLC0415  as above
    from app.outbox import REACT, STATES_IN_WORDS  # noqa: PLC0415  as above

    blanks = {
        "id": ids.display("O", entry.id), "name": entry.to_whom, "when": when(entry.held_until), "error": entry.error,
        "reaction": title(entry.reaction), "state": tr(STATES_IN_WORDS.get(entry.state, entry.state)),
    }  # fmt: skip
    given = entry.purpose == REACT
    if entry.state == "sent":
        done = (
            tr("{id}: {reaction} for {name} is given.") if given else tr("{id}: {reaction} for {name} is taken back.")
        )
    elif entry.state == "held" and given:
        done = tr(
            "{id}: {reaction} for {name}, held until {when}; then the window or `sync` gives it. "
            "Use `undo` to cancel it."
        )
    elif entry.state == "held":
        done = tr(
            "{id}: {reaction} for {name}, held until {when}; then the window or `sync` takes it back. "
            "Use `undo` to cancel that."
        )
    elif given:
        done = tr("{id}: {reaction} for {name}, {state}. {error}")
    else:
        done = tr("{id}: taking back {reaction} for {name}, {state}. {error}")
    return done.format(**blanks).rstrip()
