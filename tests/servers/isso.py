"""A real Isso on 127.0.0.1, with a website beside it whose pages it has comments for."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers import cache
from tests.servers.children import wait_for_door
from tests.servers.mail import free_port
from tests.servers.played import Call, Played, Reply

VERSION = "0.14.0"
PASSWORD = "manager-pw"
_CONFIG = """
[general]
dbpath = {base}/comments.db
host = {site}/
name = lemonade
notify = stdout
latest-enabled = {latest}
[server]
listen = {url}
public-endpoint = {url}
[admin]
enabled = {admin}
password = {password}
[moderation]
enabled = {moderation}
[guard]
enabled = {guard}
require-email = {require_email}
[hash]
salt = lemonade
"""
_SETTINGS = {"latest": "true", "admin": "true", "moderation": "false", "guard": "false", "require_email": "false"}


class Website(Played):
    """Any page is there, with its address as its heading."""

    def serve(self, call: Call) -> Reply:
        name = call.path.strip("/")
        page = (
            f'<!doctype html><meta name="description" content="All about {name}"><title>x</title><h1>{name} – új</h1>'
        )
        return Reply(page.encode(), 200, {"Content-Type": "text/html; charset=utf-8"})


@dataclass
class Isso:
    """The server, running, with its database's file."""

    base: Path
    url: str
    site: str

    def database(self) -> sqlite3.Connection:
        """Its database; autocommits."""
        return sqlite3.connect(self.base / "comments.db", isolation_level=None, timeout=10)

    def clear(self) -> None:
        """Take all comments away."""
        with contextlib.closing(self.database()) as found:
            found.execute("DELETE FROM comments")
            found.execute("DELETE FROM threads")


@contextlib.contextmanager
def running(zone: str = "UTC", **settings: str) -> Iterator[Isso]:
    """Isso in a folder of its own and a time zone, with these of its settings changed; it ends with the block."""
    program = cache.venv("isso", f"isso=={VERSION}") / "python"
    memory = Path("/dev/shm")  # it waits for the disk at every comment
    base = Path(tempfile.mkdtemp(prefix="rapport-isso-", dir=memory if os.access(memory, os.W_OK) else None))
    site, port = Website(), free_port()
    found = Isso(base, f"http://127.0.0.1:{port}", site.url)
    config = {**_SETTINGS, **settings, "base": str(base), "url": found.url, "site": site.url, "password": PASSWORD}
    (base / "isso.cfg").write_text(_CONFIG.format(**config))
    start = "import sys; sys.argv[0] = 'isso'; from isso import main; main()"
    with (base / "isso.log").open("wb") as log:
        command = [str(program), "-c", start, "-c", str(base / "isso.cfg"), "run"]
        child = subprocess.Popen(command, stdout=log, stderr=log, cwd=base, env={**os.environ, "TZ": zone})
    try:
        wait_for_door(child, base / "isso.log", socket.AF_INET, ("127.0.0.1", port))
        yield found
    finally:
        child.terminate()
        child.wait(10)
        site.stop()
        shutil.rmtree(base, ignore_errors=True)
