"""What tests of the accounts' parts share."""

from __future__ import annotations

from tests.ui.pages.accounts.stands import browser, form, stand

__all__ = ["browser", "form", "stand"]
