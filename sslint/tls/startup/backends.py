"""Backends that no request reaches: https:// without SSLProxyEngine, schemes without their module.

Sources: `ap_proxy_connection_create` and `ap_proxy_pre_request` in modules/proxy; `ssl_engine_set` in mod_ssl.c;
`proxy_walk` in mod_proxy.c.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator

from ...configuration.model import Directive, Section
from ...server import Server, VirtualHost, listing
from ...server.backends import Backend, backends
from ...server.pattern import compile_pattern
from ...server.setting import usable
from . import Effect, StartFailure, blame, by_line, knows_modules, line_above, numbered
from .lists import proxy_sides

_TLS_SCHEMES = ("https", "wss", "h2")
_MODULES = {
    "http": "proxy_http_module",
    "https": "proxy_http_module",
    "ws": "proxy_wstunnel_module proxy_http_module",
    "wss": "proxy_wstunnel_module proxy_http_module",
    "h2": "proxy_http2_module",
    "h2c": "proxy_http2_module",
    "ajp": "proxy_ajp_module",
    "fcgi": "proxy_fcgi_module",
    "scgi": "proxy_scgi_module",
    "uwsgi": "proxy_uwsgi_module",
    "ftp": "proxy_ftp_module",
    "balancer": "proxy_balancer_module",
    "fd": "proxy_fdpass_module",
}
"""The modules that take requests for a scheme, any of which will do."""


# SSLProxyEngine


def without_proxy_engine(server: Server) -> Iterator[StartFailure]:
    """Backends that speak TLS, for hosts and `<Proxy>` sections without SSLProxyEngine on."""
    if not server.is_complete:
        return
    found: dict[Directive, Backend] = {}
    first: dict[VirtualHost, Directive] = {}
    lines = []
    for host in server.hosts:
        for backend in backends(host):
            if backend.scheme in _TLS_SCHEMES and not _has_engine(backend):
                found.setdefault(backend.directive, backend)
                first.setdefault(host, backend.directive)
                lines.append((backend.directive, host))
    for directive, hosts in by_line(lines):
        backend = found[directive]
        code = numbered(server, "AH01961")
        yield blame(
            "proxy-engine-missing",
            Effect.REQUEST,
            directive,
            f"{listing(hosts)} passes requests to {backend.scheme}:// without SSLProxyEngine on: "
            f"each gets status 500{in_brackets(code)}",
            arguments=(backend.argument,),
            code=code,
            label="TLS to the backend is off",
            hosts=hosts,
            edits=line_above(first[hosts[0]], "SSLProxyEngine on", in_host=True),
        )


def _has_engine(backend: Backend) -> bool:
    """Whether SSLProxyEngine is on for a backend: for the host, or in a section that may cover it."""
    host = backend.host
    sections = [one for owner in {host, host.server.main} for one in owner.sections]
    if _turned_on(host.winner("sslproxyengine")):
        return True
    enclosing = list(backend.directive.enclosing)
    for section in sections:
        if section.key not in ("proxy", "proxymatch") or not _engine_in(section):
            continue
        if backend.is_open or section in enclosing or _covers(section, backend.url):
            return True
    if backend.url.lower().startswith("balancer:"):
        return True
    return any(_is_of_vhost(one) for one in host.server.hosts) if host.is_main else False


def _is_of_vhost(host: VirtualHost) -> bool:
    """Whether a virtual host, which inherits the main server's mappings, has an engine of its own."""
    return not host.is_main and _turned_on(host.winner("sslproxyengine"))


def _engine_in(section: Section) -> bool:
    own = [one for one in section.children if one.key == "sslproxyengine"]
    return any(_turned_on(one) for one in usable(own))


def _turned_on(directive: Directive | None) -> bool:
    return directive is not None and directive.keyword == "on"


def _covers(section: Section, url: str) -> bool:
    """Whether a `<Proxy>` section is for a URL (`proxy_walk`)."""
    words = [word.value for word in section.words]
    regex = section.key == "proxymatch" or words[:1] == ["~"]
    pattern = words[-1] if words else ""
    if regex:
        compiled = compile_pattern(pattern)
        return compiled is None or compiled.search(url) is not None
    if re.search(r"[*?\[]", pattern):
        return fnmatch.fnmatchcase(url, pattern) or fnmatch.fnmatchcase(url, pattern.rstrip("*") + "*")
    return url.startswith(pattern.rstrip("/"))


# Schemes


def unreachable_schemes(server: Server) -> Iterator[StartFailure]:
    """Backends of a scheme that no loaded module takes."""
    if not knows_modules(server):
        return
    loaded = server.configuration.loaded
    for host in server.hosts:
        for backend in backends(host):
            is_handler = backend.directive.key == "sethandler"
            modules = _MODULES.get(backend.scheme, "").split()
            if "proxy_module" not in loaded:
                if is_handler:
                    yield _untaken(server, host, backend, "proxy_module")
            elif modules and loaded.isdisjoint(modules):
                yield _untaken(server, host, backend, modules[0])


def _untaken(server: Server, host: VirtualHost, backend: Backend, module: str) -> StartFailure:
    """A backend that nobody takes: a handler that nobody knows leaves the files to the server itself."""
    is_handler = backend.directive.key == "sethandler"
    code = "" if is_handler else numbered(server, "AH01144")
    sent = "httpd sends the files themselves, with all that stands in a script"
    return blame(
        "proxy-scheme-without-module",
        Effect.REQUEST,
        backend.directive,
        f"{module} is not loaded, so nothing takes {backend.scheme}://: "
        + (sent if is_handler else f"each request gets status 500{in_brackets(code)}"),
        arguments=(backend.argument,),
        code=code,
        label="nobody takes this",
        hosts=(host,),
    )


def rewriting_without_proxy(server: Server) -> Iterator[StartFailure]:
    """RewriteRule with the flag P where mod_proxy is not loaded."""
    if not knows_modules(server):
        return
    if "proxy_module" in server.configuration.loaded:
        return
    for host in server.hosts:
        for backend in backends(host):
            if backend.directive.key != "rewriterule":
                continue
            is_inside = any(section.key != "virtualhost" for section in backend.directive.enclosing)
            code = numbered(server, "AH10160" if is_inside else "AH00669")
            yield blame(
                "rewrite-proxy-without-module",
                Effect.REQUEST,
                backend.directive,
                f"proxy_module is not loaded: each request that this takes gets status 403{in_brackets(code)}",
                arguments=backend.directive.arguments[2:3],
                code=code,
                label="passes on to nobody",
                hosts=(host,),
            )


# Certificates of backends


def unverifiable_backends(server: Server) -> Iterator[StartFailure]:
    """SSLProxyVerify with nobody to verify by: every handshake with a backend fails."""
    if not server.is_complete:
        return
    found = []
    for side in proxy_sides(server):
        line = side.verify.directive
        if side.verify.value in ("require", "optional") and side.authorities is None and line is not None:
            found.append((line, side.host))
    for directive, hosts in by_line(found):
        code = numbered(server, "AH02039")
        yield blame(
            "proxy-ca-missing",
            Effect.REQUEST,
            directive,
            f"no TLS backend of {listing(hosts)} can be verified: there is no SSLProxyCACertificateFile or "
            f"SSLProxyCACertificatePath, and each request gets status 500{in_brackets(code)}",
            arguments=directive.arguments[:1],
            code=code,
            label="verified by nobody",
            hosts=hosts,
        )


def in_brackets(code: str) -> str:
    """The end of a message with a number, if there is one."""
    return f" ({code})" if code else ""


FINDERS = {
    "proxy-engine-missing": without_proxy_engine,
    "proxy-scheme-without-module": unreachable_schemes,
    "proxy-ca-missing": unverifiable_backends,
    "rewrite-proxy-without-module": rewriting_without_proxy,
}
"""The finders of this module, by kind."""
