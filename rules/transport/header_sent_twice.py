r"""A response carries a header twice that browsers take once

## What it does
Reports headers that a host or section gives the same response twice where that breaks them:
`Access-Control-Allow-Origin`, `Access-Control-Allow-Credentials` and the `Cross-Origin-…` policies, which browsers
then ignore or refuse; `Strict-Transport-Security`, `X-Frame-Options` and `X-Content-Type-Options` where the values
differ.

## Why
mod_headers keeps two tables: `Header always` fills one, `Header` the other, and a successful response is sent with
the fields of both. `set` replaces only what stands in its own table. `add` never replaces anything.

## Bad
### One line for each table
```
Header always set Access-Control-Allow-Origin "https://app.example.org"
Header set Access-Control-Allow-Origin "https://app.example.org"
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ is sent twice, "https://app.example.org" and ...
```

### Another value in a section
```
Header always set X-Frame-Options DENY
<Location /widget>
    Header set X-Frame-Options SAMEORIGIN
#              ^^^^^^^^^^^^^^^ is sent twice, "DENY" and "SAMEORIGIN": browsers refuse every frame
</Location>
```

### Inherited
```
Listen 80
Header set Strict-Transport-Security "max-age=31536000"
<VirtualHost *:80>
    Header always set Strict-Transport-Security "max-age=63072000"
#                     ^^^^^^^^^^^^^^^^^^^^^^^^^ is sent twice, "max-age=63072000" and "max-age=31536000": browsers ...
</VirtualHost>
```

### Added to what is there
```
Header set Cross-Origin-Opener-Policy same-origin
Header add Cross-Origin-Opener-Policy same-origin
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^ is sent twice, "same-origin" and "same-origin": browsers ignore both
```

## Good
### Twice the same, where browsers take the first
```
Header always set X-Frame-Options DENY
Header set X-Frame-Options DENY
```

### The inner line replaces the outer
```
Header always set X-Frame-Options DENY
<Location /widget>
    Header always set X-Frame-Options SAMEORIGIN
</Location>
```

### Headers that may come more than once
```
Header always set Cache-Control no-store
Header set Cache-Control private
```

### Each for requests of its own
```
SetEnvIf Origin "^https://a\.example\.org$" A
SetEnvIf Origin "^https://b\.example\.org$" B
Header always set Access-Control-Allow-Origin "https://a.example.org" env=A
Header set Access-Control-Allow-Origin "https://b.example.org" env=B
```

### Taken away first
```
Header always set Access-Control-Allow-Origin "*"
<Location /app>
    Header always unset Access-Control-Allow-Origin
    Header set Access-Control-Allow-Origin "https://app.example.org"
</Location>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header; https://fetch.spec.whatwg.org/#http-cors-protocol;
RFC 6797 section 8.1
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, rule

from ._scopes import HeaderScope, certain, scopes_of

_BROKEN = {
    "access-control-allow-origin": "browsers refuse the response to scripts of other sites",
    "access-control-allow-credentials": "browsers refuse the response to scripts of other sites",
    "cross-origin-opener-policy": "browsers ignore both",
    "cross-origin-embedder-policy": "browsers ignore both",
    "cross-origin-resource-policy": "browsers ignore both",
}
_IF_DIFFERENT = {
    "strict-transport-security": "browsers heed the first alone",
    "x-frame-options": "browsers refuse every frame",
    "x-content-type-options": "browsers heed the first alone",
}


@rule(
    code="SSL1021",
    name="header-sent-twice",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header",
    needs=("header",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for name in (*_BROKEN, *_IF_DIFFERENT):
        for scope in scopes_of(server, name):
            if len(scope.lines) > 1:
                yield from _in_scope(name, scope, context)


def _in_scope(name: str, scope: HeaderScope, context: Context) -> Iterator[Diagnostic]:
    fields = certain(scope, name)
    if len(fields) != 2 or (name in _IF_DIFFERENT and fields[0].value == fields[1].value):
        return
    mine = [one for one in fields if one.line.directive.parent is scope.parent]
    if not mine:
        return
    line = mine[-1].line
    other = next(one.line for one in fields if one.line is not line)
    shown = " and ".join(f'"{one.value}"' for one in fields)
    message = f"is sent twice, {shown}: {_BROKEN.get(name) or _IF_DIFFERENT[name]}"
    which = ", for the other table of mod_headers" if other.always is not line.always else ""
    related = [(other.word, f"the other line{which}")]
    yield context.report(line.word, message, related=related, notes=assumption(line.directive))
