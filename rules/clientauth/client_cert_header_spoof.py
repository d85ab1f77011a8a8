"""Clients can write the header that tells a backend who they are

## What it does
Reports `RequestHeader` lines that pass `SSL_CLIENT_…` on to a backend where a header of that name that the client
has sent survives: lines that add to it, or only act on a condition, without a `RequestHeader unset` before; and
hosts that pass requests on to the same backend without any line for that header.

## Why
A backend believes the header, since the server in front of it is to have put it there. `add`, `append`, `merge` and
`setifempty` leave what the client wrote, and a `set` with `env=` or `expr=` that does not act does so, too. Whoever
knows the header's name is whomever he likes.

## Bad
### Only for those who have a certificate
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    RequestHeader set X-Client-DN "%{SSL_CLIENT_S_DN}s" "expr=%{SSL_CLIENT_VERIFY} == 'SUCCESS'"
    #                 ^^^^^^^^^^^ where this line does not act, the backend gets the X-Client-DN that the client...
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
```

### Added to what is there
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    RequestHeader add X-Client-DN "%{SSL_CLIENT_S_DN}s"
    #                 ^^^^^^^^^^^ the backend also gets the X-Client-DN that the client wrote: "add" leaves it...
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
```

### Another host leads to the same backend
```
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    RequestHeader set X-Client-DN "%{SSL_CLIENT_S_DN}s"
    #                 ^^^^^^^^^^^ www.example.org (*:80) passes requests to the same backend with the X-Client-DN...
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
```

## Good
### Always replaced
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    RequestHeader set X-Client-DN "%{SSL_CLIENT_S_DN}s"
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
```

### Taken away first
```
Listen 80
Listen 443
RequestHeader unset X-Client-DN
<VirtualHost *:80>
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    RequestHeader set X-Client-DN "%{SSL_CLIENT_S_DN}s" "expr=%{SSL_CLIENT_VERIFY} == 'SUCCESS'"
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
```

### The other host only redirects
```
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
    Redirect permanent / https://www.example.org/
</VirtualHost>
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    RequestHeader set X-Client-DN "%{SSL_CLIENT_S_DN}s"
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
```

## Fix
### Only for those who have a certificate
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    RequestHeader unset X-Client-DN
    RequestHeader set X-Client-DN "%{SSL_CLIENT_S_DN}s" "expr=%{SSL_CLIENT_VERIFY} == 'SUCCESS'"
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
```

### Added to what is there
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    RequestHeader unset X-Client-DN
    RequestHeader add X-Client-DN "%{SSL_CLIENT_S_DN}s"
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
```

The fix is unsafe: something in front of this server may be what writes the header.

## References
https://httpd.apache.org/docs/2.4/mod/mod_headers.html#requestheader; CWE-290
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    HeaderLine,
    Reach,
    Safety,
    Server,
    Severity,
    VirtualHost,
    all_scopes,
    assumption,
    backends,
    header_line,
    insert_before,
    kept,
    rule,
)

_LEAVING = frozenset({"add", "append", "merge", "setifempty"})
_AUTHORITY = re.compile(r"[a-z]+://([^/]+)", re.IGNORECASE)


@rule(
    code="SSL0622",
    name="client-cert-header-spoof",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_headers.html#requestheader",
    needs=("requestheader",),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[Directive] = set()
    for host in server.hosts:
        if "requestheader" not in host.own and not any("requestheader" in one.directives for one in host.own_scopes):
            continue
        for line, before in _lines(host):
            if not _tells(line) or line.directive in told:
                continue
            told.add(line.directive)
            if _clears(line):
                yield from _goes_around(line, host, context)
            elif not any(one.name == line.name for one in before if _clears(one)):
                yield _survives(line, context)


def _lines(host: VirtualHost) -> Iterator[tuple[HeaderLine, list[HeaderLine]]]:
    """A host's lines with those that act before them: the main server's, its own, those of sections."""
    own = _parsed(host.all("requestheader"))
    mine = set(host.own.get("requestheader", ()))
    for index, line in enumerate(own):
        if line.directive in mine:
            yield line, own[:index]
    for scope in all_scopes(host.own_scopes):
        inner = _parsed(scope.directives.get("requestheader", ()))
        for index, line in enumerate(inner):
            yield line, [*own, *inner[:index]]


def _parsed(directives: Iterable[Directive]) -> list[HeaderLine]:
    return [line for line in map(header_line, directives) if line is not None]


def _tells(line: HeaderLine) -> bool:
    """Whether a line passes on who the client is."""
    return "SSL_CLIENT" in line.directive.text and line.does in ("set", *_LEAVING)


def _is_conditional(line: HeaderLine) -> bool:
    return line.when is not None and not line.is_early


def _clears(line: HeaderLine) -> bool:
    """Whether nothing of what the client wrote is left after a line."""
    return line.does in ("unset", "set") and not _is_conditional(line)


def _survives(line: HeaderLine, context: Context) -> Diagnostic:
    name = line.word.value
    if _is_conditional(line):
        what = f"where this line does not act, the backend gets the {name} that the client wrote: unset it first"
    else:
        what = f'the backend also gets the {name} that the client wrote: "{line.does}" leaves it; unset it first'
    return context.report(
        line.word,
        what,
        label="can be forged",
        notes=assumption(line.directive),
        fix=context.fix("take the client's away", insert_before(line.directive, f"RequestHeader unset {name}")),
    )


def _goes_around(line: HeaderLine, host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    """Another host that passes requests to the same backend, and leaves the header to clients."""
    if host.is_main:
        return
    for authority in _authorities(host):
        other = _careless(host.server, authority, line.name)
        if other is not None and other is not host:
            yield context.report(
                line.word,
                f"{other.title} passes requests to the same backend with the {line.word.value} that the client wrote",
                label="can be forged by another way",
                related=[(other.header, "leads to the same backend")] if other.header is not None else [],
                notes=assumption(line.directive, other.condition),
            )
            return


def _authorities(host: VirtualHost) -> list[str]:
    """The names and ports of the backends that a host's own lines lead to."""
    found = (_AUTHORITY.match(one.url) for one in backends(host) if not one.is_open)
    return list(dict.fromkeys(match[1].lower() for match in found if match is not None))


@kept
def _careless(server: Server, authority: str, name: str) -> VirtualHost | None:
    """The first host that leads to a backend without a line for a header."""
    hosts = (host for host in _leading(server).get(authority, ()) if not _handles(host, name))
    return next((host for host in hosts if _is_open(host, authority)), None)


@kept
def _leading(server: Server) -> dict[str, list[VirtualHost]]:
    """The hosts that are met, by the backends that they lead to."""
    found: dict[str, list[VirtualHost]] = {}
    for host in server.hosts:
        for authority in _authorities(host) if host.sockets else ():
            found.setdefault(authority, []).append(host)
    return found


def _handles(host: VirtualHost, name: str) -> bool:
    """Whether some line of a host, or of the main server, is about a header."""
    inner = (one for scope in all_scopes(host.own_scopes) for one in scope.directives.get("requestheader", ()))
    return any(name == word.lower() for one in (*host.all("requestheader"), *inner) for word in one.values[:3])


def _is_open(host: VirtualHost, authority: str) -> bool:
    """Whether requests of a host get to a backend, and are not sent elsewhere before."""
    reach = Reach.of(host.server)
    mapper = reach.mapper(host)
    for entry in mapper.proxied:
        match = _AUTHORITY.match(entry.backend or "")
        if match is None or match[1].lower() != authority or entry.pattern is not None:
            continue
        where = mapper.where(entry.url)
        if host.tls_sockets:
            return True
        if reach.answers_first(host, where) is None and reach.access(host, where).lets_in(tls=False):
            return True
    return False
