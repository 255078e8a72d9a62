"""The inbox: conversations, their states, and the messages in them."""

from app.inbox.desk import Inbox
from app.inbox.links import Link
from app.inbox.receivers import Choice, Receiver, called, default, initial_choice, meant_for, updated_choice
from app.inbox.rows import Alteration, AttachedFile, ConversationRow, Deed, Line, Opened, Query, Ref
from app.inbox.snooze import CHOICES, UNTIL_REPLY, parse_when, until

__all__ = [
    "CHOICES",
    "UNTIL_REPLY",
    "Alteration",
    "AttachedFile",
    "Choice",
    "ConversationRow",
    "Deed",
    "Inbox",
    "Line",
    "Link",
    "Opened",
    "Query",
    "Receiver",
    "Ref",
    "called",
    "default",
    "initial_choice",
    "meant_for",
    "parse_when",
    "until",
    "updated_choice",
]
