r"""A site that is there by TLS is served by plain HTTP as well

## What it does
Reports hosts that serve, by plain HTTP, the same folder or backend as a host of the same name does by TLS, without
sending visitors to https.

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

## Good
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

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Fix,
    Mapper,
    Reach,
    Safety,
    Server,
    Severity,
    VirtualHost,
    Where,
    effective,
    insert_before,
    is_unreachable,
    predict,
    rule,
)

from ._hosts import twin


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
        where = _shared(reach.mapper(host), reach.mapper(other))
        if where is None or not _serves(host, where):
            continue
        message = f"{host.title} serves by plain HTTP what {other.title} serves by TLS: redirect to https"
        yield context.report(host, message, related=[(other, "the host by TLS")], fix=_fix(host, where, context))


def _shared(mapper: Mapper, other: Mapper) -> Where | None:
    """What a request for the root leads to, where it is the same for both hosts."""
    mine, theirs = mapper.where("/"), other.where("/")
    return mine if (mine.path, mine.backend) == (theirs.path, theirs.backend) != (None, None) else None


def _serves(host: VirtualHost, where: Where) -> bool:
    """Whether a host surely answers with content, and no `.htaccess` can change that."""
    answer = predict(host, "/", tls=False)
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
    first = host.header.children[0]
    line = insert_before(first, f"Redirect permanent / https://{host.name}/")
    return context.fix("send visitors to https", line) if first.source is host.source else None
