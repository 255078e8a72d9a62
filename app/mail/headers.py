"""Split, unfold and decode mail headers, ten times as fast as the standard library.

Rules: RFC 5322 (folding, message ids, dates), RFC 2047 (encoded words), RFC 2231 (parameters).
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from app.mail.charsets import decode

HEAD_MAX = 256 * 1024
REFS_MAX = 60
_ID_MAX = 400
MADE = "sha256-"
"""The prefix of ids that we generate for mails without a Message-ID."""
APART = f" {MADE}"
"""Separates a reused Message-ID from the hash that makes it unique; real ids contain no space."""
_KNOWN_HEADERS = frozenset(
    [
        "from",
        "to",
        "cc",
        "bcc",
        "reply-to",
        "sender",
        "subject",
        "date",
        "message-id",
        "in-reply-to",
        "references",
        "received",
        "auto-submitted",
        "return-path",
        "precedence",
        "x-autoreply",
        "x-autorespond",
        "x-auto-reply",
        "x-ms-exchange-generated-message-source",
        "x-failed-recipients",
        "list-id",
        "list-post",
        "list-unsubscribe",
        "x-original-from",
        "authentication-results",
        "x-original-to",
        "delivered-to",
        "envelope-to",
        "content-type",
        "content-transfer-encoding",
        "content-disposition",
        "content-id",
    ]
)
_USUAL_SPELLINGS = {
    spelled: name for name in _KNOWN_HEADERS for spelled in (name, name.title(), name.title().replace("-Id", "-ID"))
}
_USUAL_SPELLINGS |= dict.fromkeys(
    ["DKIM-Signature", "X-Google-DKIM-Signature", "X-Received", "X-Mailer", "User-Agent", "X-Gm-Message-State",
     "X-Google-Smtp-Source", "ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results", "Received-SPF"],
    "",
)  # fmt: skip
"""As most programs write a name: the name in small letters, "" of one that is not used here."""
_ENCODED = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?\n]*)\?=")
_ADJACENT_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,100}\?[bBqQ]\?)")
_PLACEHOLDER_IDS = frozenset(
    ["null", "(null)", "nil", "none", "undefined", "unknown", "empty", "nan", "n/a", "no-id", "false"]
)
"""Placeholders that buggy programs send as the id of all their mails."""
_ID = re.compile(r"<\s*([^<>\s]{1,400})\s*>")
_USUAL_ID_START = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+=_$-]{9}")
"""A fast check for usual ids, which begin with more characters than any word in `_PLACEHOLDER_IDS` has."""
_PLAIN_ID = re.compile(rf"<({_USUAL_ID_START.pattern}[^<>\s]{{0,390}})>")
_PARAMETER = re.compile(r';\s*([\w*%.!#$&+^`|~-]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]*)')
_DATE = re.compile(
    r"(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? (?:([+-])(\d\d)(\d\d)|GMT|UTC?\b)",
)
_USUAL_DATE = re.compile(rf"(?:[A-Z][a-z]{{2}}, )?{_DATE.pattern}")
_MAX_CACHED_CHARS = 100  # maximum characters of a header value whose parse is cached
_MAX_ZONE_MINUTES, _LEAP_SECOND = 14 * 60, 60
_MAX_DATE_CHARS = 500  # maximum characters of a date that are parsed
_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: at for at, name in enumerate(_MONTH_NAMES.split(" "), start=1)}
_SEVERAL = frozenset(["to", "cc", "bcc"])
_GATEWAY = r"\[(?:external|ext)\]"  # added to subjects by companies' mail gateways
_PREFIX = re.compile(
    rf"\s*(?:{_GATEWAY}\s*)?"
    r"(?:re|fwd?|fs|sv|vs|vb|aw|wg|antw|odp|odpověď|vá|válasz|tov|továbbítás|továbbítva|fw|přep|přeposláno|přeposlat|"
    r"předáno|předat|απ|απάντηση|απάντ\.?|πρθ|προ[ώω]θ(?:ηση|\.)?|προωθήθηκε|σχετ\.?|áfr|áfram|áframsent|áframsending|"
    r"framsent|svar|rif|rv|enc|doorst|tr|ynt|ilt|antwort|resp|res|rép|réf\.?|betr\.?|atb|vl|pd|"
    r"回复|回覆|答复|答覆|转发|轉寄|返信|転送)"
    r"\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\^\d{1,4})?\s*[:\uff1a]\s*",
    re.IGNORECASE,
)
_TAG = re.compile(r"\s*(\[[^\[\]]{1,60}\])\s*")
_FORWARD = re.compile(
    rf"\s*(?:{_GATEWAY}\s*)?"
    r"(?:fwd?|fs|wg|vb|tov|továbbítás|továbbítva|přep|přeposláno|přeposlat|předáno|předat|πρθ|προ[ώω]θ(?:ηση|\.)?|"
    r"προωθήθηκε|áfr|áfram|áframsent|áframsending|framsent|rv|enc|doorst|tr|ilt|vl|pd|转发|轉寄|転送)"
    r"\s*[:\uff1a]",
    re.IGNORECASE,
)


def split(raw: bytes) -> tuple[str, bytes]:
    """Split a mail into its unfolded headers, one a line, and the body; a leading mbox `From ` line is dropped."""
    start = raw.find(b"\n") + 1 if raw[:5] in {b"From ", b">From"} else 0
    while raw[start : start + 1] in {b"\r", b"\n"}:
        start += 1
    limit = start + HEAD_MAX
    end = raw.find(b"\n\n", start, limit)
    crlf = raw.find(b"\n\r\n", start, end if end >= 0 else limit)
    if crlf >= 0:
        head, body = raw[start:crlf], raw[crlf + 3 :]
    elif end >= 0:
        head, body = raw[start:end], raw[end + 2 :]
    else:
        head, body = raw[start:limit], b""
    text = decode(head, "utf-8") if not head.isascii() else head.decode("ascii")
    return text.replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " "), body


def fields(head: str) -> dict[str, str]:
    """Return the headers used here, by lower-case name; the first of each name wins.

    Some programs write a header for each copy: those of Cc and Bcc are put together, further ones of To are `to+`, as
    the first makes part of the id of a mail that has none (`parse`).
    """
    values: dict[str, str] = {}
    usual = _USUAL_SPELLINGS.get
    for line in head.split("\n"):
        name, colon, value = line.partition(":")
        key = usual(name)
        if key is None:
            key = name.strip().lower()
        if key not in _KNOWN_HEADERS or not colon:
            continue
        if key not in values:
            values[key] = value.strip()
        elif key in _SEVERAL:
            key = "to+" if key == "to" else key
            values[key] = ", ".join(filter(None, (values.get(key, ""), value.strip())))
    return values


def _decode_word(match: re.Match[str]) -> bytes:
    payload = match[3].encode("ascii", "replace")
    if match[2] in "qQ":
        return binascii.a2b_qp(payload, header=True)
    return unbase64(payload)


def unbase64(payload: bytes) -> bytes:
    """Decode Base64 leniently: stray characters and missing padding are ignored."""
    try:
        return binascii.a2b_base64(payload)
    except binascii.Error:
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", payload)
        kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def words(value: str) -> str:
    """Decode the encoded words in a header (RFC 2047), even if a character is split across two words."""
    if "=?" not in value:
        return value
    value = _ADJACENT_WORDS.sub(r"\1", value)
    out: list[str] = []
    held, charset, at = b"", "", 0
    for match in _ENCODED.finditer(value):
        if match.start() > at or match[1].lower() != charset:
            out += [decode(held, charset), value[at : match.start()]]
            held, charset = b"", match[1].lower()
        held += _decode_word(match)
        at = match.end()
    out += [decode(held, charset), value[at:]]
    return "".join(out)


def ids(value: str) -> list[str]:
    """Return the message ids in a header without brackets or duplicates; at most the first and the last 59."""
    plain = _PLAIN_ID.fullmatch(value)
    if plain:
        return [plain[1]]
    refs = [ref for ref in dict.fromkeys(_ID.findall(value)) if _is_id(ref)]
    return refs if len(refs) <= REFS_MAX else refs[:1] + refs[1 - REFS_MAX :]


def answered(value: str) -> str:
    """Return the id that an In-Reply-To header names, without brackets; "" if it names none.

    RFC 822 let words stand around it, as in `Message from Anna <anna@example.org> of Monday <id>`; then the id is the
    last in brackets. Of several ids alone the first is answered (RFC 5322, 3.6.4).
    """
    value = value.replace("&lt;", "<").replace("&gt;", ">")
    found = ids(value)
    if found:
        return found[0] if value.lstrip().startswith("<") else found[-1]
    return message_id(value) if "@" in value and "<" not in value else ""


def message_id(value: str) -> str:
    """Return the id in a Message-ID header without brackets, which may be missing; "" if there is no id.

    `<@>`, `null` and the like count as none: buggy programs send them with every mail.
    """
    plain = _PLAIN_ID.fullmatch(value)
    if plain:
        return plain[1]
    match = _ID.search(value)
    if match:
        return match[1] if _is_id(match[1]) else ""
    bare = value.strip().strip("<>")
    return bare if len(bare) <= _ID_MAX and not any(map(str.isspace, bare)) and _is_id(bare) else ""


def _is_id(text: str) -> bool:
    """Whether there is a letter or digit before the @, and it is no placeholder of `_PLACEHOLDER_IDS`."""
    if _USUAL_ID_START.match(text):
        return True
    before = text.partition("@")[0].strip("<>\"'").lower()
    return any(map(str.isalnum, before)) and before not in _PLACEHOLDER_IDS and text.lower() not in _PLACEHOLDER_IDS


def original(remote_id: str) -> str:
    """Return the sender's Message-ID in a remote id, without the hash that distinguishes mails of the same id."""
    return remote_id.partition(APART)[0]


_ZONES = {
    "WET": "+0000", "BST": "+0100", "WEST": "+0100", "CET": "+0100", "MET": "+0100", "CEST": "+0200", "MEST": "+0200",
    "EET": "+0200", "EEST": "+0300",
}  # fmt: skip


def date(value: str) -> int | None:
    """Parse an RFC 5322 date to Unix seconds; None if that fails."""
    if value.rstrip()[-1:] in ("T", "t"):
        value = _with_offset(value)
    match = _USUAL_DATE.match(value) or _DATE.search(_plain_date(value))
    month = _MONTHS.get(match[2].lower()) if match else None
    if match and month:
        day, _, year, hour, minute, second, sign, hours, minutes = match.groups("0")
        zone = (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1)
        return _moment(int(year), month, int(day), int(hour), int(minute), int(second), zone)
    from email.utils import parsedate_tz  # noqa: PLC0415  loads sockets and locales; few dates need it

    try:
        parsed = parsedate_tz(_plain_date(value))
    except (ValueError, OverflowError, IndexError):
        return None
    return None if parsed is None else _moment(*parsed[:6], (parsed[9] or 0) // 60)


def _moment(year: int, month: int, day: int, hour: int, minute: int, second: int, zone: int) -> int | None:
    """Unix seconds, `zone` in minutes; None where no such moment exists: `32 Jun` or `25:61` would be another day.

    Zones end at +14:00. A leap second (RFC 5322, 3.3) is the first of the next minute.
    """
    if abs(zone) > _MAX_ZONE_MINUTES:
        return None
    with suppress(ValueError, OverflowError):
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        return int(moment.timestamp()) + (second == _LEAP_SECOND) - 60 * zone if second <= _LEAP_SECOND else None
    return None


def _with_offset(value: str) -> str:
    """The date with Europe's zones by their offsets, as programs write them against RFC 5322, 4.3: `10:00:00 CEST`."""
    before, _, zone = _plain_date(value).rpartition(" ")
    offset = _ZONES.get(zone.upper())
    return f"{before} {offset}" if offset else value


def _plain_date(value: str) -> str:
    """Collapse white space and cut the date to _MAX_DATE_CHARS characters."""
    return " ".join(value.split())[:_MAX_DATE_CHARS]


def parameters(value: str) -> tuple[str, Mapping[str, str]]:
    """Parse a Content-Type or Content-Disposition: lower-case value, parameters (RFC 2231 continuations joined)."""
    return _cached_parameters(value) if len(value) <= _MAX_CACHED_CHARS else _parameters(value)


@lru_cache(maxsize=256)
def _cached_parameters(value: str) -> tuple[str, Mapping[str, str]]:
    """Cached, as most mails have one of a few values."""
    return _parameters(value)


def _parameters(value: str) -> tuple[str, Mapping[str, str]]:
    semicolon = value.find(";")
    if semicolon < 0:
        return value.strip().lower(), {}
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(value, semicolon):
        name, text = match[1].lower(), match[2]
        if text[:1] == '"':
            text = re.sub(r"\\(.)", r"\1", text[1:-1]) if "\\" in text else text[1:-1]
        if "*" in name:
            base, _, rest = name.partition("*")
            number = rest.rstrip("*")
            pieces.setdefault(base, {})[int(number) if number.isdecimal() else 0] = (
                text,
                rest.endswith("*") or not rest,
            )
        else:
            plain.setdefault(name, text)
    for base, numbered in pieces.items():
        plain[base] = _joined(numbered)
    return value[:semicolon].strip().lower(), plain


def _joined(numbered: dict[int, tuple[str, bool]]) -> str:
    charset, octets = "utf-8", b""
    for number in sorted(numbered):
        text, encoded = numbered[number]
        if encoded and number == min(numbered) and text.count("'") >= 2:  # noqa: PLR2004  charset'language'text
            charset, _, text = text.split("'", 2)
        raw = text.encode("utf-8", "replace")
        octets += unquote_to_bytes(raw) if encoded else raw
    return decode(octets, charset or "utf-8")


def title(subject: str) -> str:
    """Return the decoded subject on one line, without Re:, Fwd: and their counterparts in our languages.

    The tag of a list is kept once, before the rest: `Re: [Garden] AW: [Garden] Seeds` is about `[Garden] Seeds`.
    """
    text = " ".join(words(subject[:4000]).split())[:500]
    tags: list[str] = []
    while True:
        prefix, tag = _PREFIX.match(text), _TAG.match(text)
        if prefix:
            text = text[prefix.end() :]
        elif tag and ((known := tag[1].casefold() in map(str.casefold, tags)) or _PREFIX.match(text, tag.end())):
            tags += [] if known else [tag[1]]
            text = text[tag.end() :]
        else:
            return " ".join([*tags, text.strip()]).strip()


def same_subject(first: str, second: str) -> bool:
    """Whether two subjects, as `title` returns them, differ in nothing but tags of lists, capitals and spaces."""
    return first == second or _untagged(first) == _untagged(second)


def _untagged(subject: str) -> str:
    while tag := _TAG.match(subject):
        subject = subject[tag.end() :]
    return " ".join(subject.casefold().split())


def is_forward(subject: str) -> bool:
    """Whether a decoded subject begins with a forward prefix."""
    return _FORWARD.match(subject) is not None
