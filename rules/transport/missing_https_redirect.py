r"""A site that is there by TLS is served by plain HTTP as well

## What it does
Reports hosts that serve, by plain HTTP, the same folder or backend as a host of the same name does by TLS, without
sending visitors to https; and those whose redirect takes the front page only, or not all names.

## Why
Who types the name, or follows an old link, stays on plain HTTP: whatever he reads and writes, cookies and logins too,
can be read and changed on the way. The work for the certificate is done, and the visitors don't get it.

## Bad
### The same folder twice
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ www.example.org (*:80) serves by plain HTTP what www.example.org (*:443) serves by TLS:...
    ServerName www.example.org
    DocumentRoot /srv/www
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    DocumentRoot /srv/www
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The same backend twice
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ www.example.org (*:80) serves by plain HTTP what www.example.org (*:443) serves by TLS:...
    ServerName www.example.org
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    ProxyPass / http://127.0.0.1:8080/
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The front page alone
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ www.example.org (*:80) sends visitors to https, but only from the front page:...
    ServerName www.example.org
    DocumentRoot /srv/www
    RedirectMatch ^/$ https://www.example.org/
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    DocumentRoot /srv/www
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### One name of two
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ www.example.org (*:80) sends visitors to https, but not those of example.org:...
    ServerName www.example.org
    ServerAlias example.org
    DocumentRoot /srv/www
    RewriteEngine on
    RewriteCond %{SERVER_NAME} =www.example.org
    RewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [R=permanent,L]
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    ServerAlias example.org
    DocumentRoot /srv/www
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### Every name
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
    ServerAlias example.org *.example.org
    DocumentRoot /srv/www
    RewriteEngine on
    RewriteCond %{SERVER_NAME} =www.example.org [OR]
    RewriteCond %{SERVER_NAME} =example.org
    RewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [R=permanent,L]
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    ServerAlias example.org *.example.org
    DocumentRoot /srv/www
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Sent to https
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
    Redirect permanent / https://www.example.org/
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    DocumentRoot /srv/www
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### By a rule, all but the certificate authority's checks
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
    RewriteEngine on
    RewriteCond %{REQUEST_URI} !^/\.well-known/acme-challenge/
    RewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [R=301,L]
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    DocumentRoot /srv/www
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: a .htaccess may do it
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
    <Directory /srv/www>
        AllowOverride FileInfo
    </Directory>
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    DocumentRoot /srv/www
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: other content, or nobody gets in
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/packages
</VirtualHost>
<VirtualHost *:80>
    ServerName intern.example.org
    DocumentRoot /srv/www
    <Location />
        Require all denied
    </Location>
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    ServerAlias intern.example.org
    DocumentRoot /srv/www
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### The same folder twice
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:80>
    Redirect permanent / https://www.example.org/
    ServerName www.example.org
    DocumentRoot /srv/www
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    DocumentRoot /srv/www
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Limits
What a proxy in front of the server does is taken into account where the host says so: `X-Forwarded-Proto`,
mod_remoteip. An application may send visitors on by itself.

## References
CIS Apache HTTP Server 2.4 item 7.9; https://cheatsheetseries.owasp.org/cheatsheets/Transport_Layer_Security_Cheat_Sheet.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Answer,
    Context,
    Diagnostic,
    Directive,
    Fix,
    Mapper,
    Reach,
    Safety,
    Server,
    Severity,
    VirtualHost,
    Where,
    compile_pattern,
    effective,
    in_order,
    insert_before,
    is_unreachable,
    predict,
    rule,
)

from ._hosts import plain_by_name, twin

_WORD = re.compile(r"[\w.-]+")
_NAMES = re.compile(r"%\{(?:http_host|http:host|server_name)\}")

_MAPPED = ("alias", "scriptalias", "redirect", "redirectpermanent", "redirecttemp")


@rule(
    code="SSL1036",
    name="missing-https-redirect",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://cheatsheetseries.owasp.org/cheatsheets/Transport_Layer_Security_Cheat_Sheet.html",
    needs=("tls",),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    reach = Reach.of(server)
    for host in reach.plain_hosts:
        other = twin(host)
        if other is None or other is host or is_unreachable(host):
            continue
        mapper = reach.mapper(host)
        where = _shared(mapper, reach.mapper(other), "/")
        if where is None:
            continue
        answer = predict(host, "/", tls=False)
        if _serves(host, where, answer):
            message = f"{host.title} serves by plain HTTP what {other.title} serves by TLS: redirect to https"
            yield context.report(host, message, related=[(other, "the host by TLS")], fix=_fix(host, where, context))
        elif answer.directive is not None and answer.location.startswith("https:"):
            left_out = _left_out(host, other, answer.directive, reach)
            if left_out:
                message = f"{host.title} sends visitors to https, but {left_out}"
                yield context.report(host, message, related=[(answer.directive, "the redirect")])


def _left_out(host: VirtualHost, other: VirtualHost, redirect: Directive, reach: Reach) -> str:
    """What the redirect does not take, and TLS serves."""
    mapper = reach.mapper(host)
    conditions = " ".join(one.text.lower() for one in host.all("rewritecond")) if redirect.key == "rewriterule" else ""
    if _may_miss_pages(redirect, conditions):
        where = _shared(mapper, reach.mapper(other), "/page")
        if where is not None and _serves(host, where, predict(host, "/page", tls=False)):
            return "only from the front page: /page and the like are served by plain HTTP, too"
    named = set(_WORD.findall(conditions))
    for name in host.names if _NAMES.search(conditions) else ():
        if name in named or plain_by_name(host.server).get(name) is not host:
            continue
        same = twin(host, name)
        where = _shared(mapper, reach.mapper(same), "/") if same is not None else None
        if where is not None and _serves(host, where, predict(host, "/", tls=False, name=name)):
            return f"not those of {name}: it is served by plain HTTP, too"
    return ""


def _may_miss_pages(redirect: Directive, conditions: str) -> bool:
    """Whether a redirect of the front page may leave other pages out: a cheap look before the question itself."""
    if redirect.key not in ("redirectmatch", "rewriterule"):
        return False
    patterns = [compile_pattern(word) for word in redirect.values]
    return "uri" in conditions or not any(one is not None and one.search("/page") for one in patterns[:-1])


def _shared(mapper: Mapper, other: Mapper, url: str) -> Where | None:
    """What a request leads to, where it is the same for both hosts."""
    mine, theirs = mapper.where(url), other.where(url)
    return mine if (mine.path, mine.backend) == (theirs.path, theirs.backend) != (None, None) else None


def _serves(host: VirtualHost, where: Where, answer: Answer) -> bool:
    """Whether a host surely answers with content, and no `.htaccess` can change that."""
    if not (answer.by == "proxy" or (answer.by in ("file", "handler") and answer.status == 200)):
        return False
    if where.path is None:
        return True
    allowed = effective(host, where, ("allowoverride",))
    return all([word.lower() for word in one.words or ("none",)] == ["none"] for one in allowed)


def _fix(host: VirtualHost, where: Where, context: Context) -> Fix | None:
    """A Redirect at the beginning; what ProxyPass takes it would never see."""
    if where.backend is not None or host.header is None or not host.header.children:
        return None
    if any(one.source is host.source for one in in_order(host, _MAPPED)):  # they would be left without requests
        return None
    first = host.header.children[0]
    line = insert_before(first, f"Redirect permanent / https://{host.name}/")
    return context.fix("send visitors to https", line) if first.source is host.source else None
