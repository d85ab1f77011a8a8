"""A directive that the server only knows by an old name, or passes over

## What it does
Reports directives that the target's httpd takes for the sake of old configurations: under another name (`MaxClients`,
`MaxRequestsPerChild`, `MDDriveMode`), or without effect (`DefaultType`, `H2SerializeHeaders`).

## Why
An old name works until a version drops it, and then the server does not start. What is passed over makes the next
reader believe that it does something: with httpd 2.4 `DefaultType` gives nothing a type.

## Bad
### Old names
```
MaxClients 150
#<^^^^^^^^ is the name up to 2.2: httpd 2.4 calls it MaxRequestWorkers
MaxRequestsPerChild 1000
#<^^^^^^^^^^^^^^^^^ is the name up to 2.2: httpd 2.4 calls it MaxConnectionsPerChild
```

### Without effect
```
Listen 80
DefaultType text/plain
#<^^^^^^^^^ has no effect since httpd 2.4: use ForceType or AddType
```

## Good
### Today's names
```
MaxRequestWorkers 150
MaxConnectionsPerChild 1000
```

### For an old server
```
#--- target: httpd=2.2
#--- live: no
MaxClients 150
Listen 80
DefaultType text/plain
```

### Near miss: the one value that newer versions take without a word
```
DefaultType none
```

### Near miss: in a branch for old servers
```
<IfVersion < 2.4>
    MaxClients 150
</IfVersion>
```

## Fix
### Old names
```
MaxRequestWorkers 150
MaxConnectionsPerChild 1000
```

### Without effect
```
Listen 80
```

## Limits
`NameVirtualHost`, `Order`, `Allow`, `Deny`, `Satisfy`, `SSLRequire` and `SSLCertificateChainFile` have rules of
their own; what the target does not know at all is the rule `unknown-directive`'s.

## References
https://httpd.apache.org/docs/2.4/upgrading.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Deprecation,
    Diagnostic,
    Directive,
    Edit,
    Safety,
    Severity,
    assumption,
    delete_lines,
    deprecation,
    enumeration,
    name_of,
    rule,
    successor,
)


@rule(
    code="SSL1601",
    name="obsolete-directive",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/upgrading.html",
    keys=("maxclients", "maxrequestsperchild", "mddrivemode", "defaulttype", "h2serializeheaders"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    gone = deprecation(directive.key, context.target.httpd)
    if gone is None or (directive.key == "defaulttype" and directive.text.strip().lower() == "none"):
        return
    line = successor(directive.key, directive.text, context.target.httpd)
    fix = None
    if line is not None and directive.pieces is None:
        edit = Edit(directive.source, directive.span, line) if line else delete_lines(directive)
        fix = context.fix("use today's name" if line else "take the line out", edit)
    yield context.report(
        name_of(directive),
        _message(gone),
        notes=assumption(directive),
        fix=fix,
    )


def _message(gone: Deprecation) -> str:
    if gone.effect == "alias":
        before = "up to 2.2" if gone.since == "2.4" else f"before {gone.since}"
        return f"is the name {before}: httpd {gone.since} calls it {gone.replaced_by[0]}"
    instead = f": use {enumeration(gone.replaced_by).replace(' and ', ' or ')}" if gone.replaced_by else ""
    return f"has no effect since httpd {gone.since}{instead}"
