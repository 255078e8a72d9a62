"""The mail servers of an address, if the person does not enter them: published settings, else a guess.

Sources: the providers' own help pages. Port 993 and 465 are implicit TLS (RFC 8314).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.base.words import N_

TLS, STARTTLS, NONE = "tls", "starttls", "none"
_PORTS = {("imap", TLS): 993, ("imap", STARTTLS): 143, ("imap", NONE): 143, ("smtp", TLS): 465, ("smtp", STARTTLS): 587}
_SUBMISSION = "587"  # STARTTLS by custom (RFC 6409, RFC 8314 7.3)


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider's servers, and its advice for a rejected login."""

    imap: str
    smtp: str
    smtp_security: str = TLS
    hint: str = ""
    """May contain {name} for the provider's name."""
    name: str = ""


_APP = N_("{name} only accepts an app password here. Create one in your account's security settings and enter that.")
_GMAIL = Provider("imap.gmail.com", "smtp.gmail.com", hint=_APP, name="Google")
_OUTLOOK = Provider(
    "outlook.office365.com",
    "smtp-mail.outlook.com",
    STARTTLS,
    N_("Microsoft no longer lets programs log in with a password. Forward that mailbox to another one."),
)
_ICLOUD = Provider("imap.mail.me.com", "smtp.mail.me.com", STARTTLS, _APP, "Apple")
_YAHOO = Provider("imap.mail.yahoo.com", "smtp.mail.yahoo.com", hint=_APP, name="Yahoo")
_SEZNAM = Provider(
    "imap.seznam.cz", "smtp.seznam.cz", hint=N_("Seznam requires an app password once two-step login is on.")
)
_PROVIDERS = {
    "gmail.com": _GMAIL,
    "googlemail.com": _GMAIL,
    "outlook.com": _OUTLOOK,
    "hotmail.com": _OUTLOOK,
    "live.com": _OUTLOOK,
    "icloud.com": _ICLOUD,
    "me.com": _ICLOUD,
    "mac.com": _ICLOUD,
    "yahoo.com": _YAHOO,
    "seznam.cz": _SEZNAM,
    "email.cz": _SEZNAM,
    "post.cz": _SEZNAM,
    "centrum.cz": Provider("imap.centrum.cz", "smtp.centrum.cz"),
    "fastmail.com": Provider("imap.fastmail.com", "smtp.fastmail.com", hint=_APP, name="Fastmail"),
    "freemail.hu": Provider("imap.freemail.hu", "smtp.freemail.hu"),
    "citromail.hu": Provider("imap.citromail.hu", "smtp.citromail.hu"),
    "simnet.is": Provider("postur.simnet.is", "postur.simnet.is"),
    "zoho.eu": Provider("imap.zoho.eu", "smtp.zoho.eu", hint=_APP, name="Zoho"),
}


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
    return _PROVIDERS.get(domain) or Provider(f"imap.{domain}", f"smtp.{domain}")


def server(kind: str, fields: Mapping[str, str]) -> Server:
    """Return the server for `imap` or `smtp` from the form's fields, with the address's provider as the default."""
    known = provider(fields.get("address", ""))
    host = fields.get(f"{kind}_host", "").strip()
    port = fields.get(f"{kind}_port", "").strip()
    usual = TLS
    if kind == "smtp":
        usual = fields.get("imap_security", "").strip() or TLS
        if not host:
            usual = known.smtp_security
        elif port == _SUBMISSION:
            usual = STARTTLS
    security = fields.get(f"{kind}_security", "").strip() or usual
    return Server(
        host or (known.imap if kind == "imap" else known.smtp),
        int(port) if port.isdecimal() else _PORTS.get((kind, security), 25),
        security,
        fields.get("ca_file", "").strip(),
    )
