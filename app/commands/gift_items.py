"""Commands for what can be given: items and their stock, vouchers, give-aways."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command
from app.commands.giveaways import GIVEAWAYS

_MAKE, _GIFT, _DELIGHT = N_("Create"), N_("This gift"), ("delight",)

GIFT_ITEMS = (
    Command("count_stock", N_("Count the stock"), ("Ctrl+Shift+Y",), _DELIGHT, "package-open", _MAKE),
    Command("items", N_("Items to give"), ("Alt+J",), _DELIGHT, "package", _MAKE),
    Command("voucher", N_("Voucher of this gift"), ("Alt+V",), _DELIGHT, "ticket", _GIFT),
    Command(
        "giveaways",
        N_("Give-away"),
        ("Ctrl+G",),
        _DELIGHT,
        "ticket",
        _MAKE,
        N_("Entrants, the list, the draw and its proof"),
    ),
    *GIVEAWAYS,
)
