"""Location of bundled resource files; the layout is the same in a checkout and when installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2] / "resources"
DOCS = ROOT.parent / "docs"
"""The documents that the window shows; of those of a checkout, a wheel holds connecting.md and its pictures."""


def table(*parts: str) -> dict[str, Any]:
    """Parse a bundled TOML file, given by the parts of its path."""
    import tomllib  # noqa: PLC0415  before its first paint the window only needs ROOT

    parsed: dict[str, Any] = tomllib.loads(ROOT.joinpath(*parts).read_text("utf-8"))
    return parsed


def tables(folder: str, pattern: str, key: str) -> list[dict[str, Any]]:
    """The tables in the array `key` of every TOML file in a folder that matches `pattern`, by filename."""
    names = sorted(path.name for path in ROOT.joinpath(folder).glob(pattern))
    return [row for name in names for row in table(folder, name).get(key, [])]
