"""Key exchanges without forward secrecy."""

from __future__ import annotations

from sslint.api import Suite

STATIC = {
    "RSA": "!kRSA", "DH/RSA": "!kDHr", "DH/DSS": "!kDHd", "ECDH/RSA": "!kECDHr", "ECDH/ECDSA": "!kECDHe",
    "KRB5": "!kKRB5",
}  # fmt: skip
"""Those that a server can be set up for, each with the element that takes its suites out."""


def exclusion(suite: Suite) -> str:
    """The element that takes a suite out, with others of its kind; empty for one with forward secrecy."""
    return STATIC.get(suite.key_exchange, "")
