"""Clients read and write what is kept in their session's cookie

## What it does
Reports `SessionCookieName` in force, with sessions switched on, where no `SessionCryptoPassphrase` is.

## Why
mod_session_cookie keeps the session itself in the cookie. Without mod_session_crypto it is plain text: the client
reads what is in it, such as the name and the *password* that mod_auth_form puts there, and can write whatever it
likes, such as somebody else's name.

## Bad
### A login form
```
Listen 80
<VirtualHost *:80>
    <Location /staff>
        AuthType form
        AuthFormProvider file
        AuthUserFile /etc/apache2/passwords
        AuthName "Staff"
        Session On
        SessionCookieName session path=/;HttpOnly
        #                 ^^^^^^^ the session is kept in this cookie as plain text: clients read and write it...
        Require valid-user
    </Location>
</VirtualHost>
```

## Good
### Encrypted
```
Listen 80
<VirtualHost *:80>
    Session On
    SessionCookieName session path=/;HttpOnly
    SessionCryptoPassphrase secret
</VirtualHost>
```

### Kept in a database
```
#--- live: no
Listen 80
<VirtualHost *:80>
    Session On
    SessionDBDCookieName session path=/;HttpOnly
</VirtualHost>
```

### Off again in a part
```
Listen 80
SessionCryptoPassphrase secret
SessionCookieName session path=/;HttpOnly
<VirtualHost *:80>
    Session On
    <Location /pictures>
        Session Off
    </Location>
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_session.html#sessionprivacy; https://httpd.apache.org/docs/2.4/mod/mod_session_crypto.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Server, Severity, assumption, rule

from ._sessions import COOKIES, sessions


@rule(
    code="SSL0529",
    name="session-in-clear",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_session.html#sessionprivacy",
    needs=("sessioncookiename", "sessioncookiename2"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[Directive] = set()
    for session in sessions(server):
        if session.line("sessioncryptopassphrase") or session.line("sessioncryptopassphrasefile"):
            continue
        for key in COOKIES:
            line = session.line(key)
            if line is None or line in told or not line.arguments:
                continue
            told.add(line)
            yield context.report(
                line.arguments[0],
                "the session is kept in this cookie as plain text: clients read and write it; SessionCryptoPassphrase "
                "encrypts it",
                label="not encrypted",
                notes=assumption(line, session.host.condition),
            )
