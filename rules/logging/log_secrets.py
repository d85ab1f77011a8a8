r"""Passwords, tokens or sessions are written into the log

## What it does
Reports log formats with headers and cookies that let their bearer in: `Authorization`, `Proxy-Authorization`, `Cookie`,
`Set-Cookie`, `X-Api-Key` and the like, and session cookies by name.

## Why
`Authorization: Basic` is a password in another spelling; a session's cookie is as good as the login while it lasts.
Logs are kept for months, copied to other machines and read by more people than the server's own files.

## Bad
### The login
```
LogFormat "%h %t \"%{Authorization}i\" \"%r\" %>s" full
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ %{Authorization}i writes what lets its bearer in into the log
```

### Cookies
```
CustomLog cookies.log "%t %{Cookie}i %{Set-Cookie}o"
#                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ %{Cookie}i and %{Set-Cookie}o write what lets its bearer in into...
```

### One cookie
```
CustomLog sessions.log "%t %{PHPSESSID}C"
#                      ^^^^^^^^^^^^^^^^^^ %{PHPSESSID}C writes what lets its bearer in into the log
```

## Good
### Who, but not how he proved it
```
LogFormat "%h %u %t \"%r\" %>s \"%{Referer}i\" \"%{User-Agent}i\"" combined
```

### Near miss: the cookie of mod_usertrack, and one that is none's secret
```
CustomLog clicks.log "%{cookie}n \"%r\" %t %{language}C %{Content-Length}o"
```

## References
https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, enumeration, rule

from ._items import Item, items

_HEADERS = re.compile(
    r"authorization|proxy-authorization|cookie2?|x-api-key|x-auth-token|x-access-token|x-csrf-token|"
    r"x-amz-security-token|private-token|x-vault-token",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"PHPSESSID|JSESSIONID|ASP\.NET_SessionId|connect\.sid|.*sess(ion)?_?(id)?|.*token", re.IGNORECASE
)


@rule(
    code="SSL1512",
    name="log-secrets",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude",
    keys=("logformat", "customlog", "globallog", "transferlog"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if "{" not in directive.text:
        return
    for word in directive.arguments:
        secret = [one.text for one in items(word.value) if _is_secret(one)]
        if secret:
            write = "writes" if len(secret) == 1 else "write"
            message = f"{enumeration(secret)} {write} what lets its bearer in into the log"
            yield context.report(word, message, notes=assumption(directive))


def _is_secret(item: Item) -> bool:
    if item.letter == "i":
        return _HEADERS.fullmatch(item.argument) is not None
    if item.letter == "o":
        return item.argument.lower() in ("set-cookie", "set-cookie2")
    return item.letter == "C" and _COOKIES.fullmatch(item.argument) is not None
