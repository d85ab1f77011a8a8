"""A private key that more may read than its owner

## What it does
Reports files with private keys or session ticket keys that their group, or others, may read or write, where sslint
reads them at the place where the server does. The rule runs only when it is selected, or by a profile.

## Why
httpd reads its keys as root, before it gives its rights up: nobody else needs them. Benchmarks ask for mode 0400 or
0600.

## Bad
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
    #                     ^^^^^^^^^^^ the private key has mode 0640, and may have 0600 at most
</VirtualHost>
```

### Writable, where a benchmark wants it read-only
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
#--- modes: tls/www.key=0600
#--- options: widest=0400
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    #                     ^^^^^^^^^^^ the private key has mode 0600, and may have 0400 at most
</VirtualHost>
```

## Good
### For the owner alone
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

### A group that may be
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
#--- modes: tls/www.key=0640
#--- options: widest=0640
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Options
`widest`: the widest mode that a key may have, in octal digits; `0600` by default.

## Limits
What everybody may read is `key-world-readable`'s. Who owns a file is not looked at.

## References
CIS Apache HTTP Server 2.4 Benchmark 7.3; DISA STIG V-214287
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, rule, secrets

from ._modes import is_open, mode_at

_OWNER = 0o600


@rule(
    code="SSL0429",
    name="key-mode-too-wide",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/ssl/ssl_faq.html#realcert",
    needs=("sslcertificatefile", "sslsessionticketkeyfile", "sslproxymachinecertificatefile"),
    options={"widest": "0600"},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    digits = context.option("widest", str)
    widest = int(digits, 8) if re.fullmatch("[0-7]+", digits) else _OWNER
    for secret in secrets(server):
        path = secret.file.path or ""
        mode = mode_at(server, path)
        if mode is not None and mode & ~widest and not is_open(server, path):
            message = f"the {secret.what} has mode {mode:04o}, and may have {widest:04o} at most"
            yield context.report(secret.file.argument, message, notes=assumption(secret.file.directive))
