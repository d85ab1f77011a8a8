r"""A work-around for old Internet Explorers hits the later ones too

## What it does
Runs the patterns of `SetEnvIf`, `SetEnvIfNoCase`, `BrowserMatch` and `BrowserMatchNoCase` that look at
`User-Agent` over the strings that browsers really sent, and reports those that set `nokeepalive`,
`downgrade-1.0` or `force-response-1.0` for Internet Explorer 6 or later. Each variable is judged by
itself, and as the lines after it leave it.

## Why
Internet Explorer 2 to 5 needed this. Later ones, and Edge in Compatibility View, which still calls
itself `MSIE 7.0`, do not: they lose persistent connections and chunked responses, so that every
request costs a TCP and a TLS handshake, and HTTP/1.0 responses can't be told from truncated ones.

## Bad
### The line of 2005
```
SetEnvIf User-Agent ".*MSIE.*" \
         nokeepalive ssl-unclean-shutdown \
         downgrade-1.0 force-response-1.0
#                   ^^^^^^^^^^ 2 lines up: Internet Explorer 6 to 10 and Edge in Compatibility View are cut down to ...
```

### No quotes, no case
```
BrowserMatchNoCase msie nokeepalive
#                  ^^^^ Internet Explorer 6 to 10 and Edge in Compatibility View lose persistent connections: ...
```

### The 1 of MSIE 10
```
BrowserMatch "MSIE [1-4]" nokeepalive ssl-unclean-shutdown
#            ^^^^^^^^^^^^ Internet Explorer 10 loses persistent connections: "MSIE [1-4]" sets nokeepalive for it
```

### Meant for the later ones alone
```
SetEnvIf User-Agent "MSIE [6-9]\." ssl-unclean-shutdown nokeepalive
#                   ^^^^^^^^^^^^^^ Internet Explorer 6 to 9 and Edge in Compatibility View lose persistent ...
```

### The header's name as a pattern
```
SetEnvIfNoCase ^user-agent$ "(MSIE|Trident)" downgrade-1.0=1 force-response-1.0=1
#                           ^^^^^^^^^^^^^^^^ Internet Explorer 6 to 11 and Edge in Compatibility View are cut ...
```

### In a directory
```
#--- role: htaccess
BrowserMatch "MSIE" downgrade-1.0
#            ^^^^^^ Internet Explorer 6 to 10 and Edge in Compatibility View are treated as HTTP/1.0...
```

### One version too many
Debian shipped this for years. Internet Explorer 6 is gone, so it is a remark and no warning.
```
BrowserMatch "MSIE [2-6]" nokeepalive ssl-unclean-shutdown downgrade-1.0 force-response-1.0
#            ^^^^^^^^^^^^ Internet Explorer 6 is cut down to HTTP/1.0...
```

## Good
### The patterns that httpd ships
```
BrowserMatch "MSIE [2-5]" nokeepalive ssl-unclean-shutdown downgrade-1.0 force-response-1.0
BrowserMatch "MSIE [17-9]" ssl-unclean-shutdown
BrowserMatch "Mozilla/2" nokeepalive
BrowserMatch "MSIE 4\.0b2;" nokeepalive downgrade-1.0 force-response-1.0
BrowserMatch "RealPlayer 4\.0" force-response-1.0
```

### Only the shutdown of TLS is touched
```
SetEnvIf User-Agent ".*MSIE.*" ssl-unclean-shutdown
```

### A later line takes it back
```
BrowserMatch "MSIE" nokeepalive downgrade-1.0 force-response-1.0
BrowserMatch "MSIE ([6-9]|1[01])" !nokeepalive !downgrade-1.0 !force-response-1.0
```

### Without downgrade-1.0 it does nothing to an HTTP/1.1 request
```
BrowserMatch "MSIE" force-response-1.0
```

### It looks at something else, or speaks of everybody
```
SetEnvIf Referer "MSIE" nokeepalive
BrowserMatch ".*" nokeepalive
SetEnvIf User-Agent "msie" nokeepalive
```

## Fix
### The line of 2005
```
SetEnvIf User-Agent "MSIE [2-5]\." \
         nokeepalive ssl-unclean-shutdown \
         downgrade-1.0 force-response-1.0
```

### No quotes, no case
```
BrowserMatchNoCase "MSIE [2-5]\." nokeepalive
```

### Meant for the later ones alone
```
SetEnvIf User-Agent "MSIE [6-9]\." ssl-unclean-shutdown
```

## Limits
Patterns that Python's engine can't run are left alone, and so are lines that look at a variable which
another line set for Internet Explorer. A virtual host that takes back what the main server sets does not
silence the finding.

## References
https://httpd.apache.org/docs/2.4/env.html#special,
https://httpd.apache.org/docs/2.4/ssl/ssl_faq.html#msie; RFC 9112 sections 7.1 and 9.3
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, enumeration, environment_line, rule

from ._msie import Verdict, judge, mended

LEAST = "Internet Explorer 6"
"""Whom Debian's long-shipped `MSIE [2-6]` hits needlessly: no client of today, so it is a remark."""


@rule(
    code="SSL1101",
    name="blanket-msie-downgrade",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/env.html#special",
    keys=("SetEnvIf", "SetEnvIfNoCase", "BrowserMatch", "BrowserMatchNoCase"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if directive.condition is not None and not directive.condition.likely:
        return
    line = environment_line(directive)
    verdict = judge(line, context.server) if line is not None else None
    if line is None or verdict is None:
        return
    title, edits = mended(line, verdict)
    yield context.report(
        line.pattern_argument,
        message(verdict, line.pattern_argument.value),
        label=f"also matches {verdict.examples}",
        notes=assumption(directive),
        fix=context.fix(title, *edits) if edits else None,
        severity=Severity.INFO if verdict.browsers == LEAST else None,
    )


def message(verdict: Verdict, pattern: str) -> str:
    """What happens, and to whom."""
    one = verdict.is_one
    if {"downgrade-1.0", "force-response-1.0"} <= set(verdict.variables):
        what = "is cut down to HTTP/1.0" if one else "are cut down to HTTP/1.0"
    elif "downgrade-1.0" in verdict.variables:
        what = "is treated as HTTP/1.0" if one else "are treated as HTTP/1.0"
    else:
        what = "loses persistent connections" if one else "lose persistent connections"
    listed = enumeration(list(verdict.variables))
    return f'{verdict.browsers} {what}: "{pattern}" sets {listed} for {"it" if one else "them"}'
