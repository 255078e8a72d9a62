"""Members: the people who write to us, across all channels, and our history with them."""

from app.members.card import Card, History, card
from app.members.desk import Identity, Member, MemberRow, Members
from app.members.facts import EDITABLE, KIND_NAMES, KINDS
from app.members.filtering import LEVELS
from app.members.mail import Mailbox

__all__ = [
    "EDITABLE", "KINDS", "KIND_NAMES", "LEVELS", "Card", "History", "Identity", "Mailbox", "Member", "MemberRow",
    "Members", "card",
]  # fmt: skip
