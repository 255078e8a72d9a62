"""Which member an entrant is, by the addresses and names that members have."""

from __future__ import annotations

from collections.abc import Mapping

from app.base.addresses import address_key, address_of
from app.base.text import fold
from app.giveaways.judging import compared_form
from app.store.sqlite import Connection

_IDENTITIES = """
SELECT i.kind, i.key, i.handle, i.member_id FROM identity i JOIN member p ON p.id = i.member_id
WHERE p.merged_into IS NULL
"""
_MAILS = "SELECT email, id FROM member WHERE email <> '' ORDER BY merged_into IS NULL, id DESC"
_MERGED = "SELECT id, merged_into FROM member WHERE merged_into IS NOT NULL"
_PLACES = "SELECT kind, name FROM account"


class Known:
    """Members by address, and by handle on a kind of channel, as they were when this was made."""

    def __init__(self, conn: Connection) -> None:
        """Read them."""
        into = {int(gone): int(kept) for gone, kept in conn.execute(_MERGED)}
        self._mails = {address_key(email): _kept(int(number), into) for email, number in conn.execute(_MAILS)}
        self._handles: dict[tuple[str, str], int] = {}
        for kind, key, handle, number in conn.execute(_IDENTITIES):
            if "@" in key and " " not in key:
                self._mails[address_of(key)] = int(number)
            self._handles[kind, compared_form(handle)] = int(number)
            self._handles[kind, key] = int(number)
        self._kinds: dict[str, set[str]] = {}
        for kind, name in conn.execute(_PLACES):
            for word in (kind, kind.replace("_", " "), name):
                self._kinds.setdefault(fold(word), set()).add(kind)

    def member(self, contact: str, channel: str) -> int | None:
        """The member with that address, or with that handle on that channel; None if there is none, or several."""
        key = compared_form(contact)
        if "@" in key and key in self._mails:
            return self._mails[key]
        if not key:
            return None
        kinds = self._kinds.get(fold(channel.strip()), {fold(channel.strip()).replace(" ", "_")})
        found = {self._handles[kind, key] for kind in kinds if (kind, key) in self._handles}
        return found.pop() if len(found) == 1 else None


def _kept(number: int, into: Mapping[int, int]) -> int:
    """The member that this one is now."""
    while number in into:
        number = into[number]
    return number
