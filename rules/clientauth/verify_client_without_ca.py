"""Client certificates are required, and there is no authority to verify them by

## What it does
Reports `SSLVerifyClient require` for hosts, or sections of hosts, that have neither `SSLCACertificateFile` nor
`SSLCACertificatePath`.

## Why
Only certificates from these authorities can be verified, and a server without any turns every client away. It
starts all the same, and warns in its log: "you want to request client authentication, but no CAs are known for
verification" (AH01897).

## Bad
### No authority
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLVerifyClient require
    #               ^^^^^^^ every client of www.example.org (*:443) is turned away: there is no SSLCACertificateFile...
</VirtualHost>
```

### Names to show to clients are no authorities
```
Listen 443
SSLVerifyClient on
#               ^^ every client of *:443 is turned away: there is no SSLCACertificateFile or SSLCACertificatePath...
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCADNRequestFile /etc/ssl/certs/ca.pem
</VirtualHost>
```

### For a part of the site
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location /staff>
        SSLVerifyClient require
        #               ^^^^^^^ every request for <Location /staff> of *:443 is turned away: there is no...
    </Location>
</VirtualHost>
```

## Good
### An authority from the main server
```
Listen 443
SSLCACertificateFile /etc/ssl/certs/ca.pem
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLVerifyClient require
</VirtualHost>
```

### Only asked for, or not verified
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLVerifyClient optional_no_ca
</VirtualHost>
```

### Overridden, or without TLS
```
Listen 443
Listen 80
SSLVerifyClient require
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLVerifyClient none
</VirtualHost>
<VirtualHost *:80>
    SSLVerifyClient require
</VirtualHost>
```

## Limits
`optional` without an authority turns away only those clients that send a certificate, and is not reported.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcacertificatefile; `ssl_init_ctx_verify` in ssl_engine_init.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0603",
    name="verify-client-without-ca",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcacertificatefile",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
