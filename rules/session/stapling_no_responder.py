"""OCSP stapling is on for a certificate that names no responder

## What it does
Reports `SSLUseStapling on` for hosts whose certificate names no OCSP responder: as its file tells, or because it
lies where Let's Encrypt's clients put theirs.

## Why
There is nobody to ask, so nothing is stapled, and httpd logs an error at every start (AH02218). Let's Encrypt took
OCSP out of its certificates in May 2025 and switched its responders off in August 2025; other authorities follow.
Revocation is told by lists there, which clients get on their own.

## Bad
### The certificate tells
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
#--- live: no
Listen 443
SSLStaplingCache shmcb:ssl_stapling(32768)
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/apache2/tls/www.pem
    SSLCertificateKeyFile /etc/apache2/tls/www.key
    SSLUseStapling on
    #              ^^ does nothing for www.example.org (*:443): its certificate names no OCSP responder
</VirtualHost>
```

### Let's Encrypt has none
```
#--- live: no
Listen 443
SSLUseStapling On
#              ^^ does nothing for a.example.org (*:443): Let's Encrypt's certificates name no OCSP responder since 2025
SSLStaplingCache shmcb:ssl_stapling(32768)
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLCertificateFile /etc/letsencrypt/live/a.example.org/fullchain.pem
</VirtualHost>
```

## Good
### A certificate that can't be read here
```
#--- live: no
Listen 443
SSLStaplingCache shmcb:ssl_stapling(32768)
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLUseStapling on
</VirtualHost>
```

### Told whom to ask
```
#--- live: no
Listen 443
SSLStaplingCache shmcb:ssl_stapling(32768)
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/letsencrypt/live/www.example.org/fullchain.pem
    SSLUseStapling on
    SSLStaplingForceURL http://ocsp.example.org/
</VirtualHost>
```

### One of the hosts has use for it
```
#--- live: no
Listen 443
SSLUseStapling on
SSLStaplingCache shmcb:ssl_stapling(32768)
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLCertificateFile /etc/letsencrypt/live/a.example.org/fullchain.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### Let's Encrypt has none
```
#--- live: no
Listen 443
SSLUseStapling off
SSLStaplingCache shmcb:ssl_stapling(32768)
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLCertificateFile /etc/letsencrypt/live/a.example.org/fullchain.pem
</VirtualHost>
```

## Limits
An authority that is not Let's Encrypt may fill the same folder, if certbot was told to ask it.

## References
https://letsencrypt.org/2024/12/05/ending-ocsp/; `ssl_stapling_init_cert` in ssl_util_stapling.c;
https://github.com/mozilla/ssl-config-generator/issues/323
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, assumption, listing, replace, rule

from ._stapling import NO_RESPONDER, responders
from ._switched import switched


@rule(
    code="SSL0519",
    name="stapling-no-responder",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://letsencrypt.org/2024/12/05/ending-ocsp/",
    needs=("sslusestapling",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for line, hosts in switched(server, "sslusestapling", True, lambda offer: offer.stapling):
        found = [responders(host) for host in hosts]
        if not all(one in NO_RESPONDER for one in found):
            continue
        if "none" in found:
            why = "its certificate names" if len(hosts) == 1 else "their certificates name"
            why += " no OCSP responder"
        else:
            why = "Let's Encrypt's certificates name no OCSP responder since 2025"
        yield context.report(
            line.arguments[0],
            f"does nothing for {listing(hosts)}: {why}",
            label="nobody to ask",
            notes=assumption(line, hosts[0].condition),
            fix=context.fix("switch it off", replace(line.arguments[0], "off")),
        )
