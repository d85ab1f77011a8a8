"""One cookie takes the place of all others, or is glued to one

## What it does
Reports `Header set Set-Cookie`, which throws away the cookies that are there, and `Header append` or `merge
Set-Cookie`, which write the new cookie into the same line as the last.

## Why
Each cookie is a header of its own. `set` leaves only one: the session that the application or mod_session has begun
is lost. `append` joins two with a comma, which browsers take for a part of the first one's last attribute. `add` is
what is meant.

## Bad
### All others are lost
```
Header set Set-Cookie "theme=dark; Path=/; Secure"
#      ^^^ throws away all other cookies of the response: add is what is meant
```

### Glued
```
Header always append Set-Cookie "theme=dark; Path=/; Secure"
#             ^^^^^^ joins two cookies with a comma, which browsers don't take apart: add is what is meant
```

## Good
### Beside the others
```
Header always add Set-Cookie "theme=dark; Path=/; Secure"
```

### Near miss: cookies that are not wanted
```
Header unset Set-Cookie
Header edit Set-Cookie ^(.*)$ "$1; Secure"
```

## Fix
### All others are lost
```
Header add Set-Cookie "theme=dark; Path=/; Secure"
```

### Glued
```
Header always add Set-Cookie "theme=dark; Path=/; Secure"
```

The fix is unsafe: a cookie may be meant to go out alone.

## References
RFC 6265 section 3; https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, header_line, replace, rule

_HARM = {
    "set": "throws away all other cookies of the response: add is what is meant",
    "append": "joins two cookies with a comma, which browsers don't take apart: add is what is meant",
    "merge": "joins two cookies with a comma, which browsers don't take apart: add is what is meant",
}


@rule(
    code="SSL1043",
    name="cookie-replaces-others",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.rfc-editor.org/rfc/rfc6265#section-3",
    keys=("header",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = header_line(directive) if "set-cookie" in directive.text.lower() else None
    if line is not None and line.name == "set-cookie" and line.does in _HARM:
        fix = context.fix("add the cookie", replace(line.action, "add"))
        yield context.report(line.action, _HARM[line.does], notes=assumption(directive), fix=fix)
