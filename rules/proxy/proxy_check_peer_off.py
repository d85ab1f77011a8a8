"""The name or the expiry of a backend's certificate is not looked at

## What it does
Reports `SSLProxyCheckPeerName`, `SSLProxyCheckPeerCN` and `SSLProxyCheckPeerExpire` where they switch a
check off that httpd 2.4 does by default, for hosts that speak TLS to backends on other machines.

## Why
Without the check of the name any certificate of the trusted authority will do: that of a machine nearby
is as good as the backend's own. The lines are usually there because a certificate did not fit its name.

## Bad
### The name
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLProxyEngine on
    SSLProxyCheckPeerName off
    #                     ^^^ www.example.org (*:443) takes a certificate for any name
    ProxyPass /app https://app.internal.example/
</VirtualHost>
```

### The expiry
```
Listen 80
SSLProxyEngine on
SSLProxyCheckPeerExpire off
#                       ^^^ the main server takes certificates that are out of date
ProxyPass /app https://app.internal.example/
```

## Good
### Left on
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLProxyEngine on
    SSLProxyVerify require
    SSLProxyCACertificateFile /etc/ssl/internal-ca.pem
    SSLProxyCheckPeerName on
    ProxyPass /app https://app.internal.example/
</VirtualHost>
```

### The newer check has the say
```
Listen 80
SSLProxyEngine on
SSLProxyCheckPeerCN off
SSLProxyCheckPeerName on
ProxyPass /app https://app.internal.example/
```

### The machine itself
```
Listen 80
SSLProxyEngine on
SSLProxyCheckPeerName off
ProxyPass /app https://127.0.0.1:8443/
```

## Fix
### The name
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLProxyEngine on
    SSLProxyCheckPeerName on
    ProxyPass /app https://app.internal.example/
</VirtualHost>
```

The fix is unsafe: a backend whose certificate does not fit is not reached any more.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxycheckpeername; CWE-297
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Safety,
    Server,
    Severity,
    VirtualHost,
    assumption,
    listing,
    replace,
    rule,
)

from ._sides import tls_backends


@rule(
    code="SSL0812",
    name="proxy-check-peer-off",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxycheckpeername",
    whole_server=True,
    needs=("sslproxyengine",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    found: dict[tuple[Directive, str], list[VirtualHost]] = {}
    for one in tls_backends(server):
        for setting, what in (
            (one.side.checks_name, "a certificate for any name"),
            (one.side.checks_expiry, "certificates that are out of date"),
        ):
            line = setting.directive
            if line is not None and setting.value is False:
                hosts = found.setdefault((line, what), [])
                if one.side.host not in hosts:
                    hosts.append(one.side.host)
    for (line, what), hosts in found.items():
        yield context.report(
            line.arguments[0],
            f"{listing(hosts)} {'takes' if len(hosts) == 1 else 'take'} {what}",
            label="switched off",
            notes=assumption(line, hosts[0].condition),
            fix=context.fix("let it be looked at", replace(line.arguments[0], "on")),
        )
