"""Certificates and keys: what the files hold that a host's directives name, and what the server makes of them."""

from .certificate import Certificate, PublicKey
from .credentials import Credentials, Pair, Refusal, credentials, merged
from .der import DhParameters
from .store import Named, PrivateKey, Store, store

__all__ = [
    "Certificate",
    "Credentials",
    "DhParameters",
    "Named",
    "Pair",
    "PrivateKey",
    "PublicKey",
    "Refusal",
    "Store",
    "credentials",
    "merged",
    "store",
]
