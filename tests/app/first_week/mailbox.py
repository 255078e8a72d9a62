"""A made-up mailbox of a lemonade brand: letters of five languages, and what Marta, who answers them, keeps writing.

Of every ten conversations seven are answered. The same sentences come back with other names and numbers, two colleagues
get copies, and a third gets letters passed on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import count
from pathlib import Path

OWN = "marta@sitrona.example"
"""Our address."""
DAYS = 24
"""So many days the letters go back: none of them is closed by its age."""
JON, PETRA, ALEX = "Jón Arnarson <jon@sitrona.example>", "Petra Malá <petra@sitrona.example>", "alex@depot.example"


@dataclass(frozen=True, slots=True)
class _Voice:
    """How Marta writes in a language: people, their questions, her greeting by name, what she says again, her end."""

    people: tuple[tuple[str, str], ...]
    """A name, and how it is greeted."""
    asks: tuple[str, ...]
    again: str
    once: tuple[str, ...]
    end: str


_VOICES = {
    "en": _Voice(
        (("Tom Barker", "Hi Tom,"), ("Priya Nair", "Hi Priya,"), ("Siân Rees", "Hi Siân,"), ("Mary Osei", "Hi Mary,")),
        (
            "Hello, my parcel with the caps hasn't come yet. Could you tell me where it is, please?",
            "Hi, which lemonade keeps until Sunday without a fridge? We're going camping with the children.",
        ),
        (
            "thank you for writing. Your parcel {number} left our depot this morning and should be with you in two "
            "working days. If it isn't, tell me and I'll look for it."
        ),
        (
            "the elderflower one keeps best, and the ginger one comes close behind. Keep them in the shade.",
            "I asked the brewers and they say that ginger is back in spring, about the time of the first fair.",
            "what a lovely picture of the tree. We hung it up in the kitchen, next to the calendar.",
        ),
        "Take care,\nMarta",
    ),
    "is": _Voice(
        (("Jón Bjarnason", "Hæ Jón,"), ("Guðrún Ósk", "Hæ Guðrún,"), ("Þóra Lind", "Hæ Þóra,")),
        (
            "Góðan daginn, pakkinn minn er ekki kominn. Getið þið séð hvar hann er staddur?",
            "Halló, hvaða sítrónudrykkur geymist best án þess að vera í ísskáp yfir helgina?",
        ),
        (
            "takk fyrir póstinn. Pakkinn þinn númer {number} fór frá okkur í morgun og ætti að koma til þín innan "
            "tveggja virkra daga. Láttu mig vita ef hann skilar sér ekki."
        ),
        (
            "ylliblómadrykkurinn geymist best, og engiferið þar á eftir. Hafðu flöskurnar í skugga.",
            "ég spurði bruggarana og þeir segja að engiferið komi aftur með vorinu.",
        ),
        "Kær kveðja,\nMarta",
    ),
    "hu": _Voice(
        (("Kovács Anna", "Szia Anna!"), ("Nagy Péter", "Szia Péter!"), ("Tóth Eszter", "Szia Eszter!")),
        (
            "Jó napot kívánok, még nem érkezett meg a csomagom a kupakokkal. Meg tudnák nézni, hol tart?",
            "Sziasztok, melyik limonádé bírja ki hűtő nélkül vasárnapig? Sátrazni megyünk a gyerekekkel.",
        ),
        (
            "Köszönöm, hogy írtál. A csomagod ({number}) ma reggel indult el a raktárból, két munkanapon belül nálad "
            "kell lennie. Ha mégsem, szólj, és utánanézek neked."
        ),
        (
            "A bodzás bírja a legtovább, utána a gyömbéres jön. Tartsd őket árnyékban, te is úgy szereted.",
            "Megkérdeztem a főzőket, és azt mondják, tavasszal lesz megint gyömbéres, akkor hozok neked is.",
        ),
        "Szép napot,\nMarta",
    ),
    "cs": _Voice(
        (("Jana Nováková", "Ahoj Jano,"), ("Petr Hanák", "Ahoj Petře,"), ("Žofie Dvořáková", "Ahoj Žofie,")),
        (
            "Dobrý den, ještě mi nepřišel balík s víčky. Můžete se prosím podívat, kde je?",
            "Ahoj, která limonáda vydrží do neděle bez lednice? Jedeme s dětmi pod stan.",
        ),
        (
            "díky za zprávu. Tvůj balík číslo {number} dnes ráno odjel ze skladu a do dvou pracovních dnů by měl být u "
            "tebe. Kdyby nebyl, dej mi vědět a podívám se po něm."
        ),
        (
            "nejdéle ti vydrží bezová, hned po ní zázvorová. Nech je ve stínu.",
            "ptala jsem se v pivovaru a říkají, že zázvorová bude zase na jaře, to ti jednu schovám.",
        ),
        "Hezký den,\nMarta",
    ),
    "el": _Voice(
        (("Ελένη Παππά", "Γεια σου Ελένη,"), ("Νίκος Ράλλης", "Γεια σου Νίκο,"), ("Άννα Βέργου", "Γεια σου Άννα,")),
        (
            "Καλημέρα, δεν ήρθε ακόμα το δέμα μου με τα καπάκια. Μπορείτε να δείτε πού βρίσκεται;",
            "Γεια σας, ποια λεμονάδα αντέχει ως την Κυριακή χωρίς ψυγείο; Πάμε για κάμπινγκ με τα παιδιά.",
        ),
        (
            "ευχαριστώ που μου έγραψες. Το δέμα σου {number} έφυγε σήμερα το πρωί από την αποθήκη και θα είναι εκεί σε "
            "δύο εργάσιμες μέρες. Αν δεν έρθει, πες μου και θα το ψάξω για σένα."
        ),
        (
            "η λεμονάδα με σαμπούκο αντέχει περισσότερο, και μετά έρχεται του τζίντζερ. Κράτα τις στη σκιά σου.",
            "ρώτησα στο εργαστήριο και μου είπαν ότι το τζίντζερ έρχεται πάλι την άνοιξη, θα σου κρατήσω ένα.",
        ),
        "Φιλικά,\nMarta",
    ),
}
LANGUAGES = tuple(_VOICES)
_PEOPLE = 420  # addresses: each is one person's, whatever the language


def write(path: Path, letters: int, now: int) -> Path:
    """Write an mbox of so many letters, the last of them an hour before `now` (Unix seconds)."""
    made = list(_letters(letters, datetime.fromtimestamp(now, UTC)))
    with path.open("wb") as out:
        for letter in made:
            out.write(b"From - Thu Jan  1 00:00:00 2026\n")
            out.write(letter.as_bytes().replace(b"\nFrom ", b"\n>From "))
            out.write(b"\n\n")
    return path


def _letters(many: int, now: datetime) -> Iterator[EmailMessage]:
    """The letters, the oldest first."""
    step = timedelta(days=DAYS) / many
    begin = now - timedelta(days=DAYS, hours=1)
    written = 0
    for talk in count():
        language = LANGUAGES[talk % len(LANGUAGES)]
        voice = _VOICES[language]
        at = begin + step * written
        person, hello = voice.people[talk // len(LANGUAGES) % len(voice.people)]
        asks = voice.asks[talk // 7 % len(voice.asks)]
        subject = f"{asks.split('.')[0].split('?')[0][:40]} {talk}"
        address = f"person{talk % _PEOPLE}@mail{talk % 50}.example"
        question = _letter(f"q{talk}", f"{person} <{address}>", f"Marta <{OWN}>", subject, asks, at)
        yield question
        written += 1
        if written >= many:
            return
        if talk % 10 >= 7:  # nobody has answered these
            continue
        answer = _letter(
            f"a{talk}", f"Marta <{OWN}>", f"{person} <{address}>", f"Re: {subject}", _words(voice, hello, talk),
            at + step,
        )  # fmt: skip
        answer["In-Reply-To"] = answer["References"] = question["Message-ID"]
        if talk % 20 == 3:
            answer["Cc"] = JON
        if talk % 30 == 4:
            answer["Cc"] = f"Alex Depot <{ALEX}>"
        yield answer
        written += 1
        if written >= many:
            return
        if talk % 40 == 5:
            passed = _letter(f"f{talk}", f"Marta <{OWN}>", PETRA, f"Fwd: {subject}", "Petro, mrkneš na to?", at + step)
            yield passed
            written += 1
            if written >= many:
                return


def _words(voice: _Voice, hello: str, talk: int) -> str:
    body = voice.again.format(number=f"SIT-{4000 + talk}") if talk % 3 else voice.once[talk // 3 % len(voice.once)]
    return f"{hello}\n\n{body}\n\n{voice.end}\n"


def _letter(key: str, sender: str, to: str, subject: str, words: str, at: datetime) -> EmailMessage:
    letter = EmailMessage()
    letter["Message-ID"] = f"<{key}@sitrona.example>"
    letter["Date"] = format_datetime(at)
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter.set_content(words)
    return letter
