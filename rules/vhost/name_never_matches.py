"""A name that no request can have

## What it does
Reports words of `ServerAlias` with a port, a scheme, a slash or a comma, and `ServerName` with a path.

## Why
httpd compares them with the request's Host without its port. `ServerAlias www.example.org:443`, `https://…`, or the
comma that was meant to part two names, make a name that nobody can ask for; the server takes it without a word, and
requests for the name that was meant end at the first host of the address. (`ServerName` may have a scheme and a
port.)

## Bad
### With a port
```
Listen 443
<VirtualHost *:443>
    ServerName example.org
    ServerAlias www.example.org:443
    #           ^^^^^^^^^^^^^^^^^^^ never matches: names are compared without scheme, port and path
</VirtualHost>
```

### A list with commas
```
Listen 80
<VirtualHost *:80>
    ServerName example.org
    ServerAlias www.example.org, shop.example.org
    #           ^^^^^^^^^^^^^^^^ never matches: the comma is part of the name
</VirtualHost>
```

### With a path
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org/
    #          ^^^^^^^^^^^^^^^^ never matches: names are compared without scheme, port and path
</VirtualHost>
```

## Good
### Bare names and patterns
```
Listen 80
<VirtualHost *:80>
    ServerName https://example.org:443
    ServerAlias www.example.org *.shop.example.org
    ServerAlias [2001:db8::1] intranet
</VirtualHost>
```

## Fix
### With a port
```
Listen 443
<VirtualHost *:443>
    ServerName example.org
    ServerAlias www.example.org
</VirtualHost>
```

### A list with commas
```
Listen 80
<VirtualHost *:80>
    ServerName example.org
    ServerAlias www.example.org shop.example.org
</VirtualHost>
```

### With a path
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#serveralias; `matches_aliases` in server/vhost.c
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Argument,
    Context,
    Diagnostic,
    Fix,
    Safety,
    Severity,
    VirtualHost,
    assumption,
    replace,
    rule,
    usable,
)

_ALIAS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://)?(?P<name>[A-Za-z0-9*?._-]+)(?P<rest>:\d*)?(?:/.*)?,*")
_NAME = re.compile(r"(?P<name>(?:[A-Za-z][A-Za-z0-9+.-]*://)?[A-Za-z0-9._-]+(?::\d+)?)(?:/.*|,)")


@rule(
    code="SSL0916",
    name="name-never-matches",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#serveralias",
    needs=("serveralias", "servername"),
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if host.is_main:
        return
    for key, pattern in (("serveralias", _ALIAS), ("servername", _NAME)):
        for line in usable(host.own.get(key, ())):
            if not any(mark in line.text for mark in ":/,"):
                continue
            for word in line.arguments if key == "serveralias" else line.arguments[:1]:
                match = pattern.fullmatch(word.value)
                if match is None or match.group("name") == word.value:
                    continue
                why = (
                    "the comma is part of the name"
                    if word.value == match.group("name") + ","
                    else "names are compared without scheme, port and path"
                )
                yield context.report(
                    word,
                    f"never matches: {why}",
                    notes=assumption(line, host.condition),
                    fix=_fix(host, word, match.group("name"), context),
                )


def _fix(host: VirtualHost, word: Argument, name: str, context: Context) -> Fix | None:
    """The bare name, where the host does not have it already."""
    if word.written != word.value or name.lower() in host.names:
        return None
    return context.fix("write the name alone", replace(word, name))
