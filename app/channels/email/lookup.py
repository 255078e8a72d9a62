"""What DNS says about a domain's mail: SRV records of its servers (RFC 6186, RFC 8314), and its mail exchangers (MX).

dnspython asks the resolvers that this computer is set to. Whoever runs the network can forge such answers, so a server
that DNS alone names is shown to the person before anything is sent to it (RFC 6186, 6).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.channels.email.known import STARTTLS, TLS

if TYPE_CHECKING:
    from dns.resolver import Resolver

SECONDS = 3.0
"""For one question, with all its retries."""
_NAMED_MAX = 253  # RFC 1035, 2.3.4
_SERVICES = {
    "imap": (("_imaps._tcp", TLS), ("_imap._tcp", STARTTLS)),
    "smtp": (("_submissions._tcp", TLS), ("_submission._tcp", STARTTLS)),
}


class SilentError(Exception):
    """No resolver answered, or none is set: nothing is known, not even that there is no such record."""


@dataclass(frozen=True, slots=True)
class Service:
    """A server that a SRV record names."""

    host: str
    port: int
    security: str


def system_resolver() -> Resolver:
    """The resolvers that this computer is set to. Raises SilentError if there are none."""
    from dns import exception, resolver  # noqa: PLC0415  60 ms, for new accounts alone

    try:
        return resolver.Resolver()
    except (exception.DNSException, OSError) as why:
        raise SilentError from why


MAKE: Callable[[], Resolver] = system_resolver
"""How a resolver is made."""


def ask(name: str, kind: str) -> list[Any]:
    """The records of that kind ("MX", "SRV"); [] if there is none. Raises SilentError if nobody answers."""
    from dns import exception, resolver  # noqa: PLC0415  as above
    from dns import name as names  # noqa: PLC0415  as above

    try:
        absolute = names.from_text(name.encode("idna").decode("ascii") if not name.isascii() else name)
        return list(MAKE().resolve(absolute, kind, lifetime=SECONDS, search=False))
    except (resolver.NXDOMAIN, resolver.NoAnswer, names.LabelTooLong, names.NameTooLong, names.EmptyLabel):
        return []
    except UnicodeError:
        return []
    except (exception.DNSException, OSError) as why:
        raise SilentError from why


def services(domain: str, protocol: str) -> list[Service]:
    """The servers for `imap` or `smtp` that a domain's SRV records name, the one to try first in front.

    A target of "." says that there is no such service (RFC 2782). Implicit TLS goes before STARTTLS (RFC 8314, 3).
    """
    found = []
    for label, security in _SERVICES[protocol]:
        rows = sorted(ask(f"{label}.{domain}", "SRV"), key=lambda row: (row.priority, -row.weight))
        for row in rows:
            host = _host(row.target)
            if host and row.port:
                found.append(Service(host, int(row.port), security))
    return found


def usual(domain: str, protocol: str) -> str:
    """The first of the usual names of a server for `imap` or `smtp` that has an address; "" if none has."""
    names = (f"{protocol}.{domain}", f"mail.{domain}")
    return next((name for name in names if ask(name, "A") or ask(name, "AAAA")), "")


def exchangers(domain: str) -> list[str]:
    """The names of a domain's mail exchangers, the preferred one first; [] for none (RFC 7505: also for ".")."""
    rows = sorted(ask(domain, "MX"), key=lambda row: int(row.preference))
    return [host for host in (_host(row.exchange) for row in rows) if host]


def _host(name: Any) -> str:  # noqa: ANN401  a name of dnspython
    text = str(name.to_text(omit_final_dot=True)).lower()
    return text if text not in ("", ".", "@") and len(text) <= _NAMED_MAX else ""
