"""Addresses in a text: opened by the system's program, and only those that a browser or a mail program is for."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_address(address: str) -> bool:
    """Open a web or mail address; False if it is none, or nothing opened it."""
    url = QUrl(address)
    return url.scheme() in ("http", "https", "mailto") and bool(QDesktopServices.openUrl(url))
