"""The authority signs no keys of this kind

## What it does
Reports curves in `MDPrivateKeys` that are weak, or that Let's Encrypt signs no certificates for: all but P-256 and
P-384.

## Why
mod_md makes a key for each kind and asks for a certificate for each. One that the authority refuses holds up all: the
order fails, and none is renewed.

## Bad
### A small curve
```
#--- live: no
Listen 80
MDomain www.example.org
MDPrivateKeys secp224r1 rsa3072
#             ^^^^^^^^^ Let's Encrypt signs no certificates for secp224r1: take P-256 or P-384
```

### A large one
```
#--- live: no
Listen 80
MDomain www.example.org
MDPrivateKeys P-521
#             ^^^^^ Let's Encrypt signs no certificates for P-521: take P-256 or P-384
```

## Good
### Common ones
```
#--- live: no
Listen 80
MDomain www.example.org
MDPrivateKeys secp256r1 secp384r1 rsa4096
```

### With blanks
```
#--- live: no
Listen 80
MDomain www.example.org
MDPrivateKeys RSA 3072
```

### Near miss: another authority
```
#--- live: no
Listen 80
MDomain www.example.org
MDCertificateAuthority https://ca.example.org/acme/directory
MDPrivateKeys P-521
```

## References
https://letsencrypt.org/docs/integration-guide/#supported-key-algorithms
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Server, Severity, assumption, rule

from ._managed import managed_domains

_FINE = frozenset({"default", "rsa", "p-256", "p256", "secp256r1", "prime256v1", "p-384", "p384", "secp384r1"})
_RSA = re.compile(r"(?:rsa[-_]?)?\d+", re.IGNORECASE)


@rule(
    code="SSL2105",
    name="md-key-refused",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://letsencrypt.org/docs/integration-guide/#supported-key-algorithms",
    needs=("mdprivatekeys",),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[Directive] = set()
    for domain in managed_domains(server):
        line = domain.setting("mdprivatekeys")
        if line is None or line in told or not domain.is_lets_encrypts or not domain.is_fetched:
            continue
        told.add(line)
        for word in line.arguments:
            if word.value.lower() not in _FINE and not _RSA.fullmatch(word.value):
                message = f"Let's Encrypt signs no certificates for {word.value}: take P-256 or P-384"
                yield context.report(word, message, notes=assumption(line))
