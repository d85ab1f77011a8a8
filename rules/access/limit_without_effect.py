"""A Require for some methods counts for nothing beside one for all

## What it does
Reports `<Limit>` and `<LimitExcept>` sections whose Require lines would keep strangers out, where `Require all granted`
in the same section lets them in.

## Why
The Require lines of one section are alternatives: one that is met is enough, whatever `<LimitExcept>` it stands beside.
`Require all granted` with `<LimitExcept GET POST> Require all denied` lets every method in. `Require method GET POST`
or `AllowMethods` does what is meant; so does the `<LimitExcept>` in a section without other Require lines.

## Bad
### Methods that were to be refused
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Require all granted
    <LimitExcept GET POST OPTIONS>
    #<^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this keeps nobody out: Require all granted in the same...
        Require all denied
    </LimitExcept>
</Directory>
```

### A login for writing
```
#--- role: fragment
<Location /files>
    AuthType Basic
    AuthName Files
    AuthUserFile /etc/apache2/passwords
    Require all granted
    <Limit PUT DELETE>
    #<^^^^^^^^^^^^^^^^ this keeps nobody out: Require all granted in the same section is enough for PUT
        Require valid-user
    </Limit>
</Location>
```

## Good
### In a section of its own
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Require all granted
</Directory>
<Location />
    <LimitExcept GET POST OPTIONS>
        Require all denied
    </LimitExcept>
</Location>
```

### Both are asked
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    <RequireAll>
        Require all granted
        Require method GET POST OPTIONS
    </RequireAll>
</Directory>
```

### For other methods each
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    <Limit GET POST OPTIONS>
        Require all granted
    </Limit>
    <LimitExcept GET POST OPTIONS>
        Require all denied
    </LimitExcept>
</Directory>
```

### Of old style, which is asked as well
```
#--- role: fragment
<Location /files>
    Require all granted
    <LimitExcept GET POST>
        Order deny,allow
        Deny from all
    </LimitExcept>
</Location>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#require; `authorize_user_core` in mod_authz_core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Reach,
    Scope,
    Section,
    Server,
    Severity,
    assumption,
    require_group,
    rule,
    strangers_admission,
)

from ._limits import place


@rule(
    code="SSL1339",
    name="limit-without-effect",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#require",
    needs=("limit", "limitexcept"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for owner, scope in Reach.of(server).scopes():
        granted = _grant(scope)
        for limit in _limits(scope) if granted is not None else ():
            method = "FOO" if limit.key == "limitexcept" else limit.values[0]
            host, where = place(server, owner, scope)
            found = strangers_admission(host, where, method)
            if granted is not None and found.status is None and not found.why:
                named = "any method" if method == "FOO" else method
                message = f"this keeps nobody out: Require all granted in the same section is enough for {named}"
                related = [(granted, "one that is met is enough")]
                yield context.report(limit, message, related=related, notes=assumption(limit, granted))


def _limits(scope: Scope) -> list[Section]:
    """The `<Limit>` and `<LimitExcept>` sections whose Require lines don't let everybody in."""
    return [
        one
        for one in scope.section.children
        if isinstance(one, Section)
        and one.key in ("limit", "limitexcept")
        and one.values
        and any(line.key == "require" for line in one.walk())
        and not require_group(one).holds_for_everybody()
    ]


def _grant(scope: Scope) -> Directive | None:
    """The section's own `Require all granted`, outside of any group."""
    lines = [one for one in scope.section.children if one.key == "require"]
    return next((one for one in lines if [word.lower() for word in one.values] == ["all", "granted"]), None)
