"""Addresses of hosts: what a name resolves to, and which addresses are on a private network."""

from __future__ import annotations

import ipaddress
import socket

_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48")))
"""NAT64 (RFC 6052, RFC 8215): the last four bytes are the IPv4 address that is reached."""


def is_private(address: str) -> bool:
    """Whether an IP address is not globally reachable (loopback, private, link-local ...), or is multicast.

    A mapped IPv4 address is as private as that one; NAT64 and 6to4 are private too where the one that they carry is.
    """
    number = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(number, ipaddress.IPv4Address):
        return _is_closed(number)
    if number.ipv4_mapped is not None:
        return _is_closed(number.ipv4_mapped)
    carried = _carried(number)
    return _is_closed(number) or (carried is not None and _is_closed(carried))


def _is_closed(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return not number.is_global or number.is_multicast


def _carried(number: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if any(number in network for network in _TRANSLATED):
        return ipaddress.IPv4Address(number.packed[-4:])
    return number.sixtofour


def leads_home(host: str) -> bool:
    """Whether a host name resolves to an address on a private network; False if it does not resolve."""
    return any(map(is_private, _addresses(host)))


def exists(host: str) -> bool:
    """Whether a host name resolves to an address."""
    return bool(_addresses(host))


def _addresses(host: str) -> list[str]:
    try:
        return [str(address) for *_, (address, *_) in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []
