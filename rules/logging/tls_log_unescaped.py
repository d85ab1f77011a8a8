"""A client writes control characters into the log

## What it does
Reports log formats with variables of mod_ssl that clients choose (`%{SSL_TLS_SNI}x`, `%{SSL_CLIENT_S_DN}x` and the
like), for httpd up to 2.4.63.

## Why
Up to 2.4.63 mod_ssl hands these values to the log as they are. A client that asks for a name with line breaks or
terminal sequences writes lines of his own into the log, or commands for the terminal that shows it (CVE-2024-47252).

## Bad
### The name of the handshake
```
#--- target: httpd=2.4.62
LogFormat "%h %t %{SSL_TLS_SNI}x" tls
#         ^^^^^^^^^^^^^^^^^^^^^^^ %{SSL_TLS_SNI}x is the client's word, which httpd 2.4.62 writes into the log as...
```

## Good
### A version that escapes it
```
LogFormat "%h %t %{SSL_TLS_SNI}x" tls
```

### Near miss: what the server decides
```
#--- target: httpd=2.4.62
LogFormat "%h %t %{SSL_PROTOCOL}x %{SSL_CIPHER}x" tls
```

## Limits
Distributions repair old versions without changing their number.

## References
https://httpd.apache.org/security/vulnerabilities_24.html; CVE-2024-47252
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, HttpdVersion, Severity, assumption, rule

from ._items import items

_REPAIRED = HttpdVersion(2, 4, 64)
_CHOSEN = ("SSL_TLS_SNI", "SSL_CLIENT_S_", "SSL_CLIENT_I_", "SSL_CLIENT_SAN_", "SSL_CLIENT_CERT", "SSL_CLIENT_M_")


@rule(
    code="SSL1508",
    name="tls-log-unescaped",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/security/vulnerabilities_24.html",
    keys=("logformat", "customlog", "globallog"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    version = context.target.httpd
    if version >= _REPAIRED or version.branch == "trunk" or "{SSL_" not in directive.text.upper():
        return
    for word in directive.arguments:
        chosen = [one for one in items(word.value) if one.letter == "x" and one.argument.upper().startswith(_CHOSEN)]
        if chosen:
            message = (
                f"{chosen[0].text} is the client's word, which httpd {version} writes into the log as it is, "
                "line breaks and all: 2.4.64 escapes it"
            )
            yield context.report(word, message, notes=assumption(directive))
