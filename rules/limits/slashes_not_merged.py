"""URLs with extra slashes go past patterns

## What it does
Reports `MergeSlashes Off` where a `<LocationMatch>` (or `<Location ~>`) with access control names more than one part
of the path.

## Why
`<LocationMatch ^/admin/users>` does not cover `/admin//users` then, while the file system, and what is behind the
server, often take both for the same: whoever adds a slash meets no access control. `<Location>` without a pattern
merges slashes by itself, and the path's first slashes are merged for everybody.

## Bad
### Access control by a pattern
```
Listen 80
MergeSlashes Off
#            ^^^ /admin//users is not in <LocationMatch ^/admin/users> then, and goes past its access control
ProxyPass / http://127.0.0.1:8080/
<LocationMatch ^/admin/users>
    Require ip 192.0.2.0/24
</LocationMatch>
```

## Good
### No section by URL
```
Listen 80
MergeSlashes Off
DocumentRoot /srv/www
<Directory /srv/www>
    Require all granted
</Directory>
```
### The default
```
Listen 80
MergeSlashes On
<LocationMatch ^/admin/users>
    Require ip 192.0.2.0/24
</LocationMatch>
```
### Without a pattern, slashes are merged for the section
```
Listen 80
MergeSlashes Off
<Location /admin/users>
    Require ip 192.0.2.0/24
</Location>
```
### The pattern takes more slashes, or only the first
```
Listen 80
MergeSlashes Off
<LocationMatch ^/+admin/+users>
    Require ip 192.0.2.0/24
</LocationMatch>
<LocationMatch ^/staff>
    Require ip 192.0.2.0/24
</LocationMatch>
```

## Fix
### Access control by a pattern
```
Listen 80
MergeSlashes On
ProxyPass / http://127.0.0.1:8080/
<LocationMatch ^/admin/users>
    Require ip 192.0.2.0/24
</LocationMatch>
```
The fix is unsafe: an application may want its slashes.

## References
https://httpd.apache.org/docs/2.4/mod/core.html#mergeslashes; `ap_location_walk` in server/request.c, `ap_parse_uri` in
server/protocol.c. Tried on httpd 2.4.71.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Safety,
    Scope,
    Server,
    Severity,
    Where,
    assumption,
    host_scopes,
    in_force,
    replace,
    rule,
)

_GUARDS = ("require", "deny", "authtype", "sslrequiressl", "sslverifyclient", "sslrequire")


@rule(
    code="SSL1417",
    name="slashes-not-merged",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#mergeslashes",
    needs=("mergeslashes",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in in_force(server, "mergeslashes"):
        if one.directive is None or [word.value.lower() for word in one.arguments] != ["off"]:
            continue
        scopes = (scope for host in one.hosts for scope in host_scopes(host))
        scope, path = next(((scope, path) for scope in scopes if (path := _missed(scope))), (None, ""))
        if scope is not None:
            word = one.arguments[0]
            yield context.report(
                word,
                f"{path} is not in {scope.section.title} then, and goes past its access control",
                related=[(scope.section, "this covers single slashes only")],
                notes=assumption(one.directive, scope.section),
                fix=context.fix("merge slashes", replace(word, "On")),
            )


def _missed(scope: Scope) -> str:
    """A URL path with an extra slash that a pattern with access control does not cover; empty where there is none."""
    if (
        scope.kind not in ("location", "locationmatch")
        or not scope.regex
        or scope.directives.keys().isdisjoint(_GUARDS)
    ):
        return ""
    path = scope.example()
    first, slash, rest = path[1:].partition("/")
    more = f"/{first}//{rest}"
    is_sure = path.startswith("/") and slash and rest and scope.covers(Where(path, None))
    return more if is_sure and not scope.covers(Where(more, None)) else ""
