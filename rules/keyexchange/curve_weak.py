"""A weak elliptic curve is offered for key exchange

## What it does
Reports curves of less than 256 bits in the lists of `SSLOpenSSLConfCmd Groups`, `Curves` and `ECDHParameters`, where
the host's versions and security level let clients use them.

## Why
The strength of a curve is half its length: P-192 gives 80 bits, which a state can break, P-224 and brainpoolP224r1 give
112, which NIST withdraws after 2030. No client needs them: all know P-256.

## Bad
### Among better ones
```
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519:P-224:P-256
    #                               ^^^^^ P-224 is offered to clients of www.example.org (*:443): 112 bits of security
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Far too short
```
#--- target: httpd=2.4.25 openssl=1.0.2
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Curves prime192v1:prime256v1
    #                        ^^^^^^^^^^ P-192 is offered to clients of *:443: 80 bits of security
</VirtualHost>
```

## Good
### Curves of today
```
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519:prime256v1:brainpoolP256r1:secp384r1
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The security level leaves it out
```
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519:P-192
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A list that does not count
```
Listen 443
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519:P-224
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### Among better ones
```
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519:P-256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Far too short
```
#--- target: httpd=2.4.25 openssl=1.0.2
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Curves prime256v1
</VirtualHost>
```

## Options
`bits`: curves that give fewer bits of security are reported; 128 by default.

## References
NIST SP 800-57 part 1 revision 5 table 2; RFC 9325 section 4.5
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, assumption, group_bits, rule

from ._groups import Listed, lists

_ENOUGH_FOR_NOW = 112


@rule(
    code="SSL0305",
    name="curve-weak",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.5",
    needs=("sslopensslconfcmd",),
    options={"bits": 128},
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    least = context.option("bits", int)
    for one in lists(server):
        line = one.offer.groups.directive
        for name in _usable(one):
            bits = group_bits(name)
            if bits >= least or name.startswith(("ffdhe", "MLKEM")):
                continue
            edits = one.without(name)
            yield context.report(
                one.spot(name) or one.argument,
                f"{name} is offered to clients of {one.whom}: {bits} bits of security",
                notes=assumption(line, one.hosts[0].condition),
                fix=context.fix("leave the curve out", *edits) if edits else None,
                severity=None if bits < _ENOUGH_FOR_NOW else Severity.WARNING,
            )


def _usable(one: Listed) -> list[str]:
    """The groups of a list that some client can use, in its order."""
    offer = one.offer
    usable = {name for version in offer.protocols for name in offer.groups_for(version.protocol)}
    return [name for name in offer.groups.names if name in usable]
