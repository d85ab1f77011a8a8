"""A hole in SSLProtocol cuts off every older version

## What it does
Reports a version that `SSLProtocol` or `SSLProxyProtocol` switches on below another that it leaves out.
It is reported for OpenSSL 1.1.0 and later.

## Why
From OpenSSL 1.1.0 on httpd hands the library a range, a newest and an oldest version, and nothing in
between can be left out. So it goes down from the newest version to the first hole, and drops what lies
below without a word. With OpenSSL 1.0.2 the same line offers all that it names: whoever upgrades loses
the old versions, and whoever reads the line believes that they are there.

## Bad
### One version is left out
```
SSLProtocol all -TLSv1.1 -SSLv3
#           ^^^ TLS 1.0 is switched on, but not offered: without TLS 1.1 the range ends at TLS 1.2
```

### Versions that are far apart
```
SSLProtocol TLSv1 +TLSv1.3
#           ^^^^^ TLS 1.0 is switched on, but not offered: without TLS 1.2 the range ends at TLS 1.3
```

### The proxy's side
```
SSLProxyProtocol +TLSv1.1 +TLSv1 +TLSv1.3
#                ^^^^^^^^^^^^^^^ TLS 1.0 and TLS 1.1 are switched on, but not offered: without TLS 1.2...
```

## Good
### A range
```
SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1
```

### An older library switches each version by itself
```
#--- target: httpd=2.4.25 openssl=1.0.2k
SSLProtocol all -TLSv1.1
```

### The newest version alone is left out
```
SSLProtocol all -TLSv1.3
```

## Fix
### One version is left out
```
SSLProtocol -all +TLSv1.2 +TLSv1.3
```

### Versions that are far apart
```
SSLProtocol -all +TLSv1.3
```

### The proxy's side
```
SSLProxyProtocol -all +TLSv1.3
```

The fix says what is offered; it brings nothing and takes nothing away.

## References
`ssl_init_ctx_protocol` in modules/ssl/ssl_engine_init.c;
https://docs.openssl.org/3.0/man3/SSL_CTX_set_min_proto_version/
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Protocol,
    Safety,
    Severity,
    all_arguments,
    explicit,
    replace,
    rule,
    spot,
    switch_on,
    without_gaps,
)

from ._offered import join
from ._rewriting import on_one_line, stands_as_written


@rule(
    code="SSL0112",
    name="ssl-protocol-gap",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol",
    keys=("sslprotocol", "sslproxyprotocol"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    enabled = switch_on(directive.values, context.target)
    kept = without_gaps(enabled, context.target)
    lost = [protocol for protocol in enabled if protocol not in kept]
    if not lost:
        return
    lowest = min(kept)
    missing = max(protocol for protocol in Protocol if protocol < lowest)
    places = sorted({enabled[protocol] for protocol in lost})
    together = places == list(range(places[0], places[-1] + 1))
    arguments = directive.arguments
    plain = stands_as_written(directive) and on_one_line(directive)
    yield context.report(
        spot(directive, arguments[places[0]], arguments[places[-1] if together else places[0]]),
        f"{join(lost)} {'is' if len(lost) == 1 else 'are'} switched on, but not offered: "
        f"without {missing.label} the range ends at {lowest.label}",
        notes=["OpenSSL 1.0.2 and older offer what the line names, hole or not."],
        fix=context.fix("say what is offered", replace(all_arguments(directive), explicit(kept))) if plain else None,
    )
