"""Where the files beside the code lie: the same layout in a checkout and in an installed Rapport."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2] / "resources"


def table(*parts: str) -> dict[str, Any]:
    """A TOML file of ours, read."""
    import tomllib  # noqa: PLC0415  the window asks for the folder alone before its first paint

    found: dict[str, Any] = tomllib.loads(ROOT.joinpath(*parts).read_text("utf-8"))
    return found


def tables(folder: str, pattern: str, key: str) -> list[dict[str, Any]]:
    """The `key` tables of every file in a folder whose name matches, in order of the names."""
    names = sorted(path.name for path in ROOT.joinpath(folder).glob(pattern))
    return [row for name in names for row in table(folder, name).get(key, [])]
