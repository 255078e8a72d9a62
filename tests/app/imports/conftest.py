"""What tests of imports share: a desk on an empty file, and small mailboxes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.imports.desk import Imports
from app.intake import Intake
from app.store.store import Store

OWN = "hello@brand.example"
Write = Callable[[str, str | bytes], Path]


def mail(number: int, text: str = "Góðan dag", *, sender: str = "anna@example.is", answers: int | None = None) -> bytes:
    """One plain mail."""
    refs = f"In-Reply-To: <{answers}@example.is>\n" if answers is not None else ""
    return (
        f"From: Anna <{sender}>\nTo: {OWN}\nMessage-ID: <{number}@example.is>\n{refs}"
        f"Date: Mon, 1 Jan 2024 10:{number % 60:02d}:00 +0000\nSubject: Limonadi\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    ).encode()


def mbox(*mails: bytes) -> bytes:
    """The mails as an mbox."""
    return b"".join(
        b"From x@y Mon Jan  1 10:00:00 2024\n" + one.replace(b"\nFrom ", b"\n>From ") + b"\n" for one in mails
    )


@pytest.fixture
def imports(store: Store) -> Imports:
    return Imports(store, Intake(store))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of that name and content into a folder of this test."""

    def put(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


def counts(store: Store) -> dict[str, int]:
    """Rows of every table that an import writes to."""
    tables = (
        "account",
        "conversation",
        "message",
        "identity",
        "member",
        "member_index",
        "raw",
        "attachment",
        "attachment_bytes",
        "tally",
        "thread_ref",
    )
    return {table: store.read.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
