"""The days of the week as people write them, in English, Czech, Hungarian, Icelandic and Greek: one list for all."""

from __future__ import annotations

from app.base.text import fold

_NAMES = """
monday mon pondělí po pon hétfő hétfőn hé mánudagur mánudag mán Δευτέρα Δευτέρας Δευ Δε
tuesday tue tues úterý úterka út úte kedd kedden ked ke k þriðjudagur þriðjudag þri Τρίτη Τρίτης Τρι Τρ
wednesday wed weds středa středu středy st stř szerda szerdán sze szer miðvikudagur miðvikudag mið mvd Τετάρτη
 Τετάρτης Τετ Τε
thursday thu thur thurs čtvrtek čtvrtka čt čtv csütörtök csütörtökön cs csü csüt fimmtudagur fimmtudag fim Πέμπτη
 Πέμπτης Πεμ Πε
friday fri pátek pátku pá pát péntek pénteken p pé pén föstudagur föstudag fös Παρασκευή Παρασκευής Παρ Πα
saturday sat sobota sobotu soboty so sob szombat szombaton szo szom laugardagur laugardag lau Σάββατο Σαββάτου Σαβ Σα
sunday sun neděle neděli ne ned vasárnap vas sunnudagur sunnudag Κυριακή Κυριακής Κυρ Κυ
"""
_OF_EACH_WEEK = """
mondays pondělky hét h mánudaga mánudögum Δευτέρες
tuesdays úterky þriðjudaga þriðjudögum Τρίτες
wednesdays miðvikudaga miðvikudögum Τετάρτες
thursdays čtvrtky fimmtudaga fimmtudögum Πέμπτες
fridays pátky föstudaga föstudögum Παρασκευές
saturdays laugardaga laugardögum Σάββατα
sundays v sunnudaga sunnudögum Κυριακές
"""
_OF_A_DATE = """
hétfőre hétfőig
keddre keddig
szerdára szerdáig
csütörtökre csütörtökig
péntekre péntekig
szombatra szombatig
vasárnapra vasárnapig
"""


def _read(table: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in table.strip().replace("\n ", " ").split("\n"))


NAMES = _read(_NAMES)
"""Names and abbreviations of Monday to Sunday as they are spelled, in the cases that a day is named in."""
OF_EACH_WEEK = _read(_OF_EACH_WEEK)
"""Those that only mean the day of each week; in a date "h" is an hour, "hét" seven and "v" a Czech "in"."""
OF_A_DATE = _read(_OF_A_DATE)
"""Those that only mean the day of one date: "by Monday", "until Monday"."""


def folded(*lists: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """The folded words of these lists -> 0 (Monday) to 6."""
    return {fold(word): number for words in lists for number, spelled in enumerate(words) for word in spelled}
