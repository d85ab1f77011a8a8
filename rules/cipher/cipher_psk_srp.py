"""A cipher string asks for suites that httpd can't be set up for

## What it does
Reports elements of cipher strings that add nothing but suites with pre-shared keys (PSK) or with passwords (SRP),
where no host has an SSLSRPVerifierFile. The rule runs only when it is selected, or by a profile.

## Why
httpd has no way to be given pre-shared keys, and SRP needs a file of verifiers: no client ever gets such a suite. What
stands there says that the author means to do without certificates.

## Bad
### Pre-shared keys
```
Listen 443
SSLCipherSuite ECDHE+AESGCM:kPSK+AES128
#                           ^^^^^^^^^^^ asks for suites with pre-shared keys, such as PSK-AES128-GCM-SHA256, which ht...
```

### Passwords
```
Listen 443
SSLCipherSuite SRP:ECDHE+AESGCM
#              ^^^ asks for suites with passwords (SRP), such as SRP-DSS-AES-256-CBC-SHA, which no host is set up for...
```

## Good
### Excluded, or among others
```
Listen 443
SSLCipherSuite HIGH:!PSK:!SRP:!aNULL
SSLProxyCipherSuite HIGH
```

### SRP with its file
```
#--- live: no
Listen 443
SSLCipherSuite ECDHE+AESGCM:SRP
<VirtualHost *:443>
    SSLEngine on
    SSLSRPVerifierFile /etc/apache2/srp
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### Pre-shared keys
```
Listen 443
SSLCipherSuite ECDHE+AESGCM
```

### Passwords
```
Listen 443
SSLCipherSuite ECDHE+AESGCM
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsrpverifierfile; RFC 4279 (PSK), RFC 5054 (SRP)
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, Suite, rule

from ._elements import without, written

_WHAT = {"PSK": "pre-shared keys", "SRP": "passwords (SRP)"}


@rule(
    code="SSL0223",
    name="cipher-psk-srp",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsrpverifierfile",
    keys=("sslciphersuite", "sslopensslconfcmd"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    text = directive.text.upper()
    if "PSK" not in text and "SRP" not in text:
        return
    has_srp = "sslsrpverifierfile" in context.server.keys
    for one in written(directive, context.target):
        added = one.element.added
        kinds = {_kind(suite) for suite in added}
        if not added or not kinds <= (_WHAT.keys() - {"SRP"} if has_srp else _WHAT.keys()):
            continue
        what = " and ".join(_WHAT[kind] for kind in sorted(kinds))
        whom = "which no host is set up for" if kinds == {"SRP"} else "which httpd can't be set up for"
        edits = without(one) if any(not _kind(suite) for suite in one.selected.suites) else []
        yield context.report(
            one.spot,
            f"asks for suites with {what}, such as {added[0].openssl_name}, {whom}: they are never used",
            fix=context.fix("take the word out", *edits) if edits else None,
        )


def _kind(suite: Suite) -> str:
    """`PSK` or `SRP`; empty for all others."""
    kind = suite.key_exchange[-3:]
    return kind if kind in _WHAT else ""
