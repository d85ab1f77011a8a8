"""Certificates and keys: what the files hold that a host's directives name, and what the server makes of them."""

from .backend import machine_certificate, machine_refusal
from .certificate import Certificate, PublicKey
from .credentials import FIRST_WITH_CHAIN_IN_FILE, Credentials, authorities, credentials
from .der import DhParameters
from .names import covers
from .pair import Pair, Refusal, merged
from .secrets import Secret, secrets
from .store import Named, PrivateKey, Store, store

__all__ = [
    "FIRST_WITH_CHAIN_IN_FILE",
    "Certificate",
    "Credentials",
    "DhParameters",
    "Named",
    "Pair",
    "PrivateKey",
    "PublicKey",
    "Refusal",
    "Secret",
    "Store",
    "authorities",
    "covers",
    "credentials",
    "machine_certificate",
    "machine_refusal",
    "merged",
    "secrets",
    "store",
]
