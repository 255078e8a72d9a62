"""The inbox: conversations, their states, and the messages in them."""

from app.inbox.desk import Inbox
from app.inbox.receivers import Choice, Receiver, begun, called, default, meant_for, meanwhile
from app.inbox.rows import ConversationRow, Deed, Line, Opened, Query, Ref
from app.inbox.snooze import CHOICES, UNTIL_REPLY, parse_when, until

__all__ = [
    "CHOICES",
    "UNTIL_REPLY",
    "Choice",
    "ConversationRow",
    "Deed",
    "Inbox",
    "Line",
    "Opened",
    "Query",
    "Receiver",
    "Ref",
    "begun",
    "called",
    "default",
    "meant_for",
    "meanwhile",
    "parse_when",
    "until",
]
