"""The mail servers of an account: what its form says; where it leaves them open, the provider's, else a guess.

Port 993 and 465 are implicit TLS (RFC 8314). What is found out about an address is in `app.channels.email.finding`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.channels.email.known import NONE, STARTTLS, TLS, Provider, by_domain, by_server, guess

__all__ = ["NONE", "STARTTLS", "TLS", "Server", "provider", "provider_of", "server"]

_PORTS = {("imap", TLS): 993, ("imap", STARTTLS): 143, ("imap", NONE): 143, ("smtp", TLS): 465, ("smtp", STARTTLS): 587}
_SUBMISSION = "587"  # STARTTLS by custom (RFC 6409, RFC 8314 7.3)


@dataclass(frozen=True, slots=True)
class Server:
    """A server's address. `ca_file` is a PEM file to trust instead of the system's certificate store; "" for that."""

    host: str
    port: int
    security: str
    ca_file: str = ""

    @property
    def where(self) -> str:
        """host:port, for sentences."""
        return f"{self.host}:{self.port}"


def provider(address: str) -> Provider:
    """Return the provider of an address; for an unknown domain, imap.DOMAIN and smtp.DOMAIN."""
    domain = address.rpartition("@")[2].lower()
    return by_domain(domain) or guess(domain)


def provider_of(fields: Mapping[str, str]) -> Provider:
    """Return the provider of an account: by its incoming server where one is entered, else by its address."""
    host, own = fields.get("imap_host", "").strip().lower(), provider(fields.get("address", ""))
    if host in ("", own.imap):
        return own
    return by_server(host) or own


def server(kind: str, fields: Mapping[str, str]) -> Server:
    """Return the server for `imap` or `smtp` from the form's fields, with the address's provider as the default."""
    known = provider(fields.get("address", ""))
    host, port, security = (fields.get(f"{kind}_{part}", "").strip() for part in ("host", "port", "security"))
    usual = TLS
    if kind == "smtp":
        usual = fields.get("imap_security", "").strip() or TLS
    if not host:
        usual, port = _of_provider(known, kind, port, usual)
    elif kind == "smtp" and port == _SUBMISSION:
        usual = STARTTLS
    security = security or usual
    return Server(
        host or (known.imap if kind == "imap" else known.smtp),
        int(port) if port.isdecimal() else _PORTS.get((kind, security), 25),
        security,
        fields.get("ca_file", "").strip(),
    )


def _of_provider(known: Provider, kind: str, port: str, usual: str) -> tuple[str, str]:
    """(encryption, port) at a provider whose host is not entered; an incoming one keeps what the form says."""
    if kind == "imap":
        return known.imap_security or usual, port or known.imap_port
    return known.smtp_security, port or known.smtp_port
