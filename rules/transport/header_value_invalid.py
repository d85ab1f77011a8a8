r"""Browsers ignore a security header for its value

## What it does
Reports values of `X-Content-Type-Options`, `X-Frame-Options`, `Referrer-Policy`, `Permissions-Policy` and the
`Cross-Origin-…` policies that no current browser understands.

## Why
A browser that does not know a value takes the header for absent, and says so at best in its console. `ALLOW-FROM` of
`X-Frame-Options` was dropped by all browsers: whoever relies on it lets everybody frame his pages.

## Bad
### Dropped by all browsers
```
Header always set X-Frame-Options "ALLOW-FROM https://www.example.org"
#                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ browsers ignore ALLOW-FROM, and any site...
```

### Misspelt
```
Header always set X-Content-Type-Options "no-sniff"
#                                        ^^^^^^^^^^ browsers ignore this: the value is nosniff
Header always set Referrer-Policy "same-site"
#                                 ^^^^^^^^^^^ browsers ignore this: same-site is no policy
```

### In the syntax of Feature-Policy
```
Header always set Permissions-Policy "geolocation 'none'; camera 'none'"
#                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ browsers ignore this: it is Feature-Policy's...
```

### A value that is none
```
Header always set Cross-Origin-Opener-Policy "sameorigin"
#                                            ^^^^^^^^^^^^ browsers ignore this: the value is one of same-origin, ...
```

## Good
### Right
```
Header always set X-Content-Type-Options nosniff
Header always set X-Frame-Options "sameorigin"
Header always set Referrer-Policy "no-referrer, strict-origin-when-cross-origin"
Header always set Permissions-Policy "geolocation=(), camera=(self \"https://a.example.org\"), interest-cohort=()"
Header always set Cross-Origin-Opener-Policy "same-origin; report-to=\"coop\""
```

### Near miss: an unknown policy for newer browsers, then one that all know
```
Header always set Referrer-Policy "no-referrer-at-all, same-origin"
```

### A value that requests decide
```
Header always set X-Frame-Options "%{FRAMES}e"
```

## Fix
### Misspelt
```
Header always set X-Content-Type-Options "nosniff"
Header always set Referrer-Policy "same-site"
```

## References
https://fetch.spec.whatwg.org/#x-content-type-options-header; https://html.spec.whatwg.org/#the-x-frame-options-header;
https://www.w3.org/TR/referrer-policy/; https://www.w3.org/TR/permissions-policy-1/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sslint.api import (
    Argument,
    Context,
    Diagnostic,
    Directive,
    Fix,
    Safety,
    Severity,
    assumption,
    enumeration,
    header_line,
    rule,
    set_value,
)

_REFERRER = frozenset(
    "no-referrer no-referrer-when-downgrade origin origin-when-cross-origin same-origin strict-origin "
    "strict-origin-when-cross-origin unsafe-url".split()
)
_CROSS = {
    "cross-origin-opener-policy": ("same-origin", "same-origin-allow-popups", "noopener-allow-popups", "unsafe-none"),
    "cross-origin-embedder-policy": ("require-corp", "credentialless", "unsafe-none"),
    "cross-origin-resource-policy": ("same-origin", "same-site", "cross-origin"),
}
_FEATURE = re.compile(r"[a-z-]+ +(?:'|\*|https?:)", re.IGNORECASE)


@rule(
    code="SSL1032",
    name="header-value-invalid",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://developer.mozilla.org/docs/Web/HTTP/Headers",
    keys=("header",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = header_line(directive)
    test = _TESTS.get(line.name) if line is not None and line.does in ("set", "setifempty", "add") else None
    if line is None or test is None or line.value is None or not line.text:
        return
    fault = test(line.text.strip())
    if fault:
        yield context.report(line.value, fault, notes=assumption(directive), fix=_fix(line.name, line.value, context))


def _fix(name: str, value: Argument, context: Context) -> Fix | None:
    if name != "x-content-type-options" or re.sub("[^a-z]", "", value.value.lower()) != "nosniff":
        return None
    return context.fix("write nosniff", set_value(value, "nosniff"))


def _sniffing(value: str) -> str:
    first = value.partition(",")[0].strip()
    return "" if first.lower() == "nosniff" else "browsers ignore this: the value is nosniff"


def _framing(value: str) -> str:
    word = value.partition(" ")[0].rstrip(":").lower()
    if word == "allow-from":
        return ("browsers ignore ALLOW-FROM, and any site may frame the pages: use frame-ancestors of "
                "Content-Security-Policy")  # fmt: skip
    return "" if value.lower() in ("deny", "sameorigin") else "browsers ignore this: the value is DENY or SAMEORIGIN"


def _referrer(value: str) -> str:
    words = [word.strip().lower() for word in value.split(",")]
    if not words[-1] or words[-1] in _REFERRER:
        return ""
    return f"browsers ignore this: {words[-1]} is no policy" if _REFERRER.isdisjoint(words) else ""


def _permissions(value: str) -> str:
    if "=" not in value and _FEATURE.match(value):
        return "browsers ignore this: it is Feature-Policy's syntax, now written like geolocation=(), camera=(self)"
    return "" if "=" in value or not value else "browsers ignore this: it is written like geolocation=(), camera=(self)"


def _crossing(name: str) -> Callable[[str], str]:
    def test(value: str) -> str:
        if value.partition(";")[0].strip() in _CROSS[name]:
            return ""
        return f"browsers ignore this: the value is one of {enumeration(_CROSS[name])}"

    return test


_TESTS: dict[str, Callable[[str], str]] = {
    "x-content-type-options": _sniffing,
    "x-frame-options": _framing,
    "referrer-policy": _referrer,
    "permissions-policy": _permissions,
    **{name: _crossing(name) for name in _CROSS},
}
"""What is wrong with a value, by header; empty if nothing is."""
