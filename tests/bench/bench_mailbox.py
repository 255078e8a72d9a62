"""A mailbox is connected for the first time, against a bare fetch of the same letters from the same Dovecot."""

from __future__ import annotations

import imaplib
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from app.base.paths import Profile
from app.workbench import Workbench
from tests.bench.mails import write_maildir
from tests.bench.measure import Result, seconds
from tests.servers import mail
from tests.servers.mail import PASSWORD, MailServer

_MOST = 20_000  # letters; more only takes longer
_PAGE = 200


def run(folder: Path, size: int) -> Iterator[Result]:
    """How soon the newest letters are in the list, and letters a second until all are; none without Dovecot."""
    if shutil.which("dovecot", path="/usr/sbin:/sbin:" + os.environ.get("PATH", os.defpath)) is None:
        return
    count = min(size, _MOST)
    with mail.running() as server:
        for name in ("bare", "jana"):  # each its own, as a server reads a folder faster the second time
            _fill(server, name, count)
        bare = count / seconds(lambda: _fetch(server, count))
        first, all_in, stored = _connect(folder / "mailbox", server)
    note = "" if stored == count else f"ONLY {stored:,} OF {count:,} CAME IN"
    yield Result("newest letters in the list after connecting", first * 1000, "ms", at_most=3000, note=note)
    yield Result("a mailbox, letters a second (bare: imaplib)", count / all_in, "/s", bare, at_least=1500, note=note)


def _fill(server: MailServer, name: str, count: int) -> None:
    root = server.base / "mail" / name
    write_maildir(root, count)
    if os.getuid() == 0:
        mail.hand_over(root)


def _fetch(server: MailServer, count: int) -> None:
    """Every letter, whole, in pages as large as ours."""
    box = imaplib.IMAP4("127.0.0.1", server.imap)
    box.login("bare", PASSWORD)
    box.select(readonly=True)
    for begin in range(1, count + 1, _PAGE):
        box.fetch(f"{begin}:{min(count, begin + _PAGE - 1)}", "(UID FLAGS INTERNALDATE BODY.PEEK[])")
    box.logout()


def _connect(folder: Path, server: MailServer) -> tuple[float, float, int]:
    """Seconds until the first page is in the list and until all is in, from connecting on; how many are stored."""
    bench = Workbench(Profile(folder))
    looked = threading.Event()
    begun = time.perf_counter()
    first = [0.0]

    def look(_changes: object) -> None:
        if not looked.is_set() and any(bench.inbox.counts().values()):
            first[0] = time.perf_counter() - begun
            looked.set()

    bench.store.listen(look)
    fields = server.fields("jana")
    bench.accounts.add(
        "email", "Post", fields, {"password": PASSWORD}, bench.accounts.try_out("email", fields, {"password": PASSWORD})
    )
    line = bench.sync.pull("Post")
    all_in = time.perf_counter() - begun
    assert line.error == "", line.error
    bench.close()
    return first[0], all_in, line.new
