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

## Fix
### The order of 2011
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLHonorCipherOrder on
    SSLCipherSuite AES128-SHA:HIGH:!aNULL:!MD5:!kRSA
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
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
    Fix,
    Outcome,
    Safety,
    Server,
    Severity,
    TlsOffer,
    clients,
    enumeration,
    rule,
    simulate,
)

from ._offering import Offering, excluding, has_tls13, having, mend
from ._secrecy import STATIC, exclusion
from ._weak import recommended


@rule(
    code="SSL0221",
    name="forward-secrecy-not-preferred",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.1",
    needs=("sslciphersuite", "sslopensslconfcmd"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    known: dict[object, list[Outcome]] = {}
    for one in having(server, lambda suite: suite.key_exchange in STATIC):
        if one.directive is None or not _may_lose(one.offer):
            continue
        key = _key(one.offer)
        if key not in known:
            known[key] = _losing(one.offer)
        if known[key]:
            yield _report(one, known[key], context)


def _report(one: Offering, losing: list[Outcome], context: Context) -> Diagnostic:
    chosen = {outcome.suite: None for outcome in losing if outcome.suite is not None}
    narrowed = Offering(one.offer, tuple(held for held in one.suites if held.suite in chosen), one.hosts)
    names = enumeration([suite.openssl_name for suite in chosen], 3)
    verb = "have" if len(set(one.hosts)) > 1 else "has"
    whose = enumeration([outcome.client.name for outcome in losing], 3)
    order = one.offer.honors_server_order.directive
    better = _has_better(one.offer)
    return context.report(
        narrowed.place(),
        f"{one.whom} {verb} current clients use {names}, without forward secrecy: {whose}",
        related=[(order, "the server's order counts")] if order is not None and better else [],
        notes=[] if better else ["No suite of the list has forward secrecy."],
        fix=_fix(one, context),
        severity=Severity.INFO if has_tls13(one.offer) else None,
    )


def _fix(one: Offering, context: Context) -> Fix | None:
    """Leave what has forward secrecy, or write a list that has."""
    if not _has_better(one.offer):
        value = recommended(one.offer)
    else:
        value = excluding(one.offer, {held.suite for held in one.suites}, exclusion)
    return mend(context, one, value, "exclude what is without") if value is not None else None


def _key(offer: TlsOffer) -> object:
    """What the outcome of a handshake depends on; equal lists of suites are one and the same object."""
    versions = tuple(one.protocol for one in offer.protocols)
    orders = offer.honors_server_order.value, offer.prefers_chacha.value
    return id(offer.suites), versions, orders, offer.groups.names, offer.curves, offer.signature_algorithms.value


def _has_better(offer: TlsOffer) -> bool:
    return any(one.suite.forward_secret for one in offer.suites)


def _may_lose(offer: TlsOffer) -> bool:
    """Whether a client can end up with less than it knows; cheap to ask."""
    return not _has_better(offer) or offer.honors_server_order.value is True


def _losing(offer: TlsOffer) -> list[Outcome]:
    """What the current clients get that ask for a host by its name, know forward secrecy, and do without."""
    chosen = (client for client in clients() if client.is_current and client.names_host and _knows_better(client))
    outcomes = (simulate(client, offer) for client in chosen)
    return [one for one in outcomes if one.connects and not one.forward_secret]


def _knows_better(client: Client) -> bool:
    """Whether a client has ECDHE suites for TLS 1.2 (RFC 5289, RFC 8422, RFC 7905)."""
    return any(code.upper().startswith(("C0", "CCA")) for code in client.ciphers)
