"""A section asks clients for a certificate, which browsers do not answer in TLS 1.3

## What it does
Reports `SSLVerifyClient` in a section (or `.htaccess`) of a virtual host that offers TLS 1.3 and does not
ask for certificates in the handshake.

## Why
The server learns only from the request which section applies, so it has to ask for a certificate
afterwards. Up to TLS 1.2 that is a renegotiation. TLS 1.3 has none; in its place stands post-handshake
authentication, which browsers have never implemented and HTTP/2 forbids. Their users see a 403 or a broken
connection, while TLS 1.2 clients get in.

## Bad
### One folder for members
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCACertificateFile /etc/ssl/certs/members.pem
    <Location /members>
        SSLVerifyClient require
        #               ^^^^^^^ browsers do not answer this in TLS 1.3, which www.example.org (*:443) offers
    </Location>
</VirtualHost>
```

### A folder of the main server, which hosts inherit
```
Listen 443
<Directory /srv/members>
    SSLVerifyClient optional
    #               ^^^^^^^^ browsers do not answer this in TLS 1.3, which www.example.org (*:443) offers
</Directory>
<VirtualHost *:443>
    ServerName www.example.org
    DocumentRoot /srv
    SSLEngine on
</VirtualHost>
```

## Good
### Asked for in the handshake
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCACertificateFile /etc/ssl/certs/members.pem
    SSLVerifyClient optional
    <Location /members>
        SSLVerifyClient require
    </Location>
</VirtualHost>
```

### TLS 1.2 alone
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCACertificateFile /etc/ssl/certs/members.pem
    <Location /members>
        SSLVerifyClient require
    </Location>
</VirtualHost>
```

### Switched off for a section
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    <Location /public>
        SSLVerifyClient none
    </Location>
</VirtualHost>
```

## Limits
Programs that were built for it (curl, Python's ssl module with `post_handshake_auth`) do answer in
TLS 1.3 over HTTP/1.1.

## References
RFC 8446 section 4.6.2; RFC 8740; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifyclient
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
    listing,
    offers,
    rule,
)

_ASKS = frozenset({"require", "optional", "optional_no_ca", "on"})


@rule(
    code="SSL0611",
    name="per-dir-client-auth-tls13",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc8740",
    needs=("sslverifyclient",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    found: dict[Directive, list[VirtualHost]] = {}
    for host in server.tls_hosts:
        lines = list(_lines(host))
        if lines and any(_offers_in_vain(host)):
            for line in lines:
                found.setdefault(line, []).append(host)
    for line, hosts in found.items():
        verb = "offers" if len(hosts) == 1 else "offer"
        yield context.report(
            line.arguments[0],
            f"browsers do not answer this in TLS 1.3, which {listing(hosts)} {verb}",
            label="asks after the handshake",
            notes=["Ask in the handshake (SSLVerifyClient optional for the whole host), or offer TLS 1.2 alone.",
                   *assumption(line, hosts[0].condition)],
        )  # fmt: skip


def _lines(host: VirtualHost) -> Iterator[Directive]:
    """The lines in sections that ask for a certificate, the main server's included."""
    for one in dict.fromkeys((host.server.main, host)):
        for scope in all_scopes(one.own_scopes):
            line = scope.last("sslverifyclient")
            if line is not None and line.values and line.values[0].lower() in _ASKS:
                yield line


def _offers_in_vain(host: VirtualHost) -> Iterator[bool]:
    """For each offer, whether it has TLS 1.3 and its handshake asks for nothing."""
    for offer in offers(host):
        has_tls13 = any(one.protocol is Protocol.TLS1_3 for one in offer.protocols)
        yield has_tls13 and offer.verify_client.value == "none"
