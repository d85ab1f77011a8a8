"""A private key that everybody on the machine may read

## What it does
Looks at the permissions of files with private keys or session ticket keys, and of the folders above them,
where sslint reads them at the place where the server does.

## Why
Every program on the machine, a script of the web server included, can take the key and be the server; with the key
of session tickets it can read what was recorded.

## Bad
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
#--- modes: tls/www.key=0644
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    #                     ^^^^^^^^^^^ everybody on this machine may read the private key: its mode is 0644
</VirtualHost>
```

### The key in the certificate's file
```
#--- pem: tls/both.pem=both.pem
#--- modes: tls/both.pem=0644
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/both.pem
    #                  ^^^^^^^^^^^^ everybody on this machine may read the private key: its mode is 0644
</VirtualHost>
```

### The key that session tickets are encrypted with
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key tls/tickets=text.pem
#--- modes: tls/tickets=0644
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    SSLSessionTicketKeyFile tls/tickets
    #                       ^^^^^^^^^^^ everybody on this machine may read the session ticket key: its mode is 0644
</VirtualHost>
```

## Good
### For root alone
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
#--- modes: tls/www.key=0600 tls/www.pem=0644
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### For a group
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
#--- modes: tls/www.key=0640
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### A copy, whose mode says nothing
```
#--- pem: copy/www.pem=www.pem copy/www.key=www.key
#--- modes: copy/www.key=0644
#--- map: /etc/apache2/tls=/etc/apache2/copy
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Limits
Access control lists are not looked at, nor whether there are other users.

## References
CIS Apache HTTP Server 2.4 Benchmark 7.3
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, rule, secrets

from ._modes import is_open, mode_at


@rule(
    code="SSL0418",
    name="key-world-readable",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/ssl/ssl_faq.html#realcert",
    needs=("sslcertificatefile", "sslsessionticketkeyfile", "sslproxymachinecertificatefile"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for secret in secrets(server):
        path = secret.file.path or ""
        if is_open(server, path):
            message = f"everybody on this machine may read the {secret.what}: its mode is {mode_at(server, path):04o}"
            yield context.report(secret.file.argument, message, notes=assumption(secret.file.directive))
