"""A session cache that loses sessions under load

## What it does
Reports `SSLSessionCache` and `SSLStaplingCache` of the kind `dbm:`, and `shmcb:` with less room than `least` bytes.

## Why
A `dbm:` cache is a file that all processes lock and write; the documentation itself warns that it "may suffer
reliability issues under high load", and tools for it have left the distributions. A shared memory cache of a few
thousand bytes holds a few dozen sessions: what is thrown out of it takes a whole handshake again.

## Bad
### A file
```
#--- live: no
SSLSessionCache dbm:/var/cache/apache2/ssl_scache
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is a file that all processes lock: it loses sessions under load...
```

### A tiny one
```
#--- live: no
SSLSessionCache shmcb:/var/cache/apache2/ssl_scache(10000)
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has room for about 66 sessions: 512000 bytes are usual
```

## Good
### What httpd's own configuration has
```
#--- live: no
SSLSessionCache "shmcb:/var/cache/apache2/ssl_scache(512000)"
SSLStaplingCache "shmcb:/var/cache/apache2/ssl_stapling(32768)"
```

### Its default size, none, or a server for it
```
#--- live: no
SSLSessionCache shmcb:/var/cache/apache2/ssl_scache
SSLStaplingCache memcache:127.0.0.1:11211
```

## Fix
### A file
```
#--- live: no
SSLSessionCache shmcb:/var/cache/apache2/ssl_scache(512000)
```

### A tiny one
```
#--- live: no
SSLSessionCache shmcb:/var/cache/apache2/ssl_scache(512000)
```

The fix needs mod_socache_shmcb, and is therefore not safe.

## Options
`least`: the smallest number of bytes for `shmcb:` that is not reported, 32768.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsessioncache; `socache_shmcb_create` in mod_socache_shmcb.c
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, leading_number, replace, rule

_SHARED = re.compile(r"shmcb:(?P<path>[^()]*)\((?P<size>\d+)\)$", re.IGNORECASE)
_SESSION = 150
"""Bytes that a session takes up in a cache, as the documentation of mod_ssl reckons."""


@rule(
    code="SSL0517",
    name="session-cache-obsolete",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsessioncache",
    keys=("sslsessioncache", "sslstaplingcache"),
    options={"least": 32768},
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if not directive.arguments or context.target.httpd.is_old:
        return
    word = directive.arguments[0]
    kind, _, path = word.value.partition(":")
    tiny = _SHARED.match(word.value)
    if kind.lower() == "dbm":
        what = "is a file that all processes lock: it loses sessions under load, which shmcb: does not"
    elif tiny is not None and leading_number(tiny["size"]) < context.option("least", int):
        what, path = (
            f"has room for about {leading_number(tiny['size']) // _SESSION} sessions: 512000 bytes are usual",
            tiny["path"],
        )
    else:
        return
    yield context.report(
        word,
        what,
        notes=assumption(directive),
        fix=context.fix("use a shared memory cache", replace(word, f"shmcb:{path}(512000)")),
    )
