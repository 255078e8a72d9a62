"""What has to be changed for each account when its holder leaves, by the register."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.accounts import Account, channel
from app.base import dates
from app.base.words import tr


class Change(NamedTuple):
    """An account and what to do about it, a sentence each, the most pressing first."""

    account: str
    channel: str
    to_do: tuple[str, ...]


def changes(accounts: Iterable[Account]) -> list[Change]:
    """For every account that is connected or assisted, in their order, what the one who leaves has to change."""
    return [
        Change(account.name, tr(channel(account.kind).title), _to_do(account))
        for account in accounts
        if account.mode != "file" and account.state != "removed"
    ]


def _to_do(account: Account) -> tuple[str, ...]:
    noted = account.register
    made = []
    if noted.others.strip():
        made.append(tr("Others who have access: {names}. Tell them who takes over.").format(names=noted.others))
    else:
        made.append(
            tr("According to the register, nobody else has access: give it to whoever takes over before you leave.")
        )
    if noted.owner.strip():
        made.append(tr("It belongs to {owner}. If that's you, have it transferred.").format(owner=noted.owner))
    else:
        made.append(tr("The register doesn't say who owns it: find out, and add it."))
    if noted.recovery.strip():
        made.append(tr("Recovery goes to {where}. Change that if it's yours.").format(where=noted.recovery))
    else:
        made.append(tr("The register doesn't say where recovery goes: check the account's security settings."))
    if account.assisted:
        made.append(tr("Change its password, and sign your own devices out."))
    else:
        made.append(tr("Whoever takes over connects it anew with a password or token of their own. Then revoke yours."))
    if noted.ends_on:
        what = noted.ends_what or tr("Something")
        made.append(tr("{what} ends on {day}.").format(what=what, day=dates.written(noted.ends_on)))
    return tuple(made)
