"""The accounts, connecting them, and the register of who has access."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.words import N_
from ui.frame.registry import Entry

if TYPE_CHECKING:
    from app.workbench import Workbench


def _count(bench: Workbench) -> int:
    """The accounts that need attention: a password, or something that ends soon."""
    return bench.accounts.needing_attention()


ENTRY = Entry("accounts", N_("Accounts"), "plug", order=70, foot=True, counter=_count)
