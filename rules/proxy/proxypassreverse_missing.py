r"""Redirects of a backend lead past the proxy

## What it does
Reports `ProxyPass` to another host name or port without a `ProxyPassReverse` for that backend, in hosts that have one
for others.

## Why
A backend that redirects, after a login or from `/app` to `/app/`, often names itself: `Location: http://127.0.0.1:8080/app/`.
Only `ProxyPassReverse` turns that into the site's own URL; without it the browser is sent to an address that it
can't reach, and the backend's name is disclosed. With `ProxyPreserveHost On` backends know the site's name, and this
rule is silent.

## Bad
### None
```
#--- options: all=true
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPass /app http://127.0.0.1:8080/app
    #              ^^^^^^^^^^^^^^^^^^^^^^^^^ absolute redirects of this backend lead browsers to...
</VirtualHost>
```

### For another port
```
Listen 80
ProxyPass /app http://127.0.0.1:8081/
#              ^^^^^^^^^^^^^^^^^^^^^^ absolute redirects of this backend lead browsers to http://127.0.0.1:8081: no...
ProxyPassReverse /app http://127.0.0.1:8080/
```

## Good
### Both
```
Listen 80
ProxyPass /app http://127.0.0.1:8080/app
ProxyPassReverse /app http://127.0.0.1:8080/app
<Location /other>
    ProxyPass http://127.0.0.1:8081/
    ProxyPassReverse http://127.0.0.1:8081/
</Location>
```

### One for all of the backend's folders
```
Listen 80
ProxyPass /app http://127.0.0.1:8080/app
ProxyPass /api http://127.0.0.1:8080/api
ProxyPassReverse / http://127.0.0.1:8080/
```

### The backend knows the site's name
```
Listen 80
ProxyPreserveHost On
ProxyPass /app http://127.0.0.1:8080/app
```

### No HTTP, no redirects
```
Listen 80
ProxyPass /ws ws://127.0.0.1:8080/ws
ProxyPass /php fcgi://127.0.0.1:9000/srv/www
```

### Headers are edited
```
Listen 80
ProxyPass /app http://127.0.0.1:8080/app
Header edit Location ^http://127\.0\.0\.1:8080 https://www.example.org
```

### None at all, as for backends that redirect by paths alone
```
Listen 80
ProxyPass /app http://127.0.0.1:8080/app
```

## Fix
### None
```
#--- options: all=true
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPass /app http://127.0.0.1:8080/app
    ProxyPassReverse /app http://127.0.0.1:8080/app
</VirtualHost>
```

## Options
`all`: report hosts without any `ProxyPassReverse` too.

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypassreverse
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Fix,
    Safety,
    Server,
    Severity,
    VirtualHost,
    all_scopes,
    assumption,
    insert_after,
    rule,
    usable,
)

from ._passes import Pass, passes

_MACHINE = re.compile(r"https?://[^/?#]+", re.IGNORECASE)


@rule(
    code="SSL0821",
    name="proxypassreverse-missing",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypassreverse",
    whole_server=True,
    needs=("proxypass",),
    options={"all": False},
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not server.is_complete:
        return
    known: dict[VirtualHost, set[str] | None] = {}
    for one in passes(server):
        machine = _MACHINE.match(one.word.value)
        if machine is None or not one.is_fixed or "." in one.path:
            continue
        if one.host not in known:
            known[one.host] = _reversed(one.host)
        machines = known[one.host]
        wanted = machines is not None and (bool(machines) or context.option("all", bool))
        if wanted and machine.group().lower() not in (machines or ()):
            yield context.report(
                one.word,
                f"absolute redirects of this backend lead browsers to {machine.group()}: no ProxyPassReverse "
                "mends them",
                notes=assumption(one.directive, one.host.condition),
                fix=_fix(one, context),
            )


def _reversed(host: VirtualHost) -> set[str] | None:
    """The backends whose redirects are mended; None where others mend them, or the backends know the site's name."""
    found: set[str] = set()
    owners = list(dict.fromkeys((host, host.server.main)))
    for owner in owners:
        scopes = list(all_scopes(owner.own_scopes))
        for lines in (owner.own, *(scope.directives for scope in scopes)):
            for preserve in usable(lines.get("proxypreservehost", ())):
                if preserve.keyword == "on":
                    return None
            if any("location" in line.text.lower() for line in lines.get("header", ())):
                return None
            for line in usable(lines.get("proxypassreverse", ())):
                found.update(match.group().lower() for word in line.values if (match := _MACHINE.match(word)))
                if any(not word.startswith(("/", "http")) or "$" in word for word in line.values):
                    return None
    return found


def _fix(one: Pass, context: Context) -> Fix:
    """The line that mends them, below."""
    path = "" if one.scope is not None else f"{one.path} "
    line = insert_after(one.directive, f"ProxyPassReverse {path}{one.word.value}")
    return context.fix("mend the redirects", line)
