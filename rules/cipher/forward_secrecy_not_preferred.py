"""Clients that could have forward secrecy do not get it

## What it does
Tries the clients of today on each list that has suites with static RSA, and reports where some of them end up with such
a suite although they know others with forward secrecy: as the list has no others that they could use, or as the
server's order puts them behind.

## Why
With static RSA the client encrypts the session's secret with the key of the certificate. Who records the traffic and
later gets that key reads it all. A list that begins with `RC4-SHA` or `AES128-SHA` was advice against BEAST in 2011;
with SSLHonorCipherOrder it takes from every client what it has better.

## Bad
### The order of 2011
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLHonorCipherOrder on
    SSLCipherSuite AES128-SHA:HIGH:!aNULL:!MD5
    #              ^^^^^^^^^^ www.example.org (*:443) has current clients use AES128-SHA, without forward secrecy: An...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Nothing better in the list
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite AES256-GCM-SHA384:AES128-GCM-SHA256
    #              ^^^^^^^^^^^^^^^^^ *:443 has current clients use AES128-GCM-SHA256 and AES256-GCM-SHA384, without...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### The clients' order
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite HIGH:!aNULL:!MD5
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The server's order, with static RSA behind
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLHonorCipherOrder on
    SSLCipherSuite ECDHE+AESGCM:DHE+AESGCM:AES128-SHA
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Who has TLS 1.3 has forward secrecy
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    SSLCipherSuite AES128-SHA
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A list that is not in force
```
Listen 80
SSLHonorCipherOrder on
SSLCipherSuite AES128-SHA
```

## Limits
The clients are those that `sslint clients` knows as current. Where TLS 1.3 is offered, only the older of them are
concerned, and the finding is information.

## References
RFC 9325 section 4.1; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslhonorcipherorder
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Client,
    Context,
    Diagnostic,
    Outcome,
    Protocol,
    Server,
    Severity,
    TlsOffer,
    clients,
    enumeration,
    listing,
    rule,
    simulate,
    spot,
)

from ._offering import Offering, having
from ._secrecy import STATIC


@rule(
    code="SSL0221",
    name="forward-secrecy-not-preferred",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.1",
    needs=("sslciphersuite", "sslopensslconfcmd"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in having(server, lambda suite: suite.key_exchange in STATIC):
        if one.directive is None or not _may_lose(one.offer):
            continue
        losing = [outcome for outcome in _outcomes(one.offer) if not outcome.forward_secret]
        if not losing:
            continue
        chosen = {outcome.suite: None for outcome in losing if outcome.suite is not None}
        narrowed = Offering(one.offer, tuple(held for held in one.suites if held.suite in chosen), one.hosts)
        names = enumeration([suite.openssl_name for suite in chosen], 3)
        verb = "have" if len(set(one.hosts)) > 1 else "has"
        whose = enumeration([outcome.client.name for outcome in losing], 3)
        order = one.offer.honors_server_order.directive
        yield context.report(
            narrowed.place(),
            f"{listing(one.hosts)} {verb} current clients use {names}, without forward secrecy: {whose}",
            related=[(spot(order), "the server's order counts")]
            if order is not None and _has_better(one.offer)
            else [],
            notes=[] if _has_better(one.offer) else ["No suite of the list has forward secrecy."],
            severity=Severity.INFO if one.offer.suites_for(Protocol.TLS1_3) else None,
        )


def _has_better(offer: TlsOffer) -> bool:
    return any(one.suite.forward_secret for one in offer.suites)


def _may_lose(offer: TlsOffer) -> bool:
    """Whether a client can end up with less than it knows; cheap to ask."""
    return not _has_better(offer) or offer.honors_server_order.value is True


def _outcomes(offer: TlsOffer) -> Iterator[Outcome]:
    """What the current clients get that know suites with forward secrecy for the version that they get."""
    for client in clients():
        if client.is_current and _knows_better(client):
            outcome = simulate(client, offer)
            if outcome.connects and outcome.suite is not None and outcome.host is offer.host:
                yield outcome


def _knows_better(client: Client) -> bool:
    """Whether a client has ECDHE suites for TLS 1.2 (RFC 5289, RFC 8422, RFC 7905)."""
    return any(code.upper().startswith(("C0", "CCA")) for code in client.ciphers)
