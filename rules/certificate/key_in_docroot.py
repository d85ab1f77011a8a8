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

from sslint.api import Context, Diagnostic, Mapping, Reach, Server, Severity, VirtualHost, rule

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
    folders: dict[str, list[tuple[VirtualHost, Mapping]]] = {}
    used = {use.pair.key_file.path: use for use in uses(server, loaded=True) if use.pair.key_file is not None}
    for host in server.hosts if used.keys() - {None} else ():
        for mapping in reach.mapper(host).mappings if host.sockets else ():
            folders.setdefault(mapping.folder.rstrip("/"), []).append((host, mapping))
    for path, use in used.items():
        ways = (way for folder in _above(path or "") for way in folders.get(folder, ()))
        served = next((way for way in ways if path and _is_served(reach, *way, path)), None)
        if served is not None and use.pair.key_file is not None:
            host, mapping = served
            message = f"the private key lies in {mapping.folder.rstrip('/')}, which {host.title} serves"
            yield context.report(use.pair.key_file.argument, message, notes=use.notes)


def _above(path: str) -> Iterator[str]:
    """The folders that a file lies in, the innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


def _is_served(reach: Reach, host: VirtualHost, mapping: Mapping, path: str) -> bool:
    """Whether somebody gets a file by one of a host's mappings."""
    if mapping.url is None:
        return False
    where = reach.mapper(host).where(mapping.url.rstrip("/") + path[len(mapping.folder.rstrip("/")) :])
    if where.path != path:
        return False
    access = reach.access(host, where._replace(name=path.rpartition("/")[2]))
    return access.lets_in(tls=True) or access.lets_in(tls=False)
