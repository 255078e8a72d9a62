"""What is inside a letter that is one object of S/MIME: the signed letter, or only that it is encrypted.

Rules: RFC 8551 (S/MIME 4.0), RFC 5652 (CMS), RFC 3274 (compressed), X.690 (BER). Programs write the outer layers with
lengths or without, and cut long content in pieces, so both are read. Nothing is checked or decrypted.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import NamedTuple

SIGNED, ENCRYPTED, COMPRESSED = "signed", "encrypted", "compressed"
INSIDE_MAX = 60_000_000
"""Bytes of a letter inside a compressed object, at most."""
_KINDS = {
    bytes.fromhex("2a864886f70d010702"): SIGNED,
    bytes.fromhex("2a864886f70d010703"): ENCRYPTED,
    bytes.fromhex("2a864886f70d010704"): ENCRYPTED,  # PKCS #7's signed and enveloped
    bytes.fromhex("2a864886f70d010706"): ENCRYPTED,
    bytes.fromhex("2a864886f70d0109100117"): ENCRYPTED,  # authEnvelopedData
    bytes.fromhex("2a864886f70d0109100109"): COMPRESSED,
}
"""By the content's object identifier, encoded."""
_DEPTH_MAX, _PIECES_MAX = 30, 200_000
_OCTETS, _SEQUENCE, _SET, _IMPLICIT_OCTETS = 0x04, 0x30, 0x31, 0x80
_MANY_BYTES = 0x80  # of a length that is itself written in several bytes, or missing
_LENGTH_BYTES_MAX = 6
_LONG_TAG = 0x1F
_CONSTRUCTED = 0x20


class Inside(NamedTuple):
    """`kind` is one of the above; `letter` are the bytes of the letter inside, b"" where there is none to read."""

    kind: str
    letter: bytes = b""


class _Piece(NamedTuple):
    """An element: its first byte, and where its content is."""

    tag: int
    begin: int
    end: int


def read(octets: bytes) -> Inside | None:
    """What an object of CMS holds; None where it is none, or is broken."""
    try:
        outer = _first(octets, 0, len(octets), _SEQUENCE)
        name, wrapped, *_ = _pieces(octets, outer)
        kind = _KINDS.get(octets[name.begin : name.end], "")
        if not kind or kind == ENCRYPTED:
            return Inside(kind) if kind else None
        data = _first(octets, wrapped.begin, wrapped.end, _SEQUENCE)
        info = [piece for piece in _pieces(octets, data) if piece.tag == _SEQUENCE][0 if kind == SIGNED else -1]
        _, *content = _pieces(octets, info)
        letter = b"".join(_octets(octets, content[0], 0)) if content else b""
    except (IndexError, ValueError):
        return None
    return Inside(kind, letter if kind == SIGNED else _decompressed(letter))


def _first(octets: bytes, begin: int, end: int, tag: int) -> _Piece:
    piece, _ = _piece(octets, begin, end, 0)
    if piece.tag != tag:
        msg = "another element"
        raise ValueError(msg)
    return piece


def _pieces(octets: bytes, outer: _Piece, depth: int = 0) -> list[_Piece]:
    """The elements inside another."""
    found: list[_Piece] = []
    at = outer.begin
    while at < outer.end and len(found) < _PIECES_MAX:
        piece, at = _piece(octets, at, outer.end, depth)
        found.append(piece)
    return found


def _piece(octets: bytes, at: int, end: int, depth: int) -> tuple[_Piece, int]:
    """The element at an offset, and the offset of what follows it. Raises ValueError or IndexError if broken."""
    tag, length = octets[at], octets[at + 1]
    at += 2
    if tag & _LONG_TAG == _LONG_TAG or depth > _DEPTH_MAX:
        msg = "too deep, or of no kind that is used here"
        raise ValueError(msg)
    if length == _MANY_BYTES and tag & _CONSTRUCTED:  # it ends with two zeros
        begin = at
        while octets[at : at + 2] != b"\0\0":
            _, at = _piece(octets, at, end, depth + 1)
        return _Piece(tag, begin, at), at + 2
    if length >= _MANY_BYTES:
        many = length - _MANY_BYTES
        length = int.from_bytes(octets[at : at + min(many, _LENGTH_BYTES_MAX)], "big")
        at += many
    if at + length > end:
        msg = "cut off"
        raise ValueError(msg)
    return _Piece(tag, at, at + length), at + length


def _octets(octets: bytes, piece: _Piece, depth: int) -> Iterator[bytes]:
    """The content of a string of octets, which may come in pieces, and in an element around it."""
    if depth > _DEPTH_MAX:
        msg = "too deep"
        raise ValueError(msg)
    if piece.tag & _CONSTRUCTED and piece.tag not in (_SEQUENCE, _SET):
        for inner in _pieces(octets, piece, depth):
            yield from _octets(octets, inner, depth + 1)
    elif piece.tag in (_OCTETS, _IMPLICIT_OCTETS):
        yield octets[piece.begin : piece.end]


def _decompressed(packed: bytes) -> bytes:
    unpack = zlib.decompressobj()
    try:
        letter = unpack.decompress(packed, INSIDE_MAX)
    except zlib.error:
        return b""
    return letter if unpack.eof else b""
