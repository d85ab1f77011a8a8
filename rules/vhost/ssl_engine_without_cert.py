"""TLS is switched on without a certificate

## What it does
Reports `SSLEngine on` for hosts that no `SSLCertificateFile` gives a certificate to, their own or the main
server's.

## Why
`httpd -t` does not notice; the start ends with "Failed to configure at least one certificate and key"
(AH02572). It does not matter whether anybody could ever reach the host. A `SSLEngine on` outside of virtual hosts
also means the main server, which then needs a certificate although all sites are virtual hosts.

## Bad
### A host of its own
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    #         ^^ www.example.org (*:443) has no certificate: the server does not start (AH02572)
</VirtualHost>
```

### Only the key
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    #         ^^ *:443 has no certificate: the server does not start (AH02572)
    SSLCertificateKeyFile /etc/ssl/private/www.key
</VirtualHost>
```

### The main server is meant, too
```
Listen 443
SSLEngine on
#         ^^ the main server has no certificate: the server does not start (AH02572)
<VirtualHost *:443>
    ServerName www.example.org
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A host that nobody can reach
```
Listen 80
<VirtualHost *:443>
    SSLEngine on
    #         ^^ *:443 has no certificate: the server does not start (AH02572)
</VirtualHost>
```

## Good
### Its own, or the main server's
```
Listen 443
SSLCertificateFile /etc/ssl/certs/all.pem
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/b.pem
</VirtualHost>
```

### mod_md brings one
```
#--- live: no
Listen 443
MDomain www.example.org
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
</VirtualHost>
```

### In a file that could not be read
```
#--- live: no
#--- unreadable: certificates.conf
Listen 443
IncludeOptional /etc/apache2/certificates.conf
<VirtualHost *:443>
    SSLEngine on
    Include /etc/apache2/certificates.conf
</VirtualHost>
#--- certificates.conf
SSLCertificateFile /etc/ssl/certs/www.pem
```

### A fragment, whose server may have one
```
#--- role: fragment
<VirtualHost *:443>
    SSLEngine on
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile; `ssl_init_server_certs` in ssl_engine_init.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0902",
    name="ssl-engine-without-cert",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
