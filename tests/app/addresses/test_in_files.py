"""An address is found in a file however it is packed, and however large it is; what can't be searched is told apart."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import os
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.addresses import in_files
from app.addresses.anywhere import Address
from app.addresses.in_files import CLEAN, HOLDS, UNREAD, search_bytes

STREET = "Zyxwvoustræti 1247b"
WANTED = [Address((STREET,), "482 13", "Qwertzóhely")]
TEXT = f"Send it to\n{STREET}\n482 13 Qwertzóhely\nplease"


def zipped(*parts: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return made.getvalue()


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zip": lambda octets: zipped(("a.txt", b"nothing"), ("b/c.txt", octets)),
    "zip in zip": lambda octets: zipped(("inner.zip", zipped(("a.txt", octets)))),
    "a letter in base64": lambda octets: b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(octets),
    "a letter in base64, gz": lambda octets: gzip.compress(b"X: y\n\n" + base64.encodebytes(octets)),
}


@pytest.mark.parametrize("way", WAYS)
def test_it_is_found_however_it_is_packed(way: str) -> None:
    assert search_bytes(WAYS[way](TEXT.encode()), WANTED) == HOLDS
    assert search_bytes(WAYS[way](b"Nothing of it, but 1247b and Zyx"), WANTED) == CLEAN


def test_a_documents_words_lie_in_several_tags() -> None:
    runs = "<w:t>Zyxwvou</w:t></w:r><w:r><w:t>stræti</w:t></w:r><w:r><w:t xml:space='preserve'> 1247b</w:t>"
    assert search_bytes(zipped(("word/document.xml", f"<w:p>{runs}</w:p>".encode())), WANTED) == HOLDS
    assert search_bytes(f"<p>Zyxwvoustr&aelig;ti<br>{STREET.replace(' ', '<br>')}</p>".encode(), WANTED) == HOLDS


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-be", "cp1252", "cp1250"])
def test_other_character_sets(charset: str) -> None:
    street = "Zyxwvou ő 1247" if charset == "cp1250" else STREET
    octets = street.encode(charset)
    octets = b"\xfe\xff" + octets if charset == "utf-16-be" else octets
    assert search_bytes(octets, [Address((street,), "", "")]) == HOLDS


def test_a_large_file_is_read_in_pieces_and_the_seams_are_no_hiding_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_files, "_PIECE", 256)
    monkeypatch.setattr(in_files, "_OVERLAP", 64)
    for before in range(230, 280):
        assert search_bytes(b"x " * (before // 2) + b" " * (before % 2) + TEXT.encode() + b" y" * 900, WANTED) == HOLDS


def test_what_can_not_be_searched_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    for octets in (
        b"%PDF-1.7 ...",
        b"Rar!\x1a\x07",
        b"7z\xbc\xaf\x27\x1c",
        zipped(("a", b"x"))[:-10],
        b"\x1f\x8bbroken",
    ):
        assert search_bytes(octets, WANTED) == UNREAD
    deep = TEXT.encode()
    for _ in range(6):
        deep = zipped(("inner.zip", deep))
    assert search_bytes(deep, WANTED) == UNREAD
    bounds = in_files._Bounds(1_000, 3)
    monkeypatch.setattr(in_files, "_Bounds", lambda: bounds)
    assert search_bytes(gzip.compress(os.urandom(5_000).hex().encode()), WANTED) == UNREAD
    bounds.octets = 1_000
    assert search_bytes(zipped(*((f"{number}.txt", b"x") for number in range(5))), WANTED) == UNREAD


def test_a_trap_is_not_unpacked() -> None:
    assert search_bytes(zipped(("bomb", b"\n" * 50_000_000)), WANTED) == UNREAD


def test_a_picture_holds_no_words() -> None:
    assert search_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + os.urandom(2_000), WANTED) == CLEAN


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\xff\xfe"])
)
def test_any_bytes_come_to_an_end(octets: bytes, start: bytes) -> None:
    assert search_bytes(start + octets, WANTED) in (CLEAN, UNREAD)
