"""A section asks for cipher suites of its own, which TLS 1.3 and HTTP/2 do not know

## What it does
Reports `SSLCipherSuite` in a section (or `.htaccess`) of a TLS host.

## Why
Which section applies is known when the request has been read: then the suites have long been agreed on. Up to
TLS 1.2 httpd renegotiates, if the client lets it: a second handshake for each request, an old target of attacks,
and forbidden in HTTP/2. In TLS 1.3 there is no renegotiation, and httpd leaves the line aside without a word.

## Bad
### Strong suites for a part of the site
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location /bank>
        SSLCipherSuite HIGH:!SHA1
        #              ^^^^^^^^^^ clients of www.example.org (*:443) that speak TLS 1.3 are not held to this, and the...
    </Location>
</VirtualHost>
```

### Without TLS 1.3
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location /bank>
        SSLCipherSuite HIGH:!SHA1
        #              ^^^^^^^^^^ clients of www.example.org (*:443) must renegotiate: a second handshake for each...
    </Location>
</VirtualHost>
```

## Good
### For the whole host
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite HIGH:!SHA1
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A host without TLS
```
Listen 80
<VirtualHost *:80>
    <Location /bank>
        SSLCipherSuite HIGH:!SHA1
    </Location>
</VirtualHost>
```

## References
RFC 8446 section 4.1.2; RFC 9113 section 9.2.1; `ssl_hook_Access` in ssl_engine_kernel.c. Tried on httpd 2.4.71.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Protocol,
    Server,
    Severity,
    VirtualHost,
    all_scopes,
    assumption,
    host_scopes,
    listing,
    offers,
    rule,
)


@rule(
    code="SSL0524",
    name="per-dir-cipher-reneg",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc9113#section-9.2.1",
    needs=("sslciphersuite",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    found: dict[Directive, list[VirtualHost]] = {}
    for host in server.tls_hosts if "sslciphersuite" in server.keys else ():
        for scope in all_scopes(host_scopes(host)):
            line = scope.last("sslciphersuite")
            if line is not None and line.arguments:
                found.setdefault(line, []).append(host)
    for line, hosts in found.items():
        tls13 = any(one.protocol is Protocol.TLS1_3 for host in hosts for one in offers(host)[0].protocols)
        what = (
            "that speak TLS 1.3 are not held to this, and the others must renegotiate"
            if tls13
            else "must renegotiate: a second handshake for each request, which HTTP/2 forbids"
        )
        yield context.report(
            line.arguments[-1],
            f"clients of {listing(hosts)} {what}; set the suites for the whole host",
            label="after the handshake",
            notes=assumption(line, hosts[0].condition),
        )
