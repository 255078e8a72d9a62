"""Where the mail servers of an address are, and who says so; the first of these that knows it counts.

1. Our table of providers, by the address's domain; nobody is asked.
2. The domain's own configuration for mail programs (autoconfig).
3. The domain's SRV records (RFC 6186).
4. The provider that the domain's mail exchangers belong to.
5. The usual names, those that there are, as a guess, which the person has to confirm. So has a server that DNS alone
   names and that does not belong to the domain (RFC 6186, 6), and one of the table without a source.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.base.addresses import domain_in_ascii
from app.base.errors import FieldError, UserError
from app.base.words import N_, tr
from app.channels.base import Suggested, TryLater
from app.channels.email import autoconfig, clients, known, lookup
from app.channels.email.known import Provider

SECONDS = 9.0
"""For everything together; what has not answered by then counts as silent."""
_TABLE = N_("Rapport knows the servers of {name}: {imap} and {smtp}.")
_OWN = N_("{domain} publishes its mail servers: {imap} and {smtp}.")
_DNS = N_("The DNS of {domain} names these servers: {imap} and {smtp}.")
_ELSEWHERE = N_(
    "The DNS of {domain} names servers of another domain: {imap} and {smtp}. Check them: your password goes there."
)
_HOSTED = N_("The mail of {domain} is hosted by {name}: {imap} and {smtp}.")
_GUESSED = N_("Guessed from the address; check it: {imap} and {smtp}.")
_SILENT = N_("The DNS didn't answer, so Rapport couldn't look the servers up.")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked on the network, and what came of it."""

    own: Mapping[str, str]
    services: Mapping[str, lookup.Service]
    hosted: Provider | None
    usual: tuple[str, str]
    refused: tuple[str, ...]
    late: tuple[str, ...]


def find(fields: Mapping[str, str]) -> Suggested:
    """Find the servers for the form's `address`. Blocks for up to SECONDS; raises FieldError if that is no address."""
    address = fields.get("address", "").strip()
    local, _, domain = address.rpartition("@")
    domain = domain.lower().strip(".")
    named = domain_in_ascii(domain)
    if not local or any(mark.isspace() for mark in local) or not autoconfig.HOST.fullmatch(named):
        msg = tr("“{address}” isn't an e-mail address. Write it as name@example.org.").format(address=address)
        raise FieldError(msg, "address")
    provider = known.by_domain(named)
    if provider is not None:
        return _of_provider(provider, address, _TABLE if provider.source else _GUESSED)
    return _best(_ask(named), address, named)


def _best(asked: _Asked, address: str, domain: str) -> Suggested:
    if asked.own:
        return _of_servers(autoconfig.fill(asked.own, address), address, _OWN, asked.refused)
    if len(asked.services) == 2:  # noqa: PLR2004  one for reading, one for sending
        found = {"login": ""}
        for protocol, service in asked.services.items():
            found |= {f"{protocol}_host": service.host, f"{protocol}_port": str(service.port),
                      f"{protocol}_security": service.security}  # fmt: skip
        within = all(_within(service.host, domain) for service in asked.services.values())
        trusted = within or known.by_server(found["imap_host"]) is not None
        return _of_servers(found, address, _DNS if trusted else _ELSEWHERE, asked.refused, sure=trusted)
    if asked.hosted is not None:
        return _of_provider(asked.hosted, address, _HOSTED, asked.refused)
    return _of_provider(known.guess(domain, *asked.usual), address, _GUESSED, (*asked.refused, *asked.late))


def _of_provider(provider: Provider, address: str, sentence: str, notes: tuple[str, ...] = ()) -> Suggested:
    """The suggestion of a known provider."""
    words = tr(sentence).format(
        name=provider.name, imap=provider.imap, smtp=provider.smtp, domain=address.rpartition("@")[2]
    )
    return _suggestion(provider.fields(address), words, provider, notes, sure=sentence != _GUESSED)


def _of_servers(
    found: Mapping[str, str], address: str, sentence: str, notes: tuple[str, ...] = (), *, sure: bool = True
) -> Suggested:
    """The suggestion of servers that a domain names; those of a known provider come with its ways to log in."""
    words = tr(sentence).format(domain=address.rpartition("@")[2], imap=found["imap_host"], smtp=found["smtp_host"])
    provider = known.by_server(found["imap_host"]) or known.guess("")
    return _suggestion(found, words, provider, notes, sure=sure)


def _suggestion(
    found: Mapping[str, str], words: str, provider: Provider, notes: tuple[str, ...], *, sure: bool
) -> Suggested:
    """With the browser where no password is taken, or a client for it is at hand; else with a password."""
    packaged = clients.packaged(provider.sign_in) is not None
    signing = provider.sign_in if packaged or not provider.takes_password else ""
    return Suggested(
        {**found, "sign_in": signing},
        words,
        sure=sure,
        hint=provider.hint,
        page=provider.page,
        notes=notes,
        password=provider.takes_password,
        browser=provider.sign_in,
        asks=_asks(provider, packaged=packaged, sure=sure),
    )


def _asks(provider: Provider, *, packaged: bool, sure: bool) -> tuple[str, ...]:
    """The fields to show at once: a guess, how to log in where there are two ways, a certificate of Bridge."""
    asked = [] if sure else ["imap_host", "smtp_host"]
    if provider.sign_in:
        asked.append("sign_in")
    if provider.sign_in and not packaged:
        asked += ["client_id", "client_secret"] if provider.sign_in == known.GOOGLE else ["client_id"]
    if provider.password == known.BRIDGE:
        asked.append("ca_file")
    return tuple(asked)


def _ask(domain: str) -> _Asked:
    """Ask all at once, each on a thread of its own: one that hangs must not keep the others back."""
    work: dict[str, Callable[[], object]] = {
        "own": lambda: autoconfig.fetch(domain),
        "imap": lambda: lookup.services(domain, "imap"),
        "smtp": lambda: lookup.services(domain, "smtp"),
        "mx": lambda: lookup.exchangers(domain),
        "usual imap": lambda: lookup.usual(domain, "imap"),
        "usual smtp": lambda: lookup.usual(domain, "smtp"),
    }
    answers: queue.SimpleQueue[tuple[str, object]] = queue.SimpleQueue()
    for name, question in work.items():
        threading.Thread(target=_answer, args=(answers, name, question), name=f"find {name}", daemon=True).start()
    came: dict[str, object] = {}
    until = _deadline()
    while len(came) < len(work):
        try:
            name, answer = answers.get(timeout=until())
        except queue.Empty:
            break
        came[name] = answer
    return _sorted(came)


def _answer(answers: queue.SimpleQueue[tuple[str, object]], name: str, question: Callable[[], object]) -> None:
    try:
        answers.put((name, question()))
    except Exception as why:  # noqa: BLE001  what one source does wrong must not hide what the others say
        answers.put((name, why))


def _sorted(came: Mapping[str, object]) -> _Asked:
    own = came.get("own")
    services = {
        protocol: rows[0] for protocol in ("imap", "smtp") if isinstance(rows := came.get(protocol), list) and rows
    }
    hosts = came.get("mx")
    hosted = map(known.by_exchanger, hosts) if isinstance(hosts, list) else ()
    silent = [name for name in ("imap", "smtp", "mx") if not isinstance(came.get(name), list)]
    late = [tr(_SILENT)] if silent else []
    refused = []
    if isinstance(own, TryLater):
        late.append(str(own))
    elif isinstance(own, UserError):
        refused.append(str(own))
    imap, smtp = (str(name) if isinstance(name := came.get(f"usual {kind}"), str) else "" for kind in ("imap", "smtp"))
    return _Asked(
        own if isinstance(own, dict) else {},
        services,
        next(filter(None, hosted), None),
        (imap, smtp),
        tuple(refused),
        tuple(late),
    )


def _deadline() -> Callable[[], float]:
    from time import monotonic  # noqa: PLC0415  as the rest, for new accounts alone

    end = monotonic() + SECONDS
    return lambda: max(0.05, end - monotonic())


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
