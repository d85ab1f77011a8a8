r"""Browsers drop a cookie, or read it otherwise than it is meant

## What it does
Runs `Header edit Set-Cookie` over cookies as applications send them, and reads the cookies that the configuration
sets itself. Reports those that lose the cookie's value, or whose attributes browsers don't know, can't accept
together (`SameSite=None` without `Secure`, the prefixes `__Host-` and `__Secure-` without what they demand), or
run into each other.

## Why
Browsers say nothing about what they don't understand in a cookie. An attribute behind a missing semicolon becomes a
part of the attribute before it, so that the cookie is not `Secure` although the line says so.

## Bad
### The semicolon is missing
```
Header always edit Set-Cookie ^(.*)$ "$1 Secure"
#                                    ^^^^^^^^^^^ makes "sid=abc; Path=/ Secure" of "sid=abc; Path=/": the attribute...
```

### The value gets lost
```
Header always edit Set-Cookie ^(.*)$ "; HttpOnly; Secure"
#                                    ^^^^^^^^^^^^^^^^^^^^ makes "; HttpOnly; Secure" of "sid=abc; Path=/": the cookie...
```

### A misspelt attribute
```
Header always add Set-Cookie "theme=dark; Path=/; Http-Only"
#                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ browsers ignore the attribute Http-Only: they don't know it
```

### For other sites, but not secure
```
Header always add Set-Cookie "theme=dark; SameSite=None"
#                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ browsers drop the cookie: SameSite=None wants Secure
```

### A prefix that demands more
```
SessionCookieName __Host-session path=/app;HttpOnly;Secure
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ browsers drop the cookie: __Host- wants Secure, Path=/ and...
```

## Good
### Attributes added
```
Header always edit Set-Cookie ^(.*)$ "$1; HttpOnly; Secure; SameSite=None"
Header always edit Set-Cookie ^(.*)$ $1;HttpOnly;Secure
Header edit Set-Cookie "(?i)^((?:(?!;\s?HttpOnly).)+)$" "$1; HttpOnly"
```

### Only some cookies
```
Header edit Set-Cookie "^(app=.*)$" "$1; Secure"
Header edit Set-Cookie "; Path=/" "; Path=/app"
```

### As the prefixes want it
```
SessionCookieName __Host-session Path=/;HttpOnly;Secure
Header add Set-Cookie "__Secure-theme=dark; Secure"
```

## References
RFC 6265 section 5.2; https://datatracker.ietf.org/doc/draft-ietf-httpbis-rfc6265bis/
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, HeaderLine, Severity, assumption, header_line, rule

from ._cookies import KNOWN, Cookie, after_edit, attributes_of, cookie_of

_SAMPLES = ("sid=abc; Path=/", "sid=abc", "sid=abc; Path=/; HttpOnly")


@rule(
    code="SSL1029",
    name="cookie-malformed",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://www.rfc-editor.org/rfc/rfc6265#section-5.2",
    keys=("header", "sessioncookiename"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    cookie = cookie_of(directive, context.server)
    fault = _fault(cookie) if cookie is not None else ""
    if cookie is not None and fault:
        yield context.report(cookie.place, fault, notes=assumption(directive))
        return
    line = header_line(directive) if "edit" in directive.text.lower() else None
    if line is None or line.name != "set-cookie" or not line.does.startswith("edit") or line.substitution is None:
        return
    fault = next(filter(None, (_fault_of_edit(line, sample) for sample in _SAMPLES)), "")
    if fault:
        yield context.report(line.substitution, fault, notes=assumption(directive))


def _fault(cookie: Cookie) -> str:
    """What is wrong with a cookie; empty if nothing is."""
    given = cookie.attributes
    unknown = [name for name in given if name not in KNOWN]
    if unknown:
        return f"browsers ignore the attribute {_written(cookie, unknown[0])}: they don't know it"
    same = given.get("samesite", "lax").lower()
    if same not in ("lax", "strict", "none"):
        return f"browsers ignore SameSite={given['samesite']}: it must be Strict, Lax or None"
    if same == "none" and "secure" not in given:
        return "browsers drop the cookie: SameSite=None wants Secure"
    if cookie.name.startswith("__Host-") and ("secure" not in given or given.get("path") != "/" or "domain" in given):
        return "browsers drop the cookie: __Host- wants Secure, Path=/ and no Domain"
    if cookie.name.startswith("__Secure-") and "secure" not in given:
        return "browsers drop the cookie: __Secure- wants Secure"
    return ""


def _written(cookie: Cookie, name: str) -> str:
    text = cookie.place.source.text[cookie.place.span.start : cookie.place.span.end]
    at = text.lower().rfind(name)
    return text[at : at + len(name)] if at >= 0 else name


def _fault_of_edit(line: HeaderLine, sample: str) -> str:
    """What an edit does to a cookie; empty if it does no harm, or that can't be told."""
    result = after_edit(line, sample)
    if result is None:
        return ""
    start = f'makes "{result}" of "{sample}": the '
    if "=" not in result.partition(";")[0]:
        return f"{start}cookie loses its name and value"
    given = attributes_of(result)
    if any(" " in name or (name != "expires" and " " in text) for name, text in given.items()):
        return f"{start}attribute needs a semicolon before it"
    unknown = [name for name in given if name not in KNOWN]
    return f"{start}attribute {unknown[0]} is known to no browser" if unknown else ""
