"""The screen and the shell name the same sum, in every currency there is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from app.base import money as sums
from ui.look import money

EVERY = {
    QLocale(language, script, territory).currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
    for language, script, territory in (
        (one.language(), one.script(), one.territory())
        for one in QLocale.matchingLocales(
            QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry
        )
    )
} - {""} | set(sums._DIGITS)
"""The currencies of all countries that Qt knows, and those that have none, three or four digits."""
CURRENCIES = st.sampled_from(sorted(EVERY))


@pytest.fixture(autouse=True)
def usual_locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


def test_there_are_enough_currencies_to_try() -> None:
    assert len(EVERY) > 140


@given(st.integers(-(10**13), 10**13), CURRENCIES)
def test_the_screen_says_what_the_shell_says(amount: int, currency: str) -> None:
    QLocale.setDefault(QLocale.c())
    shown = money.bare(amount, currency).replace(",", "").replace("\u00a0", " ").replace("−", "-")
    assert shown == sums.display(amount, currency)
    assert money.display(amount, currency) == f"\u2068{money.bare(amount, currency)}\u2069"


@given(st.integers(0, 10**13), CURRENCIES, st.sampled_from(["cs_CZ", "el_GR", "hu_HU", "is_IS", "en_GB", "de_CH"]))
def test_every_locale_of_ours_writes_the_same_sum(amount: int, currency: str, locale: str) -> None:
    QLocale.setDefault(QLocale(locale))
    own = QLocale()
    shown = money.bare(amount, currency).replace(own.groupSeparator(), "").replace(own.decimalPoint(), ".")
    mark = sums.sign(currency)
    bare = shown.removeprefix(mark) if mark else shown.removesuffix(f"\u00a0{currency}").removesuffix(currency)
    assert bare == sums.short(amount, currency)


@pytest.mark.parametrize(("amount", "currency", "shown"), [
    (1_500, "KWD", "1.500\u00a0KWD"), (1_500_000, "KWD", "1,500\u00a0KWD"), (15, "UGX", "15\u00a0UGX"),
    (1_500, "UGX", "1,500\u00a0UGX"), (1_550, "EUR", "€15.50"), (-5, "EUR", "−€0.05"), (0, "JPY", "0\u00a0JPY"),
])  # fmt: skip
def test_sums_as_they_stand_on_the_screen(amount: int, currency: str, shown: str) -> None:
    QLocale.setDefault(QLocale("en_GB"))
    assert money.bare(amount, currency) == shown


def test_digits_are_the_locales_own() -> None:
    QLocale.setDefault(QLocale("fa_IR"))
    assert money.bare(150_050, "EUR").endswith("۵۰")
