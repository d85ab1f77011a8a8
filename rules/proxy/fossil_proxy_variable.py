"""A variable that slows backends down since the days of HTTP/1.0

## What it does
Reports `SetEnv` of `force-proxy-request-1.0`, `proxy-nokeepalive`, `proxy-sendchunked`, `proxy-sendcl` and
`proxy-initial-not-pooled`.

## Why
They were made for backends that knew no HTTP/1.1, and come along with copied examples. With `proxy-nokeepalive` each
request costs a connection of its own, with TLS a handshake as well; `proxy-sendcl` lets httpd keep whole bodies
in its memory or on disk before they go on. Today's backends need none of them.

## Bad
```
Listen 80
SetEnv force-proxy-request-1.0 1
#      ^^^^^^^^^^^^^^^^^^^^^^^ backends are asked by HTTP/1.0, without reuse of connections
ProxyPass /app http://127.0.0.1:8080/app
```

### In a section
```
Listen 80
<Location /app>
    SetEnv proxy-nokeepalive 1
    #      ^^^^^^^^^^^^^^^^^ each request costs a connection of its own
    ProxyPass http://127.0.0.1:8080/app
</Location>
```

## Good
### None
```
Listen 80
ProxyPass /app http://127.0.0.1:8080/app
```

## Fix
```
Listen 80
ProxyPass /app http://127.0.0.1:8080/app
```

## Limits
The fix is unsafe: some old backend may need the variable.

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#envsettings
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, delete_lines, rule

_EFFECTS = {
    "force-proxy-request-1.0": "backends are asked by HTTP/1.0, without reuse of connections",
    "proxy-nokeepalive": "each request costs a connection of its own",
    "proxy-sendchunked": "bodies are sent in chunks, which httpd decides by itself",
    "proxy-sendcl": "httpd keeps whole bodies back until it knows their length",
    "proxy-initial-not-pooled": "the first request of each client costs a connection of its own",
}


@rule(
    code="SSL0828",
    name="fossil-proxy-variable",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#envsettings",
    keys=("setenv",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    effect = _EFFECTS.get(directive.values[0].lower()) if directive.values else None
    if effect is not None:
        yield context.report(
            directive.arguments[0],
            effect,
            notes=assumption(directive),
            fix=context.fix("leave it out", delete_lines(directive)),
        )
