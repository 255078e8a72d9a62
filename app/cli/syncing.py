"""`sync` and `go`: send and fetch through the accounts, and resume that after a backup was restored."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from typing import TYPE_CHECKING

from app.accounts.reading import in_words, left_in_words
from app.base import clock
from app.base.errors import UserError
from app.base.words import counted, tr
from app.cli import secrets
from app.cli.arguments import Commands
from app.cli.output import Output, table
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.sync import Pulled


def add(commands: Commands) -> None:
    """Add the commands."""
    made = commands.add("sync", sync, tr("send what is due and fetch what is new; one line for each account"))
    made.add_argument("names", metavar=tr("NAME"), nargs="*", help=tr("only these accounts"))
    made.add_argument(
        "--secret-from-stdin",
        action="store_true",
        help=tr("read the named account's password from standard input, for this run and the keyring"),
    )
    commands.add("go", go, tr("resume sending and fetching after a backup was restored; check the outbox first"))


def go(bench: Workbench, _asked: Namespace) -> Output:
    """Resume sending and fetching if the file is on hold after a restore."""
    stood = bool(bench.standstill)
    if stood:
        bench.standstill.release()
    waiting = sum(bench.outbox.counts().get(state, 0) for state in ("held", "queued"))
    sentence = (
        tr("Sending and fetching resumed.")
        if stood
        else tr("Nothing was on hold. Sending and fetching continue as before.")
    )
    return Output({"stood_still": stood, "waiting": waiting}, [sentence])


def sync(bench: Workbench, asked: Namespace) -> Output:
    """Send and fetch; exit status 1 if an account failed or a reply is failed or undecided."""
    if asked.secret_from_stdin:
        from app.channels.registry import offered  # noqa: PLC0415  imports every channel; most commands need none

        if len(asked.names) != 1:
            msg = tr("--secret-from-stdin needs the name of exactly one account.")
            raise UserError(msg)
        account = bench.accounts.named(asked.names[0])
        bench.accounts.give(account.id, secrets.from_stdin(offered(account.kind), account.fields))
    bench.inbox.wake(clock.now())
    lines = bench.sync.run(asked.names, _Progress())
    shapes = [
        {
            "account": line.account,
            "new": line.new,
            "known": line.known,
            "changed": line.changed,
            "sent": line.sent,
            "failed": line.failed,
            "undecided": line.undecided,
            "left": line.left,
            "error": line.error or None,
        }
        for line in lines
    ]
    cells = [(line.account, _counts(line), line.error) for line in lines]
    bad = any(line.error or line.failed or line.undecided for line in lines)
    return Output(shapes, table(cells) or [tr("No accounts connected yet.")], 1 if bad else 0)


def _counts(line: Pulled) -> str:
    counts = (
        counted(line.new, "{count} new", "{count} new"),
        counted(line.changed, "{count} changed", "{count} changed"),
        counted(line.sent, "{count} sent", "{count} sent"),
        counted(line.failed, "{count} failed", "{count} failed"),
        counted(line.undecided, "{count} undecided", "{count} undecided"),
    )
    numbers = (line.new, line.changed, line.sent, line.failed, line.undecided)
    parts = [text for text, number in zip(counts, numbers, strict=True) if number] or [tr("nothing new")]
    return ", ".join([*parts, *([left_in_words(line.left)] if line.left else [])])


class _Progress:
    """Says on standard error how far the reading of a history is, at most once a second."""

    def __init__(self) -> None:
        self._said_at = 0.0

    def __call__(self, account: str, read: int, total: int) -> None:
        """Say it, if it has not just been said."""
        if time.monotonic() - self._said_at >= 1 or read >= total:
            self._said_at = time.monotonic()
            print(f"{account}: {in_words(read, total)}", file=sys.stderr, flush=True)  # noqa: T201
