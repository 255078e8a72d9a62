"""Parts of an answer in JSON: what is of another kind than was meant counts as nothing."""

from __future__ import annotations

import json
import re
from typing import Any

from app.base.text import whole

_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


def as_dict(found: object) -> dict[str, Any]:
    """An object; {} for anything else."""
    return found if isinstance(found, dict) else {}


def dicts(found: object, named: str = "") -> list[dict[str, Any]]:
    """The objects of a list, with `named` those that have a string of that name; none where it is no list."""
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    return [row for row in rows if isinstance(row.get(named), str)] if named else rows


def read(body: bytes) -> Any:  # noqa: ANN401  any JSON
    """What stands in a body, without halves of characters; ValueError or RecursionError where it is no JSON."""
    found = json.loads(body)
    return _mended(found) if _HALF.search(body) else found


def _mended(found: Any) -> Any:  # noqa: ANN401  any JSON
    if isinstance(found, str):
        return whole(found)
    if isinstance(found, list):
        return [_mended(one) for one in found]
    return {whole(name): _mended(one) for name, one in found.items()} if isinstance(found, dict) else found
