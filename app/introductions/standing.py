"""How an introduction stands, from what its row has. Pure.

| one and the other | introduced | then it is |
| --- | --- | --- |
| one of them has not been asked | no | to ask |
| both are asked, and no one has said no | no | asked |
| one said no | no | declined |
| both said yes | no | to introduce |
| | yes, less than 30 days ago, or it is said what came of it | introduced |
| | yes, 30 days ago or more, and nothing is said of it | to look after |
| closed by hand | | closed |

Who is asked is told by a letter that is sent, or on its way, or by a word of the person's. Whoever declined is never
named to the other.
"""

from __future__ import annotations

from typing import NamedTuple

TO_ASK, ASKED, TO_INTRODUCE, INTRODUCED = "to_ask", "asked", "to_introduce", "introduced"
TO_LOOK_AFTER, DECLINED, CLOSED = "to_look_after", "declined", "closed"
STATES = (TO_ASK, ASKED, TO_INTRODUCE, INTRODUCED, TO_LOOK_AFTER, DECLINED, CLOSED)
UNDER_WAY = (TO_ASK, ASKED, TO_INTRODUCE, TO_LOOK_AFTER)
"""Those that want something of us, or of them."""
YES, NO = "yes", "no"
LOOK_AFTER_DAYS = 30
"""After so many days Today asks what came of it."""
_DAY_SECONDS = 86_400


class Person(NamedTuple):
    """One of the two: whom, when they were asked (Unix seconds, None if not), and what they said ("" for nothing).

    `draft_id` is the letter to them that is being written, if that is still there, `outbox_id` the one that asked them.
    """

    member_id: int
    name: str
    asked_at: int | None = None
    said: str = ""
    draft_id: int | None = None
    outbox_id: int | None = None

    @property
    def is_to_be_asked(self) -> bool:
        """Whether they have neither been asked nor said anything, and no letter to them is being written."""
        return self.asked_at is None and not self.said and self.draft_id is None


class Introduction(NamedTuple):
    """One introduction. Times are Unix seconds; `drafts` are the letters that introduce them and are being written."""

    id: int
    one: Person
    other: Person
    why: str
    created_at: int
    introduced_at: int | None = None
    outcome: str = ""
    closed_at: int | None = None
    introduced_outbox_id: int | None = None
    drafts: tuple[int, ...] = ()

    @property
    def people(self) -> tuple[Person, Person]:
        """Both of them."""
        return self.one, self.other

    def person(self, member_id: int) -> Person | None:
        """The one of the two that is this member."""
        return next((each for each in self.people if each.member_id == member_id), None)

    def partner(self, member_id: int) -> Person:
        """The other of the two."""
        return self.other if self.one.member_id == member_id else self.one


def state(made: Introduction, now: int) -> str:
    """One of STATES, at `now` (Unix seconds)."""
    if made.closed_at is not None:
        return CLOSED
    if made.introduced_at is not None:
        due = made.introduced_at + LOOK_AFTER_DAYS * _DAY_SECONDS
        return TO_LOOK_AFTER if not made.outcome and now >= due else INTRODUCED
    if any(each.said == NO for each in made.people):
        return DECLINED
    if all(each.said == YES for each in made.people):
        return TO_INTRODUCE
    return ASKED if all(each.asked_at is not None or each.said for each in made.people) else TO_ASK
