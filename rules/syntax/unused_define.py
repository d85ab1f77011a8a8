"""A Define that nothing reads

## What it does
Reports `Define` lines whose name no `${name}` and no `<IfDefine>` of the configuration mentions.

## Why
It is a leftover, or the place that should read it misspells the name, which httpd only warns of.

## Bad
### A misspelt name
```
Define DOCROOT /srv/www
#      ^^^^^^^ nothing reads DOCROOT
SetEnv ROOT ${DOCROT}
```

## Good
### Read, in any case of letters
```
Define DocRoot /srv/www
SetEnv ROOT ${DOCROOT}
Define LIVE
<IfDefine LIVE>
    SetEnv STAGE live
</IfDefine>
<IfDefine !TEST>
    Define WHERE here
    SetEnv WHERE ${WHERE}
</IfDefine>
```

### In a part that is left out today
```
Define PORT 8080
<IfDefine BACKEND>
    SetEnv BACKEND 127.0.0.1:${PORT}
</IfDefine>
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#define
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Server, Severity, assumption, kept, rule

_READ = re.compile(r"\$\{([^}\n]*)\}|<IfDefine[ \t]+[\"']?!?[\"']?([^\s>\"']+)", re.IGNORECASE)


@rule(
    code="SSL0048",
    name="unused-define",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#define",
    keys=("define",),
    whole_server=True,
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.arguments
    if words and words[0].value.lower() not in _names_read(context.server):
        yield context.report(words[0], f"nothing reads {words[0].value}", label="not read", notes=assumption(directive))


@kept
def _names_read(server: Server) -> frozenset[str]:
    """The names that any text mentions, in lower case."""
    found = (match for source in server.configuration.sources.values() for match in _READ.finditer(source.text))
    return frozenset((match[1] or match[2] or "").lower() for match in found)
