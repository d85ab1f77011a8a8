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

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, rule, served_file

from ._logs import log_files


@rule(
    code="SSL1510",
    name="log-in-docroot",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/misc/security_tips.html#serverroot",
    needs=("customlog", "transferlog", "globallog", "errorlog", "forensiclog", "scriptlog"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for directive, path in log_files(server):
        found = served_file(server, path)
        if found is not None:
            message = f"can be fetched from {found.host.title} as {found.url}"
            yield context.report(directive.arguments[0], message, notes=assumption(directive))
