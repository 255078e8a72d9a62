"""Taking messages in: from a channel's page or a file, each stored once, in its conversation, with its member.

The one road into `message`. A call is one transaction with the cursor in it, so no cursor is ever ahead of its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.accounts.records import keep_cursor
from app.base import clock
from app.base.message import Incoming
from app.intake.letters import told_apart
from app.intake.numbers import Numbers
from app.intake.sound import sound
from app.intake.source import of_account
from app.intake.taking import Taken, Taking
from app.store import index
from app.store.connection import give_back
from app.store.sqlite import Connection
from app.store.store import Store

_SHORT = 15  # letters; below this a language cannot be told from the words

Met = Callable[[Connection, int, Sequence[str]], object]
"""Hears, in the transaction, of an account and the remote ids of what came in on it."""


class Intake:
    """Takes messages in."""

    def __init__(self, store: Store, language_of: Callable[[str], str] | None = None, met: Met | None = None) -> None:
        """`met` is whoever waits for our own messages to come back (see `app.outbox.meet`).

        `language_of` tells a text's language, "" when unsure; it is app.base.language.of, loaded when first needed.
        """
        self._store = store
        self._language_of = language_of
        self._met = met
        self._numbers = Numbers()

    def tidy(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Put the search index in order after much has come in, in small steps between which others may write.

        What that frees goes back to the disk.
        """
        first = busy = True
        while busy and not stop():
            with self._store.write() as conn:
                busy = index.tidy(conn, first=first) or first
            first = False
        busy = True
        while busy and not stop():
            with self._store.write() as conn:
                busy = give_back(conn)

    def take(
        self,
        account_id: int,
        items: Sequence[Incoming],
        cursor: Mapping[str, str] | None = None,
        batch_id: int | None = None,
        at: int | None = None,
    ) -> Taken:
        """Store what is new, note what changed upstream, pass over what is known; all in one transaction.

        It is learnt of now, or was at `at` (Unix seconds).
        """
        items = sound(items)
        with self._store.write() as conn:
            self._numbers.forget()
            source = of_account(conn, account_id, batch_id, clock.now() if at is None else at)
            items = told_apart(conn, account_id, source.own, items)
            taken = Taking(conn, source, self._numbers, self._language).take(items)
            if self._met and items:
                self._met(conn, account_id, [item.remote_id for item in items])
            if cursor:
                keep_cursor(conn, account_id, cursor)
            return taken

    def _language(self, item: Incoming) -> str:
        if len(item.text) < _SHORT:
            return ""
        if self._language_of is None:
            from app.base import language  # noqa: PLC0415  15 MB of tables, for the first message that comes in

            self._language_of = language.of
        return self._language_of(item.text[:400])
