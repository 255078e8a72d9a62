"""Read parts of a JSON response; a value of an unexpected type counts as empty."""

from __future__ import annotations

import json
import re
from typing import Any

from app.base.text import repair_surrogates

_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def as_dict(value: object) -> dict[str, Any]:
    """Return a JSON object as it is; {} for anything else."""
    return value if isinstance(value, dict) else {}


def dicts(value: object, named: str = "") -> list[dict[str, Any]]:
    """Return the objects in a list; with `named`, only those with a string under that key. [] if it is no list."""
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    return [row for row in rows if isinstance(row.get(named), str)] if named else rows


def read(body: bytes) -> Any:  # noqa: ANN401  any JSON
    """Parse JSON and repair lone surrogates; raises ValueError or RecursionError if that is impossible."""
    value = json.loads(body)
    return _without_surrogates(value) if _SURROGATE_ESCAPE.search(body) else value


def _without_surrogates(value: Any) -> Any:  # noqa: ANN401  any JSON
    if isinstance(value, str):
        return repair_surrogates(value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    return (
        {repair_surrogates(name): _without_surrogates(item) for name, item in value.items()}
        if isinstance(value, dict)
        else value
    )
