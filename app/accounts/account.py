"""One account as a value, read from a row of the table `account`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from app.store.sqlite import Row

ON, PAUSED, NEEDS_LOGIN, REMOVED = "on", "paused", "needs_login", "removed"
LIVE, ASSISTED, FILE, DEMO = "live", "assisted", "file", "demo"
TOKEN = "_place"  # noqa: S105  a key within `fields`, whose value names the keyring entries; not a secret
COLUMNS = (
    "id, kind, name, mode, own, speaks_as, fields, state, created_at, ok_at, error, error_at, next_at,"
    " checked_at, facts, owner, others, recovery, ends_on, ends_what"
)


@dataclass(frozen=True, slots=True)
class Register:
    """What a social media policy requires to be recorded of a login; `ends_on` is a local date (YYYY-MM-DD) or ""."""

    owner: str = ""
    others: str = ""
    recovery: str = ""
    ends_on: str = ""
    ends_what: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """One account. Times are Unix seconds: `ok_at` is the last success, `error_at` the first failure since.

    `facts` is what the channel reported when it was checked, `register` what the person recorded.
    """

    id: int
    kind: str
    name: str
    mode: str
    own: tuple[str, ...]
    speaks_as: str
    fields: Mapping[str, str]
    state: str
    created_at: int
    ok_at: int | None
    error: str
    error_at: int | None
    next_at: int | None
    token: str
    checked_at: int | None
    facts: Mapping[str, str]
    register: Register

    @property
    def live(self) -> bool:
        """Whether it connects to a server."""
        return self.mode == LIVE

    @property
    def assisted(self) -> bool:
        """Whether the person reads and posts there themselves, with text prepared by Rapport."""
        return self.mode == ASSISTED

    def keyring_entry(self, key: str) -> str:
        """The keyring entry of the secret `key`."""
        return f"{self.token}:{key}"


def read(row: Row) -> Account:
    """The account of a row with `COLUMNS`."""
    fields = {str(key): str(value) for key, value in json.loads(row["fields"] or "{}").items()}
    token = fields.pop(TOKEN, "")
    return Account(
        row["id"], row["kind"], row["name"], row["mode"], tuple(row["own"].split()), row["speaks_as"], fields,
        row["state"], row["created_at"], row["ok_at"], row["error"], row["error_at"], row["next_at"], token,
        row["checked_at"], json.loads(row["facts"]),
        Register(row["owner"], row["others"], row["recovery"], row["ends_on"] or "", row["ends_what"]),
    )  # fmt: skip
