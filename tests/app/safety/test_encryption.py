"""Backups that are encrypted with a passphrase: whole again with it, nothing without it."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.base.errors import UserError
from app.safety import encryption
from app.store.manifest import manifest

pyrage = pytest.importorskip("pyrage")
PHRASE = "čtyři slova, která zůstanou"
WORDS = b"What Mei wrote about her grandmother. " * 5_000


@pytest.fixture(scope="module")
def key() -> encryption.Key:
    """A key, made once: that takes a second."""
    return encryption.new_key(PHRASE)


@pytest.fixture
def locked(tmp_path: Path, key: encryption.Key) -> Path:
    """An encrypted backup."""
    file = tmp_path / "community-daily-2026-12-03-101500.rapport"
    file.write_bytes(WORDS)
    target = tmp_path / "stick" / f"{file.name}.zip"
    encryption.encrypt(file, target, key)
    return target


def test_with_the_passphrase_it_is_whole_again(locked: Path, tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()
    made = encryption.decrypt(locked, f" {PHRASE}\n", backups)
    assert made == backups / "community-daily-2026-12-03-101500.rapport"
    assert made.read_bytes() == WORDS
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert manifest(made).exists()
    again = encryption.decrypt(locked, PHRASE, backups)
    assert (again.name, again.read_bytes()) == ("community-daily-2026-12-03-101500-2.rapport", WORDS)


def test_a_letter_may_be_typed_in_two_ways(locked: Path, tmp_path: Path) -> None:
    decomposed = PHRASE.replace("č", "c\u030c").replace("ř", "r\u030c").replace("á", "a\u0301").replace("ů", "u\u030a")
    assert decomposed != PHRASE
    assert encryption.decrypt(locked, decomposed, tmp_path).read_bytes() == WORDS


def test_without_it_there_is_nothing_to_be_read(locked: Path, tmp_path: Path) -> None:
    assert b"grandmother" not in locked.read_bytes()
    assert PHRASE.encode() not in locked.read_bytes()
    assert stat.S_IMODE(locked.stat().st_mode) == 0o600
    before = set(tmp_path.rglob("*"))
    with pytest.raises(UserError, match="isn't the passphrase"):
        encryption.decrypt(locked, "five other words to try", tmp_path)
    assert set(tmp_path.rglob("*")) == before


def test_it_is_what_age_reads(locked: Path) -> None:
    with zipfile.ZipFile(locked) as packed:
        pair = pyrage.passphrase.decrypt(packed.read("key.age"), PHRASE).decode().strip()
        assert pyrage.decrypt(packed.read("community.age"), [pyrage.x25519.Identity.from_str(pair)]) == WORDS


@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_a_damaged_one_is_refused_and_leaves_nothing(locked: Path, tmp_path: Path, share: float) -> None:
    octets = bytearray(locked.read_bytes())
    octets[int(len(octets) * share)] ^= 1
    locked.write_bytes(octets)
    before = set(tmp_path.rglob("*"))
    with pytest.raises(UserError, match=r"damaged|isn't the passphrase"):
        encryption.decrypt(locked, PHRASE, tmp_path)
    assert set(tmp_path.rglob("*")) == before


def test_one_that_was_cut_short_is_refused(locked: Path, tmp_path: Path) -> None:
    locked.write_bytes(locked.read_bytes()[:-200])
    assert not encryption.is_encrypted(locked)
    with pytest.raises(UserError, match="is damaged"):
        encryption.decrypt(locked, PHRASE, tmp_path)


def test_a_folder_that_cannot_be_written_is_named(locked: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=r"couldn't be decrypted into .*nowhere"):
        encryption.decrypt(locked, PHRASE, tmp_path / "file" / "nowhere")


@settings(max_examples=30, deadline=None)
@given(octets=st.binary(max_size=400), ending=st.sampled_from([".zip", ".rapport", ""]))
def test_any_other_file_is_none(octets: bytes, ending: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("other") / f"file{ending}"
    file.write_bytes(octets)
    assert not encryption.is_encrypted(file)


def test_another_zip_is_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("key.age", "x")
    assert not encryption.is_encrypted(tmp_path / "a.zip")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(UserError, match="at least 10 characters"):
        encryption.new_key("  citron   ")
