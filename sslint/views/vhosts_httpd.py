"""The table of virtual hosts as `httpd -S` prints it (`dump_vhost_config` in server/vhost.c).

What only the server's machine knows is shown as httpd shows it where nothing can be looked up but
`localhost`: hosts at other names are left out, as AH00547 leaves them out; a main server without
ServerName is `127.0.0.1`, a host of a single address without one `bogus_host_without_reverse_dns`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..configuration.dump import place
from ..server import Server, VirtualHost
from ..server.addresses import ANY
from ..server.names import is_pattern
from ..server.table import AddressSet, Member

HEADING = "VirtualHost configuration:"
_WILDCARDS = "wildcard NameVirtualHosts and _default_ servers:"
_WITHOUT_HEADING = ("2.4", "trunk")

Name = Callable[[str], str]


def httpd_lines(server: Server, name: Name = lambda path: path) -> Iterator[str]:
    """The lines from `VirtualHost configuration:` on; `name` turns the server's path of a file into what is shown."""
    branch = server.target.httpd.branch
    wildcards = False
    yield HEADING
    for one in server.table.sets:
        if one.is_wildcard and not wildcards and branch not in _WITHOUT_HEADING:
            wildcards = True
            yield _WILDCARDS
        if one.address.is_numeric:
            yield from _set(one, branch, name)


def _set(one: AddressSet, branch: str, name: Name) -> Iterator[str]:
    address = _address(one, branch)
    if not one.is_named:
        yield f"{address:<22} {_host(one.default, name)}"
        return
    margin = " " * (22 if branch == "1.3" else 8)
    yield f"{address:<22} is a NameVirtualHost"
    yield f"{margin} default server {_host(one.default, name)}"
    for member in one.members:
        yield f"{margin} port {member.place.address.port or '*'} namevhost {_host(member.host, name)}"
        if branch in _WITHOUT_HEADING:
            yield from _aliases(member)


def _address(one: AddressSet, branch: str) -> str:
    is_default = one.place.written.lower() == "_default_" and branch not in _WITHOUT_HEADING
    return f"_default_:{one.address.port or '*'}" if is_default else str(one.address)


def _aliases(member: Member) -> Iterator[str]:
    """The names first, then those with wildcards."""
    aliases = member.host.aliases
    yield from (f"{'':16} alias {one}" for one in aliases if not is_pattern(one))
    yield from (f"{'':16} wild alias {one}" for one in aliases if is_pattern(one))


def _host(host: VirtualHost, name: Name) -> str:
    header = host.header
    assert header is not None, "the table holds no main server"
    file, line = place(header, name)
    return f"{host_name(host)} ({file}:{line})"


def host_name(host: VirtualHost) -> str:
    """The name that httpd gives a host on a machine that can look nothing up."""
    if host.effective_name:
        return host.effective_name
    of_main = host.is_main or any(address.host == ANY for address in host.addresses)
    return "127.0.0.1" if of_main else "bogus_host_without_reverse_dns"
