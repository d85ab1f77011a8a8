"""Certificates come from an authority that no browser trusts, or that is gone

## What it does
Reports `MDCertificateAuthority` with an authority's test server (`…staging…`, `LetsEncrypt-Test`), and with Let's
Encrypt's first interface, which was switched off in 2021.

## Why
Test servers are for trying out without limits: their certificates are signed by a root that nobody has, and every
visitor is warned. Of the interface that is gone no certificate comes at all, not even when the old one ends.

## Bad
### The test server
```
#--- live: no
Listen 80
MDCertificateAuthority https://acme-staging-v02.api.letsencrypt.org/directory
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is a test server: no browser trusts its...
MDomain www.example.org
```

### By its name
```
#--- live: no
Listen 80
<MDomainSet www.example.org>
    MDCertificateAuthority LetsEncrypt-Test
#                          ^^^^^^^^^^^^^^^^ is a test server: no browser trusts its certificates
</MDomainSet>
```

### Gone
```
#--- live: no
Listen 80
MDCertificateAgreement accepted
MDContactEmail admin@firm.example.net
MDCertificateAuthority https://acme-v01.api.letsencrypt.org/directory
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is gone since June 2021: no certificate is fetched
MDomain www.example.org
```

## Good
### The default, said
```
#--- live: no
Listen 80
MDCertificateAuthority https://acme-v02.api.letsencrypt.org/directory
MDomain www.example.org
```

## Fix
### Gone
```
#--- live: no
Listen 80
MDCertificateAgreement accepted
MDContactEmail admin@firm.example.net
MDCertificateAuthority https://acme-v02.api.letsencrypt.org/directory
MDomain www.example.org
```

## References
https://letsencrypt.org/docs/staging-environment/; https://community.letsencrypt.org/t/end-of-life-plan-for-acmev1/88430
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, replace, rule

from ._managed import LETS_ENCRYPT


@rule(
    code="SSL2103",
    name="md-authority-unfit",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://letsencrypt.org/docs/staging-environment/",
    keys=("mdcertificateauthority",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    for word in directive.arguments:
        name = word.value.lower()
        if name.startswith("https://acme-v01.api.letsencrypt.org"):
            fix = context.fix("use the interface of today", replace(word, LETS_ENCRYPT))
            message = "is gone since June 2021: no certificate is fetched"
            yield context.report(word, message, notes=assumption(directive), fix=fix)
        elif "staging" in name or name.endswith("-test") or "acme-stage" in name:
            message = "is a test server: no browser trusts its certificates"
            yield context.report(word, message, notes=assumption(directive))
