"""Members: who is speaking, over all channels, and what we said to them before."""

from app.members.card import Card, History, card
from app.members.desk import EDITABLE, KIND_NAMES, KINDS, Identity, Member, MemberRow, Members

__all__ = [
    "EDITABLE", "KINDS", "KIND_NAMES", "Card", "History", "Identity", "Member", "MemberRow", "Members", "card",
]  # fmt: skip
