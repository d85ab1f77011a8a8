"""SSLVerifyDepth refuses the certificates that authorities have signed

## What it does
Reports `SSLVerifyDepth` in force with less than `least`, or with a text that is no number, where clients are asked
for certificates.

## Why
The depth is how many issuers may stand above a client's certificate. With 0 only self-signed certificates pass, and
every one that an authority has signed is refused. Of a text httpd takes the number that it begins with, else 0,
without a word.

## Bad
### None
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
    SSLVerifyDepth 0
    #              ^ only self-signed certificates of clients pass: those that an authority has signed need 1 at least
</VirtualHost>
```

### No number
```
Listen 443
SSLVerifyDepth two
#              ^^^ httpd takes this for 0, and only self-signed certificates of clients pass
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient optional
</VirtualHost>
```

## Good
### With an intermediate authority
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
    SSLVerifyDepth 2
</VirtualHost>
```

### Nobody is asked
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLVerifyDepth 0
</VirtualHost>
```

## Fix
### None
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
    SSLVerifyDepth 1
</VirtualHost>
```

The fix is unsafe: clients get in that did not before.

## Options
`least`: the smallest depth that is not reported, 1.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifydepth; `ssl_cmd_verify_depth_parse` in ssl_engine_config.c
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Safety,
    Server,
    Severity,
    all_scopes,
    assumption,
    leading_number,
    replace,
    rule,
)

from ._verifying import Asking, asking

_NUMBER = re.compile(r"\s*[+-]?\d+")


@rule(
    code="SSL0615",
    name="verify-depth",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifydepth",
    needs=("sslverifydepth",),
    options={"least": 1},
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    least = context.option("least", int)
    for line in dict.fromkeys(line for one in asking(server) for line in _depths(one)):
        word = line.arguments[0]
        number = _NUMBER.match(word.value)
        depth = leading_number(word.value)
        if depth >= least:
            continue
        what = f"httpd takes this for {depth}, and only self-signed certificates of clients pass"
        if number is not None:
            what = "only self-signed certificates of clients pass: those that an authority has signed need 1 at least"
            what = what if depth == 0 else f"a chain may have {depth} issuers, less than {least}"
        yield context.report(
            word,
            what,
            notes=assumption(line),
            fix=context.fix("let signed certificates pass", replace(word, str(max(least, 1)))),
        )


def _depths(one: Asking) -> Iterator[Directive]:
    """The lines on the depth that are in force where clients are asked."""
    for host in one.hosts:
        line = host.winner("sslverifydepth")
        if line is not None and line.arguments and not one.in_section:
            yield line
        for scope in all_scopes(host.own_scopes):
            inner = scope.last("sslverifydepth")
            if inner is not None and inner.arguments and one.line.parent is scope.section:
                yield inner
