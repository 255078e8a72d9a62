"""Money: integer minor units with an ISO 4217 code; exact parsing and formatting, no floats."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.base.errors import UserError
from app.base.words import tr

# Decimal places other than two (ISO 4217, list one). ISK has had none since 2003.
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"
_DIGITS = dict.fromkeys(_NONE.split(), 0) | dict.fromkeys(_THREE.split(), 3) | dict.fromkeys(_FOUR.split(), 4)
_SIGNS = {
    "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₹": "INR", "zł": "PLN",
    "kč": "CZK", "kc": "CZK", "ft": "HUF",
}  # fmt: skip
_KRONA = {"kr", "kr."}  # Icelandic, Danish, Norwegian, Swedish: the currency in use decides
_PLAIN_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]+")
_AMOUNT = re.compile(r"\d[\d.,]*")
_CODE = re.compile(r"[A-Z]{3}")
_GROUP = 3
_MAX_UNITS = 10**15  # above that it is a typo; spreadsheets hold up to 15 digits exactly
_MAX_NUMBER_CHARS = 40


class Money(NamedTuple):
    """An amount in minor units of a currency."""

    amount: int
    currency: str


def digits(currency: str) -> int:
    """Number of decimal places of the currency."""
    return _DIGITS.get(currency, 2)


def sign(currency: str) -> str:
    """The symbol written before an amount, as in `€15`; "" if the code is written after it instead."""
    return _PLAIN_SIGNS.get(currency, "")


def code(text: str) -> str:
    """Normalize a typed currency code. Raises UserError if it is not three letters."""
    normalized = text.strip().upper()
    if not _CODE.fullmatch(normalized):
        msg = tr("“{text}” isn't a currency. Write three letters, such as EUR, CZK, HUF or ISK.").format(text=text)
        raise UserError(msg)
    return normalized


def parse(text: str, currency: str) -> Money:
    """Parse a typed amount: `15`, `€15`, `15,50 EUR`, `1 290 Kč`, `1.234,50`; `currency` if it names none.

    Raises UserError if it is not an amount, is negative, or has more decimals than the currency.
    """
    typed = _SPACES.sub("", text)
    match = _AMOUNT.search(typed)
    if match is None or "-" in typed or "−" in typed:
        raise _invalid(text)
    before, after = typed[: match.start()], typed[match.end() :]
    if before and after:  # neither "gz" nor "x" in "gz12x" is taken for a currency
        raise _invalid(text)
    named = before + after
    used = _currency(named, code(currency), text)
    return Money(_minor(match[0], used, text), used)


def amount(text: str, currency: str) -> int:
    """Parse an amount in a known currency to minor units. Raises UserError if invalid or in another currency."""
    money = parse(text, currency)
    if money.currency != currency:
        msg = tr("“{text}” is in {currency}, but this is in {wanted}. Write it in {wanted}.").format(
            text=text, currency=money.currency, wanted=currency
        )
        raise UserError(msg)
    return money.amount


def _currency(named: str, usual: str, text: str) -> str:
    word = named.casefold()
    if not word or (word in _KRONA and usual in {"ISK", "SEK", "NOK", "DKK"}):
        return usual
    if word in _SIGNS:
        return usual if word == "$" and usual.endswith("D") else _SIGNS[word]
    if _CODE.fullmatch(named.upper()):
        return named.upper()
    raise _invalid(text)


def _minor(number: str, currency: str, text: str) -> int:
    """Parse a number to minor units; its last point or comma may be the decimal mark or group thousands."""
    places = digits(currency)
    if len(number) > _MAX_NUMBER_CHARS:
        raise _invalid(text)
    number = number.rstrip(".,") if number[-1:] in ".," and number.count(number[-1]) == 1 else number
    whole, mark, tail = _split_decimals(number)
    if mark == "," and len(tail) == _GROUP == places and whole.isdecimal() and len(whole) <= _GROUP and whole != "0":
        msg = tr("“{text}” could mean two amounts in {currency}. Write {whole}{tail} or {whole}.{tail}.").format(
            text=text, currency=currency, whole=whole, tail=tail
        )
        raise UserError(msg)
    if mark and _is_group(whole, mark, tail, places):
        whole, tail = f"{whole}{mark}{tail}", ""
    if len(tail) > places or not _is_grouped(whole, "" if not tail else mark):
        raise _invalid(text)
    units: int = int(re.sub("[.,]", "", whole) or "0") * 10**places + int(tail.ljust(places, "0") or "0")
    if units > _MAX_UNITS:
        raise _invalid(text)
    return units


def _split_decimals(number: str) -> tuple[str, str, str]:
    mark_at = max(number.rfind("."), number.rfind(","))
    return (number, "", "") if mark_at < 0 else (number[:mark_at], number[mark_at], number[mark_at + 1 :])


def _is_group(whole: str, mark: str, tail: str, places: int) -> bool:
    """Whether the last mark groups thousands: three digits follow that cannot be decimals in this currency."""
    return len(tail) == _GROUP and (places != _GROUP or mark in whole) and not whole.startswith("0")


def _is_grouped(whole: str, fraction_mark: str) -> bool:
    """Whether the whole part is plain digits, or groups of three separated by one mark other than the decimal mark."""
    marks = set(re.findall("[.,]", whole))
    if not marks:
        return True
    first, *groups = re.split("[.,]", whole)
    even = 0 < len(first) <= _GROUP and all(len(group) == _GROUP for group in groups)
    return even and len(marks) == 1 and fraction_mark not in marks


def plain(amount: int, currency: str) -> str:
    """The bare amount as in all our files and JSON: `15.00`, `-0.05`, and `1500` for a currency without decimals."""
    places = digits(currency)
    below, number = ("-" if amount < 0 else ""), str(abs(amount)).rjust(places + 1, "0")
    return f"{below}{number[:-places]}.{number[-places:]}" if places else f"{below}{number}"


def short(amount: int, currency: str) -> str:
    """The bare amount without a zero fraction: `15`, `15.50`; that way spreadsheets leave whole amounts unchanged."""
    text, places = plain(amount, currency), digits(currency)
    return text[: -places - 1] if places and text.endswith("." + "0" * places) else text


def display(amount: int, currency: str) -> str:
    """The amount for sentences and the shell: `€15`, `1290 CZK`. Pages format it by locale instead."""
    mark, text = sign(currency), short(amount, currency)
    if not mark:
        return f"{text} {currency}"
    return f"-{mark}{text[1:]}" if text.startswith("-") else f"{mark}{text}"


def _invalid(text: str) -> UserError:
    return UserError(
        tr("“{text}” isn't an amount that Rapport understands. Write it like 15 or 15.50 EUR.").format(text=text)
    )
