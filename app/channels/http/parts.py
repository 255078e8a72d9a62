"""Read parts of a JSON response; a value of an unexpected type counts as empty."""

from __future__ import annotations

import json
import re
from typing import Any

from app.base.text import repair_surrogates

_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def as_dict(found: object) -> dict[str, Any]:
    """Return a JSON object as it is; {} for anything else."""
    return found if isinstance(found, dict) else {}


def dicts(found: object, named: str = "") -> list[dict[str, Any]]:
    """Return the objects in a list; with `named`, only those with a string under that key. [] if it is no list."""
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    return [row for row in rows if isinstance(row.get(named), str)] if named else rows


def read(body: bytes) -> Any:  # noqa: ANN401  any JSON
    """Parse JSON and repair lone surrogates; raises ValueError or RecursionError if that is impossible."""
    found = json.loads(body)
    return _without_surrogates(found) if _SURROGATE_ESCAPE.search(body) else found


def _without_surrogates(found: Any) -> Any:  # noqa: ANN401  any JSON
    if isinstance(found, str):
        return repair_surrogates(found)
    if isinstance(found, list):
        return [_without_surrogates(one) for one in found]
    return (
        {repair_surrogates(name): _without_surrogates(one) for name, one in found.items()}
        if isinstance(found, dict)
        else found
    )
