"""Access control is written the way of httpd 2.2

## What it does
Reports `Order`, `Allow`, `Deny` and `Satisfy` for httpd 2.4, once for each section.

## Why
From 2.4 on these lines live on in mod_access_compat, which is to go away, and are asked besides `Require`, not instead:
who mixes both gets answers that nobody expects. Where every such line of a server can be written as `Require`, all
answers stay the same: the fix does so for all of them at once.

## Bad
### Everybody
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Order deny,allow
    #<^^^^^^^^^^^^^^ Order, Allow and Deny are the access control of httpd 2.2: Require all denied says the same
    Deny from all
</Directory>
<Directory /srv/www>
    AllowOverride None
    Order allow,deny
    #<^^^^^^^^^^^^^^ Order, Allow and Deny are the access control of httpd 2.2: Require all granted says the same
    Allow from all
</Directory>
```

### Some networks, in a file of its own
```
#--- role: fragment
<Location /status>
    Order deny,allow
    #<^^^^^^^^^^^^^^ Order, Allow and Deny are the access control of httpd 2.2: Require ip...
    Deny from all
    Allow from 192.0.2.0/24 ::1
</Location>
```

### What Require says another way
```
#--- role: htaccess
Order allow,deny
#<^^^^^^^^^^^^^^ Order, Allow and Deny are the access control of httpd 2.2
Allow from all
Deny from env=bad
```

### Another section for the same place has Require, which would have no say any more
```
Listen 80
<Directory />
    Require all denied
</Directory>
<Directory />
    Order deny,allow
    #<^^^^^^^^^^^^^^ Order, Allow and Deny are the access control of httpd 2.2...
</Directory>
```

## Good
### The new way
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Require all granted
</Directory>
```

### For httpd 2.2
```
#--- target: httpd=2.2 openssl=1.0.1
Listen 80
<Directory /srv/www>
    Order allow,deny
    Allow from all
</Directory>
```

### For old servers alone
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    <IfModule !mod_authz_core.c>
        Order allow,deny
        Allow from all
    </IfModule>
    <IfModule mod_authz_core.c>
        Require all granted
    </IfModule>
</Directory>
```

## Fix
### Everybody
```
Listen 80
DocumentRoot /srv/www
<Directory />
    Require all denied
</Directory>
<Directory /srv/www>
    AllowOverride None
    Require all granted
</Directory>
```

### Some networks, in a file of its own
```
#--- role: fragment
<Location /status>
    Require ip 192.0.2.0/24 ::1
</Location>
```

## Limits
That the answers stay the same is proven for a server that was read completely, whose lines all convert, and that
has neither `Require`, `AuthType`, `Satisfy` nor an `AllowOverride`. Elsewhere the fix is unsafe: a section above, or a
`.htaccess` file, may still hold lines of the old way, which are then asked as well.

## References
https://httpd.apache.org/docs/2.4/upgrading.html#access; `check_dir_access` in mod_access_compat.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Fix, Safety, Severity, assumption, rule

from ._order import block_of, conversion, edits, is_answered, is_convertible, require_of


@rule(
    code="SSL1318",
    name="order-allow-deny-legacy",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/upgrading.html#access",
    keys=("order", "allow", "deny", "satisfy"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    block = block_of(directive, context)
    if not block or block[0] is not directive or context.target.httpd.is_old:
        return
    line = require_of(block)
    same = f": {line} says the same" if line else ""
    yield context.report(
        directive,
        f"Order, Allow and Deny are the access control of httpd 2.2{same}",
        related=[(one, "and this") for one in block[1:3]],
        notes=assumption(directive),
        fix=_fix(block, context),
    )


def _fix(block: list[Directive], context: Context) -> Fix | None:
    """All lines of the server at once where that is provably the same, else those of the section."""
    found = conversion(context)
    if found is not None:
        return context.fix("say all of it by Require", *found)
    if not is_convertible(block) or is_answered(block, context.server):
        return None
    return context.fix(f"say {require_of(block)}", *edits(block), safety=Safety.UNSAFE)
