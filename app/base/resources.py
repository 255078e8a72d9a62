"""Where the files beside the code lie: the same layout in a checkout and in a frozen build."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2] / "resources"


def table(*parts: str) -> dict[str, Any]:
    """A TOML file of ours, read."""
    return tomllib.loads(ROOT.joinpath(*parts).read_text("utf-8"))


def tables(folder: str, pattern: str, key: str) -> list[dict[str, Any]]:
    """The `key` tables of every file in a folder whose name matches, in order of the names."""
    found: list[dict[str, Any]] = []
    for path in sorted(ROOT.joinpath(folder).glob(pattern)):
        found += tomllib.loads(path.read_text("utf-8")).get(key, [])
    return found
