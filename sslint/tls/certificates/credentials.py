"""The certificates and keys of one host, as mod_ssl merges, pairs and loads them.

Sources: `modssl_ctx_cfg_merge_certkeys_array` in ssl_engine_config.c, `ssl_init_server_certs` and
`ssl_init_ctx_cert_chain` in ssl_engine_init.c, `ssl_security_cert` in OpenSSL's ssl/t1_lib.c.
"""

from __future__ import annotations

from typing import cast

from ...configuration import walk
from ...knowledge.versions import HttpdVersion
from ...lazily import lazy
from ...server import Server, VirtualHost
from ...server.memory import kept
from ..protocols import series
from ..suites import cipher_setting, default_level
from .certificate import Certificate
from .der import DhParameters
from .pair import Pair, Refusal, merged
from .store import Named, PrivateKey, Store, Trouble, named, store
from .strength import hash_strength, key_strength, minimum

FIRST_WITH_CHAIN_IN_FILE = HttpdVersion(2, 4, 8)
_MANAGED = frozenset({"mdomain", "mdomainset", "mdmember", "mdmembers"})
_AUTHENTICATES = {"RSA": "RSA", "DSS": "DSS", "ECDSA": "ECDSA", "ED25519": "ECDSA", "ED448": "ECDSA"}


class Credentials:
    """What a host authenticates with, and what keeps the server from starting with it."""

    def __init__(self, host: VirtualHost) -> None:
        self.host = host
        self.target = host.server.target
        self.store: Store = store(host.server)

    @lazy
    def certificate_files(self) -> tuple[Named, ...]:
        """The SSLCertificateFile lines in force, in order."""
        return merged(self.host, "sslcertificatefile")

    @lazy
    def key_files(self) -> tuple[Named, ...]:
        """The SSLCertificateKeyFile lines in force, in order: the i-th goes with the i-th certificate."""
        return merged(self.host, "sslcertificatekeyfile")

    @lazy
    def chain_file(self) -> Named | None:
        """The SSLCertificateChainFile in force."""
        directive = self.host.winner("sslcertificatechainfile")
        return named(directive, self.host.server) if directive is not None and directive.values else None

    @lazy
    def is_managed(self) -> bool:
        """Whether mod_md brings the certificates: some domain that it manages is one of the host's names."""
        return is_managed(self.host)

    @lazy
    def security_level(self) -> int:
        """The level that certificates are loaded under: SSLOpenSSLConfCmd comes too late for them."""
        line, memory = self.host.winner("sslciphersuite", "SSL"), self.host.server.memory
        key = (Credentials, "level", line.text if line is not None else None)
        if key not in memory:
            level = cipher_setting(self.host.choose("sslciphersuite", "SSL"), [], self.target).security_level
            memory[key] = default_level(self.target) if level is None else level
        return cast("int", memory[key])

    @lazy
    def pairs(self) -> tuple[Pair, ...]:
        """The certificates with their keys, in the order of the lines."""
        return tuple(self._pair(index, file) for index, file in enumerate(self.certificate_files))

    @lazy
    def in_force(self) -> tuple[Pair, ...]:
        """The pairs that handshakes can use: of several with one kind of key, the last."""
        last = {pair.certificate.key.kind if pair.certificate else str(index): pair
                for index, pair in enumerate(self.pairs)}  # fmt: skip
        return tuple(pair for pair in self.pairs if any(pair is one for one in last.values()))

    @lazy
    def key_types(self) -> frozenset[str] | None:
        """What the keys can sign for, as cipher suites call it: `RSA`, `DSS`, `ECDSA` (Ed25519 and Ed448 are such).

        None where some certificate could not be read, or where others may come from elsewhere.
        """
        found = [self.store.certificate(file.path, self._reads_chain) for file in self.certificate_files]
        read = [one for one in found if not isinstance(one, Trouble)]
        if not read or len(read) < len(found) or self.is_managed or self._commanded:
            return None
        kinds = [_AUTHENTICATES.get(one.key.kind) for one in read]
        return None if None in kinds else frozenset(kind for kind in kinds if kind)

    @property
    def _commanded(self) -> bool:
        """Whether SSLOpenSSLConfCmd loads certificates too."""
        lines = self.host.all("sslopensslconfcmd")
        return any(one.values[:1] and one.values[0].lower() in ("certificate", "privatekey") for one in lines)

    def strong(self, level: int) -> frozenset[str]:
        """What keys that a level does not find too small sign for, as `key_types` has it."""
        keys = [pair.certificate.key for pair in self.in_force if pair.certificate is not None]
        least, library = minimum(level), self.target.openssl
        strong = (one.kind for one in keys if key_strength(one.kind, one.bits, library) >= least)
        return frozenset(_AUTHENTICATES[kind] for kind in strong if kind in _AUTHENTICATES)

    @property
    def rsa_bits(self) -> int | None:
        """The size of the RSA key; None where there is none, or it was not read."""
        found = [pair.certificate.key for pair in self.in_force if pair.certificate is not None]
        return next((key.bits for key in found if key.kind == "RSA"), None)

    @property
    def min_bits(self) -> int | None:
        """The size of the smallest RSA or DSA key."""
        found = [pair.certificate.key for pair in self.in_force if pair.certificate is not None]
        return min((key.bits for key in found if key.kind in ("RSA", "DSS")), default=None)

    @lazy
    def dh(self) -> DhParameters | None:
        """The parameters for Diffie-Hellman in the first certificate file, where mod_ssl looks for them."""
        return self.store.dh(self.certificate_files[0].path) if self.certificate_files else None

    @property
    def dh_bits(self) -> int | None:
        """The size of these parameters."""
        return self.dh.bits if self.dh is not None else None

    @lazy
    def spoils_dh(self) -> bool:
        """Whether EC PARAMETERS stand where mod_ssl looks for those of Diffie-Hellman.

        With OpenSSL 3.0 on it hands the library the file's first parameters, whatever they are for, and no
        DHE handshake succeeds then (`modssl_dh_pkey_from_file` in ssl_engine_init.c).
        """
        if series(self.target.openssl) < (3, 0, 0) or not self.certificate_files:
            return False
        return self.store.first_parameters(self.certificate_files[0].path) == "EC"

    @lazy
    def curve(self) -> str:
        """The curve in the first certificate file's EC PARAMETERS."""
        return self.store.curve(self.certificate_files[0].path) if self.certificate_files else ""

    # One pair

    def _pair(self, index: int, file: Named) -> Pair:
        key_file: Named | None = file
        if index < len(self.key_files):
            key_file = self.key_files[index]
        elif self.host.server.is_fragment:
            key_file = None
        refusals: list[Refusal] = []
        leaf = self._leaf(file, refusals)
        chain = self._chain(file, refusals)
        key = self._key(key_file, refusals) if key_file is not None else None
        pair = Pair(file, key_file, self.chain_file, leaf, chain, key, ())
        self._judge(pair, refusals)
        return Pair(file, key_file, self.chain_file, leaf, chain, key, tuple(refusals))

    def _code(self, number: str) -> str:
        """An error number, where the target's httpd has it."""
        return number if self.target.httpd >= FIRST_WITH_CHAIN_IN_FILE else ""

    @property
    def _file_code(self) -> str:
        return self._code("AH02562" if self.chain_file is None else "AH02561")

    @property
    def _reads_chain(self) -> bool:
        """Whether certificate files bring their chains along."""
        return self.chain_file is None and self.target.httpd >= FIRST_WITH_CHAIN_IN_FILE

    def _leaf(self, file: Named, refusals: list[Refusal]) -> Certificate | None:
        found = self.store.certificate(file.path, self._reads_chain)
        if isinstance(found, Trouble):
            refusals.append(Refusal(file, found.kind, found.why, self._file_code))
            return None
        return found

    def _chain(self, file: Named, refusals: list[Refusal]) -> tuple[Certificate, ...] | None:
        if self.chain_file is None:
            if not self._reads_chain:
                return ()
            found = self.store.rest(file.path, 1)
            where, code = file, self._file_code
        else:
            same = any(self.chain_file.path == one.path for one in self.certificate_files)
            found = self.store.rest(self.chain_file.path, 1 if same else 0)
            where, code = self.chain_file, self._code("AH01903")
        if not isinstance(found, Trouble):
            return found
        if not any(one.file is where for one in refusals):
            refusals.append(Refusal(where, found.kind, found.why, code))
        return None

    def _key(self, file: Named, refusals: list[Refusal]) -> PrivateKey | None:
        found = self.store.key(file.path)
        if isinstance(found, Trouble):
            if not any(one.file == file for one in refusals):
                refusals.append(Refusal(file, found.kind, found.why, self._code("AH02564")))
            return None
        return found

    def _judge(self, pair: Pair, refusals: list[Refusal]) -> None:
        """What is wrong with a pair that was read: the level comes first, as the certificate is loaded first."""
        certificate = pair.certificate
        if certificate is None:
            return
        if weak := self._too_weak(certificate, "the key"):
            refusals.append(Refusal(pair.file, "weak", weak, self._file_code, certificate))
        else:
            for one in pair.chain or ():
                if weak := self._too_weak(one, "the key of a certificate of the chain"):
                    where = self.chain_file or pair.file
                    in_file = self.chain_file is None
                    refusals.append(Refusal(where, "weak", weak, self._file_code if in_file else "", one, in_file))
                    break
        if pair.matches is False and pair.key_file is not None:
            refusals.append(
                Refusal(pair.key_file, "mismatch", "it is not the key of the certificate", self._code("AH02565"))
            )

    def _too_weak(self, certificate: Certificate, what: str) -> str:
        """Why the level does not let a certificate through; empty if it does."""
        least, key = minimum(self.security_level), certificate.key
        if key.kind and key_strength(key.kind, key.bits, self.target.openssl) < least:
            return f"{what} ({key.title}) is too small for security level {self.security_level}"
        digest = certificate.signature_hash
        if certificate.is_self_signed or not digest or digest == "unknown":
            return ""
        if hash_strength(digest, self.target.openssl) < least:
            return f"the signature with {digest.upper()} is too weak for security level {self.security_level}"
        return ""


def authorities(host: VirtualHost) -> tuple[Certificate, ...] | None:
    """The certificates of SSLCACertificateFile, with which OpenSSL completes a chain of nothing but the server's own.

    None where they can't be read, or where a folder of them is named.
    """
    line = host.winner("sslcacertificatefile")
    if host.winner("sslcacertificatepath") is not None:
        return None
    if line is None or not line.values:
        return ()
    found = store(host.server).rest(named(line, host.server).path, 0)
    return None if isinstance(found, Trouble) else found


def is_managed(host: VirtualHost) -> bool:
    """Whether some domain that mod_md manages (MDomain, `<MDomainSet>`, MDMember) is one of a host's names."""
    found = _managed_names(host.server)
    return bool(found) and not found.isdisjoint(host.names)


@kept
def _managed_names(server: Server) -> frozenset[str]:
    if server.keys.isdisjoint(_MANAGED):
        return frozenset()
    lines = (one for one in walk(server.configuration.children) if one.key in _MANAGED)
    return frozenset(word.lower() for one in lines for word in one.values)


@kept
def credentials(host: VirtualHost) -> Credentials:
    """The certificates and keys of a host; worked out once for all hosts with the same lines."""
    return cast("Credentials", host.server.memory.setdefault(_lines(host), Credentials(host)))


def _lines(host: VirtualHost) -> object:
    """What credentials follow from."""
    keys = ("sslcertificatefile", "sslcertificatekeyfile")
    above = host.server.main.own
    files = tuple((*host.own.get(key, ()), None, *above.get(key, ())) for key in keys)
    single = tuple(
        line.text if (line := host.winner(key, kind)) is not None else None
        for key, kind in (("sslcertificatechainfile", None), ("sslciphersuite", "SSL"))
    )
    commanded = tuple(one.text for one in host.all("sslopensslconfcmd"))
    return Credentials, files, single, commanded, is_managed(host)
