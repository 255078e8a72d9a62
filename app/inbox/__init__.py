"""The inbox: conversations, their states, and the messages in them."""

from app.inbox.desk import Inbox
from app.inbox.links import Link
from app.inbox.moderated import Bar, Deed
from app.inbox.receivers import Choice, Receiver, called, default, initial_choice, meant_for, updated_choice
from app.inbox.rows import Alteration, AttachedFile, ConversationRow, Line, Opened, Query, Ref
from app.inbox.snooze import CHOICES, UNTIL_REPLY, is_reply, parse_when, until

__all__ = [
    "CHOICES",
    "UNTIL_REPLY",
    "Alteration",
    "AttachedFile",
    "Bar",
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
    "is_reply",
    "meant_for",
    "parse_when",
    "until",
    "updated_choice",
]
