"""Streets with their number in a text, as people write them in Iceland, Hungary, Czechia, Greece and Britain.

Where a word says that it is a street, it is one, unless the number counts what comes after it. Where the name alone
stands with a number ("Dlouhá 7", "Σόλωνος 45"), something has to end there: a line, a sentence, a part of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PLACE = "[address]"
"""What stands in for one."""
_CAPITAL = r"[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽÖŐÜŰÐÞÆÅΑ-ΩΆΈΉΊΌΎΏ]"
_WORD = rf"(?<!\w){_CAPITAL}[\w'’.-]{{0,40}}+"  # no longer, so that no text takes long
_STEM = rf"(?<!\w){_CAPITAL}\w{{0,30}}"
_NUMBER = r"\d{1,4}(?:\s?/\s?\d{1,4})?(?:/?[A-Za-zΑ-Ωα-ω]\b)?\.?"
_SMALL = r"\d{1,3}(?:/\d{1,4})?(?:/?[A-Za-zΑ-Ωα-ω]\b)?(?!\d)"
"""A number that is no year, without a full stop."""
_COUNTED = (  # what is counted after a number that only looks like a house's
    r"(?![ ](?:perc|ór[aá]|nap|h[eé]t|hónap|év|méter|m\b|km\b|ember|fő\b|darab|db\b|tavasz|ny[aá]r|ősz|t[eé]l"
    r"|minut|hodin|d[en]n|let\b|kilometr|metr|lid|km|kr\b|kg\b|ml\b|ft\b|kč|eur|miles?\b|years?\b|minutes?\b|days?\b"
    r"|mínút|klukku|dag|metra|λεπτ|ώρ|μέρ|μέτρ|χιλιόμ|άτομ|ευρώ))"
)
_MONTHS = r"(?!(?:Ιαν|Φεβ|Μαρτ|Μαΐ|Απρ|Ιουν|Ιουλ|Αυγ|Σεπ|Οκτ|Νοε|Δεκ)\w{0,10}[ ])"
_END = (
    r"(?=[ ]?(?:$|[;)!?\]\"”»]|[,:](?!\d)|[.](?![ ]?[\da-záčďéěíňóřšťúůýžöðþæα-ωάέήίόύώ])"
    r"|[.]?[ ](?:alatt|v|ve|í|á|στ\w{1,3}|in|please)\b))"
)
_NO_NAME = r"(?!(?:A|Az|Ez|Egy|Ha|Hosszú|The|This|That|My|Our|Your|One|Ten)[ ])"
_HUNGARIAN = r"(?:utca|u\.|út(?:ja)?|tér|körút|krt\.|rakpart|rkp\.|fasor|dűlő|sor|köz|sétány|lépcső|park)"
_KIND_BEFORE = (
    r"(?:[Uu]lice|[Uu]lici|[Uu]l\.|[Nn]áměstí|[Nn]ám\.|[Tt]řída|[Tt]ř\.|[Nn]ábřeží|[Nn]ábř\."
    r"|[ΟοΌό]δ(?:ός|ού|ό)|[Λλ]εωφόρο[ςυ]|[Λλ]εωφ\.|[Ππ]λατεία|[Ππ]λ\.|[Ππ]άροδος|[Σσ]οκάκι)"
)
_CLEAR = r"(?:Street|St\.?|Road|Rd\.?|Lane|Avenue|Ave\.?|Square|Terrace|Crescent|Boulevard|Mews|Wynd)"
_OTHER = (
    r"(?:Drive|Close|Way|Place|Park|Hill|Green|View|Row|Walk|Court|Gardens|Grove|Approach|Parade|Rise|Quay|Yard|Gate"
    r"|Vale)"
)
_ICELANDIC = (
    r"(?:gata|götu|veg(?:ur|i|s)?|stíg(?:ur|s)?|braut|tún|túni|holt|holti|hlíð|stræti|sund|sundi|múli?a?|heim(?:ar|um|a)"
    r"|teig(?:ur|i)?|borg|gerði|bakk[ia]|hvamm(?:ur|i)|mýri|lund(?:ur|i)|flöt|tang[ia]|straße|strasse)"
)
_CZECH = r"(?:ov[ayu]|ově|[sc]k(?:á|é|ou)|[nlhkrtvp](?:á|é|ou)|ní|ého)"
_GREEK = r"(?:ου|ού|ος|ης|ής|ας|άς|ων|ών|ους|ούς|εως|έως|ή)"
_STREET = re.compile(
    r"(?:"
    # the word for a street after its name: Váci utca 1., Petőfi u.12, High Street 5
    rf"{_NO_NAME}(?:{_WORD}[ ]){{1,4}}{_HUNGARIAN}[ ]?{_NUMBER}(?!\w){_COUNTED}"
    rf"|{_NO_NAME}(?:{_WORD}[ ]){{1,3}}(?:[Ss]treet|[Rr]oad|[Ll]ane|[Aa]venue|[Ss]quare|náměstí|ulice|třída|alej)[ ]"
    rf"{_NUMBER}{_COUNTED}"
    rf"|{_STEM}{_ICELANDIC}[ ]{_SMALL}(?![.]?[ ]?[a-záðéíóúýþæö]{{3}}|\d){_COUNTED}"
    # before it: ulice Dlouhá 5, náměstí Míru 3, οδός Ερμού 15, Λεωφόρος Κηφισίας 44
    rf"|(?<!\w){_KIND_BEFORE}[ ](?:{_WORD}[ ]){{1,3}}{_NUMBER}{_COUNTED}"
    # with the number first: 12 High Street, 9 Elder Row
    rf"|\b(?!(?:19|20)\d\d[ ])\d{{1,4}}[A-Za-z]?[ ](?:{_WORD}[ ]){{1,3}}{_CLEAR}(?!\w)"
    rf"|\b\d{{1,3}}[A-Za-z]?[ ](?:{_WORD}[ ]){{1,3}}{_OTHER}{_END}"
    rf"|\b\d{{1,3}}[a-z]?[ ][a-z]{{2,20}}[ ](?:street|road|lane|avenue){_END}"
    # a name alone: Na Příkopě 12, Dlouhá 7, Σόλωνος 45, 28ης Οκτωβρίου 10
    rf"|(?<!\w)(?:Na|Nad|Pod|Před|Za|Ke?|Ve?|U|Mezi|Při)[ ]{_WORD}(?:[ ]{_WORD})?[ ]{_SMALL}{_END}"
    rf"|(?:(?:{_WORD}[ ])?{_STEM}{_CZECH}|{_STEM}a[ ]{_STEM}a)[ ]{_SMALL}{_END}"
    rf"|(?:\d{{1,2}}ης[ ]{_WORD}|(?:{_WORD}[ ]){{0,2}}{_MONTHS}{_STEM}{_GREEK}(?:[ ]{_WORD})?)[ ]{_SMALL}{_END}"
    # any name and number before a postcode and a town: Ερμού 15, 105 63 Αθήνα
    rf"|{_WORD}(?:[ ]{_WORD}){{0,3}}[ ]{_NUMBER}(?=,\s*\d{{3}}[ ]?\d{{0,2}}[ ]{_CAPITAL})"
    r")",
    re.MULTILINE,
)
_LED = re.compile(  # any name and number after a word for an address
    r"(\b(?:[Hh]eimilisfang\w{0,6}|[Bb]ý|[Bb]ýr|[Bb]úum|[Hh]eima|[Cc]ím\w{0,4}|[Ll]akcím\w{0,4}|[Aa]dres\w{0,3}"
    r"|[Bb]ydl\w{1,4}|[Δδ]ιεύθυνσ\w{1,3}|[Μμ]έν(?:ω|ουμε|ει)|[Aa]ddress|[Ll]ive)\b[:]?[ ]"
    r"(?:[a-záéíóúýþæöůěščřžα-ωάέήίόύώ]{1,10}[ ]){0,3})"
    rf"({_WORD}(?:[ ]{_WORD}){{0,3}}[ ]{_SMALL}){_END}",
    re.MULTILINE,
)
_TOWN = re.compile(
    rf"(?<![\w#-])(?:\d{{3}}[ ]\d{{2}}|[A-Z]{{1,2}}-\d{{3,5}}|\d{{4}}|\d{{3}})[ ]{_WORD}(?:[ ]\d{{1,2}}\b)?"
    r"(?=$|[\s,.;)])"
)
_BRITISH = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}\b")


def streets_in(text: str) -> Iterator[tuple[int, int]]:
    """Where streets with their number stand in a text, in no order; some may be told twice."""
    yield from (one.span(2) for one in _LED.finditer(text))
    yield from (one.span() for one in _STREET.finditer(text))


def without_streets(text: str) -> str:
    """The text with PLACE for streets, and for postcodes with towns where there is a street.

    Without one a town stays: "2026 Budapest" alone may be a fair.
    """
    done = _LED.sub(rf"\1{PLACE}", _STREET.sub(PLACE, text))
    return text if done == text else _BRITISH.sub(PLACE, _TOWN.sub(PLACE, done))
