"""SSLEngine optional lets an attacker take the connection over, or means off

## What it does
Reports `SSLEngine optional`.

## Why
It upgraded plain HTTP connections to TLS in midstream (RFC 2817). No browser ever did that, and an
attacker on the path could use it to slip his own requests into a session (CVE-2025-49812). httpd 2.4.64
took it out: since then it means `off`, with nothing but a notice in the log (AH10510).

## Bad
### A current httpd
```
Listen 80
<VirtualHost *:80>
    SSLEngine optional
    #         ^^^^^^^^ means off since httpd 2.4.64
</VirtualHost>
```

### An older one
```
#--- target: httpd=2.4.58 openssl=3.0
Listen 80
<VirtualHost *:80>
    SSLEngine optional
    #         ^^^^^^^^ lets an attacker on the path take sessions over (CVE-2025-49812)
</VirtualHost>
```

## Good
### On or off
```
Listen 80
<VirtualHost *:80>
    SSLEngine off
</VirtualHost>
```

## Fix
### A current httpd
```
Listen 80
<VirtualHost *:80>
    SSLEngine off
</VirtualHost>
```

### An older one
```
#--- target: httpd=2.4.58 openssl=3.0
Listen 80
<VirtualHost *:80>
    SSLEngine off
</VirtualHost>
```

## References
CVE-2025-49812; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslengine
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, HttpdVersion, Safety, Severity, replace, rule

_GONE = HttpdVersion(2, 4, 64)


@rule(
    code="SSL0914",
    name="ssl-engine-optional",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://nvd.nist.gov/vuln/detail/CVE-2025-49812",
    keys=("sslengine",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    arguments = directive.arguments
    if not arguments or arguments[0].value.lower() != "optional":
        return
    gone = context.target.httpd >= _GONE
    yield context.report(
        arguments[0],
        "means off since httpd 2.4.64" if gone else "lets an attacker on the path take sessions over (CVE-2025-49812)",
        fix=context.fix("switch it off", replace(arguments[0], "off")),
        severity=Severity.WARNING if gone else None,
    )
