"""A cookie leaves to browsers whether other sites' requests carry it

## What it does
Reports cookies that `Header … Set-Cookie`, `SessionCookieName` or `CookieTracking` set without `SameSite`.

## Why
Without `SameSite` browsers decide by themselves whether a request that another site makes carries the cookie: newer
ones take `Lax`, others send it always, and the other site acts with the visitor's session (CSRF).

## Bad
### A session
```
SessionCookieName session path=/;Secure
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the cookie session lacks SameSite: each browser decides...
```

### A header
```
Header add Set-Cookie "theme=dark; path=/"
#                     ^^^^^^^^^^^^^^^^^^^^ the cookie theme lacks SameSite: each browser decides...
```

## Good
### Said
```
SessionCookieName session path=/;Secure;SameSite=Lax
Header add Set-Cookie "theme=dark; path=/; SameSite=Lax"
CookieSameSite Lax
CookieTracking on
```

### Added to all cookies
```
SessionCookieName session path=/
Header always edit Set-Cookie ^(.*)$ "$1; SameSite=Lax"
```

## Fix
### A session
```
SessionCookieName session path=/;Secure;SameSite=Lax
```

### A header
```
Header add Set-Cookie "theme=dark; path=/; SameSite=Lax"
```

## Limits
Which cookies scripts or other sites need can't be known here: the rule is a policy's, and off by itself.

## References
https://www.rfc-editor.org/rfc/rfc6265; DISA STIG V-214251, V-214268, V-214288
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, rule

from ._adding import with_attribute
from ._cookies import cookie_of, is_mended


@rule(
    code="SSL1028",
    name="cookie-not-samesite",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.rfc-editor.org/rfc/rfc6265",
    keys=("header", "sessioncookiename", "cookietracking"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    cookie = cookie_of(directive, context.server)
    if cookie is None or "samesite" in cookie.attributes or is_mended(cookie, "samesite", context.server):
        return
    edit = with_attribute(cookie, "SameSite=Lax")
    yield context.report(
        cookie.place,
        f"the cookie {cookie.name} lacks SameSite: each browser decides whether other sites' requests carry it",
        notes=assumption(directive),
        fix=context.fix("add SameSite=Lax", edit) if edit is not None else None,
    )
