"""Which addresses of the internet protocol lead to the public, and which to somebody's inside."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_SPECIAL = (
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv4Network("100.64.0.0/10"),
)
"""Special-purpose ranges (RFC 6890) that Python 3.11 takes for global."""


def is_public(address: str) -> bool:
    """Tell whether an address is one that anybody on the internet may reach.

    Parameters
    ----------
    address : str
        IPv4 or IPv6 in their usual spelling, as a resolver gives it.

    Returns
    -------
    bool
        False for private, loopback, link-local, shared, multicast and reserved ranges, and for an
        IPv6 address that carries such an IPv4 address (mapped, compatible, 6to4, NAT64, Teredo).
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return _is_public_v4(ip)
    carried = _carried(ip)
    if ip.ipv4_mapped is not None or ip in _NAT64:
        return all(_is_public_v4(inner) for inner in carried)
    return (
        ip in _UNICAST
        and ip.is_global
        and not ip.is_multicast
        and all(_is_public_v4(inner) for inner in carried)
    )


def _is_public_v4(ip: IPv4Address) -> bool:
    special = any(ip in network for network in _SPECIAL)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or special)


def _carried(ip: IPv6Address) -> tuple[IPv4Address, ...]:
    if ip.ipv4_mapped is not None:
        return (ip.ipv4_mapped,)
    if ip.sixtofour is not None:
        return (ip.sixtofour,)
    if ip.teredo is not None:
        return ip.teredo
    if ip in _NAT64 or ip in _COMPATIBLE:
        return (IPv4Address(int(ip) & 0xFFFFFFFF),)
    return ()
