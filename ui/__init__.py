"""The screen: it shows what `app` knows. No SQL, no HTTP and no rules live here."""

from __future__ import annotations

import builtins

from PySide6 import QtCore as _QtCore

__all__: list[str] = []

# PySide6 puts its own `__import__` in place of Python's. After every import statement it reads the whole source of the
# module that was named, to see whether `from __feature__ import snake_case` could matter there: 10 ms until the first
# paint, and the sources stay in memory. No module of ours asks for features, so Python's own import comes back.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
del _QtCore
