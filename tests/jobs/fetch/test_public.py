"""Public addresses are told from private ones, however they are dressed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.fetch.public import is_public

PRIVATE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
    *("100.64.0.1", "192.0.0.8", "192.88.99.1", "198.18.0.1", "224.0.0.1", "255.255.255.255"),
    *("240.0.0.1", "192.0.2.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1"),
    *("ff02::1", "2001:db8::1", "100::1", "64:ff9b:1::1", "5f00::1", "4000::1"),
    *("::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::1"),
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
]
"""The last is Teredo with 127.0.0.1 as its client."""


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_told(address):
    """Private, shared, reserved and multicast ranges, and IPv6 that carries one of them."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_what_is_public_is_told(address):
    """Ordinary servers are reached, also through the translators of IPv6 networks."""
    assert is_public(address)


@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_no_dress_makes_a_private_address_public(address):
    """Mapped, NAT64 and 6to4 forms of a private address stay private."""
    number = int(address)

    assert not is_public(f"::ffff:{address}")
    assert not is_public(f"64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}")
    assert not is_public(f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1")
