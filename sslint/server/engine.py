"""Whether a host speaks TLS: SSLEngine, its inheritance per version, and what Listen implies.

Sources: `modssl_ctx_cfg_merge` and `ssl_config_server_merge` in ssl_engine_config.c,
`ssl_init_Module` in ssl_engine_init.c, `ap_setup_listeners` in server/listen.c.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from ..configuration.model import Directive
from ..knowledge.directives import directives
from ..knowledge.versions import HttpdVersion
from .addresses import ANY, Listener, Place
from .setting import Default, Inherited, Origin, Setting, Unknown, usable

if TYPE_CHECKING:
    from .host import VirtualHost

FIRST_CERTIFICATE_NEEDED = HttpdVersion(2, 4, 34)


def engine_of(host: VirtualHost) -> Setting[bool]:
    """SSLEngine in force for a host."""
    server = host.server
    version = server.target.httpd
    own = [one for one in usable(host.own.get("sslengine", ())) if one.values]
    implied = _implied(host) if not host.is_main else None
    if version.branch == "2.2" and implied is not None and not (own and _is_on(own[-1])):
        return Setting(True, implied, tuple(own))  # Whatever SSLEngine says: code of 2.2.34.
    if own:
        return Setting(_is_on(own[-1]), own[-1], tuple(own[:-1]))
    inherits = version.branch != "2.2" and not host.is_main
    above = [one for one in usable(server.main.own.get("sslengine", ())) if one.values] if inherits else []
    if above:
        return Setting(_is_on(above[-1]), Inherited(above[-1], server.main), tuple(above[:-1]))
    if implied is not None and not version.is_old:
        return Setting(True, implied)
    if server.is_fragment and (host.is_main or not _is_plain_port(host)):
        return Setting(None, Unknown("the server that includes this file is not known"))
    return Setting(False, Default(f"httpd {version}"))


def _is_on(directive: Directive) -> bool:
    return directive.values[0].lower() == "on"


def _is_plain_port(host: VirtualHost) -> bool:
    """Whether every address names port 80, which httpd itself warns about when it speaks TLS (AH01915)."""
    return bool(host.addresses) and all(address.port == 80 for address in host.addresses)


def _implied(host: VirtualHost) -> Origin | None:
    """The Listen whose protocol https switches TLS on for a host of exactly its address and port."""
    server = host.server
    needs_core = server.target.httpd.branch != "2.2"
    if needs_core and not _has_core_record(host):
        return None
    if server.target.httpd >= FIRST_CERTIFICATE_NEEDED and not host.all("sslcertificatefile"):
        return None
    for place in host.places:
        address = place.address
        if server.is_fragment:
            if address.port == 443 and address.host == ANY and host.all("sslcertificatefile"):
                return Default("Listen 443, which httpd takes for https")
            continue
        for listener in server.listeners:
            if listener.protocol == "https" and listener.directive is not None and _is_at(listener, place):
                return listener.directive
    return None


def _has_core_record(host: VirtualHost) -> bool:
    """Whether something in it belongs to httpd's core: else it shares the main server's record and stays plain."""
    version = host.server.target.httpd
    if any(_is_core(key, False, version) and usable(found) for key, found in host.own.items()):
        return True
    return any(_is_core(section.key, True, version) for section in usable(host.sections))


@functools.lru_cache(maxsize=1024)
def _is_core(key: str, is_section: bool, version: HttpdVersion) -> bool:
    """Whether a directive makes a record of the core module; those that act while being read make none."""
    facts = directives().lookup(key, section=is_section)
    return facts is not None and "core_module" in facts.module_ids(version) and not facts.exec_on_read(version)


def _is_at(listener: Listener, place: Place) -> bool:
    """Whether a listener and a host have the same address and port (`apr_sockaddr_equal`).

    `*` is an address of both families; `0.0.0.0` is that of IPv4 alone, `[::]` that of IPv6, which a
    listener takes that names no address.
    """
    if listener.address != place.address:
        return False
    if place.address.host != ANY or place.written.lower() in (ANY, "_default_") or listener.directive is None:
        return True
    told = listener.directive.values[0].rpartition(":")[0]
    return (":" in place.written) is (told in ("", ANY) or ":" in told)
