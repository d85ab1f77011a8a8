r"""A redirect answers before the folder for the certificate authority's checks

## What it does
Reports an `Alias` for `/.well-known/acme-challenge/` in a plain host, or above it, that requests never reach because a
redirect of that host answers first.

## Why
To prove that a name is his, its owner puts a file below this path, and the authority fetches it by plain HTTP (ACME,
HTTP-01). mod_alias looks at all `Redirect` lines before any `Alias`, and mod_rewrite acts before mod_alias, whatever
stands first in the file. The check is redirected as well, and succeeds only if the aim serves the same folder: the
certificate that is to be renewed must still be good for more than the authority's patience.

## Bad
### Redirect goes before Alias
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    Alias /.well-known/acme-challenge/ /srv/acme/
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is never reached in www.example.org (*:80): Redirect answers before
    Redirect permanent / https://www.example.org/
</VirtualHost>
```

## Good
### A pattern that leaves the path alone
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    Alias /.well-known/acme-challenge/ /srv/acme/
    RedirectMatch permanent ^(?!/\.well-known/acme-challenge/)(.*) https://www.example.org$1
</VirtualHost>
```

### A rule with a condition
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    Alias /.well-known/acme-challenge/ /srv/acme/
    RewriteEngine on
    RewriteCond %{REQUEST_URI} !^/\.well-known/acme-challenge/
    RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
</VirtualHost>
```

### Near miss: no folder is there for it
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    Redirect permanent / https://www.example.org/
</VirtualHost>
```

### Near miss: the other host serves it too
```
#--- live: no
Listen 80
Listen 443
Alias /.well-known/acme-challenge/ /srv/acme/
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

## References
RFC 8555 section 8.3; `translate_alias_redir` in mod_alias.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Reach, Server, Severity, VirtualHost, assumption, predict, rule

from ._hosts import twin

_PATH = "/.well-known/acme-challenge/x"
_FOLDER = "/.well-known/acme-challenge"


@rule(
    code="SSL1039",
    name="redirect-hides-acme",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc8555#section-8.3",
    needs=("alias",),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[Directive] = set()
    for host in Reach.of(server).plain_hosts:
        alias = _alias(host)
        if alias is None or alias in told or _served_there(host):
            continue
        answer = predict(host, _PATH, tls=False)
        line = answer.directive
        if line is None or answer.by not in ("redirect", "rewrite") or not 300 <= (answer.status or 0) < 400:
            continue
        told.add(alias)
        message = f"is never reached in {host.title}: {line.name} answers before"
        yield context.report(
            alias.arguments[0], message, related=[(line, "this answers first")], notes=assumption(alias, line)
        )


def _alias(host: VirtualHost) -> Directive | None:
    found = (one for one in host.all("alias") if _FOLDER in one.text)
    return next((one for one in found if one.values[:1] and one.values[0].rstrip("/") == _FOLDER), None)


def _served_there(host: VirtualHost) -> bool:
    """Whether the host of the same name that speaks TLS serves the folder."""
    other = twin(host)
    return other is not None and _alias(other) is not None
