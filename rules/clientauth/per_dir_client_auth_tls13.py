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

from sslint.api import Context, Diagnostic, Protocol, Server, Severity, VirtualHost, assumption, listing, offers, rule

from ._verifying import asking


@rule(
    code="SSL0611",
    name="per-dir-client-auth-tls13",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc8740",
    needs=("sslverifyclient",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in asking(server):
        hosts = [host for host in one.hosts if any(_offers_in_vain(host))] if one.in_section else []
        if hosts:
            verb = "offers" if len(hosts) == 1 else "offer"
            yield context.report(
                one.line.arguments[0],
                f"browsers do not answer this in TLS 1.3, which {listing(hosts)} {verb}",
                label="asks after the handshake",
                notes=["Ask in the handshake (SSLVerifyClient optional for the whole host), or offer TLS 1.2 alone.",
                       *assumption(one.line, hosts[0].condition)],
            )  # fmt: skip


def _offers_in_vain(host: VirtualHost) -> Iterator[bool]:
    """For each offer, whether it has TLS 1.3 and its handshake asks for nothing."""
    for offer in offers(host):
        has_tls13 = any(one.protocol is Protocol.TLS1_3 for one in offer.protocols)
        yield has_tls13 and offer.verify_client.value == "none"
