"""Diffie-Hellman with the 1024 bits that old versions of httpd have built in

## What it does
For httpd before 2.4.7 and 2.2.30, reports hosts that offer suites with ephemeral Diffie-Hellman (DHE) and were given
no parameters for it.

## Why
Such an httpd uses one prime of 1024 bits, whatever the certificate's key; since it is the same for everybody, breaking
it once opens all connections (Logjam), and a state can. Parameters in the certificate's file, or chosen by the size of
the key, came with 2.4.7 and 2.2.30.

## Bad
```
#--- target: httpd=2.4.6 openssl=1.0.1
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite EECDH+AESGCM:EDH+AESGCM
    #              ^^^^^^^^^^^^^^^^^^^^^^^ www.example.org (*:443) offers Diffie-Hellman with 1024 bits, built into h...
</VirtualHost>
```

## Good
### Without such suites
```
#--- target: httpd=2.4.6 openssl=1.0.1
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite EECDH+AESGCM
</VirtualHost>
```

### Later versions go by the key
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM:DHE+AESGCM
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Red Hat's 2.4.6 does so too
```
#--- target: rhel-7
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite EECDH+AESGCM:EDH+AESGCM
</VirtualHost>
```

## Limits
Parameters that somebody chose are `dh-params-weak`'s. What a distribution has changed in an old version is known of Red
Hat's alone.

## References
CVE-2015-4000 (Logjam); httpd's CHANGES for 2.4.7; RFC 9325 section 4.4
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    HttpdVersion,
    Place,
    Server,
    Severity,
    TlsOffer,
    VirtualHost,
    assumption,
    listing,
    offers,
    rule,
)

_FIRST_BY_KEY_SIZE = HttpdVersion(2, 4, 7)
_FIRST_2_2_BY_KEY_SIZE = HttpdVersion(2, 2, 30)
_ENOUGH = 2048


@rule(
    code="SSL0315",
    name="dhe-without-params",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.4",
    needs=("tls",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    version = server.target.httpd
    first = _FIRST_2_2_BY_KEY_SIZE if version.branch == "2.2" else _FIRST_BY_KEY_SIZE
    if version >= first or server.target.preset.startswith("rhel"):
        return
    found: dict[tuple[str, int], tuple[Place, TlsOffer, list[VirtualHost]]] = {}
    for host in server.hosts:
        if not host.is_tls:
            continue
        offer = offers(host)[0]
        if any(one.suite.key_exchange == "DH" for one in offer.suites) and (offer.dh.bits or _ENOUGH) < _ENOUGH:
            place = _place(offer)
            found.setdefault((place.source.path, place.span.start), (place, offer, []))[2].append(host)
    for place, offer, hosts in found.values():
        verb = "offers" if len(set(hosts)) == 1 else "offer"
        yield context.report(
            place,
            f"{listing(hosts)} {verb} Diffie-Hellman with {offer.dh.bits} bits, {offer.dh.why}",
            notes=[
                "Take the suites out (!EDH), or update httpd.",
                *assumption(offer.cipher.directive, hosts[0].condition),
            ],
        )


def _place(offer: TlsOffer) -> Place:
    """The cipher string; of a default, the word that switches TLS on."""
    argument = offer.cipher.argument
    return argument if argument is not None else offer.host.engine_place
