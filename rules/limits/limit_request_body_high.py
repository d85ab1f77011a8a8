"""Large request bodies are taken

## What it does
Reports a `LimitRequestBody` above the limit, in force for hosts or in a section; 0 means any size.

## Why
A body of any size fills disks and memory of the application behind. Where uploads are meant, allow them in their
section alone. Up to httpd 2.4.53 there was no limit by default; from 2.4.54 on it is 1 GiB.

## Bad
### Any size
```
Listen 80
LimitRequestBody 0
#                ^ LimitRequestBody 0 takes bodies of any size, where 102400 bytes are the limit
```

### By default
```
Listen 80
#<^^^^^^^ httpd's default, LimitRequestBody 1073741824, takes bodies of 1073741824 bytes, where 102400...
```

### In a section
```
Listen 80
LimitRequestBody 102400
<Location /upload>
    LimitRequestBody 20971520
    #                ^^^^^^^^ LimitRequestBody 20971520 takes bodies of 20971520 bytes, where 102400...
</Location>
```

## Good
### Within the limit
```
Listen 80
LimitRequestBody 102400
```

## Fix
### Any size
```
Listen 80
LimitRequestBody 102400
```

## Options
`most`: the most bytes; 102400 by default, as CIS asks.

## References
CIS Apache HTTP Server 2.4 Benchmark 10.4; https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestbody
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    HttpdVersion,
    InForce,
    Reach,
    Safety,
    Server,
    Severity,
    number_of,
    rule,
)

from ._numbers import Number, numbers, report

_FIRST_WITH_LIMIT = HttpdVersion(2, 4, 54)


@rule(
    code="SSL1410",
    name="limit-request-body-high",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestbody",
    options={"most": 102400},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    most = context.option("most", int)
    default = 1073741824 if context.target.httpd >= _FIRST_WITH_LIMIT else 0
    for number in (*numbers(server, "LimitRequestBody", default), *_in_sections(server)):
        if number.value > most or number.value == 0:
            size = f"{number.value} bytes" if number.value else "any size"
            yield report(context, number, most, f"takes bodies of {size}, where {most} bytes are the limit")


def _in_sections(server: Server) -> Iterator[Number]:
    for owner, scope in Reach.of(server).scopes() if "limitrequestbody" in server.keys else ():
        line = scope.last("limitrequestbody")
        for word in line.arguments[:1] if line is not None else ():
            value = number_of(word.value)
            if line is not None and value is not None:
                yield Number(line.name, value, word, InForce(line, (owner,)))
