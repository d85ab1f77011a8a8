"""httpd offers withdrawn protocol versions to its backends

## What it does
Reports SSLv3, TLS 1.0 and TLS 1.1 in `SSLProxyProtocol`, where the target's OpenSSL really speaks them.

## Why
As a client httpd takes the newest version that the backend has, so old ones matter where a backend is
old, and then they matter as much as on the other side (RFC 8996). A backend that can't do better should be
known by name, in a `<Proxy>` section of its own.

## Bad
### Everything
```
#--- target: debian-11
Listen 80
SSLProxyEngine on
SSLProxyProtocol all -SSLv3
#                ^^^ the main server offers TLS 1.0 and TLS 1.1 to backends
ProxyPass /app https://app.internal.example/
```

### One backend
```
#--- target: httpd=2.4.58 openssl=1.1.1
Listen 80
SSLProxyEngine on
<Proxy https://old.internal.example/>
    SSLProxyProtocol TLSv1.1
    #                ^^^^^^^ the main server offers TLS 1.1 to https://old.internal.example/
</Proxy>
```

## Good
### TLS 1.2 and 1.3
```
#--- live: no
#--- target: debian-11
Listen 80
SSLProxyEngine on
SSLProxyProtocol -all +TLSv1.2 +TLSv1.3
ProxyPass /app https://app.internal.example/
```

### OpenSSL 3.1 and newer refuse the rest
```
#--- target: httpd=2.4.66 openssl=3.5.4
Listen 80
SSLProxyEngine on
SSLProxyProtocol all -SSLv3
ProxyPass /app https://app.internal.example/
```

### No TLS to backends
```
#--- live: no
#--- target: debian-11
Listen 80
SSLProxyProtocol all
ProxyPass /app http://app.internal.example/
```

## Fix
### Everything
```
#--- target: debian-11
Listen 80
SSLProxyEngine on
SSLProxyProtocol -all +TLSv1.2 +TLSv1.3
ProxyPass /app https://app.internal.example/
```

### One backend
```
#--- target: httpd=2.4.58 openssl=1.1.1
Listen 80
SSLProxyEngine on
<Proxy https://old.internal.example/>
    SSLProxyProtocol -all +TLSv1.2 +TLSv1.3
</Proxy>
```

## References
RFC 8996; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyprotocol
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Fix,
    ProxyOffer,
    Safety,
    Server,
    Severity,
    all_arguments,
    assumption,
    available_protocols,
    enumeration,
    explicit,
    proxy_sides,
    replace,
    rule,
    switch_on,
)


@rule(
    code="SSL0813",
    name="weak-proxy-protocol",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc8996",
    needs=("sslproxyprotocol",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if "sslproxyprotocol" not in server.keys:
        return
    told: set[Directive] = set()
    for side in proxy_sides(server):
        weak = [one for one in side.protocols if one.protocol.is_weak and one.argument is not None]
        line = weak[0].directive if weak else None
        if line is None or line in told or weak[0].argument is None:
            continue
        told.add(line)
        names = enumeration([one.protocol.label for one in weak])
        yield context.report(
            weak[0].argument,
            f"{side.host.title} offers {names} to {_whom(side)}",
            notes=assumption(line, side.host.condition),
            fix=_fix(line, context),
        )


def _fix(line: Directive, context: Context) -> Fix | None:
    """Leave the versions that are not weak; all of them where the line has none."""
    place = all_arguments(line)
    on_one_line = line.source.line(place.span.start) == line.source.line(place.span.end)
    if line.key != "sslproxyprotocol" or not on_one_line or not all(word.stands for word in line.arguments):
        return None
    good = {one for one in available_protocols(context.target) if not one.is_weak}
    kept = good.intersection(switch_on(line.values, context.target)) or good
    return context.fix("leave no weak version", replace(place, explicit(kept))) if kept else None


def _whom(side: ProxyOffer) -> str:
    return side.scope.argument if side.scope is not None else "backends"
