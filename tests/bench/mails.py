"""Synthetic mail: the community's texts as RFC 5322 with the headers that real mail drags along."""

from __future__ import annotations

import quopri
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime
from itertools import islice
from pathlib import Path
from random import Random

from app.base.message import Incoming
from tests.bench.community import OWN, messages


def raws(count: int, seed: int = 7) -> Iterator[bytes]:
    """So many mails, half of them plain, a third with an HTML twin, in threads, in several encodings."""
    random = Random(seed)
    last: dict[str, str] = {}
    for item in messages(count, 0, 1, seed):
        message_id = f"{item.remote_id}.{random.randrange(10**9)}@mx.example.net"
        yield _mail(random, item, message_id, last.get(item.thread))
        last[item.thread] = message_id


def _mail(random: Random, item: Incoming, message_id: str, answers: str | None) -> bytes:
    stamp = format_datetime(datetime.fromtimestamp(item.at, UTC))
    name = Header(item.author.name, "utf-8").encode()
    head = [
        f"Return-Path: <{item.author.handle}>",
        *(f"Received: from relay{n}.example.net (relay{n}.example.net [192.0.2.{n}])\r\n\tby mx{n}.example.org"
          f" with ESMTPS id {random.randrange(16**12):012x}\r\n\tfor <{OWN}>; {stamp}" for n in range(1, 4)),
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=k1;\r\n\tb="
        + b64encode(random.randbytes(128)).decode(),
        f"From: {name} <{item.author.handle}>",
        f"To: {OWN if not item.out else 'somebody@example.net'}",
        f"Subject: {Header(('Re: ' if answers else '') + item.title, 'utf-8').encode()}",
        f"Date: {stamp}",
        f"Message-ID: <{message_id}>",
        *([f"In-Reply-To: <{answers}>", f"References: <{answers}>"] if answers else []),
        "MIME-Version: 1.0",
        "User-Agent: Bench/1.0",
    ]  # fmt: skip
    text = item.text.replace(". ", ".\n")
    kind = random.random()
    body = _twins(head, text) if kind < 0.33 else _plain(head, text, quoted=kind < 0.66)
    return ("\r\n".join(head) + "\r\n\r\n").encode().replace(b"\r\n", b"\n") + body


def _plain(head: list[str], text: str, *, quoted: bool) -> bytes:
    head.append("Content-Type: text/plain; charset=utf-8")
    head.append(f"Content-Transfer-Encoding: {'quoted-printable' if quoted else '8bit'}")
    return (quopri.encodestring(text.encode()) if quoted else text.encode()) + b"\n"


def _twins(head: list[str], text: str) -> bytes:
    head.append('Content-Type: multipart/alternative; boundary="=_b"')
    html = f"<html><body><p>{text}</p><p><a href='https://example.net/'>example.net</a></p></body></html>"
    coded = b64encode(html.encode()).decode()
    lines = "\n".join(coded[at : at + 76] for at in range(0, len(coded), 76))
    plain = quopri.encodestring(text.encode()).decode()
    return (
        "--=_b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        f"{plain}\n--=_b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        f"{lines}\n--=_b--\n"
    ).encode()


def write_mbox(path: Path, count: int) -> int:
    """An mbox (mboxrd) of so many mails; its size in bytes."""
    with path.open("wb") as file:
        for raw in raws(count):
            body = raw.replace(b"\nFrom ", b"\n>From ")
            file.write(b"From bench@example.net Thu Jan  1 00:00:00 2026\n" + body + b"\n")
    return path.stat().st_size


def write_maildir(path: Path, count: int) -> None:
    """The same mails as a Maildir."""
    for part in ("cur", "new", "tmp"):
        (path / part).mkdir(parents=True, exist_ok=True)
    for number, raw in enumerate(islice(raws(count), count)):
        (path / "cur" / f"{1_767_225_600 + number}.bench.host:2,S").write_bytes(raw)
