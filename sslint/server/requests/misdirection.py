"""When the host of a request is not the host of its handshake: 403 and 421.

Source: `ssl_hook_ReadReq` in ssl_engine_kernel.c, `create_sni_policy_hash` in ssl_engine_init.c (2.4.66 on),
`ssl_server_compatible` before that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...configuration.model import Directive
from ...knowledge.versions import HttpdVersion
from ..setting import usable

if TYPE_CHECKING:
    from ..host import VirtualHost
    from ..server import Server

_FIRST_MISDIRECTED = HttpdVersion(2, 4, 17)
_FIRST_COMPATIBLE = HttpdVersion(2, 4, 18)
_FIRST_POLICY = HttpdVersion(2, 4, 66)
_VERIFYING = (
    "sslverifyclient", "sslverifydepth", "sslcacertificatefile", "sslcacertificatepath", "sslcadnrequestfile",
    "sslcadnrequestpath",
)  # fmt: skip
_REVOKING = (
    "sslcarevocationfile", "sslcarevocationpath", "sslcarevocationcheck", "sslocspenable", "sslocspdefaultresponder",
    "sslocspoverrideresponder",
)  # fmt: skip
_KEYS = ("sslprotocol", "sslciphersuite", "sslcertificatefile", "sslcertificatekeyfile")

Refusal = tuple[int, "Directive | None", str]


def refused_name(server: Server, name: str, shaken: VirtualHost, host: VirtualHost) -> Refusal | None:
    """The status with which a request for `host` is refused after a handshake with `shaken`, the line, and why."""
    for one in (host, shaken):
        strict = one.setting("sslstrictsnivhostcheck")
        words = strict.value
        if not name and words and words[0].value.lower() == "on" and _several(server, host, shaken):
            return 403, strict.directive, "SSLStrictSNIVHostCheck refuses clients without a server name"
    version = server.target.httpd
    if host is shaken or (not name and version < _FIRST_POLICY):
        return None
    policy = _policy(server) if version >= _FIRST_POLICY else "secure"
    if policy == "insecure" or (policy != "strict" and _alike(shaken, host, policy)):
        return None
    status = 421 if version >= _FIRST_MISDIRECTED else 400
    return status, host.header, "the handshake was made for a host with other TLS settings"


def _several(server: Server, host: VirtualHost, shaken: VirtualHost) -> bool:
    """Whether hosts share the address by name."""
    places = {socket.address for socket in shaken.sockets}
    return host is not shaken or any(
        one is not shaken and not places.isdisjoint(socket.address for socket in one.sockets) for one in server.hosts
    )


def _policy(server: Server) -> str:
    found = server.main.setting("sslvhostsnipolicy").value
    return found[0].value.lower() if found else "secure"


def _alike(one: VirtualHost, other: VirtualHost, policy: str) -> bool:
    """Whether what the policy compares is alike."""
    return not any(_words(one, key) != _words(other, key) for key in _compared(policy))


def _compared(policy: str) -> tuple[str, ...]:
    keys = _VERIFYING + _REVOKING
    return keys if policy == "authonly" else (*keys, *_KEYS, "sslopensslconfcmd")


def unlike_settings(one: VirtualHost, other: VirtualHost) -> list[str]:
    """The directives by which requests for one host are refused after a handshake with the other."""
    server = one.server
    policy = _policy(server) if server.target.httpd >= _FIRST_POLICY else "secure"
    keys = _compared(policy) if policy != "insecure" else ()
    return [key for key in keys if _words(one, key) != _words(other, key)]


def _words(host: VirtualHost, key: str) -> list[Sequence[str]]:
    found = usable(host.own.get(key, ())) or ([] if host.is_main else usable(host.server.main.own.get(key, ())))
    every = key.startswith("sslcertificate") or key == "sslopensslconfcmd"
    return [one.values for one in (found if every else found[-1:])]
