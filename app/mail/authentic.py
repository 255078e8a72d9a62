"""Whether a letter comes from where its From says, as far as the server that received it has found out.

Source: RFC 8601 (Authentication-Results; the topmost is the receiving server's, others may come with the letter) and
RFC 7489, 3.1 (the names that DKIM and SPF vouch for have to be the one in From, or of one house with it).
"""

from __future__ import annotations

import re

PASSED, FAILED = "passed", "failed"
_METHOD = re.compile(r"(?:^|;)\s{0,8}(dmarc|dkim|spf)\s{0,4}=\s{0,4}([a-z]{3,12})\b([^;]{0,600})", re.IGNORECASE)
_NAME = re.compile(
    r"(?:header\.(?:d|i|from)|smtp\.(?:mailfrom|helo))\s{0,2}=\s{0,2}\"?([^\s;\"]{1,254})", re.IGNORECASE
)
_MAX_CHARS = 4_000
_BROKEN = frozenset(["fail", "hardfail", "permerror", "policy"])


def verdict(results: str, address: str) -> str:
    """PASSED or FAILED by an Authentication-Results for a letter from `address`; "" where it says neither."""
    domain = address.rpartition("@")[2].lower()
    found = [
        (method.lower(), how.lower(), _vouched(rest)) for method, how, rest in _METHOD.findall(results[:_MAX_CHARS])
    ]
    by_policy = {how for method, how, _ in found if method == "dmarc"}
    if by_policy & {"pass"}:
        return PASSED
    if by_policy & _BROKEN:
        return FAILED
    for _, how, names in found:
        if how == "pass" and any(_in_one_house(name, domain) for name in names):
            return PASSED
    return FAILED if any(method == "dkim" and how in _BROKEN for method, how, _ in found) else ""


def _vouched(rest: str) -> list[str]:
    return [name.rpartition("@")[2].lower() for name in _NAME.findall(rest)]


def _in_one_house(name: str, domain: str) -> bool:
    return bool(name) and (name == domain or name.endswith(f".{domain}") or domain.endswith(f".{name}"))
