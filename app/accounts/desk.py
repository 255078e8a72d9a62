"""The accounts desk: the table `account`, and the secrets that belong to its rows."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, MutableMapping
from importlib import import_module
from urllib.parse import urlsplit

from app.accounts.account import (
    ASSISTED,
    COLUMNS,
    DEMO,
    FILE,
    LIVE,
    NEEDS_LOGIN,
    ON,
    PAUSED,
    REMOVED,
    TOKEN,
    Account,
    Register,
    read,
)
from app.accounts.form import answered, own_names
from app.accounts.notes import Notes
from app.accounts.records import keep_cursor
from app.accounts.register import attention
from app.accounts.signatures import Signatures
from app.base import clock
from app.base.credentials import Credentials, KeyringError, NoKeyringError
from app.base.errors import NameTakenError, NotFoundError, UserError
from app.base.words import tr
from app.channels.base import HISTORY_STOPPED, AuthNeeded, Channel, Found, Session
from app.channels.registry import channel, offered
from app.store.sqlite import Connection
from app.store.store import Store


class Accounts:
    """Our accounts. Secrets are stored in the keyring, never in the file."""

    def __init__(self, store: Store, credentials: Credentials | None = None) -> None:
        """`credentials` defaults to the system's keyring."""
        self._store = store
        self._credentials = credentials or Credentials()
        self.signatures, self.notes = Signatures(store), Notes(store)

    # --- queries

    def all(self, *, removed: bool = False) -> list[Account]:
        """All accounts, sorted by name, imported files last; `removed` includes removed ones."""
        rows = self._store.read.execute(
            f"SELECT {COLUMNS} FROM account WHERE ? OR state <> 'removed' ORDER BY mode = 'file', name COLLATE NOCASE",
            (removed,),
        )
        return [read(row) for row in rows]

    def needing_attention(self) -> int:
        """How many accounts need the person today: for their login, or because something ends soon."""
        today = clock.local(clock.now()).date()
        return sum(attention(account, today) for account in self.all())

    def get(self, number: int) -> Account:
        """The account with this id. Raises NotFoundError if there is none."""
        row = self._store.read.execute(f"SELECT {COLUMNS} FROM account WHERE id = ?", (number,)).fetchone()
        if row is None:
            msg = tr("That account no longer exists.")
            raise NotFoundError(msg)
        return read(row)

    def named(self, name: str) -> Account:
        """The account with this name, ignoring case. Raises NotFoundError if there is none; the message lists them."""
        everyone = self.all(removed=True)
        wanted = name.strip().casefold()
        for account in everyone:
            if account.name.casefold() == wanted:
                return account
        names = ", ".join(account.name for account in everyone if account.state != REMOVED)
        msg = tr("There's no account “{name}”. Accounts: {names}.") if names else tr("There are no accounts yet.")
        raise NotFoundError(msg.format(name=name, names=names))

    def notice_places(self) -> tuple[dict[str, str], dict[str, Account]]:
        """For `app.intake.notices`: sender -> account name as set by the person; account name or kind -> account."""
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
        """Live accounts to pull at `now` (Unix seconds)."""
        rows = self._store.read.execute(
            f"SELECT {COLUMNS} FROM account WHERE mode = 'live' AND state = 'on' AND coalesce(next_at, 0) <= ?", (now,)
        )
        return [read(row) for row in rows]

    def next_at(self) -> int | None:
        """When the next account is due, in Unix seconds (0: at once); None if there is none."""
        (first,) = self._store.read.execute(
            "SELECT min(coalesce(next_at, 0)) FROM account WHERE mode = 'live' AND state = 'on'"
        ).fetchone()
        return None if first is None else int(first)

    def cursor(self, number: int) -> dict[str, str]:
        """The cursor of an account: how far it has been read, as name -> value."""
        rows = self._store.read.execute("SELECT name, value FROM cursor WHERE account_id = ?", (number,))
        return {row["name"]: row["value"] for row in rows}

    # --- commands

    def add(
        self,
        kind: str,
        name: str,
        fields: Mapping[str, str],
        secrets: Mapping[str, str],
        login: Found | None = None,
    ) -> tuple[Account, str]:
        """Add an account; returns it and a sentence to show ("" if the secrets are in the keyring).

        `login` is the result of `try_out`. The name of a removed account revives that one, with its history. Raises
        UserError if a field is missing or invalid, NameTakenError if the name is taken.
        """
        of = offered(kind)
        asked = answered(of, fields)
        title = " ".join(name.split()) or asked.get("address", "") or self._free_title(of, asked)
        token = uuid.uuid4().hex
        stored = json.dumps({**asked, TOKEN: token}, ensure_ascii=False)
        own = "\n".join(own_names(of, asked))
        # Before the row exists: the schedule pulls a new account at once, and would not find its password.
        warning = self._keep(token, secrets)
        try:
            with self._store.write() as conn:
                number = _row_for_name(conn, kind, title)
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
        if login is not None:
            self._record_check(self.named(title).id, login)
        return self.named(title), warning

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
        fields: Mapping[str, str] | None = None,
    ) -> int:
        """Add an account of the demo, which never connects; returns its id. With a `page` it is an assisted one.

        `at` is when it was added, `ok_at` when it last worked (Unix seconds); `facts` are those that a check would
        report, `fields` what its form would hold.
        """
        answers = dict(fields or {})
        own = "\n".join(dict.fromkeys(["us", *own_names(channel(kind), answers)]))
        with self._store.write() as conn:
            made = conn.execute(
                "INSERT INTO account (kind, name, mode, own, speaks_as, fields, facts, created_at, ok_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (kind, name, ASSISTED if page else DEMO, own, speaks_as, json.dumps({"page": page, **answers}),
                 json.dumps(dict(facts or {})), at, ok_at),
            )  # fmt: skip
            return int(made.lastrowid or 0)

    def _keep(self, token: str, secrets: Mapping[str, str]) -> str:
        """Store secrets; returns a sentence to show if one could only be kept in memory, else ""."""
        warnings = [self._credentials.keep(f"{token}:{key}", secret) for key, secret in secrets.items() if secret]
        return next(filter(None, warnings), "")

    def try_out(
        self, kind: str, fields: Mapping[str, str], secrets: Mapping[str, str], number: int | None = None
    ) -> Found:
        """Log in with a form's values before they are saved; returns what the channel reported.

        With the id of an account (`number`), secrets left empty are taken from it. Raises UserError if the login fails.
        If `secrets` is a dict, new secrets issued during the login are put into it.
        """
        of = offered(kind)
        if not of.live:
            answered(of, fields)
            return Found(
                tr("{title} doesn't allow programs: you post there yourself, and Rapport keeps the text ready.").format(
                    title=tr(of.title)
                )
            )
        given = secrets if isinstance(secrets, dict) else dict(secrets)
        if number is not None:
            given.update(self.with_known(number, given, fields))
        session = _open(kind, answered(of, fields), given)
        try:
            return session.check()
        finally:
            session.close()

    def with_known(
        self, number: int, secrets: Mapping[str, str], fields: Mapping[str, str] | None = None
    ) -> dict[str, str]:
        """The form's secrets, completed by the account's stored ones. Raises AuthNeeded if a required one is missing.

        `fields` are the form's plain values, by default those that are stored.

        Tokens of an earlier login are left out if any secret was entered, so that the new one is really tested.
        """
        account = self.get(number)
        of, completed = offered(account.kind), {key: secret for key, secret in secrets.items() if secret}
        anew, plain = bool(completed), account.fields if fields is None else fields
        for field in of.fields:
            if field.secret and field.key not in completed:
                completed[field.key] = self._secret(account, field.key, required=field.needed(plain))
        for key in () if anew else of.kept:
            completed[key] = self._secret(account, key, required=False)
        return completed

    def known(self, number: int, secrets: Mapping[str, str]) -> dict[str, str]:
        """The form's secrets, completed by the account's stored ones if any. Raises AuthNeeded if the keyring fails."""
        account = self.get(number)
        completed = {key: secret for key, secret in secrets.items() if secret}
        for field in offered(account.kind).fields:
            if field.secret and field.key not in completed:
                completed[field.key] = self._secret(account, field.key, required=False)
        return completed

    def change(
        self,
        number: int,
        fields: Mapping[str, str],
        secrets: Mapping[str, str] | None = None,
        login: Found | None = None,
        name: str = "",
    ) -> str:
        """Save changed form values, and a new `name` if given; returns a sentence to show ("" if secrets are stored).

        Secrets that are not given stay. `login` is the result of `try_out`; without it the next pull checks the login.
        Raises UserError if a field is missing or invalid, NameTakenError if the name is taken.
        """
        account = self.get(number)
        title = " ".join(name.split()) or account.name
        of = offered(account.kind)
        asked, token = answered(of, fields), account.token or uuid.uuid4().hex
        stored = json.dumps({**asked, TOKEN: token}, ensure_ascii=False)
        own = "\n".join(own_names(of, asked))
        if title.casefold() != account.name.casefold():
            _row_for_name(self._store.read, "", title)
        # Before the change is announced: a worker that pulls at once would find the old secret, or none.
        warning = self._keep(token, secrets or {})
        with self._store.write() as conn:
            if title.casefold() != account.name.casefold():
                _row_for_name(conn, "", title)
            conn.execute(
                "UPDATE account SET name = ?, fields = ?, own = ?, speaks_as = ?, next_at = NULL, checked_at = NULL"
                " WHERE id = ?",
                (title, stored, own, asked.get("name", ""), number),
            )
        if login is not None:
            self._record_check(number, login)
        if self.get(number).state == NEEDS_LOGIN and (login is not None or any((secrets or {}).values())):
            self.resume(number)
        return warning

    def give(self, number: int, secrets: Mapping[str, str]) -> str:
        """Store secrets and resume an account that needed its login; returns a sentence to show ("" if stored)."""
        account = self.get(number)
        warning = self._keep(account.token, secrets)
        if any(secrets.values()) and account.state == NEEDS_LOGIN:
            self.resume(number)
        return warning

    def check(self, number: int) -> Found:
        """Log in and record what the channel reports; resumes an account that needed its login.

        Raises UserError if the login fails.
        """
        session = self.session(number)
        try:
            login = session.check()
        finally:
            session.close()
        self._record_check(number, login)
        if self.get(number).state == NEEDS_LOGIN:
            self.resume(number)
        return login

    def keyring(self) -> str:
        """A sentence for the person if secrets cannot be stored here, else "". Blocks for up to LIMIT seconds."""
        return self._credentials.missing()

    def _free_title(self, of: Channel, asked: Mapping[str, str]) -> str:
        """The channel's title; with the host name if that is taken, to tell two blogs apart."""
        taken = {account.name.casefold() for account in self.all(removed=True)}
        if of.title.casefold() not in taken:
            return of.title
        plain = [asked.get(field.key, "") for field in of.fields if not field.secret and field.required]
        address = next(filter(None, plain), "")
        return f"{of.title}, {urlsplit(address).hostname or address}" if address else of.title

    def _record_check(self, number: int, login: Found) -> None:
        """Record what a login reported; our own names there are added to those from the form."""
        account = self.get(number)
        own = dict.fromkeys((*account.own, *(name.lower() for name in login.own)))
        with self._store.write() as conn:
            conn.execute(
                "UPDATE account SET checked_at = ?, facts = ?, own = ? WHERE id = ?",
                (clock.now(), json.dumps(dict(login.facts), ensure_ascii=False), "\n".join(own), number),
            )

    def note_facts(self, number: int, facts: Mapping[str, str]) -> None:
        """Record what the channel told of the account since its last check, beside what that told."""
        known = self.get(number).facts
        if {**known, **facts} != dict(known):
            with self._store.write() as conn:
                conn.execute(
                    "UPDATE account SET facts = ? WHERE id = ?",
                    (json.dumps({**known, **facts}, ensure_ascii=False), number),
                )

    def register(self, number: int, register: Register) -> None:
        """Record owner, access, recovery and end date of a login. Raises UserError if the date is invalid."""
        with self._store.write(tr("Changed an account's register entry")) as conn:
            conn.execute(
                "UPDATE account SET owner = ?, others = ?, recovery = ?, ends_on = ?, ends_what = ? WHERE id = ?",
                (register.owner, register.others, register.recovery, clock.day(register.ends_on),
                 register.ends_what, number),
            )  # fmt: skip

    def pause(self, number: int) -> None:
        """Do not pull or send on it until `resume`."""
        self._set_state(number, PAUSED)

    def resume(self, number: int) -> None:
        """Pull and send on it again, starting now."""
        self._set_state(number, ON)

    def remove(self, number: int) -> None:
        """End the login: deletes its secrets and its cursor; its messages stay."""
        account = self.get(number)
        self._set_state(number, REMOVED)
        with self._store.write() as conn:
            conn.execute("DELETE FROM cursor WHERE account_id = ?", (number,))
        if account.live and account.token:
            of = channel(account.kind)
            for key in (*(field.key for field in of.fields if field.secret), *of.kept):
                self._credentials.forget(account.keyring_entry(key))

    def _set_state(self, number: int, state: str) -> None:
        self.get(number)
        with self._store.write() as conn:
            conn.execute(
                "UPDATE account SET state = ?, error = '', error_at = NULL, next_at = NULL WHERE id = ?",
                (state, number),
            )

    # --- for workers

    def session(self, number: int) -> Session:
        """Open a session on the account's channel, not yet connected.

        Raises AuthNeeded if a secret is missing, UserError if the account has no login.
        """
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
            if field.secret and field.concerns(account.fields):
                dict.__setitem__(
                    secrets, field.key, self._secret(account, field.key, required=field.needed(account.fields))
                )
        for key in of.kept:
            dict.__setitem__(secrets, key, self._secret(account, key, required=False))
        return _open(account.kind, {**account.facts, **account.fields}, secrets)

    def _secret(self, account: Account, key: str, *, required: bool) -> str:
        try:
            secret = self._credentials.get(account.keyring_entry(key))
        except KeyringError as why:
            if isinstance(why, NoKeyringError) and not required:
                return ""
            msg = tr("“{label}” for “{name}” isn't available. {why}").format(
                label=_label(account, key), name=account.name, why=why
            )
            raise AuthNeeded(msg) from why
        if secret is None and required:
            msg = tr("Rapport no longer has “{label}” for “{name}”. Enter it again.").format(
                label=_label(account, key), name=account.name
            )
            raise AuthNeeded(msg)
        return secret or ""

    def note_success(self, number: int, next_at: int, trouble: str = "") -> None:
        """Record a success now; the next pull is at `next_at` (Unix seconds).

        `trouble` is a sentence on a part that could not be read, "" if there is none.
        """
        with self._store.write() as conn:
            conn.execute(
                "UPDATE account SET ok_at = ?1, error = ?2,"
                " error_at = CASE WHEN ?2 <> '' THEN coalesce(error_at, ?1) END, next_at = ?3 WHERE id = ?4",
                (clock.now(), trouble, next_at, number),
            )

    def stop_history(self, number: int, *, stopped: bool = True) -> None:
        """Stop reading an account's history, or go on with the next pull; what is new comes in all the same."""
        with self._store.write() as conn:
            keep_cursor(conn, number, {HISTORY_STOPPED: "yes" if stopped else ""})
            conn.execute("UPDATE account SET next_at = next_at WHERE id = ?", (number,))  # so that lists are told

    def put_off(self, number: int, next_at: int) -> None:
        """Postpone the next pull to `next_at` (Unix seconds)."""
        with self._store.write() as conn:
            conn.execute("UPDATE account SET next_at = ? WHERE id = ?", (next_at, number))

    def note_failure(self, number: int, sentence: str, next_at: int, *, needs_login: bool = False) -> None:
        """Record a failure now with its reason; `error_at` stays the first failure in a row."""
        with self._store.write() as conn:
            conn.execute(
                "UPDATE account SET error = ?, error_at = coalesce(error_at, ?), next_at = ?,"
                " state = CASE WHEN ? AND state = 'on' THEN 'needs_login' ELSE state END WHERE id = ?",
                (sentence, clock.now(), next_at, needs_login, number),
            )


class _Secrets(dict[str, str]):
    """An account's secrets by name; one that a session sets is stored in the keyring."""

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
    from app.accounts.discreet import discreet  # noqa: PLC0415  whoever lists accounts asks no server

    return discreet(import_module(f"app.channels.{kind}").open(fields, secrets), fields, secrets)


def _row_for_name(conn: Connection, kind: str, name: str) -> int | None:
    """The id to insert a name with: None for a new row, or that of a removed or imported account to revive.

    Raises NameTakenError if another account has the name.
    """
    row = conn.execute("SELECT id, kind, state, mode FROM account WHERE name = ? COLLATE NOCASE", (name,)).fetchone()
    if row is None:
        return None
    if row["kind"] == kind and (row["state"] == REMOVED or row["mode"] == FILE):
        return int(row["id"])
    msg = tr("There's already an account named “{name}”. Choose another name.").format(name=name)
    raise NameTakenError(msg)
