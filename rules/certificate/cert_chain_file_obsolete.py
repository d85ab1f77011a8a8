"""SSLCertificateChainFile is obsolete

## What it does
Reports SSLCertificateChainFile from httpd 2.4.8 on.

## Why
Since then SSLCertificateFile takes the chain as well: behind the certificate, in order. With
SSLCertificateChainFile the same chain is sent with every certificate of the host, which is wrong for two
with different issuers, and a chain in SSLCertificateFile is ignored.

## Bad
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCertificateKeyFile /etc/ssl/private/www.key
    SSLCertificateChainFile /etc/ssl/certs/chain.pem
    #                       ^^^^^^^^^^^^^^^^^^^^^^^^ SSLCertificateChainFile is obsolete: put its certificates b...
</VirtualHost>
```

## Good
### An old httpd
```
#--- target: httpd=2.4.6 openssl=1.0.1
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCertificateKeyFile /etc/ssl/private/www.key
    SSLCertificateChainFile /etc/ssl/certs/chain.pem
</VirtualHost>
```

### In one file
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/fullchain.pem
    SSLCertificateKeyFile /etc/ssl/private/www.key
</VirtualHost>
```

## References
CHANGES of httpd 2.4.8
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import FIRST_WITH_CHAIN_IN_FILE, Context, Diagnostic, Directive, Severity, rule


@rule(
    code="SSL0423",
    name="cert-chain-file-obsolete",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatechainfile",
    keys=("sslcertificatechainfile",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if context.target.httpd >= FIRST_WITH_CHAIN_IN_FILE and directive.values:
        message = "SSLCertificateChainFile is obsolete: put its certificates behind the one in SSLCertificateFile"
        yield context.report(directive.arguments[0], message)
