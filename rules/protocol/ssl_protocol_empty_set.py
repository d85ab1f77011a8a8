"""SSLProtocol leaves no protocol version

## What it does
Reports `SSLProtocol` and `SSLProxyProtocol` lines that switch nothing on, where a host with TLS needs them.

## Why
Each line begins with nothing: `-SSLv3` alone does not take SSLv3 out of the default, it takes it out of
nothing. `httpd -t` says "Syntax OK"; the start then ends with "No SSL protocols available" (AH02231).

## Bad
### Minus words alone
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol -SSLv3 -TLSv1
    #           ^^^^^^^^^^^^^ SSLProtocol leaves www.example.org (*:443) no protocol version: the server does not...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Everything is taken out again
```
Listen 443
SSLProtocol +TLSv1.2 -all
#           ^^^^^^^^^^^^^ SSLProtocol leaves *:443 no protocol version: the server does not start (AH02231)
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### What the target does not have is nothing, too
```
#--- target: httpd=2.4.38 openssl=1.0.2
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1 -TLSv1.2
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SSLProtocol leaves *:443 no protocol version: the server does...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### On the way to a backend
```
Listen 80
SSLProxyEngine on
SSLProxyProtocol -SSLv3
#                ^^^^^^ SSLProxyProtocol leaves the main server no protocol version to its backends: the server...
```

## Good
### Minus words after all
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Overridden by every host that speaks TLS
```
Listen 443
SSLProtocol -all
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol -all +TLSv1.3
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Nobody speaks TLS here, or to backends
```
Listen 80
SSLProtocol -SSLv3
SSLProxyProtocol -SSLv3
```

## Fix
### Minus words alone
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### On the way to a backend
```
Listen 80
SSLProxyEngine on
SSLProxyProtocol -all +TLSv1.2 +TLSv1.3
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol; `ssl_init_ctx_protocol` in ssl_engine_init.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0102",
    name="ssl-protocol-empty-set",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "say which versions are on")
