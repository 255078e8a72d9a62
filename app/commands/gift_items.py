"""Commands for what can be given: items and their stock, vouchers, give-aways."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command
from app.commands.giveaways import GIVEAWAYS

_MAKE, _GIFT, _DELIGHT = N_("Create"), N_("This gift"), ("delight",)

GIFT_ITEMS = (
    Command("count_stock", N_("Count the stock"), ("Ctrl+Shift+Y",), _DELIGHT, "package-open", _MAKE),
    Command("items", N_("Items to give"), ("Alt+J",), _DELIGHT, "package", _MAKE),
    Command(
        "set_budget", N_("Budget"), ("Ctrl+B",), _DELIGHT, "coins", _MAKE,
        N_("This year's, for all occasions or for one"),
    ),
    Command(
        "set_rate", N_("Rates of currencies"), ("Ctrl+R",), _DELIGHT, "percent", _MAKE,
        N_("What one unit of a currency is in another from a day on"),
    ),
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
)  # fmt: skip
