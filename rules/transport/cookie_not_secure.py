"""A cookie of a TLS site also travels by plain HTTP

## What it does
Reports cookies that `Header … Set-Cookie` or `CookieTracking` set without `Secure`, where everybody who gets them
gets them by TLS. Those of httpd's own sessions are the rule `session-cookie-flags`'s.

## Why
A browser sends a cookie without `Secure` with every request to the name, by plain HTTP too. One link or picture
with `http://`, which an attacker on the way can put into any page, and the cookie passes by in the clear, with
the session that it stands for.

## Bad
### A cookie of a balancer
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Header add Set-Cookie "ROUTE=.%{BALANCER_WORKER_ROUTE}e; path=/" env=BALANCER_ROUTE_CHANGED
#                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the cookie ROUTE lacks Secure...
</VirtualHost>
```

### A cookie that follows visitors
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    CookieTracking on
#   ^^^^^^^^^^^^^^^^^ the cookie Apache lacks Secure...
</VirtualHost>
```

## Good
### Secure
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    CookieSecure on
    CookieTracking on
    Header add Set-Cookie "ROUTE=a; path=/; secure"
</VirtualHost>
```

### Added to all cookies
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Header add Set-Cookie "ROUTE=a; path=/"
    Header always edit Set-Cookie ^(.*)$ "$1; Secure"
</VirtualHost>
```

### Near miss: a plain host, where browsers would drop a secure cookie
```
Listen 80
<VirtualHost *:80>
    Header add Set-Cookie "ROUTE=a; path=/"
</VirtualHost>
```

## Fix
### A cookie of a balancer
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Header add Set-Cookie "ROUTE=.%{BALANCER_WORKER_ROUTE}e; path=/; Secure" env=BALANCER_ROUTE_CHANGED
</VirtualHost>
```

## References
RFC 6265 section 4.1.2.5; DISA STIG V-214268, V-214288
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, rule

from ._adding import with_attribute
from ._cookies import cookie_of, hosts_by_tls, is_mended


@rule(
    code="SSL1026",
    name="cookie-not-secure",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2.5",
    keys=("header", "cookietracking"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    cookie = cookie_of(directive, context.server)
    if cookie is None or "secure" in cookie.attributes or is_mended(cookie, "secure", context.server):
        return
    if not hosts_by_tls(cookie, context):
        return
    edit = with_attribute(cookie, "Secure")
    yield context.report(
        cookie.place,
        f"the cookie {cookie.name} lacks Secure: browsers also send it by plain HTTP",
        notes=assumption(directive),
        fix=context.fix("add Secure", edit) if edit is not None else None,
    )
