"""A private key in a copy of the configuration

## What it does
Reports unencrypted private keys, and keys of session tickets, that lie beside a configuration
which is read at another place than the server reads it: in a repository, an image's build context, a backup.

## Why
Everybody who gets the copy gets the key. What was once committed stays in the history: such a key needs to be
replaced.

## Bad
```
#--- pem: copy/www.key=www.key
#--- map: /etc/ssl/private=/etc/apache2/copy
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile /etc/ssl/private/www.key
    #                     ^^^^^^^^^^^^^^^^^^^^^^^^ an unencrypted private key lies in this copy of the configura...
</VirtualHost>
```

## Good
### At the server's own place
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### Encrypted
```
#--- pem: copy/www.key=encrypted.key
#--- map: /etc/ssl/private=/etc/apache2/copy
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCertificateKeyFile /etc/ssl/private/www.key
</VirtualHost>
```

### Not in the copy
```
#--- map: /etc/ssl/private=/etc/apache2/copy
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCertificateKeyFile /etc/ssl/private/www.key
</VirtualHost>
```

## Limits
Whether the file is kept out of the repository, as by `.gitignore`, is not looked at.

## References
https://cwe.mitre.org/data/definitions/312.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, rule, secrets


@rule(
    code="SSL0421",
    name="key-in-copy",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://cwe.mitre.org/data/definitions/312.html",
    needs=("sslcertificatefile", "sslsessionticketkeyfile", "sslproxymachinecertificatefile"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for secret in secrets(server):
        path = secret.file.path or ""
        if server.material.is_elsewhere(path):
            kind = f"{'an unencrypted ' if 'private' in secret.what else 'a '}{secret.what}"
            message = f"{kind} lies in this copy of the configuration, at {server.material.place(path)}"
            yield context.report(secret.file.argument, message, notes=assumption(secret.file.directive))
