"""`sync` and `go`: what comes and goes through the accounts, and the word that lets it after a restored backup."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from app.base import clock
from app.base.errors import UserError
from app.base.words import tr
from app.cli import secrets
from app.cli.answers import Answer, table
from app.cli.arguments import Commands
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.sync import Pulled


def add(commands: Commands) -> None:
    """The commands."""
    made = commands.add("sync", sync, "send what is due and fetch what is new; one line for each account")
    made.add_argument("names", metavar="NAME", nargs="*", help="only these accounts")
    made.add_argument(
        "--secret-from-stdin",
        action="store_true",
        help="read the named account's password from standard input, for this run and the keyring",
    )
    commands.add("go", go, "resume sending and fetching after a backup was restored; check the outbox first")


def go(bench: Workbench, _asked: Namespace) -> Answer:
    """Whether the file stood still until now, and what waits to go out."""
    stood = bool(bench.standstill)
    if stood:
        bench.standstill.go()
    waiting = sum(bench.outbox.counts().get(state, 0) for state in ("held", "queued"))
    said = (
        tr("Sending and fetching resumed.")
        if stood
        else tr("Nothing was on hold. Sending and fetching continue as before.")
    )
    return Answer({"stood_still": stood, "waiting": waiting}, [said])


def sync(bench: Workbench, asked: Namespace) -> Answer:
    """A line for each account; status 1 where one could not be read or a reply did not go out."""
    if asked.secret_from_stdin:
        from app.channels.registry import offered  # noqa: PLC0415  channels are loaded by who speaks with them

        if len(asked.names) != 1:
            msg = "--secret-from-stdin needs the name of exactly one account."
            raise UserError(msg)
        one = bench.accounts.named(asked.names[0])
        bench.accounts.give(one.id, secrets.from_stdin(offered(one.kind)))
    bench.inbox.wake(clock.now())
    lines = bench.sync.run(asked.names)
    told = [
        {
            "account": one.account,
            "new": one.new,
            "known": one.known,
            "changed": one.changed,
            "sent": one.sent,
            "failed": one.failed,
            "undecided": one.undecided,
            "error": one.error or None,
        }
        for one in lines
    ]
    cells = [(one.account, _counts(one), one.error) for one in lines]
    bad = any(one.error or one.failed or one.undecided for one in lines)
    return Answer(told, table(cells) or [tr("No accounts connected yet.")], 1 if bad else 0)


def _counts(one: Pulled) -> str:
    counts = (
        ("new", one.new),
        ("changed", one.changed),
        ("sent", one.sent),
        ("failed", one.failed),
        ("undecided", one.undecided),
    )
    return ", ".join(f"{number} {word}" for word, number in counts if number) or "nothing new"
