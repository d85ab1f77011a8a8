r"""A redirect leads back to where it came from

## What it does
Follows the redirects of each host, through the other hosts of the server, and reports those that come back to the
address that they started from, or lead on without end.

## Why
A browser follows some twenty redirects, then it gives up ("too many redirects"): the site is down for everybody, while
the server logs nothing but successes. Mostly a line that was meant for plain HTTP also stands in the TLS host, or each
of two hosts leads to the other's name.

## Bad
### The redirect to https, in the https host
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Redirect permanent / https://www.example.org/
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads https://www.example.org/ to itself: browsers give up
</VirtualHost>
```

### Back and forth
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
    Redirect / https://www.example.org/
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads in a circle: https://www.example.org/, http://www.example.org/:...
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    RewriteEngine on
    RewriteRule ^/?(.*) http://www.example.org/$1 [R,L]
</VirtualHost>
```

### To the other name of the same host
```
Listen 80
<VirtualHost *:80>
    ServerName example.org
    ServerAlias www.example.org
    Redirect permanent / http://www.example.org/
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads http://www.example.org/ to itself: browsers give up
</VirtualHost>
```

### A path that grows
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    Redirect / http://www.example.org/new/
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads on without end: http://www.example.org/new/, http://www.example.org/...
</VirtualHost>
```
### A rule for all hosts, without a condition
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    RewriteEngine on
    RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads https://www.example.org/ to itself: browsers...
</VirtualHost>
```

## Good
### To https and no further
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
    Redirect permanent / https://www.example.org/
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: to another name
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Redirect permanent / https://www.example.org/
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: to the other name of the same host
```
Listen 80
<VirtualHost *:80>
    ServerName example.org
    ServerAlias www.example.org
    RewriteEngine on
    RewriteCond %{HTTP_HOST} !^www\.
    RewriteRule ^/?(.*) http://www.example.org/$1 [R=301,L]
</VirtualHost>
```

### Near miss: a part of the host
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RedirectMatch ^/$ http://www.example.org/start/
</VirtualHost>
```

### Near miss: only where the condition holds
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteCond %{HTTP_HOST} !=www.example.org
    RewriteRule ^(.*)$ http://www.example.org$1 [R=301,L]
</VirtualHost>
```

## Limits
A few addresses of each host are tried: its root, and what its `Redirect` lines name. What depends on more of the
request than its address is left alone.

## References
https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect; https://github.com/certbot/certbot/issues/3363
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    BROWSERS_FOLLOW,
    Answer,
    Context,
    Diagnostic,
    Directive,
    Server,
    Severity,
    VirtualHost,
    circle,
    rule,
)

KEYS = ("redirect", "redirectmatch", "redirectpermanent", "redirecttemp", "rewriterule")
_MOST = 5


@rule(
    code="SSL1035",
    name="redirect-loop",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect",
    needs=("redirect", "redirectmatch", "redirectpermanent", "redirecttemp", "rewriterule"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if server.target.httpd.is_old:
        return
    told: set[Directive] = set()
    for host in server.hosts:
        if not host.name or not any(key in host.own for key in KEYS):
            continue
        for found in _circles(host):
            line = found[0].directive
            if line is None or not told.isdisjoint(one.directive for one in found if one.directive is not None):
                continue
            told.add(line)
            rest = [(one.directive, "and this leads on") for one in found[1:] if one.directive is not None]
            yield context.report(line, _message(found), related=rest)


def _circles(host: VirtualHost) -> Iterator[tuple[Answer, ...]]:
    paths = dict.fromkeys(["/", *_named(host)])
    for tls, sockets in ((False, host.plain_sockets), (True, host.tls_sockets)):
        for path in list(paths)[:_MOST] if sockets else ():
            found = circle(host, path, tls=tls)
            if found:
                yield found


def _named(host: VirtualHost) -> Iterator[str]:
    for key in ("redirect", "redirectpermanent"):
        for directive in host.own.get(key, ()):
            yield from (word for word in directive.values if word.startswith("/"))


def _message(found: tuple[Answer, ...]) -> str:
    aims = [one.location for one in found]
    if len(aims) == BROWSERS_FOLLOW:
        return f"leads on without end: {aims[0]}, {aims[1]}, …: browsers give up"
    if len(aims) == 1:
        return f"leads {aims[0]} to itself: browsers give up"
    return f"leads in a circle: {', '.join(aims)}: browsers give up"
