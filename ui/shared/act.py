"""What can be pressed under a line of the story, and chosen in the menu over it: what is to be done, and to which."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple


class What(Enum):
    """What is to be done; behind each, what the `Act` names for it."""

    REPLY = auto()  # message
    MODERATE = auto()  # message, verb
    UNDO_MODERATION = auto()  # deed
    RETRY_MODERATION = auto()  # deed
    SHOW_MODERATION_LOG = auto()
    SEND_NOW = auto()  # outbox, as all below
    POSTPONE = auto()
    TAKE_BACK = auto()
    SHOW_IN_OUTBOX = auto()
    POST = auto()
    CONFIRM_POSTED = auto()
    NOT_POSTED = auto()


class Act(NamedTuple):
    """One thing to do. `message`, `outbox` and `deed` are row ids, 0 where it is not about one."""

    what: What
    message: int = 0
    outbox: int = 0
    deed: int = 0
    verb: str = ""
