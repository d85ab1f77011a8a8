"""TLS is switched on for the main server, and hosts share its settings

## What it does
Reports `SSLEngine on` outside of virtual hosts for httpd up to 2.4.29, where some virtual host has no directive of
mod_ssl at all.

## Why
Such a host has no settings of its own for mod_ssl, but those of the main server, which are then set up a second
time: the start ends with "Illegal attempt to re-initialise SSL" (AH02569 from 2.4.8 on). `httpd -t` does not notice.
It does not matter whether the host is meant for TLS: one on port 80 will do.

## Bad
### A plain host beside
```
#--- target: httpd=2.4.25 openssl=1.0.2
Listen 80
Listen 443
SSLEngine on
#         ^^ plain.example.org (*:80) would be set up for TLS together with the main server: the server does not...
SSLCertificateFile /etc/ssl/certs/www.pem
<VirtualHost *:80>
    ServerName plain.example.org
</VirtualHost>
```

## Good
### In the virtual hosts
```
#--- target: httpd=2.4.25 openssl=1.0.2
Listen 80
Listen 443
SSLCertificateFile /etc/ssl/certs/www.pem
<VirtualHost *:80>
    ServerName plain.example.org
</VirtualHost>
<VirtualHost *:443>
    SSLEngine on
</VirtualHost>
```

### Every host has a line of its own
```
#--- target: httpd=2.4.25 openssl=1.0.2
Listen 80
Listen 443
SSLEngine on
SSLCertificateFile /etc/ssl/certs/www.pem
<VirtualHost *:80>
    ServerName plain.example.org
    SSLEngine off
</VirtualHost>
```

### Settled since 2.4.30
```
Listen 80
Listen 443
SSLEngine on
SSLCertificateFile /etc/ssl/certs/www.pem
<VirtualHost *:80>
    ServerName plain.example.org
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslengine; `ssl_init_server_ctx` in ssl_engine_init.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0906",
    name="ssl-engine-shared",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslengine",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
