"""Which addresses and subnets the server takes (APR `network_io/unix/sockaddr.c:apr_ipsubnet_create`)."""

from __future__ import annotations

import enum
import re

from ..text import leading_number, number_of

_DIGITS = re.compile(r"\s*[+-]?\d+\Z")


class SubnetProblem(enum.Enum):
    """What is wrong with a subnet, in the library's words."""

    NOT_AN_ADDRESS = "no IP address"
    BAD_ADDRESS = "the specified IP address is invalid"
    BAD_MASK = "the specified network mask is invalid"


def subnet_problem(text: str) -> SubnetProblem | None:
    """What the server objects to in `10.1`, `10.0.0.0/8`, `10.0.0.0/255.0.0.0` or `fe80::/10`."""
    address, slash, mask = text.partition("/")
    if not address or (":" not in address and address.strip(".0123456789")):
        return SubnetProblem.NOT_AN_ADDRESS
    width = _width(address)
    if width is None:
        return None if _is_partial(address) and not slash else SubnetProblem.BAD_ADDRESS
    if not slash:
        return None
    if _DIGITS.match(mask) and 0 < leading_number(mask) <= width:
        return None
    if width == 32 and _width(mask) == 32:
        return None
    return SubnetProblem.BAD_MASK


def _width(address: str) -> int | None:
    """32 or 128 for a whole address as `inet_pton` reads it, else None."""
    if "%" in address or (":" in address and address.lower().startswith("::ffff:") and "." in address):
        return None
    import ipaddress

    try:
        return ipaddress.ip_address(address).max_prefixlen
    except ValueError:
        return None


def _is_partial(address: str) -> bool:
    """Whether it is the legacy form `10`, `10.`, `10.1` … (`parse_network`)."""
    octets = address.split(".")
    if octets[-1] == "":
        octets.pop()
    return 1 <= len(octets) <= 4 and all((number_of(octet) or 0) <= 255 and octet.isdigit() for octet in octets)
