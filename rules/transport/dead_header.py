"""A response header that browsers have dropped, or that does harm

## What it does
Reports headers that are set and that no current browser heeds, or only older ones to the users' harm:
`Public-Key-Pins`, `Expect-CT`, `X-XSS-Protection` (unless 0), `P3P`, `X-UA-Compatible`, `X-WebKit-CSP`,
`X-Content-Security-Policy`, `Feature-Policy`.

## Why
They cost bytes in every response and give a feeling of safety that nothing stands behind.
`Public-Key-Pins` could lock visitors out for months; `X-XSS-Protection: 1` opened holes in the browsers that
had it. Each has a successor or none is needed.

## Bad
### Pins
```
Header always set Public-Key-Pins 'pin-sha256="AAAA"; max-age=5184000'
#                 ^^^^^^^^^^^^^^^ has been dropped by all browsers, and locked visitors out before
```

### The filter against scripts
```
Header set X-XSS-Protection "1; mode=block"
#          ^^^^^^^^^^^^^^^^ opened holes in the browsers that had it: use Content-Security-Policy
```

### For Internet Explorer
```
Header set X-UA-Compatible "IE=edge"
#          ^^^^^^^^^^^^^^^ was for Internet Explorer, which is gone
```

## Good
### Headers of today
```
Header always set Content-Security-Policy "default-src 'self'"
Header always set Permissions-Policy "geolocation=()"
```

### Switched off
```
Header always set X-XSS-Protection "0"
Header always unset Public-Key-Pins
```

## Fix
### Pins
```
```

### The filter against scripts
```
```

### For Internet Explorer
```
```

## References
https://developer.mozilla.org/docs/Web/HTTP/Headers; RFC 9163 (Expect-CT, made historic)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, delete_lines, header_line, rule

_DEAD = {
    "public-key-pins": "has been dropped by all browsers, and locked visitors out before",
    "public-key-pins-report-only": "has been dropped by all browsers",
    "expect-ct": "has been dropped by all browsers: they check certificates' transparency by themselves",
    "x-xss-protection": "opened holes in the browsers that had it: use Content-Security-Policy",
    "p3p": "was for Internet Explorer, which is gone",
    "x-ua-compatible": "was for Internet Explorer, which is gone",
    "x-webkit-csp": "is read by no browser any more: use Content-Security-Policy",
    "x-content-security-policy": "is read by no browser any more: use Content-Security-Policy",
    "feature-policy": "has been replaced by Permissions-Policy",
}

_MENTIONS = re.compile("|".join(_DEAD), re.IGNORECASE)


@rule(
    code="SSL1013",
    name="dead-header",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://developer.mozilla.org/docs/Web/HTTP/Headers",
    keys=("header",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = header_line(directive) if _MENTIONS.search(directive.text) else None
    name = line.name if line is not None and line.gives else ""
    if line is None or line.value is None or name not in _DEAD:
        return
    if name == "x-xss-protection" and line.value.value.strip().startswith("0"):
        return
    yield context.report(line.word, _DEAD[name], fix=context.fix("take the line out", delete_lines(directive)))
