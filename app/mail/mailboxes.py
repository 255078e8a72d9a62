"""Names and addresses in a From, To or Reply-To (RFC 5322, 3.4), read as people and their programs really write them.

The address is what stands in the last `<...>` of a mailbox, and all before it is the name, whatever is in it: programs
write `desk@example.org <anna@x.is>`, `Nováková, Jana <...>`, `HowTo: A Centre <...>`, and encoded words with a `<` in
them. A comma or semicolon separates only where what stands before it has an address of its own. Every step is linear:
the header is cut into tokens once, and each step after that goes over them once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.mail.charsets import UnknownCharsetError
from app.mail.headers import words

ADDRESS_MAX = 254  # RFC 5321, 4.5.3.1.3, without the brackets; what is longer is no address: cut, it would be another's
_NAME_MAX = 2_000  # letters of a name that are looked at
_TOKEN = re.compile(r"=\?[^?\s]{1,100}+\?[bBqQ]\?[^?\n]*+\?=|\\.|[^=\\\"<>(),;:]++|.", re.DOTALL)
_QUOTED = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_PAIR = re.compile(r"\\(.)", re.DOTALL)
_AROUND = re.compile(r"\s*([@.])\s*")  # only for texts of at most 2 * ADDRESS_MAX
_ATOM = r"[^\s<>()\[\],;:\"\\@\x00-\x20\x7f\ud800-\udfff]++"
_PLAIN = re.compile(_ATOM)
_WHOLE = re.compile(rf'({_ATOM}|"(?:[^"\\]|\\.)++")@({_ATOM}|\[[^\s<>\[\]]++\])', re.DOTALL)
_SIMPLE = re.compile(rf'\s*+(?:"([^"\\]*+)"|([^"<>,@:;()\\]*+))\s*+<({_ATOM}@{_ATOM})>\s*+')
_BARE = re.compile(rf"\s*+({_ATOM}@{_ATOM})\s*+")
_AN_ADDRESS, _NO_ADDRESS, _COMMENT, _ENCODED_WORD, _QUOTES, _WORDS = range(6)
_REMEMBERED_MAX = 400  # letters of a header whose mailboxes are remembered
_BRACKETS, _ENDS = frozenset("<>"), frozenset("<>,;")
_Part = list["_Token"]


class _Token(NamedTuple):
    """A piece of a header. `kind` is one of those above, or the character itself: one of `<>(),;:`."""

    kind: int | str
    text: str
    address: str = ""


def addresses(value: str) -> list[tuple[str, str]]:
    """(name, address) of each mailbox in a From, To or Reply-To; addresses as written, names decoded."""
    return list(_remembered(value)) if len(value) <= _REMEMBERED_MAX else _addresses(value)


@lru_cache(maxsize=4_096)
def _remembered(value: str) -> tuple[tuple[str, str], ...]:
    """The same people write to the same addresses again and again: half of the time that a mailbox takes is saved."""
    return tuple(_addresses(value))


def _addresses(value: str) -> list[tuple[str, str]]:
    one = _SIMPLE.fullmatch(value)
    if one and _is_usual(one[3]):
        return [(_name(one[1] if one[1] is not None else one[2]), one[3])]
    bare = _BARE.fullmatch(value)
    if bare and _is_usual(bare[1]):
        return [("", bare[1])]
    return _read(value, inner=True)


def _is_usual(address: str) -> bool:
    """Whether there is nothing to take off or to decode."""
    return len(address) <= ADDRESS_MAX and "?" not in address and not address.endswith(".")


def address_in(text: str) -> str:
    """The address that stands in brackets, or alone: without `mailto:`, a route, white space; "" where it is none.

    White space elsewhere than around an @ or a dot makes it none: `<anna kov@x.is>` without it would be another's.
    """
    bare = text.strip()
    if len(bare) > 2 * ADDRESS_MAX or "@" not in bare:
        return ""
    if bare[:7].lower() == "mailto:":
        bare = bare[7:]
    if bare.startswith("@") and ":" in bare:  # a route: `@relay.example,@other.example:anna@example.org`
        bare = bare.rpartition(":")[2]
    before, at, domain = _AROUND.sub(r"\1", bare).rpartition("@")
    match = _WHOLE.fullmatch(f"{before}{at}{domain.partition('?')[0].rstrip('.')}")
    if match is None or len(match[0]) > ADDRESS_MAX:
        return ""
    local = match[1]
    if local.startswith('"'):
        plain = _PAIR.sub(r"\1", local[1:-1])
        local = plain if _PLAIN.fullmatch(plain) else local
    return "" if any(map(str.isspace, local)) else f"{local}@{match[2]}"


def is_own(address: str, own: Collection[str]) -> bool:
    """Whether this address is one of `own` (lower case), however its domain's letters are written (`xn--`)."""
    lower = address.lower()
    if lower in own or (lower.isascii() and "xn--" not in lower):
        return lower in own
    local, _, domain = lower.rpartition("@")
    for spelled in (_domain_in_ascii, _domain_in_letters):
        try:
            if f"{local}@{spelled(domain)}" in own:
                return True
        except UnicodeError:
            continue
    return False


def _domain_in_ascii(domain: str) -> str:
    return domain.encode("idna").decode("ascii")


def _domain_in_letters(domain: str) -> str:
    return domain.encode("ascii").decode("idna").lower()


def _read(value: str, *, inner: bool) -> list[tuple[str, str]]:
    """The mailboxes of a header; with `inner`, one that is quoted or encoded as a whole counts where there is none."""
    tokens = _with_addresses(_with_comments(_tokens(value)))
    found = [box for part in _parts(tokens) if (box := _mailbox(part)) is not None]
    if found or not inner:
        return found
    said = _decoded(_said_all(tokens))
    within = _read(said, inner=False) if said.rstrip().endswith(">") else []
    return within if len(within) == 1 else []


def _tokens(value: str) -> _Part:
    """The header cut into pieces; a quotation mark that is never closed is a letter like any other."""
    found: _Part = []
    at, closed = 0, True
    kind: int | str
    while at < len(value):
        match = _QUOTED.match(value, at) if closed and value[at] == '"' else None
        if match is None:
            closed = closed and value[at] != '"'
            match = _TOKEN.match(value, at)
        if match is None:
            break
        text = match[0]
        if text in "<>(),;:":
            kind = text
        elif text[0] == '"' and len(text) > 1:
            kind = _QUOTES
        else:
            kind = _ENCODED_WORD if text.startswith("=?") else _WORDS
        found.append(_Token(kind, text))
        at = match.end()
    return found


def _with_comments(tokens: _Part) -> _Part:
    """Each outermost pair of brackets as one token; a bracket without its other half (`:(`) is a letter."""
    opened: list[int] = []
    closes: dict[int, int] = {}
    for at, token in enumerate(tokens):
        if token.kind == "(":
            opened.append(at)
        elif token.kind == ")" and opened:
            closes[opened.pop()] = at
    found: _Part = []
    at = 0
    while at < len(tokens):
        token, end = tokens[at], closes.get(at, at)
        if end > at:
            token = _Token(_COMMENT, _text(tokens[at : end + 1]))
        elif token.kind in {"(", ")"}:
            token = _Token(_WORDS, token.text)
        found.append(token)
        at = end + 1
    return found


def _with_addresses(tokens: _Part) -> _Part:
    """Each `<...>` as one token: an address, or letters of the name where there is none in it (`<stjórn>`).

    A missing `>` is forgiven where nothing but the address comes before the next comma or the end.
    """
    found: _Part = []
    bracket, comma = _next_of(tokens, _BRACKETS), _next_of(tokens, _ENDS)
    at = 0
    while at < len(tokens):
        token, end = tokens[at], at
        if token.kind == "<":
            close = bracket[at + 1]
            closed = close < len(tokens) and tokens[close].kind == ">"
            end = close if closed else comma[at + 1]
            inside = _text(tokens[at + 1 : end])
            address = (
                ""
                if not closed and end == close < len(tokens)
                else address_in(_decoded(inside) if "=?" in inside else inside)
            )
            if address or closed:
                token = _Token(_AN_ADDRESS if address else _NO_ADDRESS, f"<{inside}>", address)
                end = end if closed else end - 1
            else:
                token, end = _Token(_WORDS, "<"), at
        elif token.kind == ">":
            token = _Token(_WORDS, ">")
        found.append(token)
        at = end + 1
    return found


def _next_of(tokens: _Part, kinds: frozenset[str]) -> list[int]:
    """For each place (and the one behind the last) the next token from there on of one of these kinds, or the end."""
    found = [len(tokens)] * (len(tokens) + 1)
    for at in range(len(tokens) - 1, -1, -1):
        found[at] = at if tokens[at].kind in kinds else found[at + 1]
    return found


def _parts(tokens: _Part) -> list[_Part]:
    """The tokens of each mailbox, cut where what stands before a comma has an address; names of groups left out."""
    found: list[_Part] = []
    part: _Part = []
    ends = _ends_of_groups(tokens)
    end, begun, has = -1, 0, False  # where the group ends; where in `part` the piece after its last comma begins
    for at, token in enumerate(tokens):
        if at in ends and not has:
            end, part, begun = ends[at], [], 0
        elif token.kind in {",", ";"} and (has or at == end or _alone(part[begun:], certain=True)):
            found.append(part)
            part, begun, has = [], 0, False
        else:
            plain = token.kind in {",", ";", ":"}
            part.append(_Token(_WORDS, token.text) if plain else token)
            begun = len(part) if token.kind in {",", ";"} else begun
            has = has or token.kind == _AN_ADDRESS
    found.append(part)
    return found


def _ends_of_groups(tokens: _Part) -> dict[int, int]:
    """Where each group (`Team: anna@x.is, bob@x.is;`) begins and ends: its colon -> its semicolon.

    That semicolon is followed by a comma or nothing; after any other (`HowTo: A; B <...>`) a name goes on.
    """
    found: dict[int, int] = {}
    semicolon = -1
    last = True  # nothing but white space between here and a comma or the end
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token.kind == ";":
            semicolon = at if last else -1
            last = False
        elif token.kind == ":":
            if semicolon >= 0:
                found[at] = semicolon
            last = False
        else:
            last = token.kind == "," or (last and not token.text.strip())
    return found


def _alone(piece: _Part, *, certain: bool) -> str:
    """The address that is all there is in a piece besides comments, or ""; when `certain`, one that can be no name.

    `Anna@Garden` may be a name where a comma and more of it follow; `anna@garden.is` and `root@localhost` are none.
    """
    if any(token.kind in {_QUOTES, _ENCODED_WORD} for token in piece[1:]):
        return ""
    said = _text([token for token in piece if token.kind != _COMMENT]).strip()
    address = address_in(said) if said and not any(letter.isspace() for letter in said.strip('"')) else ""
    return address if address and (not certain or _is_certain(address)) else ""


def _is_certain(address: str) -> bool:
    domain = address.rpartition("@")[2]
    return "." in domain or domain.startswith("[") or domain.lower() == "localhost"


def _mailbox(part: _Part) -> tuple[str, str] | None:
    """The name and the address of one mailbox; None where it has no address."""
    last = next((at for at in range(len(part) - 1, -1, -1) if part[at].kind == _AN_ADDRESS), None)
    if last is not None:
        return _name(_said_all(part[:last])) or _commented(part[last:]), part[last].address
    begun = next((at + 1 for at in range(len(part) - 1, -1, -1) if part[at].text in {",", ";"}), 0)
    address = _alone(part[begun:], certain=False)
    if address:
        return _name(_said_all(part[:begun]).rstrip(" ,;")) or _commented(part[begun:]), address
    return _among_words(part)


def _among_words(part: _Part) -> tuple[str, str] | None:
    """`Anna anna@x.is`, `anna@x.is>`, `Anna (anna@x.is)`: the one address among bare words, where there is just one."""
    if any(token.kind == _NO_ADDRESS for token in part):  # `desk@x.is <>`: what is in the brackets would count
        return None
    bare = [one.strip("<>()[],;:'") for token in part if token.kind in {_WORDS, _COMMENT} for one in token.text.split()]
    found = {address for one in bare if "@" in one and (address := address_in(one)) and _is_certain(address)}
    if len(found) != 1:
        return None
    address = found.pop()
    rest = [one for one in _said_all(part).split() if address not in one]
    return _name(" ".join(rest)), address


def _text(tokens: Sequence[_Token]) -> str:
    return "".join(token.text for token in tokens)


def _said(token: _Token) -> str:
    """What a piece says: without the quotation marks around it and the backslashes within them."""
    return _PAIR.sub(r"\1", token.text[1:-1]) if token.kind == _QUOTES else token.text


def _said_all(tokens: Sequence[_Token]) -> str:
    return "".join(_said(token) for token in tokens)


def _commented(tokens: Sequence[_Token]) -> str:
    """The name in brackets behind an address: `anna@x.is (Anna)`."""
    return _name(next((token.text[1:-1] for token in tokens if token.kind == _COMMENT), ""))


def _decoded(text: str) -> str:
    """The text decoded; as it is, where it is in a charset that nobody knows: the address counts, not the name."""
    try:
        return words(text[:_NAME_MAX])
    except UnknownCharsetError:
        return text[:_NAME_MAX]


def _name(text: str) -> str:
    """A name decoded, on one line, without quotation marks or brackets that stand around all of it."""
    name = " ".join(_decoded(text).split())
    for opens, closes in ('""', "''", "()"):
        if len(name) > 1 and name[0] == opens and name[-1] == closes and name.count(opens) == 1 + (opens == closes):
            name = name[1:-1].strip()
    return name.strip('"').strip() if name.count('"') == 1 else name
