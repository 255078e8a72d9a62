"""The one that is killed: pulls an account, newest letters first, saying what has been committed, and waiting then."""

from __future__ import annotations

import sys
from pathlib import Path

from app.base.paths import Profile
from app.channels.email import reading
from app.store.changes import Changes
from app.workbench import Workbench
from tests.kill.sender import say, wait
from tests.servers.mail import PASSWORD


def run(folder: Path) -> None:
    """Pull in small pages, so that there are many instants to be killed at."""
    reading.PAGE = 7  # type: ignore[attr-defined]
    bench = Workbench(Profile(folder))
    account = bench.accounts.named("Post")
    bench.accounts.give(account.id, {"password": PASSWORD})

    def committed(_found: Changes) -> None:
        say("COMMITTED", bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0])
        wait()

    bench.store.listen(committed)
    line = bench.sync.pull("Post")
    say("known", line.known)
    say("error", line.error)
    say("DONE")
    bench.close()


if __name__ == "__main__":
    run(Path(sys.argv[1]))
