"""Compose a reply as bytes; headers are written without the email package, which would fold message ids.

The same reply always gives the same bytes (its date is fixed with it), so that a retry is recognisable.
Rules: RFC 5322, RFC 2047, RFC 2045; with files RFC 2046 (multipart/mixed), RFC 2183 and RFC 2231 (their names).
"""

from __future__ import annotations

import binascii
import hashlib
import re
from dataclasses import dataclass
from email.header import Header
from email.utils import formatdate
from urllib.parse import quote

from app.base.clock import now
from app.base.message import Attached, Reply
from app.mail.headers import MADE, original

LINE_MAX = 990  # bytes; 998 by RFC 5322
REFS_KEPT = 20
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
_NOT_ID_CHARS = re.compile(r"[^\x21\x23-\x3b\x3d\x3f-\x7e]")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*")
_PLAIN_FILE = re.compile(r"[A-Za-z0-9 !#$&'()+,.=@_-]{1,60}")
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,80}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}")
_BYTES = "application/octet-stream"
_CHARSET = "utf-8''"
_PIECE_CHARS = 54  # of a parameter on one line of 76


@dataclass(frozen=True, slots=True)
class Sender:
    """The sender of a mail."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """The part after the @."""
        return self.address.rpartition("@")[2] or "localhost"


def message_id(key: str, sender: Sender) -> str:
    """Return the Message-ID (without brackets) for an outbox key; a key that is an id already is kept."""
    bare = bare_id(key)
    return bare if "@" in bare[1:-1] else f"{bare}@{ascii_domain(sender.domain)}"


def ascii_domain(domain: str) -> str:
    """Encode a domain for DNS and SMTP (IDNA: xn--...)."""
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain.encode("ascii", "replace").decode("ascii")


def ascii_address(address: str) -> str:
    """Encode the domain of an address in ASCII; the local part is kept."""
    name, at, domain = address.strip().rpartition("@")
    return f"{name}{at}{ascii_domain(domain)}"


def compose(reply: Reply, sender: Sender) -> bytes:
    """Return the whole mail, with CRLF line ends; `reply.to` must be set."""
    lines = [
        f"From: {_mailbox(sender.name, sender.address)}",
        *_receivers(reply),
        f"Subject: {_words(_subject(reply))}",
        f"Date: {formatdate(reply.at or now())}",
        f"Message-ID: <{message_id(reply.key, sender)}>",
        *_thread(reply),
        "MIME-Version: 1.0",
    ]
    text = _text_part(reply.text)
    if not reply.files:
        return "\r\n".join([*lines, ""]).encode("utf-8") + text
    boundary = (
        "=_" + hashlib.sha256(reply.key.encode()).hexdigest()[:40]
    )  # cannot stand in Base64, nor quoted-printable
    lines += [f'Content-Type: multipart/mixed; boundary="{boundary}"', "", ""]
    parts = (text, *map(_file_part, reply.files))
    mark = f"--{boundary}\r\n".encode()
    whole = b"".join(mark + part + b"\r\n" for part in parts)
    return "\r\n".join(lines).encode("utf-8") + whole + f"--{boundary}--\r\n".encode()


def _text_part(text: str) -> bytes:
    encoding, body = _body(text)
    head = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + body


def _file_part(file: Attached) -> bytes:
    """A file as a part of its own; only Base64 keeps its bytes whatever they are."""
    kind = file.type if _TYPE.fullmatch(file.type) else _BYTES
    kind = _BYTES if kind.startswith(("multipart/", "message/")) else kind  # these may not be in Base64 (RFC 2046, 5)
    head = [
        f"Content-Type: {kind};\r\n {_parameter('name', file.name)}",
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: attachment;\r\n {_parameter('filename', file.name)}",
        "",
        "",
    ]
    return "\r\n".join(head).encode("ascii") + _base64(file.content)


def _parameter(name: str, value: str) -> str:
    """A parameter of a header; letters beyond ASCII, and what is too long for a line, by RFC 2231."""
    bare = _SPACE.sub(" ", value).strip() or "file"
    if _PLAIN_FILE.fullmatch(bare):
        return f'{name}="{bare}"'
    octets, pieces, piece = quote(bare.encode("utf-8", "replace"), safe=""), list[str](), ""
    for sign in re.findall(r"%[0-9A-F]{2}|.", octets):
        if len(piece) + len(sign) > _PIECE_CHARS:
            pieces.append(piece)
            piece = ""
        piece += sign
    pieces.append(piece)
    if len(pieces) == 1:
        return f"{name}*={_CHARSET}{pieces[0]}"
    return ";\r\n ".join(f"{name}*{at}*={'' if at else _CHARSET}{piece}" for at, piece in enumerate(pieces))


def _receivers(reply: Reply) -> list[str]:
    """The lines To and Cc, a mailbox to a line; whom a blind copy goes to is in no line."""
    first = [_mailbox(reply.to.name, reply.to.handle or reply.to.key)] if reply.to else [""]
    lines = []
    for head, role, begun in (("To", "to", first), ("Cc", "cc", [])):
        boxes = begun + [
            _mailbox(addressee.name, addressee.address) for addressee in reply.others if addressee.role == role
        ]
        if boxes:
            lines.append(f"{head}: " + ",\r\n ".join(boxes))
    return lines


def bare_id(text: str) -> str:
    """Strip what must not be in a message id in a header or command: spaces, brackets, quotes, control characters."""
    return _NOT_ID_CHARS.sub("", text)


def _is_id(ref: str) -> bool:
    """Whether it is a real Message-ID, and not one that we generated for a mail without."""
    return bool(ref) and not ref.startswith(MADE)


def _thread(reply: Reply) -> list[str]:
    parent = bare_id(original(reply.parent))
    refs = [ref for ref in dict.fromkeys(bare_id(original(ref)) for ref in reply.refs) if _is_id(ref) and ref != parent]
    refs += [parent] if _is_id(parent) else []
    if not refs:
        return []
    kept = refs if len(refs) <= REFS_KEPT else refs[:1] + refs[1 - REFS_KEPT :]
    return [f"In-Reply-To: <{kept[-1]}>", "References: " + "\r\n ".join(f"<{ref}>" for ref in kept)]


def _subject(reply: Reply) -> str:
    bare = _SPACE.sub(" ", reply.title).strip()[:400]
    if reply.subject_is_whole:
        return bare
    return f"Re: {bare}" if bare else "Re:"


def _words(text: str) -> str:
    """Encode (RFC 2047, if not ASCII) and fold a header's text."""
    return str(Header(text, "us-ascii" if text.isascii() else "utf-8", maxlinelen=76).encode(linesep="\r\n"))


def _mailbox(name: str, address: str) -> str:
    bare = _SPACE.sub(" ", name).strip()[:120]
    where = _SPACE.sub("", ascii_address(address)).replace("<", "").replace(">", "")
    if not bare or bare == address:
        return where
    if _PLAIN_NAME.fullmatch(bare):
        return f"{bare} <{where}>"
    if bare.isascii():
        quoted = bare.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{where}>'
    return f"{_words(bare)} <{where}>"


def _body(text: str) -> tuple[str, bytes]:
    """Return the transfer encoding and the encoded text: 7bit if possible, else the shorter of the other two."""
    octets = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").encode("utf-8", "replace") + b"\n"
    if octets.isascii() and max(map(len, octets.split(b"\n"))) < LINE_MAX and b"\0" not in octets:
        return "7bit", octets.replace(b"\n", b"\r\n")
    if sum(byte > 0x7F for byte in octets) * 5 < len(octets):  # noqa: PLR2004  three bytes each in quoted-printable
        return "quoted-printable", binascii.b2a_qp(octets, istext=True).replace(b"\n", b"\r\n")
    return "base64", _base64(octets.replace(b"\n", b"\r\n"))


def _base64(octets: bytes) -> bytes:
    coded = binascii.b2a_base64(octets, newline=False)
    return b"".join(coded[at : at + 76] + b"\r\n" for at in range(0, len(coded), 76))
