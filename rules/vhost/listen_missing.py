"""No port is opened

## What it does
Reports a server without any `Listen`.

## Why
httpd 2 has no port by default. `httpd -t` says "Syntax OK"; the start ends with "no listening sockets
available, shutting down". A `<VirtualHost *:443>` does not open its port.

## Bad
### Hosts, but no port
```
ServerName www.example.org
#<^^^^^^^^^^^^^^^^^^^^^^^^ no Listen opens a port: the server does not start (no listening sockets available)
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

## Good
### With a port
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

### In a file that could not be read
```
#--- live: no
#--- unreadable: ports.conf
ServerName www.example.org
Include /etc/apache2/ports.conf
#--- ports.conf
Listen 80
```

### Under a condition that can't be known
```
#--- live: no
<IfDefine LIVE>
    Listen 80
</IfDefine>
```

### A snippet of a package, whatever its name
```
#--- live: no
Alias /tool /usr/share/tool
<Directory /usr/share/tool>
    Require all granted
</Directory>
```

### httpd 1.3 listens to port 80
```
#--- target: httpd=1.3
ServerName www.example.org
```

## References
https://httpd.apache.org/docs/2.4/mod/mpm_common.html#listen; `ap_setup_listeners` in server/listen.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0903",
    name="listen-missing",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mpm_common.html#listen",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
