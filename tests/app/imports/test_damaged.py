"""Archives with bytes that are wrong: a sentence, or the rest of what is in them; never a fault."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.imports import Options
from app.imports.desk import Imports
from app.intake import Intake
from app.store.store import Store
from tests.app.imports.conftest import mail, mbox

_DRY = Options(dry_run=True)


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/1.eml", mail(1))
        archive.writestr("box", mbox(mail(2), mail(3)))
        archive.writestr("WhatsApp Chat with Anna.txt", "28/11/2026, 21:05 - Anna: Open?\n")
        archive.writestr("result.json", json.dumps({"messages": [], "type": "x", "id": 1, "date_unixtime": "1"}))
        archive.writestr("people.csv", "name,email\nAnna,anna@example.org\n")
    return held.getvalue()


def _tar() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for name, raw in (("1.eml", mail(1)), ("2.eml", mail(2))):
            entry = tarfile.TarInfo(name)
            entry.size = len(raw)
            archive.addfile(entry, io.BytesIO(raw))
    return held.getvalue()


WHOLE = {"a.zip": _zip(), "a.tar.gz": _tar(), "a.csv.gz": gzip.compress(b"name,email\nAnna,anna@example.org\n" * 50)}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Imports:
    """A desk that only makes dry runs."""
    store = Store(tmp_path_factory.mktemp("d") / "x.rapport")
    return Imports(store, Intake(store))


@pytest.mark.slow
@pytest.mark.parametrize("name", WHOLE)
@given(changes=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), max_size=6), cut=st.integers(0, 400))
def test_any_damage(
    desk: Imports, tmp_path_factory: pytest.TempPathFactory, name: str, changes: list[tuple[int, int]], cut: int
) -> None:
    raw = bytearray(WHOLE[name])
    for place, byte in changes:
        raw[place % len(raw)] = byte
    path = tmp_path_factory.mktemp("z") / name
    path.write_bytes(raw[: len(raw) - cut])
    with suppress(UserError):
        desk.preview(path, _DRY)
    with suppress(UserError):
        desk.run(path, _DRY)


def test_an_archive_with_a_file_that_has_no_name_is_read(desk: Imports, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("1.eml", mail(1))
        archive.writestr("2.eml", mail(2))
    path.write_bytes(path.read_bytes().replace(b"2.eml", b"\0.eml"))
    assert desk.preview(path, _DRY).new == 2


@pytest.mark.slow
def test_a_tar_that_swells_is_refused(desk: Imports, tmp_path: Path) -> None:
    path = tmp_path / "bomb.tar.gz"
    entry = tarfile.TarInfo("1.eml")
    entry.size = 64 << 20
    with tarfile.open(path, "w:gz") as archive:
        archive.addfile(entry, io.BytesIO(bytes(entry.size)))
    with pytest.raises(UserError, match="damaged"):
        desk.preview(path)


@pytest.mark.slow
def test_gzip_that_swells_is_refused(desk: Imports, tmp_path: Path) -> None:
    path = tmp_path / "bomb.mbox.gz"
    path.write_bytes(gzip.compress(mbox(mail(1)) + b"\n" * (48 << 20)))
    with suppress(UserError):
        assert desk.preview(path).new <= 1


def test_links_and_devices_in_an_archive_are_passed_over(desk: Imports, tmp_path: Path) -> None:
    path = tmp_path / "links.tar"
    with tarfile.open(path, "w") as archive:
        for name, kind in (("1.eml", tarfile.SYMTYPE), ("2.eml", tarfile.LNKTYPE), ("3.eml", tarfile.CHRTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
        entry = tarfile.TarInfo("../4.eml")
        entry.size = len(mail(4))
        archive.addfile(entry, io.BytesIO(mail(4)))
    assert desk.preview(path).new == 1


def test_a_link_in_a_folder_is_passed_over(desk: Imports, tmp_path: Path) -> None:
    (tmp_path / "outside.eml").write_bytes(mail(1))
    top = tmp_path / "letters"
    top.mkdir()
    (top / "2.eml").write_bytes(mail(2))
    (top / "1.eml").symlink_to(tmp_path / "outside.eml")
    assert desk.preview(top).new == 1
