"""Quoted text in a reply: cut to one level, and moved after the reply's own text.

Every message of a conversation is in the store, so quotes of quotes are redundant, and would clutter the search
results. The first level stays, because it may quote a mail that never arrived here.
"""

from __future__ import annotations

import re

QUOTE_MAX = 4000
_MAX_WRAPPED_CHARS = 100  # mail programs that wrap lines do so before this many characters
_RULE = re.compile(
    r"^[ \t]*+(?:-{2,}+|_{5,}+)[ \t]*+(?:Original Message|Original Appointment|Původní zpráva|Původní e-mail|"
    r"Odpovězená zpráva|Eredeti üzenet|Eredeti levél|Αρχικό μήνυμα|Upprunaleg skilaboð|Upphafleg skilaboð|"
    r"Upprunalegur póstur|Ursprüngliche Nachricht|Pôvodná správa)?[ \t]*+(?:-{2,}+)?[ \t]*+$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^[ \t]*+-{2,}+[ \t]*+(?:Forwarded message|Přeposlaná zpráva|Přeposlaný e-mail|Továbbított üzenet|"
    r"Továbbított levél|Προωθημένο μήνυμα|Áframsendur póstur|Áframsend skilaboð)[ \t]*+-{2,}+[ \t]*+$",
    re.IGNORECASE,
)
_MIN_RULE_CHARS = 25  # a shorter rule may divide the text itself
_MAX_HEADER_LINES = 5  # From may be among the first lines of a header block; Thunderbird writes subject and date first
_FROM = re.compile(r"^\*?(?:From|Von|Od|Feladó|Από|Frá|Fra|Från|De|Da)\*?[ \t]?:[ \t*]", re.IGNORECASE)
_SENT = re.compile(
    r"^\*?(?:Sent|Date|Gesendet|Datum|Odesláno|Elküldve|Küldve|Dátum|Στάλθηκε|Ημερομηνία|Dagsetning|Sendt|Skickat|"
    r"Envoyé|Inviato)\*?[ \t]?:",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"(?:wrote|writes|napsala?|napsal\(a\)|píše|írta|írja|skrifaði|skrifar|reit|ritaði|έγραψε|έγραψαν|schrieb|"
    r"napísala?|pisze|napisał\(?a?\)?|a écrit|ha scritto|skrev|@[^\s@]+|\d{4}.{0,40})[ \t>\"]*[:\uff1a]\s*$",
    re.IGNORECASE,
)


def arrange(text: str) -> str:
    """Return the reply's own text followed by one level of quotes; quotes between its lines (inline) stay in place."""
    if ">" not in text and ":" not in text:
        return text
    lines = _mark_outlook_quote(text.split("\n"))
    if not any(line.startswith(">") for line in lines):
        return text
    lines = [line for line in lines if not _is_nested_quote(line)]
    start = _trailing_quote_start(lines)
    own, quote = lines[:start], lines[start:]
    if not any(line.strip() for line in own) or any(line.startswith(">") for line in own):
        own, quote = _split_bottom_post(lines)
    if not quote:
        return "\n".join(lines).strip("\n")
    if _RULE.match(quote[0]):
        quote = quote[1:]
    return "\n".join([*_stripped(own), "", *_stripped(_truncated(quote))]).strip("\n")


def _is_nested_quote(line: str) -> bool:
    return line.startswith((">>", "> >"))


def _stripped(lines: list[str]) -> list[str]:
    return "\n".join(lines).strip("\n").split("\n")


def _mark_outlook_quote(lines: list[str]) -> list[str]:
    """Add quote marks after an Outlook header block: Outlook quotes without marks."""
    for at, line in enumerate(lines):
        if len(line) > 200 or (":" not in line and "--" not in line and "__" not in line):  # noqa: PLR2004  longer than any header line
            continue
        if _FROM.match(line) and any(_SENT.match(after) for after in lines[at + 1 : at + 4]):
            above = lines[at - 1] if at else ""
            before = at - 1 if at and (_RULE.match(above) or _FORWARDED.match(above)) else at
            start = before if _FORWARDED.match(above) else at  # keep the "Forwarded message" line
            return lines[:before] + [f"> {quoted}".rstrip() for quoted in lines[start:]]
        block = lines[at + 1 : at + _MAX_HEADER_LINES]
        if _RULE.match(line) and len(line.strip()) >= _MIN_RULE_CHARS and any(map(_FROM.match, block)):
            return lines[:at] + [f"> {quoted}".rstrip() for quoted in lines[at + 1 :]]
    return lines


def _attribution(lines: list[str], before: int) -> int:
    """Return the first line of the attribution (“... wrote:”) that ends at line `before`; `before` if there is none."""
    at = before
    while at and not lines[at - 1].strip():
        at -= 1
    if at and at == before and len(lines[at - 1].strip()) >= _MIN_RULE_CHARS and _RULE.match(lines[at - 1]):
        return at - 1  # Centrum puts a rule above the quote, and quote marks before its headers
    if at and len(lines[at - 1]) < 300 and _ATTRIBUTION.search(lines[at - 1]):  # noqa: PLR2004  longer than any attribution
        at -= 1
        # a wrapped attribution starts on the line above, with the date or the name
        above = lines[at - 1] if at else ""
        return at - 1 if re.search(r"\d", above) and len(above) < _MAX_WRAPPED_CHARS else at
    return before


def _trailing_quote_start(lines: list[str]) -> int:
    """Return the first line of the quote at the end of the text; len(lines) if it ends in own text."""
    at = len(lines)
    while at and (lines[at - 1].startswith(">") or not lines[at - 1].strip()):
        at -= 1
    return _attribution(lines, at) if any(line.startswith(">") for line in lines[at:]) else len(lines)


def _split_bottom_post(lines: list[str]) -> tuple[list[str], list[str]]:
    """Split a bottom-posted reply into (own text, quote); the quote is empty if they alternate."""
    first = next((at for at, line in enumerate(lines) if line.startswith(">")), len(lines))
    end = first
    while end < len(lines) and (lines[end].startswith(">") or not lines[end].strip()):
        end += 1
    begin = _attribution(lines, first)
    above, below = lines[:begin], lines[end:]
    if (
        any(line.strip() for line in above)
        or any(line.startswith(">") for line in below)
        or not any(map(str.strip, below))
    ):
        return lines, []
    return below, lines[begin:end]


def _truncated(quote: list[str]) -> list[str]:
    kept: list[str] = []
    size = 0
    for line in quote:
        size += len(line) + 1
        if size > QUOTE_MAX:
            return [*kept, "> …"]
        kept.append(line)
    return kept
