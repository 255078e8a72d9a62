"""Texts that a command is given: in a file, or on standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from app.base import short_texts
from app.base.errors import UserError
from app.base.words import tr


def text_of(name: str) -> str:
    """Read a UTF-8 text from a file, or from standard input for `-`.

    Raises UserError if it cannot be read, is not UTF-8, or has more than 200,000 bytes.
    """
    try:
        return (_of_input() if name == "-" else _of_file(Path(name))).strip("\n")
    except OSError as why:
        msg = tr("Can't read {name}. Check the name and that you have permission to open it.").format(name=name)
        raise UserError(msg) from why


def _of_input() -> str:
    stream: TextIO | None = sys.stdin  # None if the shell closed it
    if stream is None:
        msg = tr("Standard input is closed. Give a file with the text.")
        raise UserError(msg)
    return short_texts.read(stream.buffer, "-")


def _of_file(path: Path) -> str:
    with path.open("rb") as opened:
        return short_texts.read(opened, str(path))
