"""Revocation lists are named, but never looked at

## What it does
Reports `SSLCARevocationFile` and `SSLCARevocationPath` (and those of the proxy side) where
`SSLCARevocationCheck` is not set, or is `none`.

## Why
Up to httpd 2.2 naming a revocation list was enough. Since 2.4 it is read and then ignored unless
`SSLCARevocationCheck` says `leaf` or `chain`: revoked certificates are let in, and nothing but one
warning at the start tells (AH01902). Configurations that came from 2.2 are the usual victims.

## Bad
### From the days of 2.2
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLVerifyClient require
    SSLCACertificateFile /etc/ssl/ca.pem
    SSLCARevocationFile /etc/ssl/crl.pem
    #                   ^^^^^^^^^^^^^^^^ is never looked at: SSLCARevocationCheck is none
</VirtualHost>
```

### Set to none
```
Listen 443
SSLCARevocationCheck none
<VirtualHost *:443>
    SSLEngine on
    SSLCARevocationPath /etc/ssl/crl/
    #                   ^^^^^^^^^^^^^ is never looked at: SSLCARevocationCheck is none
</VirtualHost>
```

### For backends
```
SSLProxyCARevocationFile /etc/ssl/crl.pem
#                        ^^^^^^^^^^^^^^^^ is never looked at: SSLProxyCARevocationCheck is none
```

## Good
### Checked
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCARevocationCheck chain
    SSLCARevocationFile /etc/ssl/crl.pem
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The main server says so
```
Listen 443
SSLCARevocationCheck leaf
<VirtualHost *:443>
    SSLEngine on
    SSLCARevocationFile /etc/ssl/crl.pem
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### httpd 2.2 checks whatever is named
```
#--- target: httpd=2.2.34 openssl=1.0.2
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCARevocationFile /etc/ssl/crl.pem
</VirtualHost>
```

## Fix
### From the days of 2.2
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLVerifyClient require
    SSLCACertificateFile /etc/ssl/ca.pem
    SSLCARevocationCheck chain
    SSLCARevocationFile /etc/ssl/crl.pem
</VirtualHost>
```

### For backends
```
SSLProxyCARevocationCheck chain
SSLProxyCARevocationFile /etc/ssl/crl.pem
```

## Limits
The fix is unsafe: with `chain` every certificate of the chain needs a list that is not out of date, or
clients are refused.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcarevocationcheck
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Severity, VirtualHost, assumption, insert_before, rule

_SIDES = (
    ("SSLCARevocationCheck", ("sslcarevocationfile", "sslcarevocationpath")),
    ("SSLProxyCARevocationCheck", ("sslproxycarevocationfile", "sslproxycarevocationpath")),
)


@rule(
    code="SSL0612",
    name="crl-without-check",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcarevocationcheck",
    needs=("sslcarevocationfile", "sslcarevocationpath", "sslproxycarevocationfile", "sslproxycarevocationpath"),
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if context.target.httpd.is_old:
        return
    for name, keys in _SIDES:
        chosen = host.setting(name.lower())
        word = chosen.value[0].value.lower() if chosen.value else "none"
        if word != "none" or (not chosen.known and not host.is_main):
            continue
        for key in keys:
            lines = [one for one in host.own.get(key, ()) if one is host.winner(key)]
            for line in lines:
                fixable = chosen.directive is None
                yield context.report(
                    line.arguments[0],
                    f"is never looked at: {name} is none",
                    label="ignored",
                    related=[(chosen.directive, "switched off here")] if chosen.directive is not None else [],
                    notes=assumption(line, host.condition),
                    fix=context.fix("check the whole chain", insert_before(line, f"{name} chain")) if fixable else None,
                )
