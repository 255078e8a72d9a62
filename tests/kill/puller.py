"""The one that is killed: pulls an account until nothing is new, saying what has been committed."""

from __future__ import annotations

import sys
from pathlib import Path

from app.channels.email import session
from app.paths import Profile
from app.workbench import Workbench
from tests.servers.mail import PASSWORD


def say(*words: object) -> None:
    """One line, out of this process before anything else happens."""
    print(*words, flush=True)  # noqa: T201  the parent reads it


def run(folder: Path) -> None:
    """Pull in small pages, so that there are many instants to be killed at."""
    session.PAGE = 7  # type: ignore[attr-defined]
    bench = Workbench(Profile(folder))
    account = bench.accounts.named("Post")
    bench.accounts.give(account.id, {"password": PASSWORD})
    bench.store.listen(lambda _: say(bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0]))
    say("ready")
    line = bench.sync.pull("Post")
    say("known", line.known)
    say("error", line.error)
    say("done")
    bench.close()


if __name__ == "__main__":
    run(Path(sys.argv[1]))
