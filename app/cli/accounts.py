"""`account add|list|check|remove` and `sync`: the logins, and what comes and goes through them."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from app import clock
from app.cli.answers import Answer, iso, table, when
from app.cli.arguments import Commands
from app.cli.shapes import Shape, spoken
from app.cli.telling import tell
from app.errors import UserError
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.accounts import Account
    from app.channels.base import Field
    from app.sync import Pulled

_LONGEST = 65_536
_FROM_STDIN = "read the password from standard input; several secrets one a line as key=value"


def add(commands: Commands) -> None:
    """The commands."""
    group = commands.group("account", "the logins; passwords go to the keyring of this machine")
    made = group.add("add", new, "connect an account; without --secret-from-stdin the password is asked for")
    made.add_argument("kind", metavar="KIND", help="email, ...")
    made.add_argument("name", metavar="NAME", help="how the account is called here")
    made.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help="an answer to the account's form")
    made.add_argument("--secret-from-stdin", action="store_true", help=_FROM_STDIN)
    made.add_argument("--check", action="store_true", help="log in at once; where that fails nothing is kept")
    group.add("list", show_list, "list the accounts")
    made = group.add("check", check, "log in for real and say what was found")
    made.add_argument("name", metavar="NAME")
    made.add_argument("--secret-from-stdin", action="store_true", help=f"give it anew: {_FROM_STDIN}")
    made = group.add("remove", remove, "end a login; what was said on it stays")
    made.add_argument("name", metavar="NAME")
    made = commands.add("sync", sync, "send what is due and fetch what is new; one line for each account")
    made.add_argument("names", metavar="NAME", nargs="*", help="only these accounts")
    made.add_argument(
        "--secret-from-stdin", action="store_true", help="of the one account named, for this run and the keyring"
    )


def _pairs(texts: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for text in texts:
        key, sign, value = text.partition("=")
        if not sign:
            msg = f"“{text}” sets nothing: write KEY=VALUE."
            raise UserError(msg)
        values[key.strip()] = value
    return values


def _secret_fields(kind: str) -> list[Field]:
    from app.accounts import channel  # noqa: PLC0415  channels are loaded by who speaks with them

    return [field for field in channel(kind).fields if field.secret]


def secrets_from_stdin(kind: str) -> dict[str, str]:
    """The secrets of such an account as they came on standard input: one alone, or a line `key=value` for each."""
    fields = _secret_fields(kind)
    text = sys.stdin.read(_LONGEST).rstrip("\r\n")
    if not text:
        msg = "Nothing came on standard input: the password was to be read there."
        raise UserError(msg)
    if len(fields) == 1:
        return {fields[0].key: text}
    return {key: value for key, value in _pairs(text.splitlines()).items() if key in {field.key for field in fields}}


def _asked_for(kind: str, *, from_stdin: bool) -> dict[str, str]:
    fields = _secret_fields(kind)
    if from_stdin:
        return secrets_from_stdin(kind)
    if not fields:
        return {}
    if not sys.stdin.isatty():
        msg = f"“{fields[0].label}” is missing: pipe it in and say --secret-from-stdin."
        raise UserError(msg)
    return {field.key: getpass.getpass(f"{field.label}: ") for field in fields}


def new(bench: Workbench, asked: Namespace) -> Answer:
    """The account; with --check it is one that works, or it is not there."""
    from app.accounts.form import answered, offered  # noqa: PLC0415  as above

    fields = _pairs(asked.set)
    secret = sorted(set(fields) & {field.key for field in _secret_fields(asked.kind)})
    if secret:
        msg = f"“{secret[0]}” is a secret, and others can read a command line: use --secret-from-stdin."
        raise UserError(msg)
    answered(offered(asked.kind), fields)  # before the person is asked for a password
    made, note = bench.accounts.add(
        asked.kind, asked.name, fields, _asked_for(asked.kind, from_stdin=asked.secret_from_stdin)
    )
    if note:
        tell(note)
    found = None
    if asked.check:
        try:
            found = bench.accounts.check(made.id).sentence
        except UserError:
            bench.accounts.remove(made.id)
            raise
    told = {**account(bench.accounts.get(made.id)), "check": found, "note": note or None}
    return Answer(told, [f"“{made.name}” is connected. {found or 'Next: account check, then sync.'}"])


def show_list(bench: Workbench, _asked: Namespace) -> Answer:
    """The accounts by name."""
    found = bench.accounts.all()
    cells = [(one.name, one.kind, one.mode, spoken(one.state), when(one.ok_at), one.error) for one in found]
    return Answer([account(one) for one in found], table(cells) or ["No account is connected yet."])


def account(one: Account) -> Shape:
    """An account as JSON; never a secret."""
    return {
        "name": one.name, "kind": one.kind, "mode": one.mode, "state": spoken(one.state), "own": list(one.own),
        "speaks_as": one.speaks_as, "fields": dict(one.fields), "ok_at": iso(one.ok_at), "error": one.error or None,
        "error_at": iso(one.error_at), "next_at": iso(one.next_at),
    }  # fmt: skip


def check(bench: Workbench, asked: Namespace) -> Answer:
    """What a login found."""
    one = bench.accounts.named(asked.name)
    if asked.secret_from_stdin:
        note = bench.accounts.give(one.id, secrets_from_stdin(one.kind))
        if note:
            tell(note)
    found = bench.accounts.check(one.id).sentence
    return Answer({**account(bench.accounts.get(one.id)), "check": found}, [found])


def remove(bench: Workbench, asked: Namespace) -> Answer:
    """The account as it is now: removed."""
    one = bench.accounts.named(asked.name)
    bench.accounts.remove(one.id)
    return Answer(
        account(bench.accounts.get(one.id)), [f"“{one.name}” is no longer connected; what was said on it stays."]
    )


def sync(bench: Workbench, asked: Namespace) -> Answer:
    """A line for each account; status 1 where one could not be read or a reply did not go out."""
    if asked.secret_from_stdin:
        if len(asked.names) != 1:
            msg = "--secret-from-stdin goes with the name of one account."
            raise UserError(msg)
        one = bench.accounts.named(asked.names[0])
        bench.accounts.give(one.id, secrets_from_stdin(one.kind))
    bench.inbox.wake(clock.now())
    lines = bench.sync.run(asked.names)
    told = [
        {
            "account": one.account, "new": one.new, "known": one.known, "changed": one.changed, "sent": one.sent,
            "failed": one.failed, "undecided": one.undecided, "error": one.error or None,
        }
        for one in lines
    ]  # fmt: skip
    cells = [(one.account, _counts(one), one.error) for one in lines]
    bad = any(one.error or one.failed or one.undecided for one in lines)
    return Answer(told, table(cells) or ["No account is connected yet."], 1 if bad else 0)


def _counts(one: Pulled) -> str:
    counts = (
        ("new", one.new),
        ("changed", one.changed),
        ("sent", one.sent),
        ("failed", one.failed),
        ("undecided", one.undecided),
    )
    return ", ".join(f"{number} {word}" for word, number in counts if number) or "nothing new"
