"""The good inputs from which others are made: files of one answer, mail, table or page each, in `seeds/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "seeds"


def octets(pattern: str) -> list[bytes]:
    """The files of such names as they are."""
    return [path.read_bytes() for path in sorted(FOLDER.glob(pattern))]


def words(pattern: str) -> list[str]:
    """The files of such names as text."""
    return [raw.decode() for raw in octets(pattern)]


def answer(name: str) -> Any:
    """What a server has answered, as JSON has it."""
    return json.loads((FOLDER / f"{name}.json").read_bytes())
