"""Folder names as IMAP writes them: modified UTF-7 (RFC 3501, 5.1.3)."""

from __future__ import annotations

import binascii
import re

_CODED = re.compile(r"&([^&-]*+)-")
_OTHER = re.compile(r"[^\x20-\x7e]+")


def decode(name: str) -> str:
    """The name as people read it; a wrongly coded one stays as it is."""

    def read(match: re.Match[str]) -> str:
        if not match[1]:
            return "&"
        padded = match[1].replace(",", "/") + "=" * (-len(match[1]) % 4)
        return binascii.a2b_base64(padded).decode("utf-16-be")

    try:
        return _CODED.sub(read, name)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return name


def encode(name: str) -> str:
    """The name as the server knows it."""

    def write(match: re.Match[str]) -> str:
        coded = binascii.b2a_base64(match[0].encode("utf-16-be", "replace"), newline=False).decode()
        return f"&{coded.rstrip('=').replace('/', ',')}-"

    return _OTHER.sub(write, name.replace("&", "&-"))
