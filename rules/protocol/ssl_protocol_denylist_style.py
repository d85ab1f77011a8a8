"""SSLProtocol names what is not spoken, instead of what is

## What it does
Reports SSLProtocol lines that begin with `all` and take versions out. The rule runs only when it is selected, or by a
profile.

## Why
What such a line comes to depends on what httpd and OpenSSL know: with each new version of theirs something may come in
that nobody has looked at, and with each withdrawn one a word is missing. A line that switches everything off and names
what is wanted says the same on every machine.

## Bad
### What is left
```
Listen 443
SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^ names what is not spoken; what is: -all +TLSv1.2 +TLSv1.3
```

### For backends, with withdrawn versions
```
#--- target: debian-11
SSLProxyProtocol +all -SSLv3
#                ^^^^^^^^^^^ names what is not spoken, and leaves TLS 1.0 and TLS 1.1 switched on; better: -all +TLSv...
```

## Good
### What is wanted
```
Listen 443
SSLProtocol -all +TLSv1.2 +TLSv1.3
SSLProxyProtocol TLSv1.2
```

### Everything
```
Listen 443
SSLProtocol all
```

## Fix
### What is left
```
Listen 443
SSLProtocol -all +TLSv1.2 +TLSv1.3
```

### For backends, with withdrawn versions
```
#--- target: debian-11
SSLProxyProtocol -all +TLSv1.2 +TLSv1.3
```

## Limits
Where the line leaves withdrawn versions on, the fix takes them out, and is unsafe.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Safety,
    Severity,
    all_arguments,
    explicit,
    replace,
    rule,
    switch_on,
)

from ._offered import join
from ._rewriting import on_one_line, stands_as_written


@rule(
    code="SSL0118",
    name="ssl-protocol-denylist-style",
    severity=Severity.STYLE,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol",
    keys=("sslprotocol", "sslproxyprotocol"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = [word.lower() for word in directive.values]
    if len(words) < 2 or words[0] not in ("all", "+all") or not all(word[:1] == "-" for word in words[1:]):
        return
    enabled = switch_on(words, context.target)
    good = [protocol for protocol in enabled if not protocol.is_weak]
    weak = [protocol for protocol in enabled if protocol.is_weak]
    if not good:
        return
    value = explicit(good)
    place = all_arguments(directive)
    plain = stands_as_written(directive) and on_one_line(directive)
    safety = Safety.UNSAFE if weak else Safety.SAFE
    yield context.report(
        place,
        f"names what is not spoken, and leaves {join(weak)} switched on; better: {value}"
        if weak
        else f"names what is not spoken; what is: {value}",
        fix=context.fix("name what is spoken", replace(place, value), safety=safety) if plain else None,
    )
