"""Files that TLS needs at start-up and that hold something else. Nothing is said of a file that was not read.

Sources: `ssl_init_ctx_verify`, `ssl_init_ctx_crl` and `ssl_init_ticket_key` in ssl_engine_init.c;
`X509_load_cert_crl_file` in OpenSSL's crypto/x509/by_file.c; `mime_post_config` in mod_mime.c.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...configuration.model import Directive
from ...files import ReadError, below
from ...server import Server, VirtualHost, listing
from ...server.setting import usable
from ..certificates import credentials, machine_refusal
from ..certificates.store import Named, Trouble, named, store
from ..confcmd import commands
from ..protocols import series
from . import Effect, StartFailure, blame, by_line, numbered, outcome, speaking, winners
from .lists import proxy_lines

_AUTHORITIES = frozenset({"CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CRL"})
_X942 = "X9.42 DH PARAMETERS"
_DH = frozenset({"DH PARAMETERS", _X942})
_PKCS3_ALONE = (3, 0, 0)
"""From here on the command DHParameters decodes what is of the type DH, and X9.42's is called DHX."""
_TICKET_KEY = 48
"""The bytes of a ticket key: name, HMAC key and AES key of 16 bytes each."""


# Certificates and keys


def refused_certificates(server: Server) -> Iterator[StartFailure]:
    """Certificates and keys that the server can't load, or that don't belong together."""
    if not server.material.may_read:
        return
    for host in speaking(server):
        if host.winner("sslcertificatefile") is None:
            continue
        for pair in credentials(host).pairs:
            for one in pair.refusals:
                if one.at_start and one.kind in ("refused", "mismatch", "weak"):
                    end = outcome(server, one.code) if one.code else Effect.START.value
                    message = f"{one.file.path}: {one.why}: {end}"
                    yield _refused("certificate-refused", one.file, message, one.code, [host])


# Authorities and revocation lists


def refused_authorities(server: Server) -> Iterator[StartFailure]:
    """Files of authorities or revocation lists without one in PEM form."""
    if not server.material.may_read:
        return
    for directive, hosts, code in _authority_lines(server):
        if not directive.words:
            continue
        file = named(directive, server)
        why = _without(server, file, _AUTHORITIES, "certificate or revocation list")
        if why:
            message = f"{file.path}: {why}: {outcome(server, code)}"
            yield _refused("ca-file-refused", file, message, code, hosts)


def _authority_lines(server: Server) -> Iterator[tuple[Directive, list[VirtualHost], str]]:
    hosts = list(speaking(server))
    for key, code in (("cacertificatefile", "AH01895"), ("carevocationfile", "AH01901")):
        for directive, found in [*winners(hosts, f"ssl{key}"), *proxy_lines(server, f"sslproxy{key}")]:
            yield directive, found, code
    asking = [host for host in hosts if _asks(host)]
    for directive, found in winners(asking, "sslcadnrequestfile"):
        yield directive, found, "AH01896"


def _asks(host: VirtualHost) -> bool:
    """Whether a host asks clients for certificates, and so names its authorities to them."""
    line = host.winner("sslverifyclient")
    return line is not None and line.values[:1] != [] and line.values[0].lower() not in ("none", "off")


def _without(server: Server, file: Named, labels: frozenset[str], what: str) -> str:
    """What is wrong with a file that should hold blocks of some labels; empty where nothing is, or nobody knows."""
    blocks = store(server).blocks(file.path)
    if isinstance(blocks, Trouble):
        return ""
    for block in blocks:
        if block.error:
            return f"{block.error} {block.label}"
        if block.label in labels:
            return ""
    return f"it holds no {what} in PEM form"


# The server's own certificate for backends


def refused_machine_certificates(server: Server) -> Iterator[StartFailure]:
    """SSLProxyMachineCertificateFile that the server can't load."""
    if not server.material.may_read:
        return
    for directive, hosts in proxy_lines(server, "sslproxymachinecertificatefile"):
        if not directive.words:
            continue
        file = named(directive, server)
        refusal = machine_refusal(file, server)
        if refusal is not None and refusal.kind != "none":
            message = f"{file.path}: {refusal.why}: {outcome(server, refusal.code)}"
            yield _refused("proxy-certificate-refused", file, message, refusal.code, hosts)


# Diffie-Hellman parameters, ticket keys, types


def refused_parameters(server: Server) -> Iterator[StartFailure]:
    """The command DHParameters with a file without parameters."""
    if not server.material.may_read:
        return
    lines = ((line, host) for host in speaking(server) for line in host.all("sslopensslconfcmd"))
    for directive, hosts in by_line(lines):
        for command in commands([directive]):
            if command.name != "DHParameters":
                continue
            path = below(server.configuration.server_root, command.value)
            file = Named(directive, path, command.argument)
            why = _unfit(server, file)
            if why:
                message = f"{path}: {why}: {outcome(server, 'AH02407')}"
                yield _refused("dh-file-refused", file, message, "AH02407", hosts)


def _unfit(server: Server, file: Named) -> str:
    """What is wrong with a file of parameters for the library's command; empty where nothing is."""
    why = _without(server, file, _DH, "DH parameters")
    if not why and series(server.target.openssl) >= _PKCS3_ALONE and _without(server, file, _DH - {_X942}, ""):
        return "OpenSSL 3 takes no X9.42 DH parameters, as openssl dhparam -dsaparam writes them"
    return why


def short_ticket_keys(server: Server) -> Iterator[StartFailure]:
    """Files of session ticket keys that end too early."""
    for directive, hosts in winners(speaking(server), "sslsessionticketkeyfile"):
        if not directive.words:
            continue
        file = named(directive, server)
        data = _bytes(server, file)
        if data is not None and 0 < len(data) < _TICKET_KEY:
            message = (
                f"{file.path} has {len(data)} bytes, and a ticket key takes {_TICKET_KEY}: {outcome(server, 'AH02287')}"
            )
            yield _refused("ticket-key-too-short", file, message, "AH02287", hosts)


def _bytes(server: Server, file: Named) -> bytes | None:
    if file.path is None:
        return None
    try:
        return server.material.read(file.path)
    except ReadError:
        return None


def missing_types(server: Server) -> Iterator[StartFailure]:
    """A TypesConfig that names no file, which depends on the machine."""
    if "mime_module" not in server.configuration.loaded:
        return
    for directive in usable(server.main.own.get("typesconfig", ()))[-1:]:
        if not directive.values:
            continue
        file = named(directive, server)
        try:
            server.material.read(file.path or "")
        except ReadError as error:
            if file.path and str(error).startswith("No such file"):
                message = f"{file.path} does not exist: {outcome(server, 'AH01597')}"
                failure = _refused("types-file-missing", file, message, "AH01597", [])
                yield failure._replace(problem=replace(failure.problem, environment=True))


def _refused(kind: str, file: Named, message: str, code: str, hosts: list[VirtualHost]) -> StartFailure:
    return blame(
        kind,
        Effect.START,
        file.directive,
        message,
        arguments=(file.argument,),
        code=numbered(hosts[0].server, code) if hosts else code,
        label=f"for {listing(hosts)}" if hosts else "",
        hosts=hosts,
    )


FINDERS = {
    "certificate-refused": refused_certificates,
    "ca-file-refused": refused_authorities,
    "proxy-certificate-refused": refused_machine_certificates,
    "dh-file-refused": refused_parameters,
    "ticket-key-too-short": short_ticket_keys,
    "types-file-missing": missing_types,
}
"""The finders of this module, by kind."""
