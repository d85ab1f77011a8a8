"""FIPS mode is asked of a library that does not have it

## What it does
Reports `SSLFIPS on` where the target is a distribution whose package of OpenSSL 3 has no FIPS provider, and some
host speaks TLS.

## Why
mod_ssl then asks for approved implementations only, and without the provider there are none: the start ends with
"library has no ciphers" (AH02312). `httpd -t` says "Syntax OK".

## Bad
### On Debian
```
#--- target: debian-12
Listen 443
SSLFIPS on
#       ^^ OpenSSL 3.0.19 of debian-12 has no FIPS provider: the server does not start (AH02312)
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### Off, as by default
```
#--- target: debian-12
Listen 443
SSLFIPS off
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Red Hat's library has the provider
```
#--- target: rhel-9
Listen 443
SSLFIPS on
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Nobody speaks TLS
```
#--- target: debian-12
Listen 80
SSLFIPS on
```

## Limits
Whether somebody installed a provider is not known here.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslfips; fips_module(7)
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0504",
    name="fips-without-provider",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslfips",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
