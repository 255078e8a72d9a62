"""Backups beside the file lose the address too, and stay sound; one that can't be rewritten stays, and is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.addresses import backups
from app.base import clock
from app.safety import backup
from app.safety.backup import Copy
from app.store import verify
from app.store.manifest import manifest, sha256
from app.workbench import Workbench
from tests.app.addresses.test_erasing import LETTER, STREET, gift_of, traces
from tests.app.saying import account, said


@pytest.fixture
def made(bench: Workbench) -> Copy:
    """Maria wrote where her gift goes, that was taken, and a backup was made."""
    place, now = account(bench.store), clock.now()
    bench.intake.take(place, [said("1", now - 60, "Two bottles were broken.", "maria", thread="t")])
    bench.intake.take(place, [said("2", now - 50, LETTER, "maria", thread="t")])
    talk = int(bench.store.read.execute("SELECT id FROM conversation").fetchone()["id"])
    gift_of(bench, talk, at=now - 55)
    offer = bench.addresses.awaited(talk)
    assert offer is not None
    bench.addresses.take(offer)
    return backup.make(bench.store, bench.profile)


def test_a_backup_is_rewritten_without_it_and_can_still_be_restored(bench: Workbench, made: Copy) -> None:
    gift = bench.gifts.listed("all")[0].id
    early = backup.make(bench.store, bench.profile)
    assert any(made.file.name in trace for trace in traces(bench.profile.folder))
    said_before = " ".join(bench.addresses.said_before(gift))
    assert "These backups are rewritten without it: " in said_before
    assert early.file.name in said_before  # which of the two comes first is open: they may be of one second
    assert made.file.name in said_before
    done = bench.addresses.erase(gift)
    assert sorted(done.rewritten) == sorted([made.file.name, early.file.name])
    assert done.backups == ()
    assert "It is gone from 2 backups in the profile's folder as well." in bench.addresses.said_after(done)
    assert traces(bench.profile.folder) == []
    assert verify.fault(made.file) == ""
    assert manifest(made.file).read_text().split()[0] == sha256(made.file) != made.sha256
    assert sorted(file.name for file in made.file.parent.iterdir()) == sorted(
        name for one in (made, early) for name in (one.file.name, one.manifest.name)
    )
    with verify.reading(made.file) as conn:
        texts = [row["text"] for row in conn.execute("SELECT text FROM message ORDER BY id")]
        assert texts[0] == "Two bottles were broken."
        assert texts[1].startswith("Thank you so much!\n\n[address removed on")
        assert conn.execute("SELECT count(*) FROM gift_address").fetchone()[0] == 0
    bench.close()
    backup.bring_back(bench.profile, made.file)
    again = Workbench(bench.profile)
    assert again.gifts.get(gift).address_erased_at is not None
    again.close()


def test_a_damaged_backup_stays_as_it_is_and_is_named(bench: Workbench, made: Copy) -> None:
    octets = bytearray(made.file.read_bytes())
    octets[-100] ^= 0xFF
    made.file.write_bytes(octets)
    done = bench.addresses.erase(bench.gifts.listed("all")[0].id)
    assert (done.backups, done.rewritten) == ((made.file.name,), ())
    assert made.file.read_bytes() == bytes(octets)
    assert f"could not be rewritten, and hold it until you delete them: {made.file.name}." in " ".join(
        bench.addresses.said_after(done)
    )


def test_a_disk_that_fails_leaves_the_backup_whole(
    bench: Workbench, made: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, *_rest: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = made.file.read_bytes()
    gift = bench.gifts.listed("all")[0].id
    files = backups.since(bench.profile.file, 0)
    erasure = bench.addresses._erasure(bench.gifts.get(gift))
    assert list(backups.rewrite(files, [erasure])) == []
    assert made.file.read_bytes() == before
    assert verify.fault(made.file) == ""
    assert [file.name for file in made.file.parent.glob(".*")] == []


def test_a_backup_from_before_it_came_is_left_alone(bench: Workbench, made: Copy) -> None:
    older = made.file.with_name("community-2020-01-02-030405.rapport")
    older.write_bytes(made.file.read_bytes())
    done = bench.addresses.erase(bench.gifts.listed("all")[0].id)
    assert done.rewritten == (made.file.name,)
    assert STREET.encode() in older.read_bytes()  # by its name it can't hold it
