"""Backends are spoken to by TLS, but nobody checks who they are

## What it does
Reports backends on other machines that are reached by `https://` (or `wss://`) where `SSLProxyVerify`
is not `require`.

## Why
`SSLProxyVerify` is `none` unless it is set: httpd takes any certificate that has the right name and is not
out of date, whoever signed it. An attacker between httpd and the backend signs one himself and reads
everything. The encryption then protects against mere listeners only.

## Bad
### The default
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLProxyEngine on
    ProxyPass /app https://app.internal.example/
    #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ www.example.org (*:443) takes any certificate for an answer of app...
</VirtualHost>
```

### Optional means the same
```
Listen 80
SSLProxyEngine on
SSLProxyVerify optional
<Location /app>
    ProxyPass https://10.1.2.3:8443/
    #         ^^^^^^^^^^^^^^^^^^^^^^ the main server takes any certificate for an answer of 10.1.2.3
</Location>
```

### By a rewrite, which adds a path only
```
Listen 80
SSLProxyEngine on
RewriteEngine on
RewriteRule ^/(.*) https://app.internal.example/$1 [P]
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the main server takes any certificate for an answer of app...
```

### An authority is named for nothing
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLProxyEngine on
    SSLProxyCACertificateFile /etc/ssl/internal-ca.pem
    ProxyPass /app https://app.internal.example/
    #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ www.example.org (*:443) takes any certificate for an answer of app...
</VirtualHost>
```

## Good
### Verified
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLProxyEngine on
    SSLProxyVerify require
    SSLProxyCACertificateFile /etc/ssl/internal-ca.pem
    ProxyPass /app https://app.internal.example/
</VirtualHost>
```

### The machine itself
```
Listen 443
<VirtualHost *:443>
    SSLProxyEngine on
    ProxyPass /app https://localhost:8443/
    ProxyPass /sock unix:/run/app.sock|https://app/
</VirtualHost>
```

### Plain HTTP
```
Listen 80
SSLProxyEngine on
ProxyPass /app http://app.internal.example/
```

### A section of its own for the backend
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLProxyEngine on
    ProxyPass /app https://app.internal.example/
    <Proxy https://app.internal.example/>
        SSLProxyVerify require
        SSLProxyCACertificateFile /etc/ssl/internal-ca.pem
    </Proxy>
</VirtualHost>
```

## Fix
### An authority is named for nothing
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLProxyEngine on
    SSLProxyVerify require
    SSLProxyCACertificateFile /etc/ssl/internal-ca.pem
    ProxyPass /app https://app.internal.example/
</VirtualHost>
```

The fix is unsafe, since a backend whose certificate does not fit is not reached any more; and there is one only where
an authority is named, since nobody else can know whom to trust.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyverify; RFC 9325 section 3.5; CWE-295
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Fix,
    ProxyOffer,
    Safety,
    Server,
    Severity,
    assumption,
    insert_before,
    listing,
    replace,
    rule,
)

from ._sides import TlsBackend, tls_backends

_REQUIRE = "SSLProxyVerify require"


@rule(
    code="SSL0811",
    name="proxy-verify-none",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyverify",
    whole_server=True,
    needs=("sslproxyengine",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    found: dict[tuple[str, int], list[TlsBackend]] = {}
    for one in tls_backends(server):
        if one.side.verify.value != "require":
            argument = one.backend.argument
            found.setdefault((argument.source.path, argument.span.start), []).append(one)
    for group in found.values():
        backend, side = group[0]
        hosts = list(dict.fromkeys(one.side.host for one in group))
        verb = "takes" if len(hosts) == 1 else "take"
        yield context.report(
            backend.argument,
            f"{listing(hosts)} {verb} any certificate for an answer of {backend.machine}",
            label="not verified",
            related=[(side.verify.directive, "verification is set here")] if side.verify.directive is not None else [],
            notes=[
                "Write SSLProxyVerify require, and name the authority in SSLProxyCACertificateFile.",
                *assumption(backend.directive, hosts[0].condition),
            ],
            fix=_fix(side, context),
        )


def _fix(side: ProxyOffer, context: Context) -> Fix | None:
    """Ask for a certificate of the authority that is named; nobody could be reached without one."""
    named = [side.setting(f"sslproxycacertificate{kind}").directive for kind in ("file", "path")]
    authority = next((line for line in named if line is not None), None)
    if authority is None:
        return None
    line = side.verify.directive
    edit = replace(line.arguments[0], "require") if line is not None else insert_before(authority, _REQUIRE)
    return context.fix("ask for a certificate of the authority", edit)
