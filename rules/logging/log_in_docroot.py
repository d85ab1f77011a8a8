r"""A log can be fetched from the web

## What it does
Reports log files in folders that a host serves, where requests for them get through.

## Why
Logs hold addresses of visitors, names of users, session numbers in URLs, and paths of the server. Search engines find
them, and attackers ask for `/access.log` first of all.

## Bad
### Beside the pages
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
    CustomLog /srv/www/logs/access.log "%h %t \"%r\" %>s"
#             ^^^^^^^^^^^^^^^^^^^^^^^^ can be fetched from www.example.org (*:80) as /logs/access.log
</VirtualHost>
```

### By an Alias
```
Listen 80
ErrorLog /var/log/httpd/error.log
#        ^^^^^^^^^^^^^^^^^^^^^^^^ can be fetched from www.example.org (*:80) as /logs/error.log
<VirtualHost *:80>
    ServerName www.example.org
    Alias /logs /var/log/httpd
</VirtualHost>
```

## Good
### Outside
```
Listen 80
<VirtualHost *:80>
    DocumentRoot /srv/www
    CustomLog "|/usr/bin/logger" "%h %t"
    ErrorLog /tmp/error.log
</VirtualHost>
```

### Near miss: nobody gets in
```
#--- live: no
Listen 80
<VirtualHost *:80>
    DocumentRoot /srv/www
    CustomLog /srv/www/logs/access.log "%h %t"
    <Directory /srv/www/logs>
        Require all denied
    </Directory>
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/misc/security_tips.html#serverroot
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import cast

from sslint.api import Context, Diagnostic, Reach, Server, Severity, VirtualHost, assumption, rule, serves

from ._logs import log_files, serving


@rule(
    code="SSL1510",
    name="log-in-docroot",
    severity=Severity.WARNING,
    since="0.2.0",
    reference="https://httpd.apache.org/docs/2.4/misc/security_tips.html#serverroot",
    needs=("customlog", "transferlog", "globallog", "errorlog", "forensiclog", "scriptlog"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for directive, word, path in log_files(server):
        for host, url in _ways(server, path):
            if serves(host, url):
                message = f"can be fetched from {host.title} as {url}"
                yield context.report(word, message, notes=assumption(directive))
                break


def _ways(server: Server, path: str) -> Iterator[tuple[VirtualHost, str]]:
    """The hosts and URL paths that lead to a file."""
    folders = _folders(server)
    folder = posixpath.dirname(path)
    while folder not in ("", "/"):
        for host, url in folders.get(folder, ()):
            yield host, url.rstrip("/") + path[len(folder) :]
        folder = posixpath.dirname(folder)


def _folders(server: Server) -> dict[str, list[tuple[VirtualHost, str]]]:
    """The folders that hosts serve, with a few hosts each and the URL path; looked for once."""
    if _folders not in server.memory:
        found: dict[str, list[tuple[VirtualHost, str]]] = {}
        reach = Reach.of(server)
        for host in serving(server):
            for mapping in reach.mapper(host).mappings:
                mine = found.setdefault(mapping.folder, [])
                if mapping.url is not None and len(mine) < 3:
                    mine.append((host, mapping.url))
        server.memory[_folders] = found
    return cast("dict[str, list[tuple[VirtualHost, str]]]", server.memory[_folders])
