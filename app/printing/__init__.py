"""Printing: a conversation, a member or a list as a page for paper; what only we know is left out unless asked for."""

from __future__ import annotations

from app.printing.desk import Printing
from app.printing.page import Sheet, document

__all__ = ["Printing", "Sheet", "document"]
