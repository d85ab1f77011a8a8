"""Addresses in ranges, as Require ip, Allow from and `-ipmatch` write them (`apr_ipsubnet_create`)."""

from __future__ import annotations

from ipaddress import ip_address, ip_network


def in_network(client: str, text: str) -> bool:
    """Whether an address lies in a range: an address, `10.1`, `10.0.0.0/8` or `10.0.0.0/255.0.0.0`."""
    address, _, mask = text.partition("/")
    parts = address.rstrip(".").split(".")
    if ":" not in address and len(parts) < 4:
        mask = mask or str(8 * len(parts))
        address = ".".join([*parts, *["0"] * (4 - len(parts))])
    try:
        network = ip_network(f"{address}/{mask}" if mask else address, strict=False)
        return ip_address(client) in network
    except ValueError:
        return False
