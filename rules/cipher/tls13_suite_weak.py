"""TLS 1.3 is offered with a suite that does not encrypt, or whose tags are short

## What it does
Reports hosts that offer one of TLS 1.3's suites for machines: `TLS_SHA256_SHA256` and `TLS_SHA384_SHA384`, which do not
encrypt, and `TLS_AES_128_CCM_8_SHA256`, whose tags have 64 bits.

## Why
None of the three is in OpenSSL's own list: somebody has named it. The first two (RFC 9150) are for sensors that have
nothing to hide; everybody on the path reads along. CCM-8 is for radio networks in which each byte counts, and its
designers do not recommend it for anything else.

## Bad
### Short tags
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite TLSv1.3 TLS_AES_128_CCM_8_SHA256:TLS_AES_128_GCM_SHA256
    #                      ^^^^^^^^^^^^^^^^^^^^^^^^ www.example.org (*:443) offers a suite of TLS 1.3 with tags of 64...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### No encryption
```
#--- target: debian-13
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite DEFAULT:@SECLEVEL=0
    SSLOpenSSLConfCmd Ciphersuites TLS_SHA256_SHA256:TLS_AES_128_GCM_SHA256
    #                              ^^^^^^^^^^^^^^^^^ *:443 offers a suite of TLS 1.3 that does not encrypt
</VirtualHost>
```

## Good
### The three of everybody
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A security level that leaves it out
```
#--- target: debian-13
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_8_SHA256
</VirtualHost>
```

### CCM with whole tags
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_SHA256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### Short tags
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### No encryption
```
#--- target: debian-13
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite DEFAULT:@SECLEVEL=0
    SSLOpenSSLConfCmd Ciphersuites TLS_AES_128_GCM_SHA256
</VirtualHost>
```

## References
RFC 9150 (integrity only); RFC 8446 appendix B.4 and RFC 6655 section 6.1 (CCM-8)
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Edit,
    Protocol,
    Safety,
    Server,
    Severity,
    Span,
    Spot,
    Suite,
    TlsOffer,
    VirtualHost,
    assumption,
    listing,
    offers,
    part,
    rule,
)

_WEAK = {"None": "that does not encrypt", "AESCCM8": "with tags of 64 bits"}


@rule(
    code="SSL0206",
    name="tls13-suite-weak",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc8446#appendix-B.4",
    needs=("sslciphersuite", "sslopensslconfcmd"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    found: dict[object, tuple[TlsOffer, Suite, list[VirtualHost]]] = {}
    for host in server.hosts:
        if not host.is_tls:
            continue
        for offer in offers(host):
            line = offer.tls13.directive
            if line is None:
                continue
            for suite in offer.suites_for(Protocol.TLS1_3):
                if suite.cipher in _WEAK:
                    key = (line.source.path, line.start, suite.name)
                    found.setdefault(key, (offer, suite, []))[2].append(host)
    for offer, suite, hosts in found.values():
        place = _place(offer, suite)
        verb = "offers" if len(set(hosts)) == 1 else "offer"
        edits = _without(place)
        yield context.report(
            place,
            f"{listing(hosts)} {verb} a suite of TLS 1.3 {_WEAK[suite.cipher]}",
            notes=assumption(offer.tls13.directive, hosts[0].condition),
            fix=context.fix("take it out", *edits) if edits else None,
            severity=Severity.ERROR if suite.cipher == "None" else None,
        )


def _place(offer: TlsOffer, suite: Suite) -> Spot:
    """The suite's name in the list."""
    setting = offer.tls13
    assert setting.directive is not None
    assert setting.argument is not None
    start = max(0, setting.argument.value.upper().find(suite.name))
    return part(setting.directive, setting.argument, start, start + len(suite.name))


def _without(place: Spot) -> list[Edit]:
    """Take a name out, with the colon that parts it from its neighbour; nothing where it stands alone."""
    text, (start, end) = place.source.text, place.span
    if text[end : end + 1] == ":":
        return [Edit(place.source, Span(start, end + 1), "")]
    if text[start - 1 : start] == ":":
        return [Edit(place.source, Span(start - 1, end), "")]
    return []
