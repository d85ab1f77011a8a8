"""A file or folder that must be there and is not

## What it does
Reports certificates, keys, lists, maps and folders that do not exist, where the directive that names
them is refused for it and sslint was told that it runs on the server itself (`check-environment`).

## Why
httpd looks for these files when it reads the configuration, and does not start without them. After a
certificate's renewal, or on a new machine, this is the most common reason.

## Bad
### A certificate
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    #                  ^^^^^^^^^^^^^^^^^^^^^^ /etc/ssl/certs/www.pem does not exist
</VirtualHost>
```

### Relative to ServerRoot
```
#--- target: debian-12
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    #                     ^^^^^^^^^^^ tls/www.key does not exist
</VirtualHost>
#--- tls/www.pem
stands in for the certificate
```

### The main server's documents
```
#--- live: no
DocumentRoot /srv/www
#            ^^^^^^^^ /srv/www does not exist
```

## Good
### There
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/apache2/www.pem
</VirtualHost>
#--- www.pem
stands in for the certificate
```

### A virtual host's documents may be missing
```
Listen 80
<VirtualHost *:80>
    DocumentRoot /srv/www
</VirtualHost>
```

## Limits
Asked only with `--check-environment`, as the machine that sslint runs on is seldom the server. What a
file holds is for other rules.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile; `ssl_cmd_check_file` in
modules/ssl/ssl_engine_config.c, `set_document_root` in server/core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0006",
    name="missing-file",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
