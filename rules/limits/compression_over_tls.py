"""Pages are compressed before they are encrypted

## What it does
Reports lines that have text compressed by mod_deflate or mod_brotli, on servers that speak TLS.

## Why
Where a page repeats what the request says and holds a secret as well, such as a token against forged requests, the
length of the compressed page tells, guess by guess, what the secret is (BREACH, CVE-2013-3587). Applications protect
their tokens by masking them in every answer; style sheets, scripts and pages without secrets may be compressed.

## Bad
### Pages
```
#--- live: no
Listen 443
AddOutputFilterByType DEFLATE text/html text/css
#                     ^^^^^^^ pages are compressed, and TLS does not hide their length: secrets in pages that repeat...
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Everything
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SetOutputFilter BROTLI_COMPRESS
    #               ^^^^^^^^^^^^^^^ pages are compressed...
</VirtualHost>
```

## Good
### Files without secrets
```
#--- live: no
Listen 443
AddOutputFilterByType DEFLATE text/css application/javascript image/svg+xml
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### No TLS
```
#--- live: no
Listen 80
AddOutputFilterByType DEFLATE text/html
```

## References
RFC 9325 section 3.3; https://www.breachattack.com/
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule

_FILTERS = ("deflate", "brotli_compress")
_PAGES = ("text/html", "application/json", "application/xhtml+xml")


@rule(
    code="SSL1414",
    name="compression-over-tls",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-3.3",
    keys=("addoutputfilterbytype", "setoutputfilter"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.arguments
    if not words or not context.server.has_tls or not _compresses_pages(directive):
        return
    message = (
        "pages are compressed, and TLS does not hide their length: secrets in pages that repeat what a request says "
        "can be guessed piece by piece"
    )
    yield context.report(words[0], message, notes=assumption(directive))


def _compresses_pages(directive: Directive) -> bool:
    values = [word.lower() for word in directive.values]
    if not any(one in _FILTERS for one in values[0].split(";")):
        return False
    return directive.key == "setoutputfilter" or any(one in _PAGES for one in values[1:])
