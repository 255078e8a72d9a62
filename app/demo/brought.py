"""The demo's import: letters of an old mail program, brought in as a file, with what was left out of it."""

from __future__ import annotations

import tempfile
from email.utils import format_datetime
from pathlib import Path

from app.base import clock, resources
from app.demo.planting import Plant, Planting
from app.imports import Options

_US = ("Sítróna", "hello@sitrona.example")


def brought() -> Plant:
    """The file as it is written down: its name, when it was imported, and its letters."""
    return resources.table("demo", "brought.toml")


def plant(planting: Planting) -> None:
    """Write the mbox into a folder of its own, and import it."""
    told = brought()
    with tempfile.TemporaryDirectory(prefix="rapport-demo-") as folder:
        path = Path(folder) / told["file"]
        path.write_bytes(b"".join(_letter(planting, one) for one in told["letter"]))
        account = planting.bench.accounts.get(planting.accounts["email"])
        planting.bench.imports.run(path, Options(channel=account.name, at=planting.moment(told["at"])))


def _letter(planting: Planting, letter: Plant) -> bytes:
    """A letter below its separator."""
    sender = letter["from"]
    if sender == "us":
        sender = _US
    elif isinstance(sender, str):
        who = planting.people[sender]
        sender = (who["name"], who["identities"]["email"])
    at = clock.local(planting.moment(letter["at"]))
    lines = [
        f"From - {at:%a %b %d %H:%M:%S %Y}", letter["head"], f"From: {sender[0]} <{sender[1]}>",
        f"To: {_US[0]} <{_US[1]}>", f"Subject: {letter['subject']}", f"Message-ID: <{letter['id']}>",
        f"Date: {format_datetime(at)}", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "",
        letter["text"].strip(), "", "",
    ]  # fmt: skip
    return "\n".join(lines).encode()
