"""Our logins: an account is our login on a channel, or the place that a file or the demo came from."""

from app.accounts.desk import Account, Accounts
from app.channels.registry import assistable, channel, connectable

__all__ = ["Account", "Accounts", "assistable", "channel", "connectable"]
