"""A private key that needs a pass phrase at each start

## What it does
Reports encrypted keys where SSLPassPhraseDialog has httpd ask on the terminal, as it does by default.

## Why
Started by the system, httpd has no terminal: it does not start after a reboot (AH02564).

## Bad
```
#--- pem: tls/www.pem=www.pem tls/www.key=encrypted.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
    #                     ^^^^^^^^^^^ httpd asks for the pass phrase of this key at each start, and does not sta...
</VirtualHost>
```

## Good
### A program knows the pass phrase
```
#--- pem: tls/www.pem=www.pem tls/www.key=encrypted.key
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
SSLPassPhraseDialog exec:/usr/local/sbin/phrase
```

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

## References
`ssl_load_encrypted_pkey` in modules/ssl/ssl_engine_pphrase.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._uses import uses


@rule(
    code="SSL0420",
    name="key-encrypted",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslpassphrasedialog",
    whole_server=True,
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if server.main.keyword("sslpassphrasedialog") not in ("", "builtin") or server.is_fragment:
        return
    told = set()
    for use in uses(server, loaded=True):
        file = use.pair.key_file
        if use.pair.key is not None and use.pair.key.encrypted and file is not None and file.path not in told:
            told.add(file.path)
            message = ("httpd asks for the pass phrase of this key at each start, and does not start without a "
                       "terminal (AH02564)")  # fmt: skip
            yield context.report(file.argument, message, notes=use.notes)
