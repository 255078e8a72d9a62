"""Accounts: our logins on channels, and the origins of imported files and of the demo."""

from app.accounts.account import Account
from app.accounts.desk import Accounts
from app.channels.registry import assistable, channel, connectable

__all__ = ["Account", "Accounts", "assistable", "channel", "connectable"]
