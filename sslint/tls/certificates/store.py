"""The files with certificates and keys that a server's directives name, each taken apart once."""

from __future__ import annotations

import functools
from typing import NamedTuple

from ...configuration.model import Argument, Directive
from ...files import ReadError, below
from ...server import Server
from . import pem
from .certificate import Certificate, PublicKey, Unreadable, read_certificate, read_key
from .der import DerError, DhParameters, curve, dh_parameters

MOST_CERTIFICATES = 100
"""So many certificates of one file are looked at: no chain is longer."""
_DH = ("DH PARAMETERS", "X9.42 DH PARAMETERS")
_CHAIN = frozenset({"CERTIFICATE", "X509 CERTIFICATE"})


class Named(NamedTuple):
    """A file that a directive names. `path` is the server's; None where it is no file, or can't be told.

    `command` is the word that names it where that is not the first.
    """

    directive: Directive
    path: str | None
    command: Argument | None = None

    @property
    def argument(self) -> Argument:
        """The word that names it."""
        return self.command or self.directive.arguments[0]


class Trouble(NamedTuple):
    """Why something was not read.

    `kind` is `missing` or `unreadable` where this machine is the reason, `refused` where the server
    refuses the file too, `unknown` where that can't be told.
    """

    kind: str
    why: str


class PrivateKey(NamedTuple):
    """What may be known of a private key: whether a pass phrase guards it, else its public side."""

    encrypted: bool
    public: PublicKey | None


def named(directive: Directive, server: Server) -> Named:
    """The file of a directive's first word, by the server's rules: relative to ServerRoot."""
    value = directive.values[0]
    if "${" in value or value.lower().startswith("pkcs11:"):
        return Named(directive, None)
    return Named(directive, below(server.configuration.server_root, value))


class Store:
    """What the files hold; every answer is kept."""

    def __init__(self, server: Server) -> None:
        self.material = server.material
        self.blocks = functools.cache(self._blocks)
        self.certificate = functools.cache(self._certificate)
        self.rest = functools.cache(self._rest)
        self.key = functools.cache(self._key)

    def _blocks(self, path: str | None) -> list[pem.Block] | Trouble:
        if path is None:
            return Trouble("unknown", "it is no file")
        try:
            return pem.blocks(self.material.read(path))
        except ReadError as error:
            if not self.material.may_read or str(error).startswith(("outside", "no files")):
                return Trouble("unknown", str(error))
            return Trouble("missing" if str(error).startswith("No such file") else "unreadable", str(error))

    def _certificate(self, path: str | None, trusted: bool) -> Certificate | Trouble:
        """The first certificate of a file; `trusted` says whether one with OpenSSL's own trust settings counts."""
        blocks = self.blocks(path)
        if isinstance(blocks, Trouble):
            return blocks
        labels = pem.CERTIFICATE if trusted else _CHAIN
        for block in blocks:
            if block.error:
                return Trouble("refused", block.error)
            if block.label in labels:
                return _certificate(block)
        return Trouble("refused", "it holds no certificate in PEM form")

    def _rest(self, path: str | None, skip: int) -> tuple[Certificate, ...] | Trouble:
        """The certificates of a file, the first `skip` left out."""
        blocks = self.blocks(path)
        if isinstance(blocks, Trouble):
            return blocks
        found: list[Certificate] = []
        for block in blocks:
            if block.error:
                return Trouble("refused", block.error)
            if block.label not in _CHAIN and not (skip and block.label in pem.CERTIFICATE):
                continue
            if skip:
                skip -= 1
                continue
            one = _certificate(block)
            if isinstance(one, Trouble):
                return one
            found.append(one)
            if len(found) == MOST_CERTIFICATES:
                break
        return tuple(found)

    def _key(self, path: str | None) -> PrivateKey | Trouble:
        """The first private key of a file: in PEM form, in base64 without more, or in DER."""
        blocks = self.blocks(path)
        if isinstance(blocks, Trouble):
            return blocks
        block = next((one for one in blocks if one.error or one.label in pem.PRIVATE_KEY), None)
        if block is not None and block.encrypted:
            return PrivateKey(True, None)
        data = self.material.read(path or "")
        found = [_key(der) for der in (block.der if block is not None else b"", pem.bare(data), data) if der]
        keys = [one for one in found if isinstance(one, PrivateKey)]
        if keys:
            return keys[0]
        unclear = [one for one in found if isinstance(one, Trouble) and one.kind == "unknown"]
        damage = block.error if block is not None and block.error else "it holds no private key"
        return unclear[0] if unclear else Trouble("refused", damage)

    def dh(self, path: str | None) -> DhParameters | None:
        """The parameters for Diffie-Hellman in a file, if there are any."""
        blocks = self.blocks(path)
        for block in () if isinstance(blocks, Trouble) else blocks:
            if block.label in _DH and not block.error:
                try:
                    return dh_parameters(block.der)
                except DerError:
                    return None
        return None

    def first_parameters(self, path: str | None) -> str:
        """What the first parameters of a file are for: `DH`, `X9.42 DH`, `EC`, `DSA`; empty without any."""
        blocks = self.blocks(path)
        labels = () if isinstance(blocks, Trouble) else [block.label for block in blocks if not block.error]
        return next((one.removesuffix(" PARAMETERS") for one in labels if one.endswith(" PARAMETERS")), "")

    def curve(self, path: str | None) -> str:
        """The curve that a file's EC PARAMETERS name; empty without any."""
        blocks = self.blocks(path)
        for block in () if isinstance(blocks, Trouble) else blocks:
            if block.label == "EC PARAMETERS" and not block.error:
                try:
                    return curve(block.der)
                except DerError:
                    return ""
        return ""

    def holds_plain_key(self, path: str | None) -> bool:
        """Whether a file holds a private key that no pass phrase guards."""
        blocks = self.blocks(path)
        if isinstance(blocks, Trouble):
            return False
        return any(block.label in pem.PRIVATE_KEY and not block.encrypted and not block.error for block in blocks)


def store(server: Server) -> Store:
    """The server's store."""
    found = server.memory.get(Store)
    if found is None:
        found = server.memory[Store] = Store(server)
    assert isinstance(found, Store)
    return found


def _certificate(block: pem.Block) -> Certificate | Trouble:
    found = read_certificate(block.der)
    if isinstance(found, Unreadable):
        return Trouble("refused" if found.certain else "unknown", found.why)
    return found


def _key(der: bytes) -> PrivateKey | Trouble:
    found = read_key(der)
    if isinstance(found, Unreadable):
        return Trouble("refused" if found.certain else "unknown", found.why)
    return PrivateKey(False, found)
