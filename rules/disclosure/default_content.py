"""What was installed with httpd is served

## What it does
Reports `Alias` and `ScriptAlias` lines that lead to httpd's manual and to the folder of its sample programs.

## Why
The manual tells everybody the server and its version. The folder for programs is where a package, or somebody in a
hurry, puts scripts such as `printenv` and `test-cgi`, which then run for everybody.

## Bad
### The manual
```
#--- live: no
Listen 80
AliasMatch ^/manual(?:/(?:de|en|fr))?(/.*)?$ /usr/share/doc/apache2-doc/manual$1
#                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the manual of httpd is served
```

### The programs
```
#--- live: no
Listen 80
ScriptAlias /cgi-bin/ /usr/lib/cgi-bin/
#                     ^^^^^^^^^^^^^^^^^ what packages put into their common folder of programs runs for everybody
```

## Good
### A site's own
```
#--- live: no
Listen 80
Alias /manual /srv/www/our-manual
ScriptAlias /cgi-bin/ /srv/www/programs/
```

## References
CIS Apache HTTP Server 2.4 Benchmark 5.4 to 5.6; DISA STIG V-214242; https://httpd.apache.org/docs/2.4/mod/mod_alias.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule

_MANUAL = re.compile(r"/(?:apache2?-doc/manual|(?:apache2?|httpd)/manual|www/manual|httpd/htdocs/manual)(?:[/$]|$)")
_PROGRAMS = re.compile(
    r"/(?:usr/lib|var/www|usr/local/apache2?|usr/local/www/apache2\d|srv/www|apache2|httpd)/cgi-bin/?$"
)


@rule(
    code="SSL1208",
    name="default-content",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_alias.html",
    keys=("alias", "aliasmatch", "scriptalias"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    for word in directive.arguments[1:2]:
        message = ""
        if _MANUAL.search(word.value):
            message = "the manual of httpd is served"
        elif directive.key == "scriptalias" and _PROGRAMS.search(word.value):
            message = "what packages put into their common folder of programs runs for everybody"
        if message:
            yield context.report(word, message, notes=assumption(directive))
