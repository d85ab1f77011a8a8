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
    #                     ^^^^^^^^^^^^^^^^^^^^ the private key lies in /srv/www, which www.example.org (*:443) serves
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
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    reach = Reach(server)
    told = set()
    for use in uses(server, loaded=True):
        file = use.pair.key_file
        if file is None or file.path is None or file.path in told:
            continue
        told.add(file.path)
        for host in server.hosts:
            folder = _served(reach, host, file.path)
            if folder:
                message = f"the private key lies in {folder}, which {host.title} serves"
                yield context.report(file.argument, message, notes=use.notes)
                break


def _served(reach: Reach, host: VirtualHost, path: str) -> str:
    """The folder in which a host serves a file; empty where it doesn't, or where nobody gets in."""
    if not host.sockets:
        return ""
    for mapping in reach.mapper(host).mappings:
        folder = mapping.folder.rstrip("/")
        if mapping.url is None or not folder or not path.startswith(folder + "/"):
            continue
        where = reach.mapper(host).where(mapping.url.rstrip("/") + path[len(folder) :])
        access = reach.access(host, where._replace(name=path.rpartition("/")[2]))
        if where.path == path and (access.lets_in(tls=True) or access.lets_in(tls=False)):
            return folder
    return ""
