"""The reactions of ours to messages of others, as their rows in the outbox say, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from app.base.words import N_, tr
from app.channels.channel import FAVOURITE, LIKE
from app.store.sqlite import Connection

_TITLES = {LIKE: N_("Like"), FAVOURITE: N_("Favourite")}
_DONE = {LIKE: N_("You liked this"), FAVOURITE: N_("You favourited this")}
_NOT_BEGUN = ("held", "queued")
_UNDER_WAY = {
    ("react", "held"): N_("{reaction}: waiting to be given"),
    ("react", "queued"): N_("{reaction}: waiting to be given"),
    ("react", "sending"): N_("{reaction}: being given"),
    ("react", "failed"): N_("{reaction}: couldn't be given"),
    ("react", "undecided"): N_("{reaction}: possibly given"),
    ("unreact", "held"): N_("{reaction}: waiting to be taken back"),
    ("unreact", "queued"): N_("{reaction}: waiting to be taken back"),
    ("unreact", "sending"): N_("{reaction}: being taken back"),
    ("unreact", "failed"): N_("{reaction}: couldn't be taken back"),
    ("unreact", "undecided"): N_("{reaction}: possibly taken back"),
}
"""Whether it is given or taken back, and the state of that in the outbox."""


class GivenReaction(NamedTuple):
    """A reaction of ours that is there, or is being given or taken back: its latest row in the outbox.

    `purpose` is react or unreact, `what` is like, favourite or an emoji.
    """

    id: int
    purpose: str
    state: str
    what: str
    error: str

    @property
    def is_there(self) -> bool:
        """Whether the channel has it, as far as we know."""
        return (self.purpose, self.state) == ("react", "sent") or (self.purpose == "unreact" and self.state != "sent")

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way or to be decided."""
        return self.state == "sent"


class Pressed(Enum):
    """What the key for the usual reaction does with a message."""

    GIVE = auto()
    TAKE_BACK = auto()
    CANCEL = auto()
    """What has not begun stops."""
    LOOK = auto()
    """It is under way, or has to be decided about, and that is done in the outbox."""


def pressed(offered: Sequence[str], given: Sequence[GivenReaction]) -> tuple[Pressed, GivenReaction | None]:
    """What the key does with a message, and with which of our reactions to it; None if there is none yet.

    It is about the usual reaction, the first that is `offered`, else about what was `given` last.
    """
    usual = next((one for one in given if one.what in offered[:1]), given[-1] if given else None)
    if usual is None:
        return Pressed.GIVE, None
    if usual.is_settled:
        return Pressed.TAKE_BACK, usual
    return (Pressed.CANCEL if usual.state in _NOT_BEGUN else Pressed.LOOK), usual


def reactions(conn: Connection, messages: str) -> dict[int, tuple[GivenReaction, ...]]:
    """Our reactions by message id, in the order in which they were given; `messages` are ids, in JSON."""
    rows = conn.execute(
        "SELECT about_id, id, purpose, state, reaction, error FROM outbox WHERE purpose IN ('react', 'unreact')"
        " AND state <> 'discarded' AND about_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (messages,),
    )
    latest: dict[tuple[int, str], GivenReaction] = {}
    for about, number, purpose, state, what, error in rows:
        latest[about, what] = GivenReaction(number, purpose, state, what, error)
    found: dict[int, tuple[GivenReaction, ...]] = {}
    for (about, _), one in latest.items():
        if (one.purpose, one.state) != ("unreact", "sent"):
            found[about] = (*found.get(about, ()), one)
    return found


def title(what: str) -> str:
    """A reaction's name, as a heading has it: "Like", "❤️"."""
    return tr(_TITLES[what]) if what in _TITLES else what


def reaction_in_words(one: GivenReaction) -> str:
    """What the message shows of a reaction: "You liked this", or what is under way, without the error of a failure."""
    if not one.is_settled:
        return tr(_UNDER_WAY[one.purpose, one.state]).format(reaction=title(one.what))
    what = one.what
    return tr(_DONE[what]) if what in _DONE else tr("You reacted with {emoji}").format(emoji=what)
