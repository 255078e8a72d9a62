"""Members: who is speaking, over all channels, and what we said to them before."""

from app.members.card import Card, History, card
from app.members.desk import EDITABLE, KINDS, Identity, Member, MemberRow, Members

__all__ = ["EDITABLE", "KINDS", "Card", "History", "Identity", "Member", "MemberRow", "Members", "card"]
