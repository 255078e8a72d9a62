"""What a mailbox brings of other places: its notices become messages of their accounts, the rest stays letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.accounts import Account
from app.base.message import Incoming
from app.intake import notices


def split(
    items: Sequence[Incoming], senders: Mapping[str, str], places: Mapping[str, Account]
) -> tuple[list[Incoming], dict[int, list[Incoming]]]:
    """Letters to keep, and the messages that notices tell of, by the id of their assisted account.

    `senders` and `places` are as `Accounts.notice_places` returns them. A notice that its server calls forged stays a
    letter, and so does one that can't be read.
    """
    kept: list[Incoming] = []
    reported: dict[int, list[Incoming]] = {}
    if not places:
        return list(items), reported
    for item in items:
        account = places.get(notices.kind(item.author.key, senders)) if not item.out else None
        found = of_letter(item, account, senders) if account is not None else ()
        if account is None or not found:
            kept.append(item)
        else:
            reported.setdefault(account.id, []).extend(found)
    return kept, reported


def of_letter(item: Incoming, account: Account, senders: Mapping[str, str]) -> tuple[Incoming, ...]:
    """The messages that a notice tells of on that account; () if it is none, or forged."""
    if item.forged:
        return ()
    return notices.read(item, account.kind, senders, (account.name, account.speaks_as, *account.own))
