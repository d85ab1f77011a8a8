r"""A header waits for a variable that nothing sets

## What it does
Reports `Header … env=NAME` where no line of the whole configuration sets `NAME`, and no module does so by itself.

## Why
The header is never sent. Mostly the name is misspelt, or the `SetEnvIf` that set it has been taken out or stands
under another condition.

## Bad
### Misspelt
```
SetEnvIf Origin "^https://app\.example\.org$" FROM_APP
Header always set Access-Control-Allow-Origin "https://app.example.org" env=FORM_APP
#                                                                       ^^^^^^^^^^^^ nothing sets FORM_APP...
```

## Good
### Set by a line
```
SetEnvIf Origin "^https://app\.example\.org$" FROM_APP
Header always set Access-Control-Allow-Origin "https://app.example.org" env=FROM_APP
```

### Set by a rewriting rule
```
RewriteEngine on
RewriteRule ^/static/ - [E=STATIC:1]
Header set Cache-Control "max-age=86400" env=STATIC
Header set Cache-Control "max-age=86400" env=REDIRECT_STATIC
```

### Set by a module
```
Header set X-Secure yes env=HTTPS
Header set X-Route "%{BALANCER_WORKER_ROUTE}e" env=BALANCER_ROUTE_CHANGED
```

### Near miss: where the variable is not there
```
Header append Vary User-Agent env=!dont-vary
```

## Limits
What `.htaccess` files, applications and modules from elsewhere set is known only for common modules; where such
a module is loaded that sets variables by rules of its own (ModSecurity, Lua, Perl), nothing is said.

## References
https://httpd.apache.org/docs/2.4/env.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Server, Severity, assumption, enumeration, header_line, rule

from ._variables import names_near, setters_of

_BY_MODULES = (
    "SSL_", "BALANCER_", "GEOIP_", "MM_", "MMDB_", "REDIRECT_", "AUTHENTICATE_", "AUTHORIZE_", "AUTHN", "AUTHZ",
    "OIDC_", "MELLON_", "SHIB", "H2", "PROXY_", "MD_", "HTTP_", "REMOTE_", "SESSION", "CACHE", "UNIQUE_ID", "HTTPS",
)  # fmt: skip
_SET_BY_RULES = ("secrule", "secaction", "lua", "perl", "js", "wsgi", "mod_security", "geoip", "maxminddb")


@rule(
    code="SSL1025",
    name="header-env-never-set",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/env.html",
    keys=("header",),
    whole_server=True,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = header_line(directive) if "env=" in directive.text.lower() else None
    if line is None or line.when is None or line.when.value[:4].lower() != "env=":
        return
    name = line.when.value[4:]
    server = context.server
    if not name or name[0] == "!" or "$" in name or name.upper().startswith(_BY_MODULES) or not server.is_complete:
        return
    if setters_of(name, server) or _may_be_set_elsewhere(server):
        return
    near = names_near(name, server)
    notes = (f"Set are, with names alike: {enumeration(near)}.",) if near else ()
    yield context.report(
        line.when, f"nothing sets {name}: this header is never sent", notes=(*notes, *assumption(directive))
    )


def _may_be_set_elsewhere(server: Server) -> bool:
    """Whether a module whose own rules set variables is in use."""
    return any(key.startswith(_SET_BY_RULES) for key in server.keys)
