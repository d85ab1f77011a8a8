"""A list of groups shuts clients out

## What it does
Tries the clients of today on each TLS host with a list of groups (`SSLOpenSSLConfCmd Groups`, `Curves` or
`ECDHParameters`), and reports where some of them find no group in common with the server. A list of one group is the
usual case.

## Why
Without a common group no suite with ECDHE can be used, and the handshake fails: the client shows an error and nobody
sees why. Chrome does not know P-521, Internet Explorer 11 and Java up to 11 do not know X25519. All know P-256.

## Bad
### A group that browsers don't have
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    SSLOpenSSLConfCmd Groups P-521
    #                        ^^^^^ clients have no group in common with www.example.org (*:443), and can't connect: A...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### One that only the newer ones have
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    SSLOpenSSLConfCmd Curves X25519
    #                        ^^^^^^ clients have no group in common with *:443, and can't connect: Android 6.0, Andr...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### One that all have
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    SSLOpenSSLConfCmd Curves prime256v1
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A list with one that all have
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    SSLOpenSSLConfCmd Groups X25519:P-256:P-521
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### TLS 1.3 alone: who knows it knows P-384
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    SSLOpenSSLConfCmd Curves P-384
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### A group that browsers don't have
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    SSLOpenSSLConfCmd Groups P-521:P-256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### One that only the newer ones have
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    SSLOpenSSLConfCmd Curves X25519:P-256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Limits
The clients are those that `sslint clients` knows as current. Where none of them speaks TLS 1.3, the finding is
information.

## References
RFC 8422 section 5.1.1; RFC 9325 section 4.2.1 wants P-256 for everybody
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Fix,
    Protocol,
    Safety,
    Server,
    Severity,
    add_to,
    assumption,
    clients,
    enumeration,
    rule,
    simulate,
)

from ._groups import Listed, lists

_COMMON = "P-256"
"""Every client has it."""


@rule(
    code="SSL0312",
    name="groups-shut-clients-out",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.2.1",
    needs=("sslopensslconfcmd",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in lists(server):
        line = one.offer.groups.directive
        if line is None or _COMMON in one.offer.groups.names:
            continue
        outcomes = [simulate(client, one.offer) for client in clients() if client.is_current]
        lost = [outcome for outcome in outcomes if outcome.step == "group" and outcome.host is one.offer.host]
        if not lost:
            continue
        modern = any(outcome.client.highest is Protocol.TLS1_3 for outcome in lost)
        names = enumeration([outcome.client.name for outcome in lost], 3)
        yield context.report(
            one.argument,
            f"clients have no group in common with {one.whom}, and can't connect: {names}",
            notes=[f"Add {_COMMON}, which all clients know.", *assumption(line, one.hosts[0].condition)],
            fix=_fix(one, context),
            severity=None if modern else Severity.INFO,
        )


def _fix(one: Listed, context: Context) -> Fix | None:
    """Add the group that all have, where the line takes several."""
    last, line = one.spot(one.offer.groups.names[-1]), one.offer.groups.directive
    if last is None or line is None or line.values[0].lower() == "ecdhparameters":
        return None
    return context.fix(f"add {_COMMON}", add_to(one.argument, f":{_COMMON}"))
