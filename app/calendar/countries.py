"""The countries whose public holidays are known, for settings to offer; light, unlike the rules themselves."""

from __future__ import annotations

from app.base.words import N_

COUNTRIES = {
    "at": N_("Austria"), "be": N_("Belgium"), "ch": N_("Switzerland"), "cz": N_("Czechia"), "de": N_("Germany"),
    "dk": N_("Denmark"), "es": N_("Spain"), "fi": N_("Finland"), "fr": N_("France"), "gb": N_("England and Wales"),
    "gr": N_("Greece"), "hu": N_("Hungary"), "ie": N_("Ireland"), "is": N_("Iceland"), "it": N_("Italy"),
    "nl": N_("Netherlands"), "no": N_("Norway"), "pl": N_("Poland"), "pt": N_("Portugal"), "se": N_("Sweden"),
    "sk": N_("Slovakia"), "us": N_("United States"),
}  # fmt: skip
