"""AJP to another machine without a secret

## What it does
Reports backends with `ajp://` on other machines without `secret=`.

## Why
AJP has neither encryption nor authentication: whoever reaches the backend's port may tell it that he is any user, and
read files of the application (CVE-2020-1938, "Ghostcat"). Tomcat has asked for a shared secret by default since
9.0.31 and 8.5.51; httpd knows `secret=` since 2.4.42.

## Bad
```
Listen 80
ProxyPass /app ajp://app.internal.example:8009/app
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ app.internal.example is spoken to by AJP without a secret...
```

## Good
### With a secret
```
Listen 80
ProxyPass /app ajp://app.internal.example:8009/app secret=3vl0hm
```

### The machine itself
```
Listen 80
ProxyPass /app ajp://localhost:8009/app
```

### A version that has none
```
#--- target: httpd=2.4.38 openssl=1.1.1
Listen 80
ProxyPass /app ajp://app.internal.example:8009/app
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass (secret); CVE-2020-1938
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, HttpdVersion, Severity, VirtualHost, assumption, backends, rule

_FIRST_WITH_SECRET = HttpdVersion(2, 4, 42)


@rule(
    code="SSL0824",
    name="ajp-without-secret",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass",
    needs=("proxypass", "balancermember", "proxypassmatch"),
    default=False,
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if context.target.httpd < _FIRST_WITH_SECRET:
        return
    for one in backends(host):
        parameters = [word.lower() for word in one.directive.values]
        if one.scheme == "ajp" and not one.is_here and not any(word.startswith("secret=") for word in parameters):
            yield context.report(
                one.argument,
                f"{one.machine} is spoken to by AJP without a secret: who reaches its port may claim to be any user",
                notes=assumption(one.directive, host.condition),
            )
