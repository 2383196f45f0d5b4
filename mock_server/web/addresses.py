"""What an IP address stands for: the IPv4 addresses inside it, and whether anybody can listen."""

from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LOOPBACK = (ip_address("::1"), ip_address("127.0.0.1"))

# Link-local addresses, and where else a cloud gives its machines their credentials. Nobody has a
# receiver there, so only somebody who lists such an address can mean it.
_CREDENTIALS = tuple(
    ip_network(each)
    for each in (
        "169.254.0.0/16",
        "fe80::/10",
        "100.100.100.200/32",  # Alibaba Cloud
        "168.63.129.16/32",  # Azure
        "192.0.0.192/32",  # Oracle Cloud
        "fd00:c1::/32",  # Oracle Cloud
        "fd00:ec2::/32",  # AWS
        "fd20:ce::/32",  # Google Cloud
        "fd00:42::42/128",  # Scaleway
    )
)
# A connection to 0.0.0.0 or :: reaches this machine, so these two would be further spellings of
# loopback. The others are no address of one machine.
_NO_MACHINE = tuple(
    ip_network(each)
    for each in ("0.0.0.0/8", "::/128", "224.0.0.0/4", "ff00::/8", "255.255.255.255/32")
)
# IPv4-mapped (RFC 4291), IPv4-compatible (RFC 4291) and IPv4-translated (RFC 2765) addresses.
# `::` and `::1` lie in the second block and are addresses of their own.
_SPELLINGS = tuple(ip_network(each) for each in ("::ffff:0:0/96", "::/96", "::ffff:0:0:0/96"))
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052
_LOCAL_NAT64 = ip_network("64:ff9b:1::/48")  # RFC 8215
_LOCAL_NAT64_LENGTHS = (48, 56, 64)  # A gateway's prefix may be one of these long, or 96.
_LOW_32 = 0xFFFFFFFF
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: the third quarter of such an address.


def plain(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address is only another spelling of, else itself."""
    if int(address) > 1 and any(address in each for each in _SPELLINGS):
        return IPv4Address(int(address) & _LOW_32)
    return address


def readings(address: Address) -> list[Address]:
    """Return every address that a message to this one may reach.

    A gateway unpacks the IPv4 address inside an address of NAT64 (RFC 6052, RFC 8215), 6to4 (RFC
    3056), Teredo (RFC 4380) or ISATAP (RFC 5214). Where none is packed it is the address alone.
    """
    found = plain(address)
    packed = _packed(found) if isinstance(found, IPv6Address) else []
    return [*packed] or [found]


def is_credentials(address: Address) -> bool:
    """Say whether a cloud may give away its machines' credentials at this address."""
    return any(address in each for each in _CREDENTIALS)


def is_inside_credentials(block: Network) -> bool:
    """Say whether the block holds only addresses at which a cloud may give away credentials."""
    return is_credentials(block[0]) and is_credentials(block[-1])


def is_no_machine(address: Address) -> bool:
    """Say whether nobody can listen at the address: unspecified, multicast or broadcast."""
    return any(address in each for each in _NO_MACHINE)


def _packed(address: IPv6Address) -> list[IPv4Address]:
    bits = int(address)
    if address in _NAT64:
        return [IPv4Address(bits & _LOW_32)]
    if address in _LOCAL_NAT64:
        return _locally_packed(bits)
    if address.sixtofour is not None:
        return [address.sixtofour]
    if address.teredo is not None:
        return [*address.teredo]
    return [IPv4Address(bits & _LOW_32)] if (bits >> 32) & _LOW_32 in _ISATAP else []


def _locally_packed(bits: int) -> list[IPv4Address]:
    """Return the address for every prefix length, because only the gateway knows its own."""
    # RFC 6052 keeps the eight bits from bit 64 on out of the packed address, except with /96.
    without_gap = (bits >> 64 << 56) | (bits & (1 << 56) - 1)
    shifted = [without_gap >> (120 - 32 - length) for length in _LOCAL_NAT64_LENGTHS]
    found = [IPv4Address(each & _LOW_32) for each in (*shifted, bits)]
    return [each for each in found if not is_no_machine(each)]
