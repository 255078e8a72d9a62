"""Addresses of hosts: what a name resolves to, and which addresses are on a private network."""

from __future__ import annotations

import ipaddress
import socket

_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48")))
"""NAT64 (RFC 6052, RFC 8215): the last four bytes are the IPv4 address that is reached."""


def is_private(address: str) -> bool:
    """Whether an IP address is not globally reachable (loopback, private, link-local ...), or is multicast.

    One that carries an IPv4 address (mapped, NAT64, 6to4, Teredo) is as private as that one.
    """
    number = ipaddress.ip_address(address.partition("%")[0])
    carried = _carried(number) if isinstance(number, ipaddress.IPv6Address) else None
    if carried is not None:
        return not carried.is_global or carried.is_multicast
    return not number.is_global or number.is_multicast


def _carried(number: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if number.teredo is not None:
        return number.teredo[1]
    if any(number in network for network in _TRANSLATED):
        return ipaddress.IPv4Address(number.packed[-4:])
    return number.ipv4_mapped or number.sixtofour


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
