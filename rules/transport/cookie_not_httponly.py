"""Scripts in the page can read a cookie

## What it does
Reports cookies that `Header … Set-Cookie` or `CookieTracking` set without `HttpOnly`. Those of httpd's own
sessions are the rule `session-cookie-flags`'s.

## Why
A cookie without `HttpOnly` is open to every script of the page (`document.cookie`), also to one that was smuggled
in. Few cookies need that.

## Bad
### A header
```
Header add Set-Cookie "theme=dark; path=/"
#                     ^^^^^^^^^^^^^^^^^^^^ the cookie theme lacks HttpOnly: scripts in the page can read it
```

## Good
### Said
```
Header add Set-Cookie "theme=dark; path=/; HttpOnly"
CookieHTTPOnly on
CookieTracking on
```

### Added to all cookies
```
Header add Set-Cookie "theme=dark; path=/"
Header always edit Set-Cookie ^(.*)$ "$1; HttpOnly"
```

## Fix
### A header
```
Header add Set-Cookie "theme=dark; path=/; HttpOnly"
```

## Limits
Which cookies scripts or other sites need can't be known here: the rule is a policy's, and off by itself.

## References
https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2.6; DISA STIG V-214268, V-214288
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, rule

from ._adding import with_attribute
from ._cookies import cookie_of, is_mended


@rule(
    code="SSL1027",
    name="cookie-not-httponly",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2.6",
    keys=("header", "cookietracking"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    cookie = cookie_of(directive, context.server)
    if cookie is None or "httponly" in cookie.attributes or is_mended(cookie, "httponly", context.server):
        return
    edit = with_attribute(cookie, "HttpOnly")
    yield context.report(
        cookie.place,
        f"the cookie {cookie.name} lacks HttpOnly: scripts in the page can read it",
        notes=assumption(directive),
        fix=context.fix("add HttpOnly", edit) if edit is not None else None,
    )
