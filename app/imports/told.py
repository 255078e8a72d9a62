"""Notification e-mails among imported letters: read as when they are pulled, as messages of the places they tell of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.accounts import Accounts
from app.base.message import Incoming
from app.base.words import counted
from app.channels.registry import channel
from app.imports import places
from app.imports.places import Place
from app.intake import notices, reported
from app.store.store import Store


class Told:
    """Splits letters into those to keep and what notices tell of, and counts both kinds of notices."""

    def __init__(self, store: Store, mailbox: Place) -> None:
        """`mailbox` is where the letters go; one that is there already stays as it is."""
        self._store, self._mailbox = store, mailbox
        self._senders, self._accounts = Accounts(store).notice_places()
        self._by_id = {account.id: account for account in self._accounts.values()}
        self._moved: Counter[int] = Counter()
        self._waiting: Counter[str] = Counter()

    def split(self, letter: Incoming) -> Iterator[tuple[Place, Incoming]]:
        """The messages that a letter becomes, each with its place: itself, unless it is a notice of a known place."""
        about = "" if letter.out else notices.kind(letter.author.handle, self._senders)
        if not about or places.known(self._store.read, self._mailbox, [letter.remote_id]):
            yield self._mailbox, letter
            return
        kept, told = reported.split([letter], self._senders, self._accounts)
        if kept and about not in self._accounts and not letter.forged and notices.read(letter, about):
            self._waiting[about] += 1
        for item in kept:
            yield self._mailbox, item
        for number, items in told.items():
            account = self._by_id[number]
            self._moved[number] += 1
            for item in items:
                yield Place(number, account.name, account.kind, frozenset(account.own), settled=True), item

    def sentences(self) -> list[str]:
        """What became of the notices."""
        moved = [
            counted(
                count,
                "{count:,} notification e-mail is read as a message on “{account}”.",
                "{count:,} notification e-mails are read as messages on “{account}”.",
                account=self._by_id[number].name,
            )
            for number, count in self._moved.items()
        ]
        waiting = [
            counted(
                count,
                "{count:,} notification e-mail from {service} comes in as a letter: add {service} under Accounts, and "
                "it becomes a message there.",
                "{count:,} notification e-mails from {service} come in as letters: add {service} under Accounts, and "
                "they become messages there.",
                service=channel(kind).title,
            )
            for kind, count in self._waiting.items()
        ]
        return [*moved, *waiting]
