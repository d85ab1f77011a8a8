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

### The tool that fetched the certificate wrote one file with both
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/letsencrypt/live/www.example.org/cert.pem
    SSLCertificateKeyFile /etc/letsencrypt/live/www.example.org/privkey.pem
    SSLCertificateChainFile /etc/letsencrypt/live/www.example.org/chain.pem
    #                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SSLCertificateChainFile is obsolete: put...
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

## Fix
### The tool that fetched the certificate wrote one file with both
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/letsencrypt/live/www.example.org/fullchain.pem
    SSLCertificateKeyFile /etc/letsencrypt/live/www.example.org/privkey.pem
</VirtualHost>
```

## Limits
What lies in the certificates' files is for their owner to change, so there is a fix only for a `cert.pem` with a
`chain.pem` or `fullchain.pem` beside it, as certbot and dehydrated write them together with a `fullchain.pem`. It is
unsafe, since nobody looks whether that file is there.

## References
CHANGES of httpd 2.4.8
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    FIRST_WITH_CHAIN_IN_FILE,
    Context,
    Diagnostic,
    Directive,
    Fix,
    Safety,
    Severity,
    delete_lines,
    replace,
    rule,
    spot,
)


@rule(
    code="SSL0423",
    name="cert-chain-file-obsolete",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatechainfile",
    keys=("sslcertificatechainfile",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if context.target.httpd >= FIRST_WITH_CHAIN_IN_FILE and directive.values:
        message = "SSLCertificateChainFile is obsolete: put its certificates behind the one in SSLCertificateFile"
        yield context.report(directive.arguments[0], message, fix=_fix(directive, context))


def _fix(directive: Directive, context: Context) -> Fix | None:
    """Name the file with both that lies beside the two, where the line above names the certificate alone."""
    around = directive.parent.children if directive.parent is not None else context.configuration.children
    lines = [one for one in around if one.key == "sslcertificatefile" and one.arguments]
    chain = directive.values[0]
    if len(lines) != 1 or lines[0].source is not directive.source:
        return None
    certificate = lines[0].arguments[0]
    folder, _, name = certificate.value.rpartition("/")
    written = certificate.source.text[slice(*certificate.span)]
    if name != "cert.pem" or chain not in (f"{folder}/chain.pem", f"{folder}/fullchain.pem"):
        return None
    if written.strip("\"'") != certificate.value:
        return None
    better = written.replace("cert.pem", "fullchain.pem")
    return context.fix("name the file with both", replace(certificate, better), delete_lines(spot(directive)))
