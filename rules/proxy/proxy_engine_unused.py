r"""SSLProxyEngine is on, and no backend speaks TLS

## What it does
Reports `SSLProxyEngine on` in a virtual host that names no backend with `https://`, `wss://` or `h2://`.

## Why
The line does nothing. It stands there from a template, or a backend was moved to plain HTTP, and suggests that
requests go on by TLS.

## Bad
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    SSLProxyEngine on
    #              ^^ www.example.org (*:80) has no backend that speaks TLS
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
```

## Good
### A backend by TLS
```
Listen 80
<VirtualHost *:80>
    SSLProxyEngine on
    ProxyPass / https://127.0.0.1:8443/
</VirtualHost>
```

### Where to is known only when a request comes
```
Listen 80
<VirtualHost *:80>
    SSLProxyEngine on
    RewriteEngine on
    RewriteMap backends txt:/dev/null
    RewriteRule ^/(\w+)/ ${backends:$1} [P]
</VirtualHost>
```

### For all hosts
```
Listen 80
SSLProxyEngine on
```

## Fix
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyengine
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Safety,
    Severity,
    VirtualHost,
    assumption,
    backends,
    delete_lines,
    rule,
    usable,
)

from ._sides import PLAIN

_ELSEWHERE = ("include", "includeoptional", "use", "proxyremote", "proxyexpressenable", "wlproxyssl")


@rule(
    code="SSL0823",
    name="proxy-engine-unused",
    severity=Severity.STYLE,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyengine",
    whole_server=True,
    needs=("sslproxyengine",),
    default=False,
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    lines = usable(host.own.get("sslproxyengine", ()))
    if host.is_main or not lines or lines[-1].keyword != "on":
        return
    owners = (host, host.server.main)
    if host.keyword("proxyrequests") == "on" or any(key in host.own for key in _ELSEWHERE):
        return
    if all(one.scheme in PLAIN for owner in owners for one in backends(owner)):
        yield context.report(
            lines[-1].arguments[0],
            f"{host.title} has no backend that speaks TLS",
            notes=assumption(lines[-1], host.condition),
            fix=context.fix("leave the line out", delete_lines(lines[-1])),
        )
