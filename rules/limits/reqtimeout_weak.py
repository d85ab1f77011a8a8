"""Requests may arrive slowly

## What it does
Reports a `RequestReadTimeout` that switches the time for headers or bodies off, or allows more than the limit.

## Why
The time for header and body is what ends connections of clients that send them byte by byte to use up all workers
(the Slowloris attack).

## Bad
### Switched off
```
Listen 80
RequestReadTimeout header=0 body=20
#                  ^^^^^^^^ the header of a request may take any time, where 40 seconds are the limit
```

### Longer than the limit
```
Listen 80
RequestReadTimeout header=20-120,MinRate=500 body=60
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^ the header of a request may take 120 seconds...
#                                            ^^^^^^^ the body of a request may take 60 seconds, where...
```

### A rate without an end
```
Listen 80
RequestReadTimeout header=20,MinRate=1
#                  ^^^^^^^^^^^^^^^^^^^ the header of a request may take any time...
```

## Good
### The defaults in words
```
Listen 80
RequestReadTimeout header=20-40,MinRate=500 body=20,MinRate=500
```

### A later line stands
```
Listen 80
RequestReadTimeout header=0
RequestReadTimeout header=10
```

## Options
`header`, `body`: the most seconds; 40 and 20 by default, as CIS asks.

## References
CIS Apache HTTP Server 2.4 Benchmark 9.5 and 9.6; DISA STIG V-214258; https://httpd.apache.org/docs/2.4/mod/mod_reqtimeout.html#requestreadtimeout
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Argument,
    Context,
    Diagnostic,
    Directive,
    Server,
    Severity,
    assumption,
    leading_number,
    rule,
)

_PART = re.compile(r"(header|body)=(\d+)(?:-(\d+))?(,minrate=\d+)?", re.IGNORECASE)


@rule(
    code="SSL1406",
    name="reqtimeout-weak",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_reqtimeout.html#requestreadtimeout",
    needs=("requestreadtimeout",),
    options={"header": 40, "body": 20},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[tuple[Directive, str]] = set()
    for host in server.hosts:
        if not host.sockets and server.is_complete:
            continue
        for part, (line, argument, seconds) in _parts(host.all("requestreadtimeout")).items():
            most = context.option(part, int)
            if (line, part) in told or 0 < seconds <= most:
                continue
            told.add((line, part))
            time = f"{seconds} seconds" if seconds else "any time"
            message = f"the {part} of a request may take {time}, where {most} seconds are the limit"
            yield context.report(argument, message, notes=assumption(line))


def _parts(lines: list[Directive]) -> dict[str, tuple[Directive, Argument, int]]:
    """What is in force for header and body, with the longest time; 0 where there is no end."""
    found: dict[str, tuple[Directive, Argument, int]] = {}
    for line in lines:
        for argument in line.arguments:
            match = _PART.fullmatch(argument.value)
            if match is not None:
                part = match[1].lower()
                found[part] = (line, argument, _longest(part, match))
    return found


def _longest(part: str, match: re.Match[str]) -> int:
    """The longest time; a rate without an upper end gives the header any, while a body may be of any length anyhow."""
    if match[3] is not None:
        return leading_number(match[3])
    return 0 if match[4] and part == "header" else leading_number(match[2])
