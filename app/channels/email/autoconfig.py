"""The settings that a domain publishes for mail programs, in the XML format of Thunderbird's autoconfiguration.

Format: https://benbucksch.github.io/autoconfig-spec/draft-autoconfig-1.html and
https://wiki.mozilla.org/Thunderbird:Autoconfiguration:ConfigFileFormat. It is asked for by HTTPS alone: whoever could
change it on the way would be sent the password. The address is not sent along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.base import Refused, TryLater
from app.channels.email.known import STARTTLS, TLS

if TYPE_CHECKING:
    from app.channels.http import Response

ADDRESSES: tuple[str, ...] = (
    "https://autoconfig.{domain}/mail/config-v1.1.xml",
    "https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
)
SECONDS = 5.0
SIZE_MAX = 100_000
_DEPTH_MAX, _REDIRECTS_MAX = 20, 3
HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.?")
_SECURITY = {"ssl": TLS, "tls": TLS, "starttls": STARTTLS}
_ON_THE_WAY = frozenset((301, 302, 303, 307, 308))
_NOT_XML = N_("{host} answered with something that isn't a mail configuration.")
_OPEN = N_("{host} only offers its mail configuration without encryption, so Rapport didn't use it.")
_NO_SERVERS = N_("The mail configuration of {host} names no IMAP and SMTP servers with encryption.")


def fetch(domain: str) -> dict[str, str]:
    """The form's fields from what a domain publishes, by the first address that has it; {} if none has.

    Raises Refused with one sentence if something is there that cannot be used, TryLater if a server does not answer.
    """
    troubles: list[UserError] = []
    for address in ADDRESSES:
        try:
            answer = _get(address.format(domain=domain))
            if answer is not None:
                return fields(answer.body, domain, answer.host)
        except UserError as why:
            troubles.append(why)
    for trouble in sorted(troubles, key=lambda why: isinstance(why, TryLater)):
        raise trouble
    return {}


def _get(url: str) -> Response | None:
    """GET it, following redirects as long as they stay encrypted; None if there is no such page.

    Raises UserError for anything else that is no answer; TryLater for a server that cannot be reached.
    """
    from app.channels.http import Http  # noqa: PLC0415  the form needs no network
    from app.channels.http.addresses import exists, leads_home  # noqa: PLC0415  as above

    first = urlsplit(url).hostname or ""
    if not exists(first):
        return None
    home = leads_home(first)
    for _ in range(_REDIRECTS_MAX + 1):
        http = Http(url, private=home, deadline=SECONDS, size_max=SIZE_MAX)
        try:
            answer = http.raw("GET", url, follow=False)
        except UserError as why:  # a certificate of another site too: many hosts answer for names they do not serve
            raise TryLater(str(why)) from why
        finally:
            http.close()
        if answer.status not in _ON_THE_WAY:
            return answer if answer.ok else None
        target = urljoin(url, answer.headers.get("location", ""))
        if urlsplit(target).scheme != urlsplit(url).scheme:
            raise Refused(tr(_OPEN).format(host=first))
        url = target
    return None


def fields(body: bytes, domain: str, host: str) -> dict[str, str]:
    """The form's fields from such a document; placeholders stay for `fill`. Raises Refused if it is none or has none.

    Of several servers the first with encryption counts, as the format orders them by preference.
    """
    try:
        root = tree(body)
    except ValueError as why:
        raise Refused(tr(_NOT_XML).format(host=host)) from why
    if root.tag != "clientConfig":
        raise Refused(tr(_NOT_XML).format(host=host))
    listed = root.find("emailProvider")
    within = listed if listed is not None else root
    incoming = _first(within.findall("incomingServer"), "imap", domain)
    outgoing = _first(within.findall("outgoingServer"), "smtp", domain)
    if not incoming or not outgoing:
        raise Refused(tr(_NO_SERVERS).format(host=host))
    login = incoming.pop("login")
    outgoing.pop("login")
    return {**incoming, **outgoing, "login": login}


def _first(servers: Iterable[Element], kind: str, domain: str) -> dict[str, str]:
    for server in servers:
        host = (server.findtext("hostname") or "").strip().lower().replace("%emaildomain%", domain)
        port = (server.findtext("port") or "").strip()
        security = _SECURITY.get((server.findtext("socketType") or "").strip().lower(), "")
        usable = server.get("type") == kind and security and HOST.fullmatch(host)
        if usable and port.isascii() and port.isdecimal() and 0 < int(port[:6]) < 65_536:  # noqa: PLR2004  ports are 16 bits
            login = (server.findtext("username") or "").strip()
            return {f"{kind}_host": host.rstrip("."), f"{kind}_port": port, f"{kind}_security": security,
                    "login": login}  # fmt: skip
    return {}


def fill(found: Mapping[str, str], address: str) -> dict[str, str]:
    """The same with the placeholders replaced; a login name that is the address itself is left empty."""
    local, _, domain = address.rpartition("@")
    login = found.get("login", "")
    for placeholder, value in (("%EMAILADDRESS%", address), ("%EMAILLOCALPART%", local), ("%EMAILDOMAIN%", domain)):
        login = login.replace(placeholder, value)
    unusable = "%" in login or login.lower() == address.lower() or not login.isprintable()
    return {**found, "login": "" if unusable else login}


def tree(body: bytes) -> Element:
    """Parse XML, without namespaces. Raises ValueError if it is none, has a DTD (and with it entities), or is deep."""
    builder, parser, depth = TreeBuilder(), expat.ParserCreate(), 0

    def refuse(*_: object) -> None:
        msg = "a document type is not needed"
        raise ValueError(msg)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH_MAX:
            refuse()
        builder.start(name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name.rpartition(":")[2])

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(body, True)  # noqa: FBT003  expat names no argument
        return builder.close()
    except (expat.ExpatError, AssertionError, LookupError) as why:
        raise ValueError(str(why)) from why
