"""The desktop window on top of `app`. No SQL, no HTTP and no rules live here."""

from __future__ import annotations

from ui.shell.bindings import load as _load_pyside

__all__: list[str] = []

_load_pyside()
