"""Phone numbers in a text, in the national forms of Iceland, Hungary, Czechia, Greece and Britain, and in any abroad.

A number is none that a word calls an order, an article or the like, or that counts money or a measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PHONE = "[phone]"
"""What stands in for one."""
_GAP = r"[ ()./\-\u00a0\u2009\u2011\u2013]"
_ABROAD = re.compile(rf"(?<![\w+])(?:\+|00[ \u00a0]?)\d(?:{_GAP}*\d){{6,14}}(?!\w)")
_JOINT, _JOINT_OR_SLASH = r"[ \-\u00a0\u2009\u2011]", r"[ /\-\u00a0\u2009\u2011]"
_NO_ORDER = r"(?<![\w#№+.,:/-])(?<!# )"
_NATIONAL = re.compile(
    _NO_ORDER
    + r"(?:"
    + rf"06{_GAP}*(?:1|[2-9]\d){_GAP}*\d{{3}}{_GAP}*\d{{3,4}}"  # Hungary: 06 30 123 4567, 06-1/234-5678
    + rf"|\((?:06[ ]?)?(?:1|[2-9]\d)\)[ ]?\d{{3}}{_JOINT}?\d{{3,4}}"  # (30) 123-4567
    + r"|[2-79]\d{2}[ \u00a0]\d{3}[ \u00a0]\d{3}"  # Czechia: 777 123 456
    + r"|[4-8]\d{2}[-\u2011]\d{4}|[5-8]\d{2}[ \u00a0]\d{4}"  # Iceland: 555-1234, 555 1234
    + rf"|(?:2\d{{2,3}}|69\d){_GAP}?\d{{3}}{_GAP}?\d{{3,4}}(?<=\d{{4}})"  # Greece: 210 123 4567, 697 123 4567
    + rf"|(?:2[2-8]|69)\d{{2}}{_JOINT}\d{{3}}{_JOINT}\d{{3}}"  # in three groups: 6971 234 567, 2310 123 456
    + r"|69[ \u00a0]\d{2}(?:[ \u00a0]\d{2}){3}|69\d{2}(?:[ \u00a0]\d{2}){3}"  # in pairs: 69 71 23 45 67
    + rf"|(?:[237]0|31|50){_JOINT_OR_SLASH}\d{{3}}{_JOINT}?(?:\d{{4}}|\d{{2}}{_JOINT}\d{{2}})"  # 30/123-4567
    + r"|[2-79]\d{2}[-\u2011]\d{3}[-\u2011]\d{3}"  # Czechia with hyphens; with points, but not 700.000.000:
    + r"|[67]\d{2}[.](?!000)\d{3}[.](?!000)\d{3}|[67]\d{2}(?:[ \u00a0]\d{2}){3}"
    + r"|\(0\d{1,4}\)[ ]?\d{3,4}[ ]?\d{3,4}|0\d{3,4}[ ]\d{3}[ ]?\d{3,4}"  # Britain: (020) 7946 0958, 01632 960 123
    + r"|02\d[ ]\d{4}[ ]\d{4}"  # 020 7946 0958
    # without a gap, by the first digits of each plan: Iceland 7, Czechia and Hungary 9, Greece 10, Britain 11
    + r"|(?:354)?[4-8]\d{6}|(?:420)?[2-7]\d{8}|(?:36)?(?:[237]0|31|50)\d{7}"
    + r"|(?:30)?(?:2[1-8]\d{8}|69\d{8})|(?:0|44)[1237]\d{9}"
    + r"|[5-8]\d{2}[ \u00a0]\d{2}[ \u00a0]\d{2}"  # Iceland in pairs: 897 12 34
    + r")(?![\w%]|[.,]\d|/\d)"
)
_CALLED = re.compile(  # a number after a word that says what it is, in any shape
    r"\b((?:tel(?:efon(?:szám\w*|om|u|ní)?)?|phone|mobile?|mobil(?:om|ní|szám\w*)?|cell|whatsapp|viber"
    r"|call me (?:at|on)|sími?(?:nn|num|númer\w*)?"
    r"|gsm|hívj\w*|zavolejte(?: mi)?|volejte|τηλ(?:έφων\w+)?|κιν(?:ητό)?)\b[.:]?\s{0,3}"
    r"(?:is|er|je|a|na|í|είναι|számom)?\s{0,3}[.:]?\s{0,3})"
    rf"(\+?\d(?:{_GAP}{{0,4}}\d){{5,14}})(?!\w)",
    re.IGNORECASE,
)
_ORDERED = re.compile(  # at the end of what stands before a number: it is an order's, an article's, a parcel's
    r"\b(?:order|invoice|receipt|articles?|items?|product|ref(?:erence)?|tracking|parcel|shipment|batch|lot|e?an|isbn|sku"
    r"|code|ticket|voucher|bill|account"
    r"|pöntun\w{0,9}|pantan\w{0,9}|vöru\w{0,9}|reikning\w{0,9}|kvittun\w{0,9}|sending\w{0,9}|pakk\w{0,9}|kóð\w{0,6}|lot\w{0,6}"
    r"|rendelés\w{0,9}|számla\w{0,9}|cikk\w{0,9}|csomag\w{0,9}|azonosító\w{0,6}|utalvány\w{0,9}|kód\w{0,9}|tétel\w{0,6}"
    r"|objedn\w{0,9}|faktur\w{0,6}|zásilk\w{0,6}|balík\w{0,6}|účt?e?t\w{0,4}|ičo?|symbol\w{0,4}|šarž\w{0,4}|účtenk\w{0,4}"
    r"|παραγγελ\w{0,6}|τιμολόγι\w{0,4}|απόδειξ\w{0,4}|κωδικ\w{0,6}|δέμα\w{0,6}|αποστολ\w{0,6}|παρτίδ\w{0,4}|αφμ)"
    r"(?:[ ](?:numbers?|no|nr|nº|szám\w{0,6}|čísl\w{0,3}|č|αριθμ\w{0,4}|númer\w{0,6}))?[.:]?"
    r"(?:[ ](?:is|was|er|je|a|είναι|ήταν|:|#)){0,2}[ ]?[#:]?[ ]?$",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"[ \u00a0]?(?:kr\b|krón|isk\b|ft\b|huf\b|forint|kč|czk\b|korun|€|eur|ευρώ|£|gbp\b|pounds?\b|\$|usd\b|ml\b|kg\b"
    r"|km\b)",
    re.IGNORECASE,
)
_BEFORE_CHARS, _AFTER_CHARS = 60, 12
"""How much is read around a number to know what it is."""


def phones_in(text: str) -> Iterator[tuple[int, int]]:
    """Where phone numbers stand in a text, in no order; some may be told twice."""
    yield from (one.span() for one in _ABROAD.finditer(text))
    yield from (one.span(2) for one in _CALLED.finditer(text))
    yield from (one.span() for one in _NATIONAL.finditer(text) if _phone(one) == PHONE)


def without_phones(text: str) -> str:
    """The text with PHONE for each phone number."""
    text = _ABROAD.sub(PHONE, text)
    return _NATIONAL.sub(_phone, _CALLED.sub(rf"\1{PHONE}", text))


def _phone(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - _BEFORE_CHARS) : match.start()]
    after = match.string[match.end() : match.end() + _AFTER_CHARS]
    return match[0] if _ORDERED.search(before) or _COUNTS.match(after) else PHONE
