"""Access that is granted the new way stays denied the old way, or the other way round

## What it does
Reports sections that let everybody in by `Require all granted`, where a `Deny from all` of another section or line
still holds; and those that do so by `Allow from all`, where `Require all denied` holds.

## Why
`Require` and `Order`, `Allow`, `Deny` belong to two modules. Neither overrides the other: a request must pass both, and
an old `Deny from all` for `/` closes every folder that `Require all granted` was to open. Every request gets status
403.

## Bad
### The root is closed the old way
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Order deny,allow
    Deny from all
</Directory>
<Directory /srv/www>
    Require all granted
    #       ^^^^^^^^^^^ <Directory /srv/www> lets everybody in by Require, and Deny from all of...
</Directory>
```

### The root is closed the new way
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Require all denied
</Directory>
<Directory /srv/www>
    Order allow,deny
    Allow from all
    #     ^^^^^^^^ <Directory /srv/www> lets everybody in by Allow, and Require all denied of...
</Directory>
```

## Good
### Both the new way
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Require all denied
</Directory>
<Directory /srv/www>
    Require all granted
</Directory>
```

### Both ways in one section
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Require all denied
</Directory>
<Directory /srv/www>
    Order allow,deny
    Allow from all
    Require all granted
</Directory>
```

### Satisfy Any takes either
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Require all denied
</Directory>
<Directory /srv/www>
    Order allow,deny
    Allow from all
    Satisfy Any
</Directory>
```

### Some are let in
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Order deny,allow
    Deny from all
    Allow from 192.0.2.0/24
</Directory>
<Directory /srv/www>
    Require all granted
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/upgrading.html#access; `ap_process_request_internal` in server/request.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Access,
    Context,
    Diagnostic,
    Directive,
    Reach,
    Scope,
    Server,
    Severity,
    all_arguments,
    assumption,
    rule,
)


@rule(
    code="SSL1319",
    name="grant-without-effect",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/upgrading.html#access",
    needs=("order", "deny", "allow"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    reach = Reach.of(server)
    if context.target.httpd.is_old:
        return
    for owner, scope in reach.scopes():
        line = _grant(scope)
        if line is None:
            continue
        refusals = (_refusal(line, reach.access(host, where)) for host, where in reach.requests(owner, scope))
        refusal = next((one for one in refusals if one is not None), None)
        if refusal is not None:
            yield _found(context, scope, line, refusal)


def _grant(scope: Scope) -> Directive | None:
    """The line by which a section of its own lets everybody in, where no other line of it denies that."""
    own = Access.of(scope)
    if scope.kind in ("if", "elseif", "else") or (own.require is not None and own.old):
        return None
    return own.granting(scope)


def _refusal(line: Directive, access: Access) -> Directive | None:
    """The line of the other kind that lets nobody in all the same."""
    if access.satisfy_any is not None:
        return None
    if line.key == "require":
        is_mine = access.require is not None and any(one.directive is line for one in access.require.leaves())
        old = [*access.old.get("deny", ()), *access.old.get("order", ())]
        return old[0] if is_mine and old and access.refuses_by_order else None
    if line not in access.old.get("allow", ()) or access.require is None or not access.refuses_by_require:
        return None
    return next(one.directive for one in access.require.leaves())


def _found(context: Context, scope: Scope, line: Directive, refusal: Directive) -> Diagnostic:
    around = refusal.parent
    where = around.title if around is not None else "the server"
    title = scope.section.title
    message = (
        f"{title} lets everybody in by {line.name}, and {refusal.name} {refusal.text.strip()} of {where} still refuses "
        "everybody: both are asked"
    )
    return context.report(
        all_arguments(line),
        message,
        label="without effect",
        related=[(refusal, "this still holds")],
        notes=assumption(scope.section, line, refusal),
    )
