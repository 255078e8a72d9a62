"""What people call days and times, in English, Czech, Hungarian, Icelandic and Greek: a table, and no rule.

Words stand as they are spelled; they are folded (`app/base/text.py`) before they are looked up, so that they are found
without accents and in any case. What is spelled alike and means two things is told by what stands beside it
(`app/calendar/tokens.py`, which names the kinds).
"""

from __future__ import annotations

from typing import NamedTuple

from app.base import weekdays
from app.base.months import MONTHS
from app.base.text import fold


class Token(NamedTuple):
    """A piece of what was typed: its kind (one letter), what it says, the word itself, and the number's language.

    `number` is a weekday (0 is Monday), a month, days from today, minutes of the day, or the number that was typed.
    """

    kind: str
    number: int = 0
    value: str = ""
    word: str = ""
    language: str = ""


_ICELANDIC = (
    ("mán", "mánu"), ("þri", "þriðju"), ("mið", "miðviku"), ("fim", "fimmtu"), ("fös", "föstu"), ("lau", "laugar"),
    ("sun", "sunnu"),
)  # fmt: skip
_CASES = ("dagur", "dag", "daginn", "degi", "dagsins", "dags")
_ABBREVIATED = 4
"""Letters that an abbreviated month has at most."""
_PARTS = {"morguninn": "morning", "morgun": "morning", "kvöldið": "evening", "kvöld": "evening"}

DAYS = """
D0: today, dnes, dneska, ma, mára, máig, í dag, σήμερα
D0 Pevening: tonight, dnes večer, ma este, í kvöld, απόψε
D1: tomorrow, tmrw, zítra, zejtra, zítřka, holnap, holnapra, holnapig, á morgun, morgundagsins, αύριο
D1 Pmorning: í fyrramálið
D2: the day after tomorrow, day after tomorrow, overmorrow, pozítří, pozítřku, holnapután
D2: ekki á morgun heldur hinn, hinn daginn, μεθαύριο
D-1: yesterday, včera, tegnap, í gær, χθες, χτες, εχθές
D-2: the day before yesterday, day before yesterday, předevčírem, tegnapelőtt, í fyrradag, προχθές, προχτές
E: weekend, víkend, víkendu, hétvége, hétvégén, hétvégére, helgina, helgi, Σαββατοκύριακο
F: end of the month, end of month, month end, konec měsíce, koncem měsíce, konce měsíce, hónap vége, hónap végén
F: hónap végéig, lok mánaðarins, lok mánaðar, mánaðamót, mánaðamótin, τέλος του μήνα, τέλη του μήνα
B: block, working block, blok, bloku, blokk, blokkban, blokkig, lota, lotu, vinnulota, vinnulotu, μπλοκ
S: working day, workday, business day, pracovní den, munkanap, munkanapon, munkanapra, virkan dag, virka dag, εργάσιμη
S: εργάσιμη ημέρα, εργάσιμη μέρα
Xclear: příští, příštího, následující, další, jövő, következő
Xask: next, næsta, næsti, næstu, επόμενη, επόμενο, επόμενης, ερχόμενη, ερχόμενο
Xother: άλλη, άλλο
Xlast: last, minulý, minulou, minulé, minulá, múlt, síðasta, síðastliðinn, περασμένη, περασμένο, προηγούμενη
Z: this, coming, tento, tuto, toto, tuhle, ezen, þessa, þennan, núna, kemur, næstkomandi, nk, αυτή, αυτήν, αυτό
"""

SPANS = """
f: fyrir
I: in, after, za, eftir, σε, μετά από, μετά
A: ago, před, πριν, πριν από
L: later, from now, múlva, αργότερα
Ud: d, day, days, den, dny, dní, dnů, nap, dag, daga, dagar, dögum, μέρα, μέρες, ημέρα, ημέρες
Uw: w, wk, wks, week, weeks, týden, týdny, týdnů, týdne, héten, hétre, vika, viku, vikur, vikum, vikna, εβδομάδα
Uw: εβδομάδες, βδομάδα, βδομάδες, εβδομάδας
Uf: fortnight, fortnights
Um: month, months, měsíc, měsíce, měsíců, hónap, hónapban, mánuð, mánuður, mánuði, mánuðir, mánaða, mánuðum, μήνα
Um: μήνες, μήνας
Uy: year, years, rok, roky, roku, let, év, évben, ár, ári, árum, χρόνο, χρόνια, έτος
Uh: hour, hours, hr, hrs, hodinu, klukkutíma, klukkutími, klukkutímum, klukkustund, klukkustundir, tíma, tímum
Un: min, mins, minute, minutes, minut, minuty, minutu, perc, mínúta, mínútu, mínútur, mínútum, λεπτό, λεπτά
Ud A: napja
Uw A: hete
Um A: hónapja
I N14 Ud: eftir hálfan mánuð
I N30 Un: eftir hálftíma, za půlhodinu, za půl hodiny, fél óra múlva, félóra múlva, σε μισή ώρα, in half an hour
"""

CLOCK = """
T: at, around, about, ve, kolem, okolo, kl, klukkan, στις, körül
K: o'clock, oclock, clock, órakor, órára, óráig, hodin, hod, η ώρα
h: h, óra, hodiny, hodina, ώρα, ώρες
tam: am, πμ
tpm: pm, μμ
H: half, půl, fél, hálf, μισή, half past
Q: čtvrt, negyed, τέταρτο
R: třičtvrtě, tři čtvrtě, tři čtvrti, háromnegyed
Q p: quarter past, korter yfir, kortér yfir
Q m: quarter to, korter í, kortér í
p: past, yfir, mínútur yfir, minutes past
m: to, mínútur í, minutes to
q: και
n: παρά
Pmorning: morning, ráno, dopoledne, reggel, délelőtt, morgun, morguninn, að morgni, fyrir hádegi, árdegis, πρωί
Pmorning: πρωινό
Pnoon: noon, midday, lunchtime, poledne, polední, dél, délben, hádegi, hádeginu, μεσημέρι
Pafternoon: afternoon, after lunch, odpoledne, po obědě, délután, ebéd után, síðdegis, eftir hádegi, eftirmiðdag
Pafternoon: απόγευμα
Pevening: evening, night, večer, este, éjjel, kvöld, kvöldið, að kvöldi, βράδυ, βραδάκι, νύχτα
Pmidnight: midnight, půlnoc, půlnoci, éjfél, éjfélkor, miðnætti, μεσάνυχτα
J13:30: μιάμιση
J14:30: δυόμισι, δυόμιση
J3:30: τρεισήμισι, τρεισήμιση
J4:30: τεσσερισήμισι, τεσσερισήμιση
J5:30: πεντέμισι, πεντέμιση
J6:30: εξίμισι, εξήμισι
J7:30: εφτάμισι, επτάμισι
J8:30: οχτώμισι, οκτώμισι
J9:30: εννιάμισι
J10:30: δεκάμισι
J11:30: εντεκάμισι
J12:30: δωδεκάμισι
v: v
e: hét
"""

NOISE = """
_: on, the, of, a, an, by, until, till, til, for, and, before, na, do, o, dne, az, án, én, í, á, um, þann, hinn, að
_: τη, την, το, τα, τον, του, της, στον, στην, στο, στη, στα, μέχρι, ως, έως, η, ο
"""

NUMBERS = {
    "en": "one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen",
    "cs": "jeden jedna jednu jedné, dva dvě dvou druhé, tři třetí, čtyři čtvrté, pět páté pěti, šest šesté šesti, sedm"
    " sedmé sedmi, osm osmé osmi, devět deváté devíti, deset desáté deseti, jedenáct jedenácté, dvanáct dvanácté,"
    " třináct, čtrnáct, patnáct",
    "hu": "egy egykor, két kettő kettőkor, három háromkor, négy négykor, öt ötkor, hat hatkor, hétkor, nyolc nyolckor,"
    " kilenc kilenckor, tíz tízkor, tizenegy tizenegykor, tizenkét tizenkettő tizenkettőkor, tizenhárom, tizennégy,"
    " tizenöt",
    "is": "einn ein eitt eina einum, tveir tvo tvær tvö tveimur, þrír þrjá þrjár þrjú þremur, fjórir fjóra fjórar"
    " fjögur fjórum, fimm, sex, sjö, átta, níu, tíu, ellefu, tólf, þrettán, fjórtán, fimmtán",
    "el": "ένα μία μια έναν, δύο, τρεις τρία, τέσσερις τέσσερα, πέντε, έξι, εφτά επτά, οχτώ οκτώ, εννιά εννέα, δέκα,"
    " έντεκα, δώδεκα, δεκατρία, δεκατέσσερα, δεκαπέντε",
}


def _token(piece: str, word: str) -> Token:
    kind, says = piece[0], piece[1:]
    if kind == "J":
        hour, minute = says.split(":")
        return Token(kind, int(hour) * 60 + int(minute), word=word)
    return Token(kind, int(says), word=word) if kind in "WDN" else Token(kind, value=says, word=word)


def _from(table: str) -> dict[str, tuple[Token, ...]]:
    found: dict[str, tuple[Token, ...]] = {}
    for line in table.strip().splitlines():
        meaning, spelled = line.split(": ")
        found |= {fold(word): tuple(_token(piece, word) for piece in meaning.split()) for word in spelled.split(", ")}
    return found


def _numbers() -> dict[str, tuple[Token, ...]]:
    found: dict[str, tuple[Token, ...]] = {}
    for language, spelled in NUMBERS.items():
        for value, forms in enumerate(spelled.split(", "), 1):
            found |= {fold(word): (Token("N", value, word=word, language=language),) for word in forms.split()}
    for value, forms in enumerate(NUMBERS["is"].split(", ")[:12], 1):  # written in one word: hálfþrjú
        for word in forms.split():
            found[fold("hálf" + word)] = (_token(f"J{(value - 2) % 12 + 1}:30", "hálf" + word),)
    return found


def _icelandic() -> dict[str, tuple[Token, ...]]:
    found: dict[str, tuple[Token, ...]] = {}
    for number, (short, stem) in enumerate(_ICELANDIC):
        for word in (short, *(stem + ending for ending in _CASES)):
            found[fold(word)] = (_token(f"W{number}", word),)
        for ending, part in _PARTS.items():
            word = f"{stem}dags{ending}"
            found[fold(word)] = (_token(f"W{number}", word), _token(f"P{part}", word))
    return found


def _weekdays() -> dict[str, tuple[Token, ...]]:
    return {
        fold(word): (Token("W", number, word=word),)
        for spelled in (weekdays.NAMES, weekdays.OF_A_DATE)
        for number, words in enumerate(spelled)
        for word in words
    }


def _months() -> dict[str, tuple[Token, ...]]:
    found: dict[str, tuple[Token, ...]] = {word: (Token("M", number, word=word),) for word, number in MONTHS.items()}
    hungarian = ("ban", "ben", "ig", "ra", "re", "i")
    whole = [(word, tokens) for word, tokens in found.items() if len(word) > _ABBREVIATED]
    return found | {word + ending: tokens for word, tokens in whole for ending in hungarian}


KNOWN: dict[str, tuple[Token, ...]] = (
    _months() | _from(NOISE) | _numbers() | _from(SPANS) | _from(CLOCK) | _icelandic() | _weekdays() | _from(DAYS)
)
"""Folded word or phrase -> what it means."""
LONGEST = max(word.count(" ") for word in KNOWN) + 1
"""How many words the longest phrase has."""
