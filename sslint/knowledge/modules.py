"""Modules: source names, identifiers, and which directives they bring."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .. import data

MPM_IDS = frozenset(
    f"mpm_{name}_module" for name in ("prefork", "worker", "event", "winnt", "netware", "mpmt_os2", "motorz", "simple")
)
"""Identifiers of multi-processing modules; a server has exactly one."""

_WITHOUT_DIRECTIVES = (
    "asis auth_form authz_owner authz_user authnz_fcgi bucketeer cache_socache cern_meta data dialup "
    "heartbeat lbmethod_bybusyness lbmethod_byrequests lbmethod_bytraffic lbmethod_heartbeat "
    "log_forensic logio proxy_ajp proxy_connect proxy_fdpass proxy_http proxy_http2 proxy_scgi "
    "proxy_uwsgi proxy_wstunnel ratelimit slotmem_plain slotmem_shm so socache_dbm socache_dc "
    "socache_memcache socache_redis socache_shmcb systemd unique_id watchdog"
).split()
"""Modules of 2.4 that the directive tables may not mention."""

STOCK = frozenset(
    f"{name}_module"
    for name in (
        "access_compat actions alias allowmethods asis auth_basic auth_digest auth_form authn_anon authn_core "
        "authn_dbd authn_dbm authn_file authn_socache authnz_fcgi authnz_ldap authz_core authz_dbd authz_dbm "
        "authz_groupfile authz_host authz_owner authz_user autoindex brotli buffer cache cache_disk "
        "cache_socache cgi cgid charset_lite data dav dav_fs dav_lock dbd deflate dialup dir dumpio echo env "
        "expires ext_filter file_cache filter headers heartbeat heartmonitor http2 include info "
        "lbmethod_bybusyness lbmethod_byrequests lbmethod_bytraffic lbmethod_heartbeat ldap log_debug "
        "log_forensic lua macro md mime mime_magic negotiation proxy proxy_ajp proxy_balancer proxy_connect "
        "proxy_express proxy_fcgi proxy_fdpass proxy_ftp proxy_hcheck proxy_html proxy_http proxy_http2 "
        "proxy_scgi proxy_uwsgi proxy_wstunnel ratelimit reflector remoteip reqtimeout request rewrite sed "
        "session session_cookie session_crypto session_dbd setenvif slotmem_plain slotmem_shm socache_dbm "
        "socache_memcache socache_redis socache_shmcb speling ssl status substitute suexec unique_id userdir "
        "usertrack vhost_alias xml2enc"
    ).split()
)
"""Loadable modules (without the MPM) that a full packaging of 2.4 ships."""


_PHP = re.compile(r"php[57]?_module")


class Module(NamedTuple):
    """A module: `mod_ssl` / `ssl_module`. `where` lists httpd branches, or packages of third parties."""

    name: str
    identifier: str
    where: tuple[str, ...]

    @property
    def source_name(self) -> str:
        """The name that `<IfModule>` knows besides the identifier: `mod_ssl.c`, `prefork.c`."""
        return self.name + ".c"

    @property
    def is_httpds(self) -> bool:
        """Whether it comes with httpd, of whatever branch, and not from a third party."""
        return not {"1.3", "2.0", "2.2", "2.4", "trunk"}.isdisjoint(self.where)


class Modules:
    """The modules by source name and by identifier, case-sensitive as `<IfModule>` tests them."""

    def __init__(self, modules: Iterable[Module]) -> None:
        self._by_identifier: dict[str, list[Module]] = {}
        self._by_source: dict[str, list[Module]] = {}
        for module in modules:
            self._by_identifier.setdefault(module.identifier, []).append(module)
            self._by_source.setdefault(module.source_name, []).append(module)

    def find(self, name: str, branch: str = "2.4") -> Module | None:
        """The module of an identifier or a source file name, preferably as that branch has it."""
        found = self._by_identifier.get(name) or self._by_source.get(name) or []
        ranked = sorted(found, key=lambda module: branch not in module.where)
        return ranked[0] if ranked else None

    def identifier(self, name: str, branch: str = "2.4") -> str:
        """The identifier of either kind of name; unknown names are turned by httpd's custom.

        `mod_foo.c` gives `foo_module`; anything else comes back as it is.
        """
        known = self.find(name, branch)
        if known is not None:
            return known.identifier
        if name.startswith("mod_") and name.endswith(".c"):
            return name[4:-2] + "_module"
        return name

    def knows(self, identifier: str) -> bool:
        """Whether anything is known of a module with that identifier, its directives above all."""
        names = (identifier, self.source_name(identifier), identifier + ".c")
        return identifier in STOCK or _PHP.fullmatch(identifier) is not None or any(map(self.find, names))

    def source_name(self, identifier: str, branch: str = "2.4") -> str:
        """The source file name of an identifier; unknown ones are turned by httpd's custom."""
        known = self.find(identifier, branch)
        if known is not None:
            return known.source_name
        return f"mod_{identifier.removesuffix('_module')}.c"

    def matches(self, tested: str, loaded: Iterable[str], branch: str = "2.4") -> bool:
        """Whether `<IfModule tested>` is true when modules with these identifiers are loaded.

        1.3 and 2.0 know source names only (`core.c:start_ifmod`).
        """
        identifiers = frozenset(loaded)
        if tested in identifiers and not tested.endswith(".c"):
            return branch not in ("1.3", "2.0")
        return tested.endswith(".c") and self.identifier(tested, branch) in identifiers

    def __iter__(self) -> Iterator[Module]:
        for group in self._by_identifier.values():
            yield from group


def _parse(text: str) -> list[Module]:
    found = []
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            name, identifier, where = line.split("\t")
            found.append(Module(name, identifier, tuple(where.split(" "))))
    known = {module.identifier for module in found}
    return found + [
        Module(f"mod_{name}", f"{name}_module", ("2.4", "trunk"))
        for name in _WITHOUT_DIRECTIVES
        if f"{name}_module" not in known
    ]


@functools.cache
def modules() -> Modules:
    """The shipped modules, loaded once."""
    return Modules(_parse(data.read("modules.txt")))


def module_group(word: str) -> frozenset[str]:
    """The identifiers that a word stands for: `stock` for all that httpd brings (without an MPM), `all`
    for third parties' as well, and any other for itself.
    """
    if word not in ("stock", "all"):
        return frozenset({word})
    others = {module.identifier for module in modules() if not module.is_httpds} if word == "all" else set()
    return STOCK | others


@functools.cache
def directives_of(identifier: str) -> tuple[str, ...]:
    """The names that a module with that identifier brings, in the reference's spelling."""
    from .directives import directives

    return tuple(
        ("<" if facts.is_section else "") + facts.name
        for facts in directives()
        if any(identifier in branch.module_ids for branch in facts.branches.values())
    )
