"""Malformed requests are taken

## What it does
Reports `HttpProtocolOptions Unsafe` in force for hosts that requests reach.

## Why
httpd then takes request lines and headers that the standard forbids: stray control characters, blanks before a
colon, bare line feeds. A proxy in front may read them another way, which lets a client smuggle a second request past
it. `Strict` is the default since 2.4.25.

## Bad
### Written
```
Listen 80
HttpProtocolOptions Unsafe
#                   ^^^^^^ malformed requests to the main server are taken, and a proxy...
```

### In a virtual host
```
Listen 80
<VirtualHost *:80>
    ServerName old.example.org
    HttpProtocolOptions Unsafe LenientMethods Allow0.9
    #                   ^^^^^^ malformed requests to old.example.org (*:80) are taken...
</VirtualHost>
```

## Good
### The default in words
```
Listen 80
HttpProtocolOptions Strict LenientMethods Allow0.9
```

### The host has its own
```
Listen 80
HttpProtocolOptions Unsafe
<VirtualHost *:80>
    HttpProtocolOptions Strict
</VirtualHost>
```

## Fix
### Written
```
Listen 80
HttpProtocolOptions Strict
```

## References
RFC 9112 section 11.2; https://httpd.apache.org/docs/2.4/mod/core.html#httpprotocoloptions
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Argument,
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


@rule(
    code="SSL1416",
    name="http-protocol-unsafe",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#httpprotocoloptions",
    needs=("httpprotocoloptions",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    found: dict[Directive, list[VirtualHost]] = {}
    for host in server.hosts:
        line = _deciding(host.all("httpprotocoloptions")) if host.sockets or not server.is_complete else None
        if line is not None:
            found.setdefault(line, []).append(host)
    for line, hosts in found.items():
        word = _word(line)
        if word is not None and word.value.lower() == "unsafe":
            message = (
                f"malformed requests to {listing(hosts)} are taken, and a proxy in front may read them another way"
            )
            fix = context.fix("take well-formed requests only", replace(word, "Strict"))
            yield context.report(word, message, notes=assumption(line), fix=fix)


def _deciding(lines: list[Directive]) -> Directive | None:
    """The last line that says Strict or Unsafe."""
    return next((line for line in reversed(lines) if _word(line) is not None), None)


def _word(line: Directive) -> Argument | None:
    found = [word for word in line.arguments if word.value.lower() in ("strict", "unsafe")]
    return found[-1] if found else None
