"""Access depends on the names of clients

## What it does
Reports `Require host`, `Require forward-dns` and `Allow` or `Deny` lines with names.

## Why
httpd asks the DNS for the name of each client that comes, and then for the name's address: every request waits for
that, and whoever rules the DNS on the way decides who gets in.

## Bad
### By name
```
#--- live: no
Listen 80
<Location /admin>
    Require host example.org
    #            ^^^^^^^^^^^ access depends on the name that the DNS gives for a client: example.org
</Location>
```

### Of old style
```
#--- role: htaccess
Order deny,allow
Deny from all
Allow from .example.org
#          ^^^^^^^^^^^^ access depends on the name that the DNS gives for a client: .example.org
```

## Good
### By address
```
Listen 80
<Location /admin>
    Require ip 192.0.2.0/24 2001:db8::/32
    Require local
</Location>
```

### Of old style
```
#--- role: htaccess
Order deny,allow
Deny from all
Allow from 192.0.2 127.0.0.1 ::1 env=let_in
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_authz_host.html#reqhost; DISA STIG V-214297
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule

_NAME = re.compile(r"(?!all$|env=|.*:)(?=.*[a-z])[a-z0-9._*-]+", re.IGNORECASE)


@rule(
    code="SSL1320",
    name="access-by-host-name",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_authz_host.html#reqhost",
    keys=("require", "allow", "deny"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.arguments
    if directive.key == "require":
        start = 1 if words and words[0].value.lower() == "not" else 0
        kind = words[start].value.lower() if len(words) > start else ""
        words = words[start + 1 :] if kind in ("host", "forward-dns") else ()
    else:
        words = words[1:]
    for word in words:
        if _NAME.fullmatch(word.value) and word.value.lower() != "localhost":
            message = f"access depends on the name that the DNS gives for a client: {word.value}"
            yield context.report(word, message, notes=assumption(directive))
            return
