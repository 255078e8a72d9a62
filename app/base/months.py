"""The names of months as people write them, by CLDR, and as spreadsheets and web pages have them.

Those of Rapport's five languages, and of German, Slovak, Polish, French, Spanish and Italian.
"""

from __future__ import annotations

from app.base.text import fold

_MONTHS = """
january jan janúar január leden ledna led ιανουάριος ιανουαρίου ιαν januar jänner janvier janv enero ene gennaio gen
 styczeń stycznia
february feb febr febrúar február únor února úno φεβρουάριος φεβρουαρίου φεβ februar février févr febrero febbraio
 luty lutego
march mar márc mars marz március březen března bře μάρτιος μαρτίου μαρ märz marec marca marzo marzec
april apr ápr apríl április duben dubna dub απρίλιος απριλίου απρ avril avr abril abr aprile kwiecień kwietnia
 apríla
may maí máj május květen května kvě μάιος μαΐου μαϊ μάη mai mayo maggio mag maj maja mája
june jun júní jún június červen června čvn cer ιούνιος ιουνίου ιουν ιούνη juni juin junio giugno giu czerwiec
 czerwca júna
july jul júlí júl július červenec července čvc ιούλιος ιουλίου ιουλ ιούλη juli juillet juil julio luglio lug lipiec
 lipca júla
august aug ágúst ágú augusztus srpen srpna srp αύγουστος αυγούστου αυγ août agosto ago sierpień sierpnia augusta
september sep sept szept szeptember září zář σεπτέμβριος σεπτεμβρίου σεπ σεπτ septembre septiembre settembre set
 wrzesień września septembra
october oct okt október říjen října říj οκτώβριος οκτωβρίου οκτ oktober octobre octubre ottobre ott październik
 października októbra
november nov nóvember nóv listopad listopadu lis νοέμβριος νοεμβρίου νοε νοεμ novembre noviembre listopada novembra
december dec desember des prosinec prosince pro δεκέμβριος δεκεμβρίου δεκ dezember dez décembre déc diciembre dic
 dicembre grudzień grudnia decembra
"""
MONTHS = {
    fold(word): number
    for number, words in enumerate(_MONTHS.strip().replace("\n ", " ").split("\n"), 1)
    for word in words.split()
}
"""Folded names and abbreviations of months -> 1 to 12."""
