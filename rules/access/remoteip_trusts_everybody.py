"""Every client may say which address it comes from

## What it does
Reports `RemoteIPHeader` in force for hosts without a `RemoteIPTrustedProxy` or `RemoteIPInternalProxy`; where access
depends on addresses there, it is an error.

## Why
mod_remoteip then takes the address in the header from whoever sends it. A client that writes one of yours into
`X-Forwarded-For` passes `Require ip`, and the log blames somebody else.

## Bad
### Nobody is named
```
Listen 80
RemoteIPHeader X-Forwarded-For
#              ^^^^^^^^^^^^^^^ whoever sends X-Forwarded-For is taken for the address that stands in it, in...
```

### Access depends on it
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RemoteIPHeader X-Forwarded-For
    #              ^^^^^^^^^^^^^^^ whoever sends X-Forwarded-For is taken for the address that stands in it, and...
    <Location /admin>
        Require ip 198.51.100.0/24
    </Location>
</VirtualHost>
```

## Good
### The proxy is named
```
Listen 80
RemoteIPHeader X-Forwarded-For
RemoteIPInternalProxy 192.0.2.10
```

### In a file
```
#--- live: no
Listen 80
RemoteIPHeader X-Forwarded-For
RemoteIPTrustedProxyList conf/proxies.txt
```

### Only this machine can connect
```
Listen 127.0.0.1:8080
RemoteIPHeader X-Forwarded-For
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_remoteip.html#remoteipheader; `remoteip_modify_request` in mod_remoteip.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Server, Severity, VirtualHost, assumption, in_force, rule

_TRUST = ("remoteiptrustedproxy", "remoteipinternalproxy", "remoteiptrustedproxylist", "remoteipinternalproxylist")


@rule(
    code="SSL1326",
    name="remoteip-trusts-everybody",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_remoteip.html#remoteipheader",
    needs=("remoteipheader",),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in in_force(server, "remoteipheader") if server.is_complete else ():
        hosts = [host for host in one.hosts if _is_open(host) and not any(host.all(key) for key in _TRUST)]
        if one.directive is None or not one.arguments or not hosts:
            continue
        word = one.arguments[0]
        line = next((found for host in hosts if (found := _about_addresses(host)) is not None), None)
        told = "and passes access control by address" if line is not None else "in the logs and for every application"
        yield context.report(
            word,
            f"whoever sends {word.value} is taken for the address that stands in it, {told}",
            label="no proxy is named that may say so",
            related=[(line, "access depends on the address")] if line is not None else [],
            notes=assumption(one.directive),
            severity=Severity.ERROR if line is not None else None,
        )


def _is_open(host: VirtualHost) -> bool:
    return any(not socket.address.is_loopback for socket in host.sockets)


def _about_addresses(host: VirtualHost) -> Directive | None:
    """A Require line that lets addresses in; private ones a header can't claim."""
    for scope in (*host.own_scopes, *host.server.main.own_scopes):
        for line in scope.directives.get("require", ()):
            words = line.values
            if words[:1] == ["ip"] and not all(word.startswith(_PRIVATE) for word in words[1:]):
                return line
    return None


_PRIVATE = (
    "10.",
    "192.168.",
    "127.",
    "169.254.",
    "::1",
    "fc",
    "fd",
    "fe80",
    *(f"172.{part}." for part in range(16, 32)),
)
