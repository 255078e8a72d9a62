"""Letters that wrap others, written byte by byte after the formats' own rules."""

from __future__ import annotations

import struct
import zlib
from base64 import encodebytes

SIGNED, ENVELOPED = "2a864886f70d010702", "2a864886f70d010703"
AUTHENTICATED, COMPRESSED = "2a864886f70d0109100117", "2a864886f70d0109100109"
DATA = "2a864886f70d010701"


def letter(body: str | bytes, **headers: str) -> bytes:
    """A mail with these headers; underscores stand for hyphens."""
    given = {"From": "Ada <ada@x.is>", "Subject": "A thing", "Message-ID": "<1@x>"}
    given["Date"] = "Mon, 6 Jan 2025 10:11:12 +0100"
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value)
    return head.encode() + b"\r\n" + (body.encode() if isinstance(body, str) else body)


def multi(kind: str, *parts: str, more: str = "") -> bytes:
    """A mail of several parts, each with its own head."""
    body = "".join(f"--b\r\n{part}\r\n" for part in parts) + "--b--\r\n"
    return letter(body, Content_Type=f'multipart/{kind}; boundary="b"{more}')


def base64(content: bytes) -> str:
    """Content as a part has it, below its own head."""
    return f"Content-Transfer-Encoding: base64\r\n\r\n{encodebytes(content).decode()}"


# --- S/MIME: the syntax is that of RFC 5652, its encoding X.690


def element(tag: int, content: bytes, *, open_ended: bool = False) -> bytes:
    """One element, with its length or, as programs write that do not know it yet, closed by two zeros."""
    if open_ended:
        return bytes([tag, 0x80]) + content + b"\0\0"
    many = len(content)
    if many < 128:
        return bytes([tag, many]) + content
    size = many.to_bytes((many.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + content


def signed(inside: bytes, *, open_ended: bool = False, piece: int = 0) -> bytes:
    """A letter with its signature in one object; the content in pieces of that many bytes, in one for 0."""
    octets = element(0x04, inside)
    if piece:
        cut = b"".join(element(0x04, inside[at : at + piece]) for at in range(0, len(inside), piece))
        octets = element(0x24, cut, open_ended=open_ended)
    name = element(0x06, bytes.fromhex(DATA))
    info = element(0x30, name + element(0xA0, octets, open_ended=open_ended), open_ended=open_ended)
    data = element(0x02, b"\1") + element(0x31, b"") + info + element(0x31, b"")
    return cms(SIGNED, element(0x30, data, open_ended=open_ended), open_ended=open_ended)


def compressed(inside: bytes) -> bytes:
    """A letter in an object of RFC 3274."""
    name = element(0x06, bytes.fromhex(DATA))
    info = element(0x30, name + element(0xA0, element(0x04, zlib.compress(inside))))
    how = element(0x30, element(0x06, bytes.fromhex("2a864886f70d0109100308")))
    return cms(COMPRESSED, element(0x30, element(0x02, b"\0") + how + info))


def cms(kind: str, content: bytes, *, open_ended: bool = False) -> bytes:
    """The outermost object."""
    name = element(0x06, bytes.fromhex(kind))
    return element(0x30, name + element(0xA0, content, open_ended=open_ended), open_ended=open_ended)


TEXT_CODEPAGE, TITLE, BODY = 0x69007, 0x18010, 0x2800C
BEGINS_FILE, DATA_OF_FILE, FILE_PROPERTIES, PROPERTIES = 0x69002, 0x6800F, 0x69005, 0x69003


def attribute(kind: int, content: bytes, level: int = 1) -> bytes:
    """One attribute with its check sum."""
    return struct.pack("<BII", level, kind, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)


def tnef(*attributes: bytes) -> bytes:
    """A whole `winmail.dat`."""
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


def properties(*each: tuple[int, int, bytes]) -> bytes:
    """A block of properties: (type, number, value); those of a length of their own get it before them."""
    block = struct.pack("<I", len(each))
    for kind, number, value in each:
        block += struct.pack("<HH", kind, number)
        if kind in (0x1E, 0x1F, 0x102, 0x0D):
            block += struct.pack("<II", 1, len(value)) + value + b"\0" * (-len(value) % 4)
        else:
            block += value
    return block


def file_in_tnef(name: str, content: bytes, *more: tuple[int, int, bytes]) -> bytes:
    """The attributes of a file."""
    begin = attribute(BEGINS_FILE, b"\0" * 14, 2)
    named = properties((0x1F, 0x3707, f"{name}\0".encode("utf-16-le")), *more)
    return begin + attribute(DATA_OF_FILE, content, 2) + attribute(FILE_PROPERTIES, named, 2)


def plain_rtf(rtf: bytes) -> bytes:
    """RTF in its packed form, with nothing compressed but each byte written as it is."""
    body = b"".join(b"\0" + rtf[at : at + 8] for at in range(0, len(rtf), 8))
    return struct.pack("<IIII", len(body) + 12, len(rtf), 0x75465A4C, 0) + body
