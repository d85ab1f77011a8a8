"""Let's Encrypt refuses certificates that must be stapled

## What it does
Reports `MDMustStaple on` for managed domains (mod_md) whose certificates come from Let's Encrypt.

## Why
Let's Encrypt has ended OCSP: since 7 May 2025 it refuses every request for a certificate with the must-staple
extension, and answers no OCSP questions any more. The certificate that is there runs out, and no new one comes.

## Bad
### The default authority
```
#--- live: no
Listen 80
MDMustStaple on
#<^^^^^^^^^^^^^ Let's Encrypt refuses such certificates since May 2025: www.example.org gets none any more
MDomain www.example.org
```

## Good
### Another authority
```
#--- live: no
Listen 80
MDMustStaple on
MDCertificateAuthority https://ca.example.org/acme/directory
MDomain www.example.org
```

### Off
```
#--- live: no
Listen 80
MDMustStaple off
MDomain www.example.org
```

## Fix
### The default authority
```
#--- live: no
Listen 80
MDomain www.example.org
```

## References
https://letsencrypt.org/2024/12/05/ending-ocsp; https://httpd.apache.org/docs/2.4/mod/mod_md.html#mdmuststaple
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Server, Severity, assumption, delete_lines, rule

from ._managed import managed_domains


@rule(
    code="SSL2104",
    name="md-must-staple-refused",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://letsencrypt.org/2024/12/05/ending-ocsp",
    needs=("mdmuststaple",),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[Directive] = set()
    for domain in managed_domains(server):
        line = domain.setting("mdmuststaple")
        if line is None or line in told or line.keyword != "on":
            continue
        if domain.is_lets_encrypts and domain.is_fetched:
            told.add(line)
            message = f"Let's Encrypt refuses such certificates since May 2025: {domain.title} gets none any more"
            fix = context.fix("ask for certificates without it", delete_lines(line))
            yield context.report(line, message, notes=assumption(line), fix=fix)
