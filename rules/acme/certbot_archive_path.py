"""A certificate of certbot is named by its number: it is never renewed here

## What it does
Reports `SSLCertificateFile`, `SSLCertificateKeyFile` and the like with a file below `/etc/letsencrypt/archive/`.

## Why
certbot writes each new certificate into a file with the next number, and lets the link in `live/` point to it. Who
names `archive/…/cert1.pem` stays with the first one: after ninety days it has run out, though certbot has renewed it.

## Bad
### The first certificate for ever
```
#--- live: no
SSLCertificateFile /etc/letsencrypt/archive/www.example.org/fullchain1.pem
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ stays the same when certbot renews:...
```

## Good
### The link
```
#--- live: no
SSLCertificateFile /etc/letsencrypt/live/www.example.org/fullchain.pem
SSLCertificateKeyFile /etc/letsencrypt/live/www.example.org/privkey.pem
```

## Fix
### The first certificate for ever
```
#--- live: no
SSLCertificateFile /etc/letsencrypt/live/www.example.org/fullchain.pem
```

The fix is unsafe: the newest certificate may differ from the one that is named.

## References
https://eff-certbot.readthedocs.io/en/stable/using.html#where-are-my-certificates
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, rule, set_value

_ARCHIVE = re.compile(r"(.*/letsencrypt)/archive/([^/]+)/(cert|chain|fullchain|privkey)\d+\.pem\Z")


@rule(
    code="SSL2108",
    name="certbot-archive-path",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://eff-certbot.readthedocs.io/en/stable/using.html#where-are-my-certificates",
    keys=("sslcertificatefile", "sslcertificatekeyfile", "sslcertificatechainfile"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if "/archive/" not in directive.text:
        return
    for word in directive.arguments[:1]:
        found = _ARCHIVE.match(word.value)
        if found:
            link = f"{found.group(1)}/live/{found.group(2)}/{found.group(3)}.pem"
            yield context.report(
                word,
                f"stays the same when certbot renews: name the link in live/{found.group(2)}/",
                notes=assumption(directive),
                fix=context.fix("name the link", set_value(word, link)),
            )
