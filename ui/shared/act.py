"""The actions behind the links under a line of the story and behind its context menu."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple


class What(Enum):
    """The kind of action; the comments name the fields of `Act` that it uses."""

    REPLY = auto()  # message
    PART = auto()  # message
    FORWARD = auto()  # message
    MODERATE = auto()  # message, verb
    UNDO_MODERATION = auto()  # deed
    RETRY_MODERATION = auto()  # deed
    SHOW_MODERATION_LOG = auto()
    CORRECT = auto()  # message
    WITHDRAW = auto()  # message
    REACT = auto()  # message, verb: the reaction
    UNREACT = auto()  # message, verb
    SAME_PERSON = auto()  # message
    ANOTHER_PERSON = auto()  # message
    HELPED = auto()  # message
    SAVE_ORIGINAL = auto()  # message
    PERMISSION = auto()  # message
    READ_AS = auto()  # message, verb: the character set
    LANGUAGE = auto()  # message, verb: its code
    SEND_NOW = auto()  # outbox, as all below
    POSTPONE = auto()
    UNDO_SEND = auto()
    SHOW_IN_OUTBOX = auto()
    POST = auto()
    CONFIRM_POSTED = auto()
    NOT_POSTED = auto()
    CANCEL_CHANGE = auto()
    RETRY_CHANGE = auto()
    CANCEL_REACTION = auto()
    RETRY_REACTION = auto()


class Act(NamedTuple):
    """An action. `message`, `outbox`, `deed` are row ids, 0 if unused.

    `verb` is of moderation, a reaction, a character set or a language.
    """

    what: What
    message: int = 0
    outbox: int = 0
    deed: int = 0
    verb: str = ""
