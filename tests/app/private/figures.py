"""Made-up private data in each language: 200 sentences with one piece each, by a seed, so always the same ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.private import private_in
from tests.app.wordforms.figures import ordinary

INSTANCES = 200
_NAMES = ("anna", "jon.einarsson", "kovacs_eva", "nikos77", "petra-novakova", "t.o.brien", "zsofi", "marek.h")
_HOSTS = ("post.example", "mail.example.org", "sitrona-fan.example", "skoli.example.is", "firma.example.cz")
_STREETS = {
    "en": ("12 High Street", "7 Elder Row", "221 Baker Street", "9 Mill Lane", "48 Station Road", "3 Abbey Gardens"),
    "is": ("Laugavegi 12", "Skólastíg 7", "Hafnargötu 31", "Birkihlíð 4", "Austurstræti 9", "Hringbraut 101"),
    "hu": ("Váci utca 12.", "Petőfi u. 5", "Andrássy út 60.", "Fő tér 3.", "Teréz körút 45.", "Bem rakpart 12."),
    "cs": ("ulice Dlouhá 7", "náměstí Míru 12", "Na Příkopě 33", "ul. Lidická 105", "Mezi Zahradami 8"),
    "el": ("οδός Ερμού 15", "Λεωφόρος Κηφισίας 44", "Σόλωνος 45", "πλατεία Μαβίλη 3", "Αγίου Δημητρίου 101"),
}  # fmt: skip
_CARRIERS = {
    "en": {
        "email": "Write to {} about it.", "phone": "Her phone is {}, call before six.", "street": "It went to {}.",
        "iban": "The account is {}.", "card": "The card was {}.", "order": "Your order {} left today.",
        "person": "", "health": "", "tax": "",
    },
    "is": {
        "email": "Skrifaðu á {} um þetta.", "phone": "Síminn er {}, hringdu fyrir sex.", "street": "Pakkinn fór á {}.",
        "iban": "Reikningurinn er {}.", "card": "Kortið var {}.", "order": "Pöntun {} fór af stað í dag.",
        "person": "Kennitalan er {}.", "health": "", "tax": "",
    },
    "hu": {
        "email": "Írj a {} címre.", "phone": "A telefonszáma {}, hat előtt hívd.", "street": "A csomag ide ment: {}",
        "iban": "A számla: {}.", "card": "A kártya {} volt.", "order": "A rendelés {} ma elindult.",
        "person": "", "health": "A TAJ-szám {}.", "tax": "",
    },
    "cs": {
        "email": "Napište na {}.", "phone": "Telefon má {}, volejte do šesti.", "street": "Balík šel na adresu {}.",
        "iban": "Účet je {}.", "card": "Karta byla {}.", "order": "Objednávka {} dnes odjela.",
        "person": "Rodné číslo je {}.", "health": "", "tax": "",
    },
    "el": {
        "email": "Γράψε στο {} γι’ αυτό.", "phone": "Το τηλέφωνό της είναι {}, πάρε πριν τις έξι.",
        "street": "Το δέμα πήγε στη διεύθυνση {}.", "iban": "Ο λογαριασμός είναι {}.", "card": "Η κάρτα ήταν {}.",
        "order": "Η παραγγελία {} έφυγε σήμερα.", "person": "", "health": "Ο ΑΜΚΑ είναι {}.", "tax": "Το ΑΦΜ είναι {}.",
    },
}  # fmt: skip
_COUNTRY = {"en": "GB", "is": "IS", "hu": "HU", "cs": "CZ", "el": "GR"}
_IBAN_LENGTH = {"GB": 22, "IS": 26, "HU": 28, "CZ": 24, "GR": 27}


@dataclass(frozen=True)
class Figures:
    """What was counted for a language."""

    instances: int
    missed: tuple[str, ...]
    tokens: int
    alarms: tuple[str, ...]

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / self.instances

    @property
    def alarms_in_thousand(self) -> float:
        return len(self.alarms) * 1000 / self.tokens


def luhn(digits: str) -> str:
    """The check digit after these."""
    total = sum(sum(divmod(int(digit) * (2 - at % 2), 10)) for at, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def _digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choice("0123456789") for _ in range(count))


def _in_groups(text: str, size: int, sign: str) -> str:
    return sign.join(text[at : at + size] for at in range(0, len(text), size))


def _iban(dice: random.Random, language: str) -> str:
    country = _COUNTRY[language]
    rest = _digits(dice, _IBAN_LENGTH[country] - 4)
    rest = f"MIDL{rest[4:]}" if country == "GB" else rest
    number = int("".join(str(int(char, 36)) for char in f"{rest}{country}00"))
    whole = f"{country}{98 - number % 97:02}{rest}"
    return whole if dice.random() < 0.5 else _in_groups(whole, 4, " ")


def _card(dice: random.Random, language: str) -> str:  # noqa: ARG001  alike in all
    start = dice.choice(("4", "51", "5412", "2221")) + _digits(dice, 15)
    whole = start[:15] + luhn(start[:15])
    return _in_groups(whole, 4, dice.choice(("", " ", "-")))


def _phone(dice: random.Random, language: str) -> str:
    three, four = _digits(dice, 3), _digits(dice, 4)
    return {
        "en": lambda: dice.choice((f"07700 900{three}", f"+44 20 7946 0{three}", f"020 7946 0{three}")),
        "is": lambda: dice.choice((f"6{three[:2]} {four}", f"8{three[:2]}-{four}", f"+354 55{three[0]} {four}")),
        "hu": lambda: dice.choice((f"06 30 {three} {four}", f"+36 70 {three} {four}", f"06-1-{three}-{four}")),
        "cs": lambda: dice.choice((f"777 {three} {four[:3]}", f"+420 602 {three} {four[:3]}")),
        "el": lambda: dice.choice((f"697 {three} {four}", f"+30 210 {three} {four}", f"2310 {three} {four[:3]}")),
    }[language]()  # fmt: skip


def _day(dice: random.Random) -> tuple[int, int, int]:
    return dice.randint(1, 28), dice.randint(1, 12), dice.randint(1955, 2015)


def _person(dice: random.Random, language: str) -> str:
    while True:
        day, month, year = _day(dice)
        if language == "is":
            start = f"{day:02}{month:02}{year % 100:02}{dice.randint(20, 99)}"
            rest = sum(int(digit) * weight for digit, weight in zip(start, (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
            if rest != 1:
                return f"{start[:6]}{dice.choice(('-', '', ' '))}{start[6:]}{-rest % 11}{9 if year < 2000 else 0}"
            continue
        start = f"{year % 100:02}{month + dice.choice((0, 50)):02}{day:02}{_digits(dice, 3)}"
        check = int(start) % 11
        if check != 10:
            return f"{start[:6]}/{start[6:]}{check}"


def _health(dice: random.Random, language: str) -> str:
    if language == "hu":
        start = _digits(dice, 8)
        check = sum(int(digit) * (3 if at % 2 == 0 else 7) for at, digit in enumerate(start)) % 10
        return _in_groups(f"{start}{check}", 3, dice.choice(("", " ", "-")))
    day, month, year = _day(dice)
    start = f"{day:02}{month:02}{year % 100:02}{_digits(dice, 4)}"
    return start + luhn(start)


def _tax(dice: random.Random, language: str) -> str:  # noqa: ARG001  of Greece
    start = _digits(dice, 8)
    return f"{start}{sum(int(digit) << (8 - at) for at, digit in enumerate(start)) % 11 % 10}"


_MADE: dict[str, Callable[[random.Random, str], str]] = {
    "email": lambda dice, _: f"{dice.choice(_NAMES)}{dice.randint(1, 99)}@{dice.choice(_HOSTS)}",
    "phone": _phone,
    "street": lambda dice, language: dice.choice(_STREETS[language]),
    "iban": _iban,
    "card": _card,
    "order": lambda dice, _: dice.choice(("#{}", "SIT-{}", "{}", "2026-{}")).format(dice.randint(1000, 99999)),
    "person": _person,
    "health": _health,
    "tax": _tax,
}


def instances(language: str) -> Iterator[tuple[str, str]]:
    """Sentences, and the private piece in each."""
    dice = random.Random(language)
    carriers = {kind: words for kind, words in _CARRIERS[language].items() if words}
    for at in range(INSTANCES):
        kind = list(carriers)[at % len(carriers)]
        piece = _MADE[kind](dice, language)
        yield carriers[kind].format(piece), piece


ORDINARY = {
    "en": ("Sugar is 8.4 g in 100 ml.", "Article 4711 costs 12.50 pounds.", "On 02.12.2026 at 10:30, batch 2026-118.",
           "1,250,000 bottles since 1998.", "See 12:45 or 14.30.", "EAN 5012345678900.", "Chapter 12, verse 3 to 7."),
    "is": ("Sykur er 8,4 g í 100 ml.", "Vara 4711 kostar 1.250 krónur.", "Þann 2.12.2026 kl. 10:30.", "Lota 2026-118.",
           "1.250.000 flöskur frá 1998.", "Strikamerki 5690123456789."),
    "hu": ("100 ml-ben 8,4 g cukor van.", "A 4711-es cikk 12 500 forint.", "2026. 12. 02-án 10:30-kor.",
           "Tétel: 2026-118.", "1 250 000 üveg 1998 óta.", "Vonalkód: 5991234567890."),
    "cs": ("Cukru je 8,4 g na 100 ml.", "Zboží 4711 stojí 1 250 korun.", "Dne 2. 12. 2026 v 10:30.", "Šarže 2026-118.",
           "1 250 000 lahví od roku 1998.", "Kód 8591234567890."),
    "el": ("Η ζάχαρη είναι 8,4 γρ. στα 100 ml.", "Το είδος 4711 κάνει 12,50 ευρώ.", "Στις 2/12/2026 στις 10:30.",
           "Παρτίδα 2026-118.", "1.250.000 μπουκάλια από το 1998.", "Κωδικός 5201234567890."),
}  # fmt: skip
"""Dates, prices, articles, batches and amounts, of which none is private."""


def measured(language: str) -> Figures:
    """The figures of a language."""
    made = list(instances(language))
    missed = tuple(text for text, piece in made if not _is_found(text, piece))
    texts = [*ordinary(language), *ORDINARY[language]]
    alarms = [text[one.start : one.end] for text in texts for one in private_in(text)]
    tokens = sum(len(text.split()) for text in texts)
    return Figures(len(made), missed, tokens, tuple(alarms))


def _is_found(text: str, piece: str) -> bool:
    start = text.index(piece)
    return any(one.start < start + len(piece) and start < one.end for one in private_in(text))
