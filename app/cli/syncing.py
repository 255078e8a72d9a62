"""`sync` and `go`: send and fetch through the accounts, and resume that after a backup was restored."""

from __future__ import annotations

import sys
import time
from argparse import Namespace

from app.accounts.reading import in_words
from app.base import clock
from app.base.errors import UserError
from app.base.words import counted, tr
from app.cli import rounds, secrets, timer
from app.cli.arguments import Commands
from app.cli.output import Output, table
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    made = commands.add("sync", sync, tr("send what is due and fetch what is new; one line for each account"))
    made.add_argument("names", metavar=tr("NAME"), nargs="*", help=tr("only these accounts"))
    made.add_argument(
        "--secret-from-stdin",
        action="store_true",
        help=tr("read the named account's password from standard input, for this run and the keyring"),
    )
    made.add_argument(
        "--due", action="store_true",
        help=tr("only accounts that are due by their own pace; nothing while a window has the file open"),
    )  # fmt: skip
    made.add_argument(
        "--every", type=rounds.interval, metavar=tr("TIME"),
        help=tr("do what --due does every so often, such as 10m or 1h, until Ctrl+C; one line for each round"),
    )  # fmt: skip
    made.add_argument(
        "--timer",
        action="store_true",
        help=tr("write a systemd timer that does what --due does, also with no window open (with --every: how often)"),
    )
    commands.add("go", go, tr("resume sending and fetching after a backup was restored; check the outbox first"))


def go(bench: Workbench, _asked: Namespace) -> Output:
    """Resume sending and fetching if the file is on hold after a restore."""
    stood = bool(bench.standstill)
    waiting = bench.standstill.release() if stood else sum(bench.outbox.counts()[state] for state in ("held", "queued"))
    if not stood:
        return Output(
            {"stood_still": stood, "waiting": waiting},
            [tr("Nothing was on hold. Sending and fetching continue as before.")],
        )
    lines = [tr("Sending and fetching resumed. Each account is read before anything is sent there.")]
    if waiting:
        lines.append(
            counted(
                waiting,
                "{count} message waited in the file. It's looked for at its channel before it's sent; where that "
                "can't tell, you are asked.",
                "{count} messages waited in the file. Each is looked for at its channel before it's sent; where that "
                "can't tell, you are asked.",
            )
        )
    return Output({"stood_still": stood, "waiting": waiting}, lines)


def sync(bench: Workbench, asked: Namespace) -> Output:
    """Send and fetch; exit status 1 if an account failed or a reply is failed or undecided."""
    if asked.timer:
        return timer.write(bench.profile.folder, asked.every or timer.USUAL_SECONDS)
    bench.refuse_unwritable()
    if asked.secret_from_stdin:
        from app.channels.registry import offered  # noqa: PLC0415  imports every channel; most commands need none

        if len(asked.names) != 1:
            msg = tr("--secret-from-stdin needs the name of exactly one account.")
            raise UserError(msg)
        account = bench.accounts.named(asked.names[0])
        bench.accounts.give(account.id, secrets.from_stdin(offered(account.kind), account.fields))
    if asked.every:
        rounds.go_on(bench, asked.names, asked.every, as_json=getattr(asked, "json", False))
    bench.inbox.wake(clock.now())
    bench.do_what_is_due()
    if asked.due:
        return rounds.run_round(bench, asked.names, _Progress())
    lines = bench.sync.run(asked.names, _Progress())
    cells = [(line.account, rounds.counts(line), line.error) for line in lines]
    status = 1 if any(map(rounds.is_bad, lines)) else 0
    return Output(rounds.shapes(lines), table(cells) or [tr("No accounts connected yet.")], status)


class _Progress:
    """Says on standard error how far the reading of a history is, at most once a second."""

    def __init__(self) -> None:
        self._said_at = 0.0

    def __call__(self, account: str, read: int, total: int) -> None:
        """Say it, if it has not just been said."""
        if time.monotonic() - self._said_at >= 1 or read >= total:
            self._said_at = time.monotonic()
            print(f"{account}: {in_words(read, total)}", file=sys.stderr, flush=True)  # noqa: T201
