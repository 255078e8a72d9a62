"""The signatures desk: what stands under letters, for each address of an account and each language."""

from __future__ import annotations

from collections.abc import Mapping

from app.accounts import senders
from app.accounts.senders import Sender, Signature
from app.base.words import tr
from app.store.store import Store


class Signatures:
    """The table `signature`. Every change is one undoable action."""

    def __init__(self, store: Store) -> None:
        """Use this store."""
        self._store = store

    def senders(self, account_id: int) -> list[Sender]:
        """What letters of an account can come from, its own address first; [] for an account without addresses."""
        return senders.senders(self._store.read, account_id)

    def all(self, account_id: int) -> list[Signature]:
        """The signatures of an account, by address and language."""
        return senders.signatures(self._store.read, account_id)

    def put(self, account_id: int, address: str, language: str, text: str) -> None:
        """Store a signature; "" for address or language stands for any. A blank text deletes it.

        Raises UserError for an address that the account has not and for a text that is too long, NotFoundError where
        there is none to delete.
        """
        with self._store.write(tr("Changed a signature")) as conn:
            senders.put_signature(conn, account_id, address, language, text)

    def change(self, account_id: int, texts: Mapping[tuple[str, str], str]) -> None:
        """Store several, by address and language, as one action; blank texts delete theirs. Raises UserError as `put`.

        What is as it was is left alone.
        """
        stored = {(kept.address, kept.language): kept.text for kept in self.all(account_id)}
        changed = {key: text for key, text in texts.items() if text.strip("\n") != stored.get(key, "")}
        wanted = {key: text for key, text in changed.items() if text.strip() or key in stored}
        if not wanted:
            return
        with self._store.write(tr("Changed signatures")) as conn:
            for (address, language), text in wanted.items():
                senders.put_signature(conn, account_id, address, language, text)
