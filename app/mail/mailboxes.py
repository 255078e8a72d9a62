"""Parse the mailboxes in From, To and Reply-To (RFC 5322, 3.4), leniently, as real programs write them.

The address is in the last `<...>` of a mailbox, and everything before it is the name: programs write
`desk@example.org <anna@x.is>`, `Nováková, Jana <...>`, `HowTo: A Centre <...>`, and encoded words that contain `<`. A
comma or semicolon is a separator only if an address precedes it. Every step is linear: the header is split into tokens
once, and each later step makes one pass over them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.base.text import trimmed
from app.mail.charsets import UnknownCharsetError
from app.mail.headers import words

ADDRESS_MAX = 254  # RFC 5321, 4.5.3.1.3, without brackets; a longer one is rejected, as cutting would change the owner
_NAME_MAX = 2_000  # maximum characters of a name that are decoded
_TOKEN = re.compile(r"=\?[^?\s]{1,100}+\?[bBqQ]\?[^?\n]*+\?=|\\.|[^=\\\"<>(),;:]++|.", re.DOTALL)
_QUOTED = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_PAIR = re.compile(r"\\(.)", re.DOTALL)
_SPACE_AROUND = re.compile(r"\s*([@.])\s*")  # only for texts of at most 2 * ADDRESS_MAX
_ATOM = r"[^\s<>()\[\],;:\"\\@\x00-\x20\x7f\ud800-\udfff]++"
_PLAIN = re.compile(_ATOM)
_WHOLE = re.compile(rf'({_ATOM}|"(?:[^"\\]|\\.)++")@({_ATOM}|\[[^\s<>\[\]]++\])', re.DOTALL)
_SIMPLE = re.compile(rf'\s*+(?:"([^"\\]*+)"|([^"<>,@:;()\\]*+))\s*+<({_ATOM}@{_ATOM})>\s*+')
_BARE = re.compile(rf"\s*+({_ATOM}@{_ATOM})\s*+")
_AN_ADDRESS, _NO_ADDRESS, _COMMENT, _ENCODED_WORD, _QUOTES, _WORDS = range(6)
_MAX_CACHED_CHARS = 400  # maximum characters of a header whose mailboxes are cached
_BRACKETS, _ENDS = frozenset("<>"), frozenset("<>,;")
_Part = list["_Token"]


class _Token(NamedTuple):
    """A token of a header. `kind` is one of the constants above, or the character itself: one of `<>(),;:`."""

    kind: int | str
    text: str
    address: str = ""


def addresses(value: str) -> list[tuple[str, str]]:
    """Return (decoded name, address as written) of each mailbox in a From, To or Reply-To."""
    return list(_cached_addresses(value)) if len(value) <= _MAX_CACHED_CHARS else _addresses(value)


@lru_cache(maxsize=4_096)
def _cached_addresses(value: str) -> tuple[tuple[str, str], ...]:
    """Cached, as the same mailboxes recur: this saves half of the parsing time."""
    return tuple(_addresses(value))


def _addresses(value: str) -> list[tuple[str, str]]:
    simple = _SIMPLE.fullmatch(value)
    if simple and _is_usual(simple[3]):
        return [(_name(simple[1] if simple[1] is not None else simple[2]), simple[3])]
    bare = _BARE.fullmatch(value)
    if bare and _is_usual(bare[1]):
        return [("", bare[1])]
    return _read(value, inner=True)


def _is_usual(address: str) -> bool:
    """Whether the address needs no decoding or cleaning."""
    return address.isascii() and len(address) <= ADDRESS_MAX and "?" not in address and not address.endswith(".")


def address_in(text: str) -> str:
    """Parse an address, without `mailto:`, a source route, and white space around @ and dots; "" if it is invalid.

    Other white space makes it invalid: removing it from `<anna kov@x.is>` would give somebody else's address.
    """
    bare = trimmed(text)
    if len(bare) > 2 * ADDRESS_MAX or "@" not in bare:
        return ""
    if bare[:7].lower() == "mailto:":
        bare = bare[7:]
    if bare.startswith("@") and ":" in bare:  # a route: `@relay.example,@other.example:anna@example.org`
        bare = bare.rpartition(":")[2]
    before, at, domain = _SPACE_AROUND.sub(r"\1", bare).rpartition("@")
    match = _WHOLE.fullmatch(f"{before}{at}{domain.partition('?')[0].rstrip('.')}")
    if match is None or len(match[0]) > ADDRESS_MAX:
        return ""
    local = match[1]
    if local.startswith('"'):
        plain = _PAIR.sub(r"\1", local[1:-1])
        local = plain if _PLAIN.fullmatch(plain) else local
    return "" if any(map(str.isspace, local)) else f"{local}@{match[2]}"


def is_own(address: str, own: Collection[str]) -> bool:
    """Whether an address is one of `own` (lower case); the domain may be in Unicode or in Punycode (`xn--`)."""
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
    """Return the mailboxes of a header; with `inner`, if there are none, one that is quoted or encoded as a whole."""
    tokens = _with_addresses(_with_comments(_tokens(value)))
    boxes = [box for part in _parts(tokens) if (box := _mailbox(part)) is not None]
    if boxes or not inner:
        return boxes
    decoded = _decoded(_tokens_text(tokens))
    within = _read(decoded, inner=False) if decoded.rstrip().endswith(">") else []
    return within if len(within) == 1 else []


def _tokens(value: str) -> _Part:
    """Split a header into tokens; a quotation mark that is never closed is an ordinary character."""
    tokens: _Part = []
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
        tokens.append(_Token(kind, text))
        at = match.end()
    return tokens


def _with_comments(tokens: _Part) -> _Part:
    """Merge each outermost pair of parentheses into one token; an unmatched one (`:(`) is an ordinary character."""
    opened: list[int] = []
    closes: dict[int, int] = {}
    for at, token in enumerate(tokens):
        if token.kind == "(":
            opened.append(at)
        elif token.kind == ")" and opened:
            closes[opened.pop()] = at
    merged: _Part = []
    at = 0
    while at < len(tokens):
        token, end = tokens[at], closes.get(at, at)
        if end > at:
            token = _Token(_COMMENT, _text(tokens[at : end + 1]))
        elif token.kind in {"(", ")"}:
            token = _Token(_WORDS, token.text)
        merged.append(token)
        at = end + 1
    return merged


def _with_addresses(tokens: _Part) -> _Part:
    """Merge each `<...>` into one token: an address, or part of the name if it contains none (`<stjórn>`).

    A missing `>` is accepted if only the address precedes the next comma or the end.
    """
    merged: _Part = []
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
        merged.append(token)
        at = end + 1
    return merged


def _next_of(tokens: _Part, kinds: frozenset[str]) -> list[int]:
    """For each index (and one past the last), return the index of the next token of these kinds, or the length."""
    following = [len(tokens)] * (len(tokens) + 1)
    for at in range(len(tokens) - 1, -1, -1):
        following[at] = at if tokens[at].kind in kinds else following[at + 1]
    return following


def _parts(tokens: _Part) -> list[_Part]:
    """Split the tokens into mailboxes at separators that follow an address; group names are dropped."""
    mailboxes: list[_Part] = []
    part: _Part = []
    ends = _ends_of_groups(tokens)
    end, begun, has = -1, 0, False  # end of the group; start in `part` of what follows its last comma; has an address
    for at, token in enumerate(tokens):
        if at in ends and not has:
            end, part, begun = ends[at], [], 0
        elif token.kind in {",", ";"} and (has or at == end or _sole_address(part[begun:], certain=True)):
            mailboxes.append(part)
            part, begun, has = [], 0, False
        else:
            plain = token.kind in {",", ";", ":"}
            part.append(_Token(_WORDS, token.text) if plain else token)
            begun = len(part) if token.kind in {",", ";"} else begun
            has = has or token.kind == _AN_ADDRESS
    mailboxes.append(part)
    return mailboxes


def _ends_of_groups(tokens: _Part) -> dict[int, int]:
    """Map the colon to the semicolon of each group (`Team: anna@x.is, bob@x.is;`), by token index.

    The semicolon of a group is followed by a comma or the end; any other (`HowTo: A; B <...>`) is part of a name.
    """
    ends: dict[int, int] = {}
    semicolon = -1
    last = True  # only white space between this token and a comma or the end
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token.kind == ";":
            semicolon = at if last else -1
            last = False
        elif token.kind == ":":
            if semicolon >= 0:
                ends[at] = semicolon
            last = False
        else:
            last = token.kind == "," or (last and not token.text.strip())
    return ends


def _sole_address(piece: _Part, *, certain: bool) -> str:
    """Return the address that a piece consists of, apart from comments; "" if none or, if `certain`, maybe a name.

    `Anna@Garden` may be the first part of a name with a comma; `anna@garden.is` and `root@localhost` are addresses.
    """
    if any(token.kind in {_QUOTES, _ENCODED_WORD} for token in piece[1:]):
        return ""
    uncommented = _text([token for token in piece if token.kind != _COMMENT]).strip()
    address = (
        address_in(uncommented)
        if uncommented and not any(letter.isspace() for letter in uncommented.strip('"'))
        else ""
    )
    return address if address and (not certain or _is_certain(address)) else ""


def _is_certain(address: str) -> bool:
    domain = address.rpartition("@")[2]
    return "." in domain or domain.startswith("[") or domain.lower() == "localhost"


def _mailbox(part: _Part) -> tuple[str, str] | None:
    """Return the name and the address of one mailbox; None if it has no address."""
    last = next((at for at in range(len(part) - 1, -1, -1) if part[at].kind == _AN_ADDRESS), None)
    if last is not None:
        return _name(_tokens_text(part[:last])) or _comment_name(part[last:]), part[last].address
    begun = next((at + 1 for at in range(len(part) - 1, -1, -1) if part[at].text in {",", ";"}), 0)
    address = _sole_address(part[begun:], certain=False)
    if address:
        return _name(_tokens_text(part[:begun]).rstrip(" ,;")) or _comment_name(part[begun:]), address
    return _bare_address(part)


def _bare_address(part: _Part) -> tuple[str, str] | None:
    """Find the only address among bare words: `Anna anna@x.is`, `anna@x.is>`, `Anna (anna@x.is)`; None if not one."""
    if any(token.kind == _NO_ADDRESS for token in part):  # `desk@x.is <>`: the address would be in the brackets
        return None
    bare = [
        word.strip("<>()[],;:'") for token in part if token.kind in {_WORDS, _COMMENT} for word in token.text.split()
    ]
    certain = {address for word in bare if "@" in word and (address := address_in(word)) and _is_certain(address)}
    if len(certain) != 1:
        return None
    address = certain.pop()
    rest = [word for word in _tokens_text(part).split() if address not in word]
    return _name(" ".join(rest)), address


def _text(tokens: Sequence[_Token]) -> str:
    return "".join(token.text for token in tokens)


def _token_text(token: _Token) -> str:
    """Return a token's text, without quotation marks and the backslashes within them."""
    return _PAIR.sub(r"\1", token.text[1:-1]) if token.kind == _QUOTES else token.text


def _tokens_text(tokens: Sequence[_Token]) -> str:
    return "".join(_token_text(token) for token in tokens)


def _comment_name(tokens: Sequence[_Token]) -> str:
    """Return the name in a comment: `anna@x.is (Anna)`."""
    return _name(next((token.text[1:-1] for token in tokens if token.kind == _COMMENT), ""))


def _decoded(text: str) -> str:
    """Decode encoded words; returns the text as it is if the charset is unknown, as the address matters more."""
    try:
        return words(text[:_NAME_MAX])
    except UnknownCharsetError:
        return text[:_NAME_MAX]


def _name(text: str) -> str:
    """Decode a name to one line, without enclosing quotation marks or parentheses."""
    name = " ".join(_decoded(text).split())
    for opens, closes in ('""', "''", "()"):
        if len(name) > 1 and name[0] == opens and name[-1] == closes and name.count(opens) == 1 + (opens == closes):
            name = name[1:-1].strip()
    return name.strip('"').strip() if name.count('"') == 1 else name
