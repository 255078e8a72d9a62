"""Forms with files in them, as RFC 7578 has them: `multipart/form-data`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from app.base.message import Attached


def form(fields: Mapping[str, str], files: Mapping[str, Attached]) -> tuple[bytes, dict[str, str]]:
    """The body of such a form and its header: what is asked for, by its names, then the files by theirs.

    A file's own name is written in UTF-8 (RFC 7578, 5.1), without the signs that would end it in the form.
    """
    boundary = hashlib.sha256(b"".join(file.content for file in files.values())).hexdigest()[:40]
    parts = [f'name="{name}"\r\n\r\n'.encode() + told.encode() for name, told in fields.items()]
    parts += [
        f'name="{name}"; filename="{plain(file.name)}"\r\nContent-Type: {file.type}\r\n\r\n'.encode() + file.content
        for name, file in files.items()
    ]
    begin = f"--{boundary}\r\nContent-Disposition: form-data; ".encode()
    body = b"".join(begin + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def plain(name: str) -> str:
    """A file's name as such a form can have it."""
    return name.replace("\\", "_").replace('"', "_").replace("\r", "_").replace("\n", "_")
