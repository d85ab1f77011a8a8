"""One request may ask for any number of ranges

## What it does
Reports `unlimited` in `MaxRanges`, `MaxRangeOverlaps` and `MaxRangeReversals`.

## Why
Each range of a file that a request asks for is a part of the answer that httpd keeps in memory. Requests with a
thousand overlapping ranges brought servers down in 2011 (CVE-2011-3192); the limits were the answer to that.

## Bad
### Any number
```
Listen 80
MaxRanges unlimited
#         ^^^^^^^^^ MaxRanges unlimited lets one request ask for any number of ranges, each of which takes memory...
```

## Good
### The default in words
```
Listen 80
MaxRanges default
MaxRangeOverlaps 20
```

### None at all
```
Listen 80
MaxRanges none
```

## Fix
### Any number
```
Listen 80
MaxRanges default
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#maxranges; https://httpd.apache.org/security/CVE-2011-3192.txt
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, replace, rule

_WHAT = {"maxranges": "ranges", "maxrangeoverlaps": "overlapping ranges", "maxrangereversals": "ranges out of order"}


@rule(
    code="SSL1412",
    name="range-unlimited",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#maxranges",
    keys=("maxranges", "maxrangeoverlaps", "maxrangereversals"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    for word in directive.arguments[:1]:
        if word.value.lower() == "unlimited":
            what = _WHAT[directive.key]
            message = (
                f"{directive.name} unlimited lets one request ask for any number of {what}, each of which takes memory"
            )
            fix = context.fix("write default", replace(word, "default"))
            yield context.report(word, message, notes=assumption(directive), fix=fix)
