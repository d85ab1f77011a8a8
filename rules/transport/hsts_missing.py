"""A site by TLS does not ask browsers to come back by TLS

## What it does
Reports hosts that speak TLS and send no `Strict-Transport-Security` (HSTS), or send it only below some paths.

## Why
Who types a name, or follows an old link, comes by plain HTTP first, and whoever sits between can answer
that request himself: the visitor never sees https. A browser that has once read the header goes to https by
itself, and lets nobody click warnings about the certificate away.

## Bad
### Nowhere
```
#--- live: no
Listen 443
<VirtualHost *:443>
#<^^^^^^^^^^^^^^^^^ www.example.org (*:443) sends no Strict-Transport-Security: browsers may come back by plain HTTP
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Only below a path
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location /shop>
        Header always set Strict-Transport-Security "max-age=63072000"
#                         ^^^^^^^^^^^^^^^^^^^^^^^^^ www.example.org (*:443) sends this only in <Location /shop>...
    </Location>
</VirtualHost>
```

### Taken away again
```
#--- live: no
Listen 443
Header always set Strict-Transport-Security "max-age=63072000"
<VirtualHost *:443>
#<^^^^^^^^^^^^^^^^^ www.example.org (*:443) sends no Strict-Transport-Security: browsers may come back by plain HTTP
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Header always unset Strict-Transport-Security
</VirtualHost>
```

## Good
### Inherited
```
#--- live: no
Listen 443
Header always set Strict-Transport-Security "max-age=63072000"
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: a section that holds everything
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location />
        Header always set Strict-Transport-Security "max-age=63072000"
    </Location>
</VirtualHost>
```

### Near miss: plain HTTP, where browsers ignore it
```
Listen 80
<VirtualHost *:80>
    DocumentRoot /srv/www
</VirtualHost>
```

## Limits
What an application or a backend sends by itself can't be seen. Where some lines stand in
`<If>` or `<Files>`, nothing is said. The rule is off by itself, since HSTS is a promise for months, which must be kept.

## References
RFC 6797; CIS Apache HTTP Server 2.4 item 7.11
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    HeaderLine,
    Reach,
    Section,
    Server,
    Severity,
    VirtualHost,
    headers_of,
    rule,
    said_for,
)

from ._headers import HSTS
from ._missing import note, serving

_PARTIAL = ("location", "locationmatch", "directory", "directorymatch")


@rule(
    code="SSL1019",
    name="hsts-missing",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc6797",
    whole_server=True,
    needs=("tls",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    reach = Reach.of(server)
    for host in serving(server):
        if not host.is_tls or headers_of(host).of(HSTS):
            continue
        where = reach.mapper(host).where("/")
        lines = said_for(host, HSTS)
        if lines and headers_of(host, where).of(HSTS):
            continue
        partial = [section for line in lines if (section := _around(line)) is not None]
        if partial and len(partial) == len(lines):
            yield _partial(host, lines[0], partial[0], context)
        elif all(line.directive.parent in (None, host.header) for line in lines):
            message = f"{host.title} sends no Strict-Transport-Security: browsers may come back by plain HTTP"
            yield context.report(host, message, notes=note(host))


def _around(line: HeaderLine) -> Section | None:
    """The section for some path that a line stands in, if nothing else around it decides."""
    around = [one for one in line.directive.enclosing if one.key != "virtualhost"]
    return around[0] if around and all(one.key in _PARTIAL for one in around) else None


def _partial(host: VirtualHost, line: HeaderLine, section: Section, context: Context) -> Diagnostic:
    place = section.title
    message = f"{host.title} sends this only in {place}: visitors of other pages are not asked to come back by TLS"
    return context.report(line.word, message)
