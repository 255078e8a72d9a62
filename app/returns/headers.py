"""Which column of a file that came back is which: by its title in five languages, by its place, as was said. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.base.errors import UserError
from app.base.text import fold
from app.base.words import tr
from app.export.desk import FILLED_IN, GIFTS, HANDOFFS
from app.returns import numbers
from app.returns.sheets import Sheet

COLUMNS = {"handoffs": HANDOFFS, "gifts": GIFTS}
OWNED = FILLED_IN
"""The columns that the teammate fills in; all others are only compared."""
ID = {"handoffs": "handoff_id", "gifts": "gift_id"}
_TITLES = """
rev: rev, revision, version, verze, revize, verzió, útgáfa, έκδοση
kind: kind, type, druh, typ, fajta, típus, tegund, είδος, τύπος
priority: priority, priorita, prioritás, fontosság, forgangur, προτεραιότητα
opened: opened, opened on, otevřeno, zadáno, megnyitva, opnað, stofnað, άνοιξε, ανοίχτηκε
needed_by: needed by, due, due date, deadline, do kdy, termín, határidő, vantar fyrir, skilafrestur, έως, προθεσμία
channel: channel, kanál, csatorna, rás, κανάλι
link: link, url, odkaz, hivatkozás, hlekkur, tengill, σύνδεσμος
member: member, customer, člen, zákazník, tag, ügyfél, félagi, viðskiptavinur, μέλος, πελάτης
language: language, jazyk, nyelv, tungumál, γλώσσα
message: message, zpráva, üzenet, skilaboð, μήνυμα
context: context, kontext, souvislosti, előzmény, samhengi, συμφραζόμενα, πλαίσιο
ask: ask, request, question, prosba, žádost, dotaz, kérés, kérdés, beiðni, spurning, αίτημα, ερώτηση
owner: owner, who, assignee, vlastník, řeší, kdo, felelős, ki, ábyrgð, eigandi, hver, υπεύθυνος, ποιος
status: status, state, stav, státusz, állapot, staða, κατάσταση, στάδιο
answer: answer, reply, response, odpověď, válasz, svar, απάντηση
answered_on: answered on, answered, answer date, date, zodpovězeno, odpovězeno dne, datum, megválaszolva, válasz dátuma
answered_on: dátum, svarað, dagsetning, απαντήθηκε, ημερομηνία
ticket: ticket, case, tiket, číslo případu, jegy, hibajegy, ügyszám, miði, málsnúmer, δελτίο, αριθμός υπόθεσης
item: item, gift, položka, dárek, tétel, ajándék, hlutur, gjöf, είδος δώρου, δώρο
size: size, velikost, méret, stærð, μέγεθος
qty: qty, quantity, count, množství, počet, darab, mennyiség, magn, fjöldi, ποσότητα
recipient: recipient, name, příjemce, jméno, címzett, név, viðtakandi, nafn, παραλήπτης, όνομα
address_1: address 1, address, street, adresa, ulice, cím, utca, heimilisfang, gata, διεύθυνση, οδός
postal_code: postal code, postcode, zip, psč, irányítószám, póstnúmer, τκ, ταχυδρομικός κώδικας
city: city, town, město, város, borg, bær, πόλη
country: country, země, stát, ország, land, χώρα
shipped_on: shipped on, shipped, sent on, date, odesláno, odesláno dne, datum, feladva, feladás dátuma, dátum, sent
shipped_on: sent þann, dagsetning, στάλθηκε, ημερομηνία, ημερομηνία αποστολής
carrier: carrier, courier, dopravce, futár, szállító, flutningsaðili, μεταφορική, μεταφορέας
tracking: tracking, tracking number, sledování, číslo zásilky, sledovací číslo, nyomkövetés, csomagszám
tracking: rakningarnúmer, sendingarnúmer, αριθμός αποστολής, αριθμός παρακολούθησης
actual_cost: actual cost, cost, postage, cena, náklady, poštovné, költség, ár, kostnaður, verð, κόστος, τιμή
currency: currency, měna, pénznem, deviza, gjaldmiðill, mynt, νόμισμα
"""
_IDS = """
handoff_id: handoff id, hand off id, handoff, id, číslo, azonosító, auðkenni, númer, κωδικός, αριθμός
gift_id: gift id, gift, id, číslo, azonosító, auðkenni, númer, κωδικός, αριθμός
"""
_SEVERAL = re.compile(r"[\W_]+")
_SHOWN_COLUMNS, _SHOWN_CHARS = 6, 30
_OTHER_FILES = (
    ({"message_id", "conversation_id"}, "messages"),
    ({"conversation_id", "url"}, "conversations"),
    ({"First Name", "Email"}, "members"),
)


def _table(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in text.strip().splitlines():
        column, _, titles = line.partition(":")
        found.setdefault(column, set()).update(map(_plain, titles.split(",")))
    return found


def _plain(title: str) -> str:
    return " ".join(_SEVERAL.sub(" ", fold(title)).split())


_KNOWN = _table(_TITLES)
_KNOWN_IDS = _table(_IDS)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column has what: field -> index. `kind` is handoffs or gifts, `extra` the titles that are none of ours.

    `by_place`: the titles are not known, but the columns stand as they were sent. Unless it is `settled`, none of the
    teammate's columns is known, and somebody has to say which they are.
    """

    kind: str
    columns: dict[str, int]
    extra: tuple[str, ...] = ()
    by_place: bool = False
    settled: bool = True

    def owned(self) -> list[str]:
        """The columns of the teammate that are there."""
        return [column for column in OWNED[self.kind] if column in self.columns]


def names(sheet: Sheet) -> tuple[str, ...]:
    """What each column is called where one says which is which: its title, else "Column C"; each name once."""
    width = max([len(sheet.header), *(len(line.cells) for line in sheet.lines)])
    titles = [title.strip() for title in (*sheet.header, *[""] * (width - len(sheet.header)))]
    seen: Counter[str] = Counter()
    found = []
    for place, title in enumerate(titles):
        name = " ".join(title.split()) or tr("Column {letter}").format(letter=_letters(place))
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)


def _letters(place: int) -> str:
    """How a spreadsheet calls a column, counted from 0: A to Z, AA, AB ..."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def kind_of(sheet: Sheet) -> str:
    """What a file is about by its ids: "handoffs" or "gifts"; "" where it has none."""
    return _ids(sheet)[0]


def layout(sheet: Sheet, said: Mapping[str, str] | None = None) -> Layout:
    """Find the columns; `said` (name of a column -> field, "" for none) takes precedence.

    Raises UserError for a file that is none of ours, or where `said` names what is not there.
    """
    kind, id_column = _ids(sheet)
    named = _named(sheet, kind, said or {})
    kind = next((one for one, field in ID.items() if field in named.values()), kind)
    if not kind:
        raise UserError(_not_ours(sheet))
    found = {field: place for place, field in named.items() if field}
    if id_column not in named:
        found.setdefault(ID[kind], id_column)
    if ID[kind] not in found:
        raise UserError(_not_ours(sheet))
    titled, extra = _titled(sheet, kind, {*named, found[ID[kind]]})
    extra += [name for place, name in enumerate(names(sheet)) if named.get(place) == ""]
    by_place = not any(column in titled for column in OWNED[kind]) and _stands_as_sent(sheet, kind, id_column)
    if by_place:
        titled, extra = {column: at for at, column in enumerate(COLUMNS[kind]) if at not in named}, []
    columns = titled | found
    settled = any(column in columns for column in OWNED[kind])
    return Layout(kind, columns, tuple(extra), by_place=by_place, settled=settled)


def _titled(sheet: Sheet, kind: str, taken: set[int]) -> tuple[dict[str, int], list[str]]:
    """The columns that are known by their titles, and the titles that are none of ours; `taken` places are left out."""
    found: dict[str, int] = {}
    extra = []
    for place, title in enumerate(sheet.header):
        if place in taken:
            continue
        column = _column(title, kind)
        if column and column != ID[kind] and column not in found:
            found[column] = place
        elif title.strip() and column != ID[kind]:
            extra.append(title.strip())
    return found, extra


def _named(sheet: Sheet, kind: str, said: Mapping[str, str]) -> dict[int, str]:
    """The field of each column about which something was said: place -> field, "" for none."""
    places = {_plain(name) or name: place for place, name in reversed(list(enumerate(names(sheet))))}
    found: dict[int, str] = {}
    for name, typed in said.items():
        place = places.get(_plain(name) or name)
        if place is None:
            msg = tr("There's no column “{title}” in this file. Its columns are: {header}.").format(
                title=name, header=", ".join(names(sheet))
            )
            raise UserError(msg)
        field = "" if typed.strip() in ("", "-") else typed.strip().casefold()
        kinds = [one for one in COLUMNS if field in COLUMNS[one] and kind in ("", one)]
        if field and not kinds:
            msg = tr("“{field}” isn't a column of ours. Choose from: {columns}.").format(
                field=typed, columns=", ".join(COLUMNS[kind or "handoffs"])
            )
            raise UserError(msg)
        twin = next((other for other, used in found.items() if field and used == field), None)
        if twin is not None:
            msg = tr("“{first}” and “{second}” can't both be {column}. Leave one of them out.").format(
                first=names(sheet)[twin], second=name, column=field
            )
            raise UserError(msg)
        found[place] = field
    return found


def _column(title: str, kind: str) -> str:
    """The field that a title names; "" if none."""
    exact = title.strip().casefold()
    if exact in COLUMNS[kind]:
        return exact
    plain = _plain(title)
    if plain in _KNOWN_IDS[ID[kind]]:
        return ID[kind]
    return next((column for column in COLUMNS[kind] if plain in _KNOWN.get(column, ())), "")


def _ids(sheet: Sheet) -> tuple[str, int]:
    """The kind of file and the column of its ids: by the title, or by what stands there; ("", 0) if there is none."""
    titles = [title.strip().casefold() for title in sheet.header]
    for kind, title in ID.items():
        if title in titles:
            return kind, titles.index(title)
    width = max([len(sheet.header), *(len(line.cells) for line in sheet.lines[:50])])
    best, kind, column = 0, "", 0
    for place in range(width):
        kinds = [numbers.kind_of(line.cell(place)) for line in sheet.lines]
        for candidate in ID:
            if kinds.count(candidate) > best:
                best, kind, column = kinds.count(candidate), candidate, place
    return kind, column


def _stands_as_sent(sheet: Sheet, kind: str, id_column: int) -> bool:
    """Whether the columns are as many as they were, the id is first, and the revision after it is a number."""
    whole = len(sheet.header) == len(COLUMNS[kind]) and id_column == 0
    return whole and all(line.cell(1).isascii() and line.cell(1).isdecimal() for line in sheet.lines)


def _not_ours(sheet: Sheet) -> str:
    for titles, what in _OTHER_FILES:
        if titles <= set(sheet.header):
            return tr(
                "{name} is a list of {what}, not hand-offs or gifts that came back. To bring it in, use Import."
            ).format(name=sheet.name, what=tr(what))
    msg = tr(
        "{name} isn't a file of hand-offs or gifts: no column has ids like H-0042-7K. Choose the file that you sent "
        "out and got back. Its columns: {columns}."
    )
    return msg.format(name=sheet.name, columns=_shown(sheet.header))


def _shown(header: Sequence[str]) -> str:
    """The first titles, short."""
    titles = [title if len(title) <= _SHOWN_CHARS else f"{title[: _SHOWN_CHARS - 1]}…" for title in header if title]
    more = ", …" if len(titles) > _SHOWN_COLUMNS else ""
    return ", ".join(titles[:_SHOWN_COLUMNS]) + more


def remembered_as(kind: str) -> str:
    """What stands beside the titles where it is remembered which column is which: imports remember theirs there too."""
    return f"returned {kind}"


def which_columns(sheet: Sheet, kind: str) -> str:
    """That somebody has to say which columns have the answers."""
    return tr(
        "Rapport can't tell which columns of {name} hold the answers: {columns}. Say which is which. It has: {titles}."
    ).format(name=sheet.name, columns=", ".join(OWNED[kind]), titles=_shown(names(sheet)))
