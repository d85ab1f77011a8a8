"""A list of groups leaves out the hybrid ones that withstand quantum computers

## What it does
Where the target's OpenSSL (3.5 and later) has key exchange with ML-KEM, reports lists of groups of TLS 1.3 hosts
without any. The rule runs only when it is selected, or by a profile.

## Why
What is recorded today can be opened by a quantum computer later. `X25519MLKEM768` joins a key exchange that withstands
one with X25519, so that nothing is lost if the new one turns out weak. Chrome, Firefox and Safari send it by default;
OpenSSL 3.5 takes it by default: only the list that was written before keeps it out.

## Bad
```
#--- target: debian-13
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519:P-256
    #                        ^^^^^^^^^^^^ leaves www.example.org (*:443) without a hybrid group, which OpenSSL 3.5.4...
</VirtualHost>
```

## Good
### In the list
```
#--- target: debian-13
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519MLKEM768:X25519:P-256
</VirtualHost>
```

### No list: the library has it by default
```
#--- target: debian-13
Listen 443
<VirtualHost *:443>
    SSLEngine on
</VirtualHost>
```

### An older library, or an older version
```
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519:P-256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### TLS 1.2 does not know such groups
```
#--- target: debian-13
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLOpenSSLConfCmd Groups X25519:P-256
</VirtualHost>
```

## Fix
```
#--- target: debian-13
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519MLKEM768:X25519:P-256
</VirtualHost>
```

## References
draft-ietf-tls-ecdhe-mlkem; https://wiki.mozilla.org/Security/Server_Side_TLS version 6.0
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
    assumption,
    expand_group_list,
    rule,
)

from ._groups import Listed, lists

_HYBRID = "X25519MLKEM768"


@rule(
    code="SSL0313",
    name="pq-group-missing",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://datatracker.ietf.org/doc/draft-ietf-tls-ecdhe-mlkem/",
    needs=("sslopensslconfcmd",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not expand_group_list(_HYBRID, server.target):
        return
    for one in lists(server):
        line, names = one.offer.groups.directive, one.offer.groups.names
        has_tls13 = any(offered.protocol is Protocol.TLS1_3 for offered in one.offer.protocols)
        if line is None or not has_tls13 or any("MLKEM" in name for name in names):
            continue
        edits = _added(one)
        yield context.report(
            one.argument,
            f"leaves {one.whom} without a hybrid group, which OpenSSL {server.target.openssl} has and browsers ask for",
            notes=assumption(line, one.hosts[0].condition),
            fix=context.fix(f"put {_HYBRID} first", *edits) if edits else None,
        )


def _added(one: Listed) -> list[Edit]:
    """The edit that puts the group in front; nothing where the line takes a single one."""
    first = one.spot(one.offer.groups.names[0])
    line = one.offer.groups.directive
    if first is None or line is None or line.values[0].lower() == "ecdhparameters":
        return []
    begin = one.argument.span.start + len(one.argument.word.quote)
    return [Edit(one.argument.source, Span(begin, begin), f"{_HYBRID}:")]
