"""Files that came with letters: packed ones are searched, and those that can't be are named."""

from __future__ import annotations

import gzip
import zlib

import pytest

from app.base import clock
from app.base.message import Attached
from app.workbench import Workbench
from tests.app.addresses.test_erasing import LETTER, STREET, gift_of
from tests.app.saying import account, said

PLAIN = f"My address:\n{STREET}\n482 13 Qwertzóhely\n".encode()


@pytest.fixture
def talk(bench: Workbench) -> int:
    place, now = account(bench.store), clock.now()
    files = (
        Attached("address.txt.gz", "application/gzip", gzip.compress(PLAIN)),
        Attached("poem.txt.gz", "application/gzip", gzip.compress(b"Lemons hang over the wall")),
        Attached("scan.pdf", "application/pdf", b"%PDF-1.7 of something"),
    )
    letter = said("2", now - 50, LETTER, "maria", thread="t")._replace(attached=files)
    bench.intake.take(place, [said("1", now - 60, "Two bottles were broken.", "maria", thread="t"), letter])
    other = said("9", now - 40, "Hello", "ida", thread="u")
    bench.intake.take(place, [other._replace(attached=(Attached("hers.pdf", "application/pdf", b"%PDF-1.4 hers"),))])
    return int(bench.store.read.execute("SELECT id FROM conversation ORDER BY id").fetchone()["id"])


def test_what_is_packed_is_found_and_what_is_closed_is_named(bench: Workbench, talk: int) -> None:
    gift = gift_of(bench, talk, at=clock.now() - 55)
    offer = bench.addresses.awaited(talk)
    assert offer is not None
    bench.addresses.take(offer)
    answer = int(bench.store.read.execute("SELECT id FROM message WHERE remote_id = '2'").fetchone()["id"])
    with bench.store.write() as conn:  # the letter as it came, packed
        conn.execute(
            "INSERT INTO raw (message_id, bytes, why, packed) VALUES (?, ?, 'cut', 1)", (answer, zlib.compress(PLAIN))
        )
    done = bench.addresses.erase(gift)
    assert (done.copies.files, done.copies.unread) == (2, ("scan.pdf",))
    assert "can't be searched, so look yourself: scan.pdf." in " ".join(bench.addresses.said_after(done))
    assert bench.store.read.execute("SELECT count(*) FROM raw").fetchone()[0] == 0
    assert bench.store.read.execute("SELECT count(*) FROM attachment_bytes").fetchone()[0] == 3
