"""The desk of accounts: the table `account`, and the secrets that belong to its rows."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from importlib import import_module
from urllib.parse import urlsplit

from app.accounts.form import answered, own_names
from app.base import clock
from app.base.credentials import Credentials, KeyringError, NoKeyringError
from app.base.errors import NameTakenError, NotFoundError, UserError
from app.base.words import tr
from app.channels.base import AuthNeeded, Channel, Found, Session
from app.channels.registry import channel, offered
from app.store.sqlite import Connection, Row
from app.store.store import Store

ON, PAUSED, NEEDS_LOGIN, REMOVED = "on", "paused", "needs_login", "removed"
LIVE, ASSISTED, FILE, DEMO = "live", "assisted", "file", "demo"
_TOKEN = "_place"  # noqa: S105  the name under which `fields` holds where the keyring has the secrets; not a secret
_COLUMNS = (
    "id, kind, name, mode, own, speaks_as, fields, state, created_at, ok_at, error, error_at, next_at,"
    " checked_at, facts, owner, others, recovery, ends_on, ends_what"
)


@dataclass(frozen=True, slots=True)
class Register:
    """What a social media policy wants to be known of a login; `ends_on` is a local date, YYYY-MM-DD, or ""."""

    owner: str = ""
    others: str = ""
    recovery: str = ""
    ends_on: str = ""
    ends_what: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """One login. Times are Unix seconds: `ok_at` of the last success, `error_at` of the first failure since.

    `facts` is what the channel said of it when it was checked; `register` is what the person notes of it.
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
        """Whether it speaks with a server."""
        return self.mode == LIVE

    @property
    def assisted(self) -> bool:
        """Whether the person reads and posts there, and Rapport holds the words ready."""
        return self.mode == ASSISTED

    def place(self, key: str) -> str:
        """Where the keyring has its secret of that name."""
        return f"{self.token}:{key}"


def _account(row: Row) -> Account:
    fields = {str(key): str(value) for key, value in json.loads(row["fields"] or "{}").items()}
    token = fields.pop(_TOKEN, "")
    return Account(
        row["id"], row["kind"], row["name"], row["mode"], tuple(row["own"].split()), row["speaks_as"], fields,
        row["state"], row["created_at"], row["ok_at"], row["error"], row["error_at"], row["next_at"], token,
        row["checked_at"], json.loads(row["facts"]),
        Register(row["owner"], row["others"], row["recovery"], row["ends_on"] or "", row["ends_what"]),
    )  # fmt: skip


class Accounts:
    """Our logins. Secrets go to the keyring and never into the file."""

    def __init__(self, store: Store, credentials: Credentials | None = None) -> None:
        """`credentials` is the keyring unless another is given."""
        self._store = store
        self._credentials = credentials or Credentials()

    # --- asking

    def all(self, *, removed: bool = False) -> list[Account]:
        """Every account by name; those that were removed only when asked for."""
        rows = self._store.read.execute(
            f"SELECT {_COLUMNS} FROM account WHERE ? OR state <> 'removed' ORDER BY mode = 'file', name COLLATE NOCASE",
            (removed,),
        )
        return [_account(row) for row in rows]

    def get(self, number: int) -> Account:
        """One account; NotFoundError where there is none."""
        row = self._store.read.execute(f"SELECT {_COLUMNS} FROM account WHERE id = ?", (number,)).fetchone()
        if row is None:
            msg = tr("That account no longer exists.")
            raise NotFoundError(msg)
        return _account(row)

    def named(self, name: str) -> Account:
        """The account of that name, case aside; NotFoundError names those that there are."""
        everyone = self.all(removed=True)
        wanted = name.strip().casefold()
        for account in everyone:
            if account.name.casefold() == wanted:
                return account
        names = ", ".join(account.name for account in everyone if account.state != REMOVED) or tr("none yet")
        msg = tr("There's no account “{name}”. Accounts: {names}.").format(name=name, names=names)
        raise NotFoundError(msg)

    def notice_places(self) -> tuple[dict[str, str], dict[str, Account]]:
        """For `app.intake.notices`: account names by the sender the person named; accounts by that name or by kind."""
        senders: dict[str, str] = {}
        places: dict[str, Account] = {}
        for account in self.all():
            if account.assisted:
                places.setdefault(account.kind, account)
                places[account.name] = account
                for sender in account.fields.get("notices", "").lower().replace(",", " ").split():
                    senders[sender] = account.name
        return senders, places

    def due(self, now: int) -> list[Account]:
        """Live accounts that are to be looked at now."""
        rows = self._store.read.execute(
            f"SELECT {_COLUMNS} FROM account WHERE mode = 'live' AND state = 'on' AND coalesce(next_at, 0) <= ?", (now,)
        )
        return [_account(row) for row in rows]

    def next_at(self) -> int | None:
        """When the next account is due, in Unix seconds; None where there is none."""
        (first,) = self._store.read.execute(
            "SELECT min(coalesce(next_at, 0)) FROM account WHERE mode = 'live' AND state = 'on'"
        ).fetchone()
        return None if first is None else int(first)

    def cursor(self, number: int) -> dict[str, str]:
        """How far an account has been read."""
        rows = self._store.read.execute("SELECT name, value FROM cursor WHERE account_id = ?", (number,))
        return {row["name"]: row["value"] for row in rows}

    # --- the person's doing

    def add(
        self,
        kind: str,
        name: str,
        fields: Mapping[str, str],
        secrets: Mapping[str, str],
        found: Found | None = None,
    ) -> tuple[Account, str]:
        """A new login, and the sentence to show ("" when the secrets are in the keyring); `found` by trying it out.

        The name of an account that was removed takes that one up again, with its history. UserError where something
        is missing, or the name is taken.
        """
        of = offered(kind)
        asked = answered(of, fields)
        title = " ".join(name.split()) or asked.get("address", "") or self._free_title(of, asked)
        token = uuid.uuid4().hex
        stored = json.dumps({**asked, _TOKEN: token}, ensure_ascii=False)
        own = "\n".join(own_names(of, asked))
        # Before the row is there: the schedule looks at a new account at once, and would miss its password.
        told = self._keep(token, secrets)
        try:
            with self._store.write() as conn:
                number = _vacant(conn, kind, title)
                conn.execute(
                    "INSERT INTO account (id, kind, name, mode, own, speaks_as, fields, created_at)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (id) DO UPDATE SET mode = excluded.mode, own = excluded.own,"
                    " speaks_as = excluded.speaks_as,"
                    " fields = excluded.fields, state = 'on', error = '', error_at = NULL, next_at = NULL",
                    (
                        number,
                        kind,
                        title,
                        LIVE if of.live else ASSISTED,
                        own,
                        asked.get("name", ""),
                        stored,
                        clock.now(),
                    ),
                )
        except UserError:
            for key in secrets:
                self._credentials.forget(f"{token}:{key}")
            raise
        if found is not None:
            self._learn(self.named(title).id, found)
        return self.named(title), told

    def add_demo(
        self,
        kind: str,
        name: str,
        speaks_as: str,
        *,
        at: int,
        ok_at: int,
        page: str = "",
        facts: Mapping[str, str] | None = None,
    ) -> int:
        """An account of the demo, which nothing leaves through; its id. With a `page` the person posts there by hand.

        It was made at `at` and last worked at `ok_at` (Unix seconds); `facts` are what a check would have found.
        """
        with self._store.write() as conn:
            made = conn.execute(
                "INSERT INTO account (kind, name, mode, own, speaks_as, fields, facts, created_at, ok_at)"
                " VALUES (?, ?, ?, 'us', ?, ?, ?, ?, ?)",
                (kind, name, ASSISTED if page else DEMO, speaks_as, json.dumps({"page": page}),
                 json.dumps(dict(facts or {})), at, ok_at),
            )  # fmt: skip
            return int(made.lastrowid or 0)

    def _keep(self, token: str, secrets: Mapping[str, str]) -> str:
        """Put secrets away; the sentence to show where they are kept for this run only."""
        told = [self._credentials.keep(f"{token}:{key}", secret) for key, secret in secrets.items() if secret]
        return next(filter(None, told), "")

    def try_out(
        self, kind: str, fields: Mapping[str, str], secrets: Mapping[str, str], number: int | None = None
    ) -> Found:
        """Log in with a form's answers before they are kept, and say what was found.

        With the `number` of an account, secrets left empty are the ones it has. UserError where it fails. Secrets that
        the channel gives anew meanwhile are put into `secrets`, where it can take them.
        """
        of = offered(kind)
        if not of.live:
            answered(of, fields)
            return Found(
                tr("{title} doesn't allow programs: you post there yourself, and Rapport keeps the text ready.").format(
                    title=of.title
                )
            )
        given = secrets if isinstance(secrets, dict) else dict(secrets)
        if number is not None:
            given.update(self.with_known(number, given))
        session = _open(kind, answered(of, fields), given)
        try:
            return session.check()
        finally:
            session.close()

    def with_known(self, number: int, secrets: Mapping[str, str]) -> dict[str, str]:
        """These secrets, and where one is left empty the one that the account has; AuthNeeded where it is not known.

        What an earlier login was given stays away once a secret is given anew: the new one is to be proved.
        """
        account = self.get(number)
        of, found = offered(account.kind), {key: secret for key, secret in secrets.items() if secret}
        anew = bool(found)
        for field in of.fields:
            if field.secret and field.key not in found:
                found[field.key] = self._secret(account, field.key, required=field.required)
        for key in () if anew else of.kept:
            found[key] = self._secret(account, key, required=False)
        return found

    def known(self, number: int, secrets: Mapping[str, str]) -> dict[str, str]:
        """The form's secrets, and where one is left empty the one that the account has, if that is known."""
        account = self.get(number)
        found = {key: secret for key, secret in secrets.items() if secret}
        for field in offered(account.kind).fields:
            if field.secret and field.key not in found:
                found[field.key] = self._secret(account, field.key, required=False)
        return found

    def change(
        self,
        number: int,
        fields: Mapping[str, str],
        secrets: Mapping[str, str] | None = None,
        found: Found | None = None,
        name: str = "",
    ) -> str:
        """Other answers to the form, another `name` where one is given; the sentence to show.

        Secrets that are not given stay as they are. `found` by trying it out; without it the next look finds out anew.
        UserError where something is missing, or the name is taken.
        """
        account = self.get(number)
        title = " ".join(name.split()) or account.name
        of = offered(account.kind)
        asked, token = answered(of, fields), account.token or uuid.uuid4().hex
        stored = json.dumps({**asked, _TOKEN: token}, ensure_ascii=False)
        own = "\n".join(own_names(of, asked))
        if title.casefold() != account.name.casefold():
            _vacant(self._store.read, "", title)
        # before anybody hears of the change: a worker that looks at once would find the old secret, or none
        told = self._keep(token, secrets or {})
        with self._store.write() as conn:
            if title.casefold() != account.name.casefold():
                _vacant(conn, "", title)
            conn.execute(
                "UPDATE account SET name = ?, fields = ?, own = ?, speaks_as = ?, next_at = NULL, checked_at = NULL"
                " WHERE id = ?",
                (title, stored, own, asked.get("name", ""), number),
            )
        if found is not None:
            self._learn(number, found)
        if self.get(number).state == NEEDS_LOGIN and (found is not None or any((secrets or {}).values())):
            self.resume(number)
        return told

    def give(self, number: int, secrets: Mapping[str, str]) -> str:
        """Put secrets away and let the account work again; the sentence to show ("" when the keyring has them)."""
        account = self.get(number)
        told = self._keep(account.token, secrets)
        if any(secrets.values()) and account.state == NEEDS_LOGIN:
            self.resume(number)
        return told

    def check(self, number: int) -> Found:
        """Log in for real and remember what was found; UserError where it fails. A login that works is on."""
        session = self.session(number)
        try:
            found = session.check()
        finally:
            session.close()
        self._learn(number, found)
        if self.get(number).state == NEEDS_LOGIN:
            self.resume(number)
        return found

    def keyring(self) -> str:
        """What holds where this machine keeps no secrets safely; "" where it does. May take LIMIT seconds."""
        return self._credentials.missing()

    def _free_title(self, of: Channel, asked: Mapping[str, str]) -> str:
        """The channel's title; with the place, where an account has that already: two blogs are told apart."""
        taken = {account.name.casefold() for account in self.all(removed=True)}
        if of.title.casefold() not in taken:
            return of.title
        plain = [asked.get(field.key, "") for field in of.fields if not field.secret and field.required]
        place = next(filter(None, plain), "")
        return f"{of.title}, {urlsplit(place).hostname or place}" if place else of.title

    def _learn(self, number: int, found: Found) -> None:
        """Note what a login found; our own names there come to those that the form gave."""
        account = self.get(number)
        own = dict.fromkeys((*account.own, *(name.lower() for name in found.own)))
        with self._store.write() as conn:
            conn.execute(
                "UPDATE account SET checked_at = ?, facts = ?, own = ? WHERE id = ?",
                (clock.now(), json.dumps(dict(found.facts), ensure_ascii=False), "\n".join(own), number),
            )

    def register(self, number: int, register: Register) -> None:
        """Note whose a login is, who else can get in, where recovery lies, what ends when; UserError where no date."""
        with self._store.write(tr("Changed an account's register entry")) as conn:
            conn.execute(
                "UPDATE account SET owner = ?, others = ?, recovery = ?, ends_on = ?, ends_what = ? WHERE id = ?",
                (register.owner, register.others, register.recovery, clock.day(register.ends_on),
                 register.ends_what, number),
            )  # fmt: skip

    def pause(self, number: int) -> None:
        """Leave it alone until `resume`."""
        self._state(number, PAUSED)

    def resume(self, number: int) -> None:
        """Look at it again, at once."""
        self._state(number, ON)

    def remove(self, number: int) -> None:
        """End the login: its secrets and its place are forgotten; what was said on it stays."""
        account = self.get(number)
        self._state(number, REMOVED)
        with self._store.write() as conn:
            conn.execute("DELETE FROM cursor WHERE account_id = ?", (number,))
        if account.live and account.token:
            of = channel(account.kind)
            for key in (*(field.key for field in of.fields if field.secret), *of.kept):
                self._credentials.forget(account.place(key))

    def _state(self, number: int, state: str) -> None:
        self.get(number)
        with self._store.write() as conn:
            conn.execute(
                "UPDATE account SET state = ?, error = '', error_at = NULL, next_at = NULL WHERE id = ?",
                (state, number),
            )

    # --- at work

    def session(self, number: int) -> Session:
        """A session on the account's channel, not yet connected. AuthNeeded where its secret is not known."""
        account = self.get(number)
        if account.mode == DEMO:
            return _open(DEMO, {}, {})
        if account.assisted and account.state != REMOVED:
            msg = tr("“{name}” has no login: you post there yourself.").format(name=account.name)
            raise UserError(msg)
        if not account.live or account.state == REMOVED:
            msg = tr("“{name}” isn't connected: its messages came from a file.").format(name=account.name)
            raise UserError(msg)
        of = offered(account.kind)
        secrets = _Secrets(lambda key, secret: self._keep(account.token, {key: secret}))
        for field in of.fields:
            if field.secret:
                dict.__setitem__(secrets, field.key, self._secret(account, field.key, required=field.required))
        for key in of.kept:
            dict.__setitem__(secrets, key, self._secret(account, key, required=False))
        return _open(account.kind, {**account.facts, **account.fields}, secrets)

    def _secret(self, account: Account, key: str, *, required: bool) -> str:
        try:
            found = self._credentials.get(account.place(key))
        except KeyringError as why:
            if isinstance(why, NoKeyringError) and not required:
                return ""
            msg = tr("“{label}” for “{name}” isn't available. {why}").format(
                label=_label(account, key), name=account.name, why=why
            )
            raise AuthNeeded(msg) from why
        if found is None and required:
            msg = tr("Rapport no longer has “{label}” for “{name}”. Enter it again.").format(
                label=_label(account, key), name=account.name
            )
            raise AuthNeeded(msg)
        return found or ""

    def note_success(self, number: int, next_at: int) -> None:
        """It worked just now; look again at `next_at` (Unix seconds)."""
        with self._store.write() as conn:
            conn.execute(
                "UPDATE account SET ok_at = ?, error = '', error_at = NULL, next_at = ? WHERE id = ?",
                (clock.now(), next_at, number),
            )

    def put_off(self, number: int, next_at: int) -> None:
        """Look at it again at `next_at` (Unix seconds), not now."""
        with self._store.write() as conn:
            conn.execute("UPDATE account SET next_at = ? WHERE id = ?", (next_at, number))

    def note_failure(self, number: int, sentence: str, next_at: int, *, needs_login: bool = False) -> None:
        """It failed just now, and why; `error_at` stays the time of the first failure in a row."""
        with self._store.write() as conn:
            conn.execute(
                "UPDATE account SET error = ?, error_at = coalesce(error_at, ?), next_at = ?,"
                " state = CASE WHEN ? AND state = 'on' THEN 'needs_login' ELSE state END WHERE id = ?",
                (sentence, clock.now(), next_at, needs_login, number),
            )


class _Secrets(dict[str, str]):
    """An account's secrets by name; what a session puts in is put away in the keyring."""

    def __init__(self, keep: Callable[[str, str], object]) -> None:
        super().__init__()
        self._keep = keep

    def __setitem__(self, key: str, secret: str) -> None:
        if secret != self.get(key):
            self._keep(key, secret)
        super().__setitem__(key, secret)


def _label(account: Account, key: str) -> str:
    """What the account form calls a secret; its key if the form doesn't ask for it."""
    return next((tr(field.label) for field in channel(account.kind).fields if field.key == key), key)


def _open(kind: str, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:
    session: Session = import_module(f"app.channels.{kind}").open(fields, secrets)
    return session


def _vacant(conn: Connection, kind: str, name: str) -> int | None:
    """The row to use for a name: None for a new one, a removed account's id; NameTakenError."""
    row = conn.execute("SELECT id, kind, state, mode FROM account WHERE name = ? COLLATE NOCASE", (name,)).fetchone()
    if row is None:
        return None
    if row["kind"] == kind and (row["state"] == REMOVED or row["mode"] == FILE):
        return int(row["id"])
    msg = tr("There's already an account named “{name}”. Choose another name.").format(name=name)
    raise NameTakenError(msg)
