r"""A work-around for clients that are gone

## What it does
Reports `BrowserMatch` and `SetEnvIf User-Agent` lines that do nothing but switch on work-arounds (`nokeepalive`,
`downgrade-1.0`, `force-response-1.0`, `ssl-unclean-shutdown`, `no-gzip`, `gzip-only-text/html`, `redirect-carefully`,
…) for clients that nobody uses any more: Netscape 4, Internet Explorer, RealPlayer 4, Java 1.0, FrontPage.

## Why
These lines came with the configurations of httpd 1.3 and 2.0. Their clients are gone, and could not even shake hands
with a TLS server of today. What is left is work for every request, and text that the next reader takes for needed.

## Bad
### From the examples of httpd 1.3
```
BrowserMatch "Mozilla/2" nokeepalive
#            ^^^^^^^^^^^ these clients are gone: nobody needs nokeepalive any more
BrowserMatch "RealPlayer 4\.0" force-response-1.0
#            ^^^^^^^^^^^^^^^^^ these clients are gone: nobody needs force-response-1.0 any more
```

### For TLS of Internet Explorer
```
SetEnvIf User-Agent ".*MSIE.*" ssl-unclean-shutdown
#                   ^^^^^^^^^^ these clients are gone: nobody needs ssl-unclean-shutdown any more
```

### For the compression of Netscape 4
```
BrowserMatch ^Mozilla/4 gzip-only-text/html
#            ^^^^^^^^^^ these clients are gone: nobody needs gzip-only-text/html any more
BrowserMatch ^Mozilla/4\.0[678] no-gzip
#            ^^^^^^^^^^^^^^^^^^ these clients are gone: nobody needs no-gzip any more
```

## Good
### Clients that are still met
```
BrowserMatch "^gvfs/1" redirect-carefully
BrowserMatch "^WebDrive" redirect-carefully
```

### Near miss: not only a work-around
```
BrowserMatch "MSIE" old-browser
BrowserMatch "MSIE [2-5]" nokeepalive log-it
```

### Near miss: another header
```
SetEnvIf Referer "MSIE" nokeepalive
```

## Fix
### From the examples of httpd 1.3
```
```

### For TLS of Internet Explorer
```
```

### For the compression of Netscape 4
```
```

## Limits
Distributions ship such lines to this day, and they do little harm: the rule is off by itself. Lines that harm later
browsers are the rule `blanket-msie-downgrade`'s and `workaround-hits-current-browsers`'.

## References
https://httpd.apache.org/docs/2.4/env.html#special
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Safety,
    Severity,
    assumption,
    delete_lines,
    enumeration,
    environment_line,
    rule,
)

from ._agents import is_for_the_gone, is_workaround, variables_of


@rule(
    code="SSL1102",
    name="obsolete-browser-workaround",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/env.html#special",
    keys=("SetEnvIf", "SetEnvIfNoCase", "BrowserMatch", "BrowserMatchNoCase"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = environment_line(directive)
    if line is None or not is_workaround(line) or not is_for_the_gone(line):
        return
    names = enumeration(list(dict.fromkeys(variables_of(line))))
    yield context.report(
        line.pattern_argument,
        f"these clients are gone: nobody needs {names} any more",
        notes=assumption(directive),
        fix=context.fix("take the line out", delete_lines(directive)),
    )
