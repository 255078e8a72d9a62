"""The product without a screen: one object that opens the file and hangs a desk per noun on itself."""

from __future__ import annotations

from app.workbench.bench import Workbench

__all__ = ["Workbench"]
