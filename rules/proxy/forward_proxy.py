"""The server is a forward proxy

## What it does
Reports `ProxyRequests On`, whoever may use it.

## Why
A web server that also fetches for its clients from anywhere is one more way into the network behind it. Baselines
ask for `Off`, the default; `ProxyPass` does not need it.

## Bad
```
Listen 80
ProxyRequests On
#             ^^ the server fetches for its clients from anywhere: ProxyPass does not need this
<Proxy *>
    Require ip 192.168
</Proxy>
```

## Good
### Off, as by default
```
Listen 80
ProxyRequests Off
ProxyPass / http://127.0.0.1:8080/
```

## Fix
```
Listen 80
ProxyRequests Off
<Proxy *>
    Require ip 192.168
</Proxy>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxyrequests; CIS Apache HTTP Server 2.4 Benchmark 2.6
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, replace, rule


@rule(
    code="SSL0818",
    name="forward-proxy",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxyrequests",
    keys=("proxyrequests",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if directive.keyword == "on":
        word = directive.arguments[0]
        yield context.report(
            word,
            "the server fetches for its clients from anywhere: ProxyPass does not need this",
            notes=assumption(directive),
            fix=context.fix("serve this site only", replace(word, "Off")),
        )
