"""Short texts from files: UTF-8, with a limit above which most likely the wrong file was named."""

from __future__ import annotations

from typing import BinaryIO

from app.base.errors import UserError
from app.base.words import tr

MOST_BYTES = 200_000


def read(opened: BinaryIO, name: str) -> str:
    """The text of an open file that is called `name`, with plain line ends and without a byte order mark.

    Raises UserError if it is longer than MOST_BYTES, or isn't UTF-8; OSError as it comes.
    """
    content = opened.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:  # first: it may have been cut within a letter
        msg = tr("{name} is too long. A text can have at most {most:,} bytes.").format(name=name, most=MOST_BYTES)
        raise UserError(msg)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as why:
        msg = tr("{name} isn't UTF-8 text. Save it as UTF-8 and try again.").format(name=name)
        raise UserError(msg) from why
