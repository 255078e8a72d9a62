"""What teammates write as a status, in English, Czech, Hungarian, Icelandic and Greek: tables, and how they are read.

A word of the tables is taken. Anything longer is asked about, with the likeliest reading: "done, sent it today" looks
solved, "not done" does not, and «δεν γίνεται» is declined while «γίνεται» is in work. Left out on purpose is what
means two things: Hungarian "megvan" and "rendben", "ok", Icelandic "sent", Czech "jasně".
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from app.base.text import fold
from app.gifts import STATE_NAMES as GIFT_NAMES
from app.handoffs import STATE_NAMES, STATUSES

_HANDOFF = """
sent: sent, to send, new, open, nové, odesláno, nyitott, új, elküldve, nýtt, ósvarað, στάλθηκε, νέο, ανοιχτό
seen: seen, read it, read, got it, noted, received, saw this, acknowledged, aware
seen: viděl jsem, viděla jsem, viděno, přečteno, přijato, beru na vědomí, vím o tom, mrknu na to
seen: láttam, olvastam, megkaptam, megnéztem, tudomásul véve, láttam köszi, tudok róla
seen: séð, búin að sjá þetta, búinn að sjá þetta, búinn að lesa, búin að lesa, lesið, móttekið, sá þetta
seen: veit af þessu
seen: το είδα, το διάβασα, ελήφθη, το έλαβα, το έχω υπόψη, το έχω δει, ενημερώθηκα, διαβάστηκε
in_work: in work, in progress, on it, looking into it, working on it, started, wip, investigating, ongoing, pending
in_work: waiting for the carrier, under way, underway
in_work: řeším, řeší se, dělám na tom, v řešení, rozpracováno, zjišťuju, zjišťuji, pracuje se na tom, probíhá
in_work: čekám na dopravce
in_work: folyamatban, dolgozom rajta, intézem, csinálom, elkezdtem, utánanézek, vizsgálom, a futárra várok
in_work: í vinnslu, er að vinna í þessu, í skoðun, er að skoða þetta, byrjuð á þessu, byrjaður á þessu, byrjaður
in_work: byrjuð, í gangi, bíð eftir flutningsaðilanum
in_work: σε εξέλιξη, το κοιτάζω, το ψάχνω, το δουλεύω, το ξεκίνησα, υπό επεξεργασία, γίνεται
in_work: περιμένω τη μεταφορική
solved: solved, done, fixed, sorted, resolved, finished, all sorted, closed, completed, complete, all done, answered
solved: hotovo, vyřešeno, vyřízeno, hotové, opraveno, uzavřeno, už je to v pořádku, dokončeno, zodpovězeno
solved: kész, megoldva, megoldódott, elintézve, elintéztem, javítva, lezárva, elkészült, megoldottam
solved: leyst, búið, klárað, lokið, komið í lag, afgreitt, lagað, tilbúið
solved: λύθηκε, έγινε, έτοιμο, ολοκληρώθηκε, τακτοποιήθηκε, διορθώθηκε, έκλεισε
declined: declined, no, won't do, wont do, not mine, can't do, cannot do, rejected, not possible
declined: we won't be doing this, refused
declined: zamítnuto, odmítnuto, ne, nejde to, neuděláme, není moje, nebude se dělat, to bohužel nejde
declined: elutasítva, nem, nem vállalom, nem az enyém, nem lehet, nem csináljuk meg, elvetve, sajnos nem megy
declined: hafnað, nei, get þetta ekki, ekki mitt, ekki hægt, verður ekki gert, gerum þetta ekki, því miður ekki
declined: απορρίφθηκε, όχι, δεν γίνεται, δεν μπορώ, δεν είναι δικό μου, δεν θα το κάνουμε, απορρίπτεται
declined: δυστυχώς όχι
"""
_LOOKS = """
in_work: not done, not done yet, not yet, not finished, not fixed yet, ještě ne, zatím ne, není hotovo
in_work: ještě není hotovo, még nem, még nincs kész, nincs kész, nem kész, ekki búið, ekki lokið, ekki enn
in_work: όχι ακόμα, όχι ακόμη, δεν έγινε ακόμα, δεν έγινε
"""
"""What looks like a status of a hand-off, and is asked about."""
_GIFT = """
idea: idea, nápad, ötlet, hugmynd, ιδέα
approved: approved, schváleno, jóváhagyva, samþykkt, εγκρίθηκε
to_ship: to ship, to send, pending, packed, not shipped, not sent, not shipped yet, not sent yet
to_ship: k odeslání, zabaleno, neodesláno, ještě neodesláno
to_ship: feladandó, küldendő, csomagolva, becsomagolva, még nem ment el, nincs feladva
to_ship: til sendingar, ósent, pakkað, ekki sent, προς αποστολή, συσκευάστηκε, δεν στάλθηκε
shipped: shipped, sent, sent out, posted, mailed, dispatched, handed over, done
shipped: odesláno, posláno, podáno, předáno, odešlo, hotovo
shipped: feladva, elküldve, postázva, átadva, elment, kész
shipped: sent af stað, farið, póstlagt, afhent, lokið, búið
shipped: στάλθηκε, εστάλη, απεστάλη, έφυγε, έγινε, έτοιμο
arrived: arrived, delivered, received, doručeno, dorazilo, přijato, kézbesítve, megérkezett, átvéve, komið, barst
arrived: παραδόθηκε, έφτασε, παρελήφθη
lost: lost, gone missing, ztraceno, ztratilo se, elveszett, týnt, týndist, χάθηκε
returned: returned, sent back, came back, vráceno, vrátilo se, visszajött, visszaküldve, endursent, kom til baka
returned: επιστράφηκε, γύρισε πίσω
thanked: thanked, poděkováno, megköszönve, þakkað, ευχαρίστησε
"""
_NEGATION_WORDS = """
not no never isn't wasn't hasn't haven't can't cannot won't didn't don't doesn't couldn't nothing without
ne není nejsou nebylo nebude nemám nelze nikdy nic ještě zatím nem nincs nincsen sem még ekki ekkert aldrei
δεν δε όχι μην μη ποτέ τίποτα χωρίς
"""
_BUT_WORDS = "but however except ale však de viszont kivéve en nema samt αλλά όμως εκτός"
_NEGATIONS = frozenset(map(fold, _NEGATION_WORDS.split()))
_BUT = frozenset(map(fold, _BUT_WORDS.split()))
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MOST_CHARS = 500


def _table(text: str, names: dict[str, str]) -> dict[str, str]:
    found = {_plain(key): key for key in names} | {_plain(name): key for key, name in names.items()}
    for line in text.strip().splitlines():
        key, _, words = line.partition(":")
        for word in words.split(","):
            found.setdefault(_plain(word), key)
    return found


def _plain(text: str) -> str:
    """Words folded, joined by single spaces."""
    return " ".join(_WORDS.findall(fold(text.replace("’", "'"))))


STATUS_NAMES = {"handoffs": {key: STATE_NAMES[key] for key in STATUSES}, "gifts": dict(GIFT_NAMES)}
"""What a status can be in each kind of file: key -> its English name."""
_TABLES = {"handoffs": _table(_HANDOFF, STATUS_NAMES["handoffs"]), "gifts": _table(_GIFT, STATUS_NAMES["gifts"])}
_LOOKING = {"handoffs": _table(_LOOKS, {}), "gifts": {}}
_FINAL = {"handoffs": "solved", "gifts": "shipped"}


@lru_cache(maxsize=1024)
def read(typed: str, kind: str) -> tuple[str, tuple[str, ...]]:
    """The status that words mean in a kind of file, or "" and what they may mean, likeliest first."""
    plain, table = _plain(typed), _TABLES[kind]
    if not _has_figures(typed) and plain in table:
        return table[plain], ()
    return "", _likely(plain[:_MOST_CHARS], table | _LOOKING[kind], kind)


def _has_figures(typed: str) -> bool:
    """Whether there is more than words: "done 3 of 5" is not "done of"."""
    return any(letter.isdigit() for letter in typed)


def _likely(plain: str, table: dict[str, str], kind: str) -> tuple[str, ...]:
    words = plain.split()
    if not words:
        return ()
    close = get_close_matches(plain, table, n=1, cutoff=0.8)
    if close and not set(words) & _NEGATIONS - set(close[0].split()):
        return (table[close[0]],)
    found = _longest(words, table)
    doubtful = bool(set(words) & (_NEGATIONS | _BUT))
    if doubtful:
        found = [key for key in found if key != _FINAL[kind]]
    return tuple(dict.fromkeys(found))


def _longest(words: list[str], table: dict[str, str]) -> list[str]:
    """What the known phrases within mean, the longest first; a part of a longer one does not count."""
    found: list[tuple[int, str]] = []
    taken: set[int] = set()
    for size in range(min(len(words), 6), 0, -1):
        for at in range(len(words) - size + 1):
            places = set(range(at, at + size))
            key = table.get(" ".join(words[at : at + size]))
            if key and not places & taken:
                taken |= places
                found.append((size, key))
    return [key for _, key in sorted(found, key=lambda pair: -pair[0])]
