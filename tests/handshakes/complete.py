"""Whole handshakes with the OpenSSL that nassl carries, to check what the ClientHellos found."""

from __future__ import annotations

import functools
import socket

try:
    from nassl._nassl import OpenSSLError
    from nassl.ssl_client import ClientCertificateRequested, OpenSslVerifyEnum, OpenSslVersionEnum, SslClient
except ImportError:  # it has wheels for CPython on a few systems only
    AVAILABLE = False
else:
    AVAILABLE = True

_VERSIONS = {"TLSv1": "TLSV1", "TLSv1.1": "TLSV1_1", "TLSv1.2": "TLSV1_2", "TLSv1.3": "TLSV1_3"}
GROUPS = ("X25519", "P-256", "X448", "P-521", "P-384")
"""What the client offers: the default of OpenSSL 1.1.1."""


@functools.lru_cache(maxsize=1)
def suites() -> frozenset[str]:
    """The names of the suites that the client can use: it has no password for SRP."""
    client = _client(None, "TLSv1.2", "")
    client.set_cipher_list("ALL:COMPLEMENTOFALL:!SRP:@SECLEVEL=0")
    modern = ("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256")
    return frozenset({*client.get_cipher_list(), *modern})


def asks_certificate(port: int, name: str, version: str, suite: str) -> bool:
    """Whether a handshake asks for the client's certificate."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        client = _client(connection, version, name, ignores_requests=False)
        _offer(client, version, suite)
        try:
            client.do_handshake()
        except ClientCertificateRequested:
            return True
        return False


def shake_hands(port: int, name: str, version: str, suite: str) -> str:
    """The suite of a handshake that offers a single one and shows no certificate; where it fails, the error."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        client = _client(connection, version, name)
        _offer(client, version, suite)
        try:
            client.do_handshake()
        except (OpenSSLError, OSError) as error:
            return " ".join(str(error).split())
        return str(client.get_current_cipher_name())


def _offer(client: SslClient, version: str, suite: str) -> None:
    if version == "TLSv1.3":
        client.set_ciphersuites(suite)
    else:
        client.set_cipher_list(f"{suite}:@SECLEVEL=0")


def _client(connection: socket.socket | None, version: str, name: str, ignores_requests: bool = True) -> SslClient:
    return SslClient(
        connection,
        OpenSslVersionEnum[_VERSIONS[version]],
        OpenSslVerifyEnum.NONE,
        ignore_client_authentication_requests=ignores_requests,
        server_name_indication=name or None,
    )
