"""A private key among the documents

## What it does
Reports key files, and certificate files where the key is looked for in them, that lie in a folder whose
content some host serves (DocumentRoot, Alias) without access control that bars it.

## Why
Anybody can download the key and be the server.

## Bad
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile /srv/www/tls/www.key
    #                     ^^^^^^^^^^^^^^^^^^^^ www.example.org (*:443) serves this private key, as ...
    DocumentRoot /srv/www
    <Directory /srv/www>
        Require all granted
    </Directory>
</VirtualHost>
```

## Good
### Beside the documents
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCertificateKeyFile /srv/tls/www.key
    DocumentRoot /srv/www
    <Directory /srv/www>
        Require all granted
    </Directory>
</VirtualHost>
```

### Nobody gets in there
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCertificateKeyFile /srv/www/tls/www.key
    DocumentRoot /srv/www
    <Directory /srv/www>
        Require all granted
    </Directory>
    <Directory /srv/www/tls>
        Require all denied
    </Directory>
</VirtualHost>
```

## Limits
A rewriting that hides the file is not seen. Where no access control is in force at all, httpd 2.4 lets
everybody in.

## References
https://httpd.apache.org/docs/2.4/urlmapping.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Reach, Server, Severity, VirtualHost, rule

from ._uses import uses


@rule(
    code="SSL0419",
    name="key-in-docroot",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/urlmapping.html",
    whole_server=True,
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    reach = Reach.of(server)
    used = {use.pair.key_file.path: use for use in uses(server, loaded=True) if use.pair.key_file is not None}
    for path, use in used.items():
        ways = reach.ways_to(path) if path else ()
        served = next(((host, url) for host, url in ways if path and _is_served(reach, host, url, path)), None)
        if served is not None and path and use.pair.key_file is not None:
            host, url = served
            message = f"{host.title} serves this private key, as {url}"
            yield context.report(use.pair.key_file.argument, message, notes=use.notes)


def _is_served(reach: Reach, host: VirtualHost, url: str, path: str) -> bool:
    """Whether somebody gets a file by a URL path that leads to it."""
    where = reach.mapper(host).where(url)
    access = reach.access(host, where._replace(name=path.rpartition("/")[2]))
    return access.lets_in(tls=True) or access.lets_in(tls=False)
