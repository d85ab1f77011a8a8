"""A certificate that is valid for longer than browsers accept

## What it does
Compares how long a certificate is valid with the limit for public authorities at its day of issue: 825 days
from 2018-03-01, 398 from 2020-09-01, 200 from 2026-03-15, 100 from 2027-03-15, 47 from 2029-03-15.

## Why
Browsers refuse such a certificate if a public authority issued it. For one's own authority no limit holds,
but a key that leaks is of use for as long as the certificate.

## Bad
```
#--- pem: tls/www.pem=long.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate for www.example.org is valid for 397 days; public authorities...
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Good
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Limits
Which authority issued a certificate, a public one or one's own, is not known here.

## References
CA/Browser Forum ballot SC-081v3 (2025-04-11), Baseline Requirements section 6.3.2
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._uses import days, uses

LIMITS = (("2029-03-15", 47), ("2027-03-15", 100), ("2026-03-15", 200), ("2020-09-01", 398), ("2018-03-01", 825))
"""The most days that a certificate may be valid for if it was issued from a date on."""


@rule(
    code="SSL0417",
    name="cert-long-lived",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://cabforum.org/2025/04/11/ballot-sc081v3-introduce-schedule-of-reducing-validity-and-data-reuse-periods/",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server):
        one = use.pair.certificate
        if one is None or one.is_self_signed:
            continue
        limit = next(((begun, most) for begun, most in LIMITS if f"{one.not_before:%Y-%m-%d}" >= begun), None)
        lifetime = one.not_after - one.not_before
        if limit is not None and lifetime.total_seconds() > limit[1] * 86400:
            message = (f"the certificate for {one.title} is valid for {days(lifetime.days)}; public authorities may "
                       f"give {limit[1]} since {limit[0]}")  # fmt: skip
            yield context.report(use.pair.file.argument, message, label=f"sent by {use.whose}", notes=use.notes)
