"""Who of the mailbox may be a teammate: colleagues by their addresses, with how often and why. Reads only."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from app.base import resources
from app.base.addresses import address_key, address_of
from app.base.text import fold, folded_words
from app.channels.registry import channel
from app.store.sqlite import Connection
from app.templates import known_names

MOST = 8
"""So many are proposed, those met most often."""
_LETTERS_LOOKED_AT = 300  # of our own, the latest
_LEAST_COPIES, _LEAST_FORWARDS = 3, 2
_LEAST_OF_OURS = 2  # letters that somebody of our own domain sent or got
_SENT = """
SELECT m.id, m.language, m.envelope, EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.purpose = 'forward')
  OR coalesce(m.envelope ->> '$.forward', 0) AS forwarded
FROM message m WHERE m.out = 1 AND m.gone_at IS NULL AND m.failed = '' AND m.envelope <> '' ORDER BY m.id DESC LIMIT ?
"""
_COLLEAGUES = """
SELECT i.key, i.name, i.handle, p.name AS member, p.language FROM identity i JOIN member p ON p.id = i.member_id
WHERE i.kind IN (SELECT value FROM json_each(?))
  AND substr(i.key, instr(i.key, '@') + 1) IN (SELECT value FROM json_each(?)) LIMIT 200
"""
_WROTE = """
SELECT i.key, m.language, count(*) AS many FROM identity i CROSS JOIN message m ON m.identity_id = i.id
WHERE i.kind IN (SELECT value FROM json_each(?)) AND i.key IN (SELECT value FROM json_each(?))
  AND m.out = 0 AND m.gone_at IS NULL
GROUP BY i.key, m.language ORDER BY many DESC
"""
_LOCAL_PARTS = re.compile(r"[._-]+")


class Colleague(NamedTuple):
    """Somebody who may be a teammate.

    `wrote` are the letters that they sent us, `copies` and `forwards` those of ours that they got along with others or
    passed on, `letters` those that we wrote to them. `ours`: their address is of our own domain. `languages` are codes,
    a guess from their letters, else from ours to them.
    """

    name: str
    address: str
    languages: tuple[str, ...]
    ours: bool
    wrote: int
    letters: int
    copies: int
    forwards: int

    @property
    def met(self) -> int:
        """How often they were met."""
        return self.wrote + self.letters + self.copies + self.forwards


class _Met:
    """What is known of an address so far."""

    def __init__(self) -> None:
        self.names: Counter[str] = Counter()
        self.roles: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.theirs: Counter[str] = Counter()


def colleagues(conn: Connection) -> list[Colleague]:
    """Those who may be teammates and are none yet, the most often met first; [] without a mailbox."""
    own = _own(conn)
    domains = {address.rpartition("@")[2] for address in own}
    ours = {domain for domain in domains if domain} - _public_domains()
    met = _met_in_letters(conn, own)
    _add_writers(conn, met, ours)
    known = _known(conn)
    found = []
    for address, one in met.items():
        colleague = _colleague(address, one, ours=address.rpartition("@")[2] in ours)
        if address not in own and not known & {address, fold(colleague.name)} and _is_meant(colleague):
            found.append(colleague)
    found.sort(key=lambda one: (not one.ours, -one.met, one.address))
    return _with_names_apart(found[:MOST])


def _own(conn: Connection) -> set[str]:
    rows = conn.execute("SELECT own FROM account WHERE own LIKE '%@%'")
    return {address_key(line) for row in rows for line in row["own"].split("\n") if "@" in line.strip("@")}


def _public_domains() -> frozenset[str]:
    """Domains in which anybody can have an address: those who share one are no colleagues."""
    providers = resources.table("mail", "providers.toml")["provider"]
    return frozenset(domain for provider in providers for domain in provider.get("domains", ()))


def _kinds_by_address(conn: Connection) -> list[str]:
    """The kinds of our accounts on which people are known by their e-mail addresses."""
    rows = conn.execute("SELECT DISTINCT kind FROM account")
    return [row["kind"] for row in rows if channel(row["kind"]).by_address]


def _known(conn: Connection) -> set[str]:
    """Names and addresses of teammates, those who have left as well."""
    rows = conn.execute("SELECT name, email FROM teammate").fetchall()
    return {fold(row["name"]) for row in rows} | {address_key(row["email"]) for row in rows if row["email"]}


def _met_in_letters(conn: Connection, own: Collection[str]) -> dict[str, _Met]:
    """Whom our letters name besides us, by address."""
    met = defaultdict[str, _Met](_Met)
    for row in conn.execute(_SENT, (_LETTERS_LOOKED_AT,)):
        envelope = json.loads(row["envelope"])
        for role in ("to", "cc", "bcc"):
            for name, address in envelope.get(role, ()):
                key = address_key(address)
                if "@" not in key or key in own:
                    continue
                here = met[key]
                here.roles["forward" if row["forwarded"] and role == "to" else "to" if role == "to" else "copy"] += 1
                here.names.update([name] if name.strip() and "@" not in name else [])
                alone = role == "to" and not row["forwarded"]  # a copy is in the language of somebody else
                here.languages.update([row["language"]] if alone and row["language"] else [])
    return met


def _add_writers(conn: Connection, met: dict[str, _Met], ours: Collection[str]) -> None:
    """Add those of our own domain who wrote to us, and the languages in which all of them write."""
    kinds = json.dumps(_kinds_by_address(conn))
    for row in conn.execute(_COLLEAGUES, (kinds, json.dumps(sorted(ours)))).fetchall() if ours else ():
        here = met[address_of(row["key"])]
        here.names.update(name for name in (row["name"], row["member"]) if name.strip() and "@" not in name)
        here.theirs.update([row["language"]] if row["language"] else [])
    for row in conn.execute(_WROTE, (kinds, json.dumps(sorted(met)))):
        met[row["key"]].roles["wrote"] += row["many"]
        met[row["key"]].theirs.update({row["language"]: row["many"]} if row["language"] else {})


def _colleague(address: str, one: _Met, *, ours: bool) -> Colleague:
    name = one.names.most_common(1)[0][0] if one.names else _from_address(address)
    spoken = (one.theirs or one.languages).most_common(1)
    return Colleague(
        " ".join(name.split()), address, tuple(language for language, _ in spoken), ours, one.roles["wrote"],
        one.roles["to"], one.roles["copy"], one.roles["forward"],
    )  # fmt: skip


def _is_meant(one: Colleague) -> bool:
    """Whether they are met often enough, and are a person: no shared address, no machine."""
    if _is_shared(one.address):
        return False
    if one.ours:
        return one.met >= _LEAST_OF_OURS
    return one.copies >= _LEAST_COPIES or one.forwards >= _LEAST_FORWARDS


def _is_shared(address: str) -> bool:
    words = {fold(word) for word in (known_names.NOBODY + known_names.FIRMS).split()}
    local = address.partition("@")[0].partition("+")[0]
    return fold(local) in words or all(part in words for part in folded_words(local).split())


def _from_address(address: str) -> str:
    """A name from an address without one: jan.novak@ is Jan Novak."""
    parts = [part for part in _LOCAL_PARTS.split(address.partition("@")[0]) if part]
    return " ".join(part[:1].upper() + part[1:] for part in parts) or address


def _with_names_apart(found: Iterable[Colleague]) -> list[Colleague]:
    """The same, two of one name told apart by their addresses: a teammate's name is theirs alone."""
    seen, told = set[str](), list[Colleague]()
    for one in found:
        name = one.name if fold(one.name) not in seen else f"{one.name} ({one.address})"
        seen.add(fold(name))
        told.append(one._replace(name=name))
    return told
