"""The providers whose mail servers are known: the facts and their sources are in resources/mail/providers.toml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.base.resources import table
from app.base.words import N_, tr

TLS, STARTTLS, NONE = "tls", "starttls", "none"
BRIDGE = "bridge"
"""The kind of password of a provider that is read through a program of its own on this computer."""
_HERE = "127.0.0.1"
GOOGLE, MICROSOFT = "google", "microsoft"
"""Whose page one signs in with: the values of the form's field `sign_in`."""
_PASSWORDS = {
    "": "",
    "app": N_(
        "{name} only accepts an app password here. Create one in your account's security settings and enter that."
    ),
    "none": N_("{name} no longer lets programs log in with a password. Sign in with the browser instead."),
    BRIDGE: N_(
        "{name} is read through its program Bridge, which has to run on this computer and shows the password to enter. "
        "Export its certificate there and choose that file under “Own certificate authority”."
    ),
    "two_step": N_("{name} requires an app password once two-step login is on."),
    "switch": N_("{name} takes your own password, once you have switched on IMAP in its web mail's settings."),
    "mail": N_("{name} requires a password of its own for mail programs. Set one in your account there."),
}


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider's servers. `hint` is its advice on the password, `page` the web page where that is made, or "".

    `source` names where the facts come from; "" for a guess. `sign_in` is GOOGLE, MICROSOFT or "".
    """

    name: str
    imap: str
    smtp: str
    source: str = ""
    imap_port: str = ""
    imap_security: str = TLS
    smtp_port: str = ""
    smtp_security: str = TLS
    password: str = ""
    page: str = ""
    sign_in: str = ""
    local_login: bool = False

    @property
    def hint(self) -> str:
        """Its advice on the password, as a sentence; "" for none."""
        return tr(_PASSWORDS[self.password]).format(name=self.name) if self.password else ""

    @property
    def takes_password(self) -> bool:
        """Whether a password of any kind opens a mailbox there."""
        return self.password != "none"  # noqa: S105  a word of the table, no password

    def fields(self, address: str) -> dict[str, str]:
        """What the account form has to hold for a mailbox there."""
        return {
            "imap_host": self.imap,
            "imap_port": self.imap_port,
            "imap_security": self.imap_security,
            "smtp_host": self.smtp,
            "smtp_port": self.smtp_port,
            "smtp_security": self.smtp_security,
            "login": address.rpartition("@")[0] if self.local_login else "",
        }


def by_domain(domain: str) -> Provider | None:
    """The provider of the addresses of a domain; None if it is not in the table."""
    return _tables()[0].get(domain.strip(".").lower())


def by_exchanger(host: str) -> Provider | None:
    """The provider whose mail exchanger (MX) has this name; None if it is not in the table."""
    ends = _tables()[1]
    return next((ends[end] for end in _ends(host) if end in ends), None)


def by_server(host: str) -> Provider | None:
    """The provider with this IMAP server; None if it is not in the table."""
    return _tables()[2].get(host.strip(".").lower())


def guess(domain: str, imap: str = "", smtp: str = "") -> Provider:
    """The servers that a domain may have, by the usual names: nobody said so."""
    return Provider(domain, imap or f"imap.{domain}", smtp or f"smtp.{domain}")


def _ends(host: str) -> Iterator[str]:
    parts = host.strip(".").lower().split(".")
    return (".".join(parts[at:]) for at in range(len(parts)))


@cache
def _tables() -> tuple[dict[str, Provider], dict[str, Provider], dict[str, Provider]]:
    """The providers by domain of an address, by end of a mail exchanger's name, and by IMAP server."""
    domains: dict[str, Provider] = {}
    exchangers: dict[str, Provider] = {}
    servers: dict[str, Provider] = {}
    for row in table("mail", "providers.toml")["provider"]:
        made = _provider(row)
        domains |= dict.fromkeys(row.get("domains", ()), made)
        exchangers |= dict.fromkeys(row.get("mx", ()), made)
        if made.imap != _HERE:  # that is every program on this computer
            servers.setdefault(made.imap, made)
    return domains, exchangers, servers


def _provider(row: dict[str, Any]) -> Provider:
    return Provider(**{key: value for key, value in row.items() if key not in ("domains", "mx")})
