"""Redact private data from texts for teammates, unless the person has chosen to include it.

Better too much than too little: what is left out is asked for, what went out cannot be called back. A number that
follows "order", "No." or "#" stays, and so do dates, times and amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

E_MAIL, PHONE, PLACE, PRIVATE = "[e-mail]", "[phone]", "[address]", "[private]"
"""What stands in for each."""
_ADDRESS_CHARS = r"[^\s<>()\[\],;:\"'@]++"  # the characters of an address, except @
_EMAIL = re.compile(rf"(?<![^\s<>()\[\],;:\"'])(?:mailto:)?(?:{_ADDRESS_CHARS}@)+[^\s<>()\[\],;:\"'@]+\.[^\W\d_]{{2,}}")
_AT, _DOT = (
    r"[\[({]\s*(?:at|kukac|zavináč|zavinac|hjá|παπάκι)\s*[\])}]",
    r"[\[({]\s*(?:dot|pont|tečka|tecka|τελεία)\s*[\])}]",
)
_SPELLED = re.compile(  # anna (at) posta (dot) is, anna [at] posta.is
    rf"[\w.+-]{{1,64}}\s*{_AT}\s*[\w-]{{1,63}}(?:\s*(?:{_DOT}|\.)\s*[\w-]{{2,63}}){{1,4}}", re.IGNORECASE
)
_GAP = r"[ ()./\-\u00a0\u2009\u2011\u2013]"
_PHONE = re.compile(rf"(?<![\w+])(?:\+|00[ \u00a0]?)\d(?:{_GAP}*\d){{6,14}}(?!\w)")
_JOINT, _JOINT_OR_SLASH = r"[ \-\u00a0\u2009\u2011]", r"[ /\-\u00a0\u2009\u2011]"
_NO_ORDER = r"(?<![\w#№+.,:/-])(?<!# )"
_NATIONAL = re.compile(
    _NO_ORDER
    + r"(?:"
    + rf"06{_GAP}*(?:1|[2-9]\d){_GAP}*\d{{3}}{_GAP}*\d{{3,4}}"  # Hungary: 06 30 123 4567, 06-1/234-5678
    + r"|[2-79]\d{2}[ \u00a0]\d{3}[ \u00a0]\d{3}"  # Czechia: 777 123 456
    + r"|[4-8]\d{2}[-\u2011]\d{4}|[5-8]\d{2}[ \u00a0]\d{4}"  # Iceland: 555-1234, 555 1234
    + rf"|(?:2\d{{2,3}}|69\d){_GAP}?\d{{3}}{_GAP}?\d{{3,4}}(?<=\d{{4}})"  # Greece: 210 123 4567, 697 123 4567
    + rf"|(?:2[2-8]|69)\d{{2}}{_JOINT}\d{{3}}{_JOINT}\d{{3}}"  # in three groups: 6971 234 567, 2310 123 456
    + r"|69[ \u00a0]\d{2}(?:[ \u00a0]\d{2}){3}|69\d{2}(?:[ \u00a0]\d{2}){3}"  # in pairs: 69 71 23 45 67
    + rf"|(?:[237]0|31|50){_JOINT_OR_SLASH}\d{{3}}{_JOINT}?(?:\d{{4}}|\d{{2}}{_JOINT}\d{{2}})"  # 30/123-4567
    + r"|[2-79]\d{2}[-\u2011]\d{3}[-\u2011]\d{3}"  # Czechia with hyphens; with points, but not 700.000.000:
    + r"|[67]\d{2}[.](?!000)\d{3}[.](?!000)\d{3}|[67]\d{2}(?:[ \u00a0]\d{2}){3}"
    + r"|\(0\d{1,4}\)[ ]?\d{3,4}[ ]?\d{3,4}|0\d{3,4}[ ]\d{3}[ ]?\d{3,4}"  # Britain: (020) 7946 0958, 01632 960 123
    + r"|02\d[ ]\d{4}[ ]\d{4}|07\d{9}"  # 020 7946 0958, 07700900123
    + r")(?![\w%]|[.,]\d)"
)
_CALLED = re.compile(  # a number after a word that says what it is, in any shape
    r"\b((?:tel(?:efon(?:szám\w*|om|u|ní)?)?|phone|mobile?|mobil(?:om|ní|szám\w*)?|cell|whatsapp|viber"
    r"|call me (?:at|on)|sími?(?:nn|num|númer\w*)?"
    r"|gsm|hívj\w*|zavolejte(?: mi)?|volejte|τηλ(?:έφων\w+)?|κιν(?:ητό)?)\b[.:]?\s{0,3}"
    r"(?:is|er|je|a|na|í|είναι|számom)?\s{0,3}[.:]?\s{0,3})"
    rf"(\+?\d(?:{_GAP}{{0,4}}\d){{5,14}})(?!\w)",
    re.IGNORECASE,
)
_NUMBER = r"\d{1,4}(?:\s?/\s?\d{1,4})?(?:/?[A-Za-zΑ-Ωα-ω]\b)?\.?"
_CAPITAL = r"[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽÖŐÜŰÐÞÆÅΑ-ΩΆΈΉΊΌΎΏ]"
_WORD = rf"(?<!\w){_CAPITAL}[\w'’.-]{{0,40}}+"  # no longer, so that no text takes long
_STREET = re.compile(
    r"(?:"
    # the word for a street after its name: Váci utca 1., Laugavegur 12, High Street 5
    rf"(?:{_WORD}[ ]){{0,3}}(?:{_WORD}[ ])?(?:utca|u\.|út(?:ja)?|tér|körút|krt\.|sor|köz|sétány|street|st\."
    rf"|road|rd\.|lane|avenue|ave\.|square|náměstí|nám\.|ulice|třída|nábřeží)[ ]{_NUMBER}"
    rf"|(?<!\w){_CAPITAL}\w{{0,30}}(?:gata|götu|vegur|vegi|stígur|stíg|braut|tún|holt|hlíð|straße|strasse)[ ]{_NUMBER}"
    # before it: ulice Dlouhá 5, náměstí Míru 3, οδός Ερμού 15, Λεωφόρος Κηφισίας 44
    rf"|\b(?:ulice|ul\.|náměstí|nám\.|třída|tř\.|nábřeží|οδός|οδού|οδό|λεωφόρος|λεωφ\.|πλατεία)[ ]"
    rf"(?:{_WORD}[ ]){{1,3}}{_NUMBER}"
    # with the number first: 12 High Street
    rf"|\b\d{{1,4}}[A-Za-z]?[ ](?:{_WORD}[ ]){{1,3}}(?:Street|St\.?|Road|Rd\.?|Lane|Avenue|Ave\.?|Square|Drive|Close)\b"
    # any name and number before a postcode and a town: Na Příkopě 12, 110 00 Praha; Ερμού 15, 105 63 Αθήνα
    rf"|{_WORD}(?:[ ]{_WORD}){{0,3}}[ ]{_NUMBER}(?=,\s*\d{{3}}[ ]?\d{{0,2}}[ ]{_CAPITAL})"
    r")"
)
_TOWN = re.compile(
    rf"(?<![\w#-])(?:\d{{3}}[ ]\d{{2}}|[A-Z]{{1,2}}-\d{{3,5}}|\d{{4}}|\d{{3}})[ ]{_WORD}(?:[ ]\d{{1,2}}\b)?"
    r"(?=$|[\s,.;)])"
)
_BRITISH = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}\b")
_MIN_LINE_CHARS = 5  # minimum characters of an address line; a shorter one would match ordinary words


def redacted(text: str, known: Iterable[str] = ()) -> str:
    """Replace e-mail addresses, phone numbers, street addresses, and the `known` lines (street, phone) in a text."""
    text = _SPELLED.sub(E_MAIL, _EMAIL.sub(E_MAIL, text))
    text = _PHONE.sub(PHONE, text)
    text = _NATIONAL.sub(PHONE, _CALLED.sub(rf"\1{PHONE}", text))
    text = _places(text)
    for line in known:
        if len(line.strip()) >= _MIN_LINE_CHARS:
            text = re.sub(re.escape(line.strip()), PRIVATE, text, flags=re.IGNORECASE)
    return text


def _places(text: str) -> str:
    """Leave out streets, and postcodes with towns where there is a street: "2026 Budapest" alone may be a fair."""
    done = _STREET.sub(PLACE, text)
    if done == text:
        return text
    return _BRITISH.sub(PLACE, _TOWN.sub(PLACE, done))
