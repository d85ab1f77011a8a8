"""A session's cookie may be read by scripts, or travels unencrypted

## What it does
Reports `SessionCookieName` (and `SessionDBDCookieName`) without the attribute `HttpOnly`, and without `Secure` on
hosts that speak TLS, where sessions are switched on.

## Why
Whoever has the cookie has the session. Without `HttpOnly` a script that somebody smuggles into a page reads it;
without `Secure` the browser sends it along by plain HTTP, too, where everybody on the path reads it: a picture with
an `http:` address is enough to make it do so.

## Bad
### Only one of them, in a section
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location /app>
        Session On
        SessionCookieName session path=/app;HttpOnly
        #                 ^^^^^^^ lacks Secure: browsers send this cookie by plain HTTP as well
        SessionCryptoPassphrase secret
    </Location>
</VirtualHost>
```

### Neither
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Session On
    SessionCookieName session path=/
    #                 ^^^^^^^ lacks HttpOnly and Secure: scripts read this cookie, and browsers send it by plain HTTP...
    SessionCryptoPassphrase secret
</VirtualHost>
```

## Good
### The bare name: httpd adds HttpOnly and Secure by itself
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Session On
    SessionCookieName session
    SessionCryptoPassphrase secret
</VirtualHost>
```

### Both
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Session On
    SessionCookieName session path=/;HttpOnly;Secure;SameSite=Lax
    SessionCryptoPassphrase secret
</VirtualHost>
```

### Near miss: a host without TLS can't have Secure cookies
```
Listen 80
<VirtualHost *:80>
    Session On
    SessionCookieName session path=/;HttpOnly
    SessionCryptoPassphrase secret
</VirtualHost>
```

### Sessions are off
```
Listen 80
SessionCookieName session
```

## Fix
### Only one of them, in a section
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location /app>
        Session On
        SessionCookieName session path=/app;HttpOnly;Secure
        SessionCryptoPassphrase secret
    </Location>
</VirtualHost>
```

### Neither
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Session On
    SessionCookieName session path=/;HttpOnly;Secure
    SessionCryptoPassphrase secret
</VirtualHost>
```

The fix is unsafe: perhaps a script is meant to read the cookie, or a part of the site is served by plain HTTP.

## References
RFC 6265 sections 4.1.2.5 and 4.1.2.6; DISA STIG for Apache Server 2.4 UNIX, V-214251 and V-214303;
https://httpd.apache.org/docs/2.4/mod/mod_session_cookie.html#sessioncookiename
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Edit,
    Safety,
    Server,
    Severity,
    VirtualHost,
    add_to,
    assumption,
    rule,
)

from ._sessions import COOKIES, DATABASE_COOKIES, sessions

_HARM = {"HttpOnly": "scripts read this cookie", "Secure": "browsers send this cookie by plain HTTP as well"}


@rule(
    code="SSL0528",
    name="session-cookie-flags",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_session_cookie.html#sessioncookiename",
    needs=("sessioncookiename", "sessioncookiename2", "sessiondbdcookiename", "sessiondbdcookiename2"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[Directive] = set()
    for session in sessions(server):
        for key in (*COOKIES, *DATABASE_COOKIES):
            line = session.line(key)
            lacking = _lacking(line, session.host) if line is not None else []
            if line is None or line in told or not lacking:
                continue
            told.add(line)
            harm = _HARM[lacking[0]] if len(lacking) == 1 else "scripts read this cookie, and browsers send it by plain"
            harm += " HTTP as well" if len(lacking) == 2 else ""
            yield context.report(
                line.arguments[0],
                f"lacks {' and '.join(lacking)}: {harm}",
                notes=assumption(line, session.host.condition),
                fix=context.fix("add what is missing", _edit(line, lacking)),
            )


def _lacking(line: Directive, host: VirtualHost) -> list[str]:
    """The attributes that a cookie lacks: what stands behind the name is sent as it is.

    Where nothing does, httpd sends HttpOnly and Secure (`ap_cookie_write`, DEFAULT_ATTRS).
    """
    if len(line.values) < 2:
        return []
    sent = {part.strip().lower() for word in line.values[1:] for part in word.split(";")}
    wanted = ["HttpOnly", "Secure"] if host.is_tls and not host.plain_sockets else ["HttpOnly"]
    return [name for name in wanted if name.lower() not in sent]


def _edit(line: Directive, lacking: list[str]) -> Edit:
    return add_to(line.arguments[-1], "".join(f";{name}" for name in lacking))
