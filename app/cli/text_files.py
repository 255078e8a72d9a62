"""Texts that a command is given: in a file, or on standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from app.base.errors import UserError
from app.base.words import tr

_MAX_TEXT_BYTES = 200_000  # a larger file is hardly a reply: most likely the wrong one was named


def text_of(name: str) -> str:
    """Read a UTF-8 text from a file, or from standard input for `-`.

    Raises UserError if it cannot be read, is not UTF-8, or has more than 200,000 bytes.
    """
    try:
        content = _start_of_input() if name == "-" else _start_of(Path(name))
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        msg = tr("{name} isn't UTF-8 text. Save it as UTF-8 and try again.").format(name=name)
        raise UserError(msg) from why
    except OSError as why:
        msg = tr("Can't read {name}. Check the name and that you have permission to open it.").format(name=name)
        raise UserError(msg) from why
    if len(content) > _MAX_TEXT_BYTES:
        msg = tr("{name} is too long. A text can have at most {most:,} bytes.").format(name=name, most=_MAX_TEXT_BYTES)
        raise UserError(msg)
    return text.replace("\r\n", "\n").strip("\n")


def _start_of_input() -> bytes:
    stream: TextIO | None = sys.stdin  # None if the shell closed it
    if stream is None:
        msg = tr("Standard input is closed. Give a file with the text.")
        raise UserError(msg)
    return stream.buffer.read(_MAX_TEXT_BYTES + 1)


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MAX_TEXT_BYTES + 1)
