"""Our logins: an account is our login on a channel, or the place that a file or the demo came from."""

from app.accounts.desk import Account, Accounts
from app.accounts.form import channel, connectable

__all__ = ["Account", "Accounts", "channel", "connectable"]
