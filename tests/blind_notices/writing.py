# ruff: noqa: E501 (a mail's lines are as long as they are)
"""How the notices here are written down: what each tells, and the head and the parts of its mail."""

from __future__ import annotations

import base64
import quopri
from typing import NamedTuple

TO = "lemonade@sitrona.example"


class Entry(NamedTuple):
    """What somebody said: the author as shown, their words, the link behind the button, the stars of a review."""

    author: str
    words: str
    link: str
    stars: int = 0


class Notice(NamedTuple):
    """A mail of a place of this kind, and what it tells."""

    name: str
    kind: str
    language: str
    raw: bytes
    entries: tuple[Entry, ...]


def _head(sender: str, subject: str, date: str, number: int, domain: str) -> str:
    encoded = "=?utf-8?B?" + base64.b64encode(subject.encode()).decode() + "?="
    name, _, address = sender.rpartition(" <")
    shown = (
        f'"{name}" <{address}'
        if name.isascii()
        else "=?utf-8?B?" + base64.b64encode(name.encode()).decode() + f"?= <{address}"
    )
    return (
        f"Return-Path: <bounce-{number}@{domain}>\r\n"
        f"Authentication-Results: mx.sitrona.example; dkim=pass header.d={domain}; spf=pass\r\n"
        f"Date: {date}\r\nFrom: {shown}\r\nTo: <{TO}>\r\nSubject: {encoded}\r\n"
        f"Message-ID: <n{number}.{number * 7919}@{domain}>\r\nMIME-Version: 1.0\r\n"
    )


def _part(kind: str, text: str, coding: str) -> str:
    octets = text.replace("\n", "\r\n").encode()
    body = base64.encodebytes(octets).decode() if coding == "base64" else quopri.encodestring(octets).decode()
    return f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {coding}\r\n\r\n{body}"


def _html(head: str, page: str, coding: str = "quoted-printable") -> bytes:
    return (head + _part("html", page, coding)).encode()


def _both(head: str, text: str, page: str, coding: str = "quoted-printable") -> bytes:
    mark = "=_alt_5f3"
    return (
        f'{head}Content-Type: multipart/alternative; boundary="{mark}"\r\n\r\n--{mark}\r\n{_part("plain", text, coding)}\r\n'
        f"--{mark}\r\n{_part('html', page, coding)}\r\n--{mark}--\r\n"
    ).encode()


FILL = "&zwnj;&nbsp;" * 40
