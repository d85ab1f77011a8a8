"""Sessions do not end, or live for long

## What it does
Reports places where `Session On` is in force and `SessionMaxAge` is missing, 0, or more than `seconds`.

## Why
Without `SessionMaxAge` a session holds for ever, unless the browser forgets it: whoever finds or copies the cookie
is logged in with it for as long. The STIG wants sessions to end after ten minutes.

## Bad
### No end
```
Session On
#       ^^ sessions do not end: SessionMaxAge is not set
SessionCookieName session path=/;HttpOnly;Secure
SessionCryptoPassphrase secret
```

### A day
```
Session On
SessionMaxAge 86400
#             ^^^^^ sessions last for 86400 seconds, more than 600
SessionCookieName session path=/;HttpOnly;Secure
SessionCryptoPassphrase secret
```

## Good
### Ten minutes
```
Session On
SessionMaxAge 600
SessionCookieName session path=/;HttpOnly;Secure
SessionCryptoPassphrase secret
```

### Off
```
Session Off
```

## Fix
### No end
```
SessionMaxAge 600
Session On
SessionCookieName session path=/;HttpOnly;Secure
SessionCryptoPassphrase secret
```

### A day
```
Session On
SessionMaxAge 600
SessionCookieName session path=/;HttpOnly;Secure
SessionCryptoPassphrase secret
```

The fix is unsafe: people have to log in again after that time.

## Options
`seconds`: the longest time that is not reported, 600.

## References
DISA STIG for Apache Server 2.4 UNIX, V-214250 and V-214295;
https://httpd.apache.org/docs/2.4/mod/mod_session.html#sessionmaxage
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Safety,
    Server,
    Severity,
    assumption,
    insert_before,
    leading_number,
    replace,
    rule,
)

from ._sessions import sessions


@rule(
    code="SSL0530",
    name="session-without-expiry",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_session.html#sessionmaxage",
    needs=("session",),
    options={"seconds": 600},
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    most = context.option("seconds", int)
    told: set[Directive] = set()
    for session in sessions(server):
        age, switch = session.line("sessionmaxage"), session.switch
        line = age or switch
        if line is None or line in told or not line.arguments:
            continue
        told.add(line)
        word = line.arguments[0]
        seconds = leading_number(word.value) if age is not None else 0
        if 0 < seconds <= most:
            continue
        reason = "not set" if age is None else "0"
        yield context.report(
            word,
            f"sessions do not end: SessionMaxAge is {reason}"
            if seconds == 0
            else f"sessions last for {seconds} seconds, more than {most}",
            notes=assumption(line, session.host.condition),
            fix=context.fix(
                "let sessions end",
                insert_before(line, f"SessionMaxAge {most}") if age is None else replace(word, str(most)),
            ),
        )
