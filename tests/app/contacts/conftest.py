"""Contacts come in through the desk of imports: the same desk and files as in its tests."""

from tests.app.imports.conftest import imports, write

__all__ = ["imports", "write"]
