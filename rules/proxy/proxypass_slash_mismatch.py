"""ProxyPass glues paths together without a slash, or with two

## What it does
Reports `ProxyPass` whose path ends with a slash and whose URL does not, and the other way about.

## Why
The path's text is cut off, and what is left is appended to the URL as it is. With `/app/` and `http://backend/app`,
`/app/page` becomes `http://backend/apppage`. With `/` and `http://backend`, `/page` becomes `http://backendpage`:
another machine, which a client chooses by `/.evil.example/`, or status 500 where the URL has a port. With `/app` and
`http://backend/`, `/app/page` becomes `http://backend//page`, which many backends do not know.

## Bad
### Glued to the machine's name
```
Listen 80
ProxyPass / http://127.0.0.1
#           ^^^^^^^^^^^^^^^^ /page goes to http://127.0.0.1page: the path's slash is cut off, and the URL does not...
```

### Glued to the folder's name
```
Listen 80
<Location /app/>
    ProxyPass http://127.0.0.1:8080/app
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^ /app/page goes to http://127.0.0.1:8080/apppage: the path's slash is cut off...
</Location>
```

### Two slashes
```
Listen 80
ProxyPass /app http://127.0.0.1:8080/
#              ^^^^^^^^^^^^^^^^^^^^^^ /app/page goes to http://127.0.0.1:8080//page: the URL brings a second slash along
```

## Good
### Both, or neither
```
Listen 80
ProxyPass /one/ http://127.0.0.1:8080/
ProxyPass /two http://127.0.0.1:8081
ProxyPass /three http://127.0.0.1:8082/app
<Location /four/>
    ProxyPass http://127.0.0.1:8083/
</Location>
```

### One file
```
Listen 80
ProxyPass /favicon.ico http://127.0.0.1:8080/
```

### The rest of the path goes into the query string
```
Listen 80
ProxyPass /page/ http://127.0.0.1:8080/show?page= nocanon
```

### FastCGI and its like cut the path anew
```
Listen 80
ProxyPass /php fcgi://127.0.0.1:9000/
```

### No proxying at all
```
Listen 80
ProxyPass /static/ !
```

## Fix
### Glued to the machine's name
```
Listen 80
ProxyPass / http://127.0.0.1/
```

### Glued to the folder's name
```
Listen 80
<Location /app/>
    ProxyPass http://127.0.0.1:8080/app/
</Location>
```

### Two slashes
```
Listen 80
ProxyPass /app http://127.0.0.1:8080
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass; `ap_proxy_trans_match` in mod_proxy.c
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Fix, Safety, Server, Severity, add_to, assumption, rule, set_value

from ._passes import Pass, passes


@rule(
    code="SSL0814",
    name="proxypass-slash-mismatch",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass",
    needs=("proxypass",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in passes(server):
        if not one.is_fixed or not one.path.startswith("/"):
            continue
        is_glued = one.path.endswith("/") and not one.url.endswith("/")
        is_double = not one.path.endswith("/") and one.target_path.endswith("/") and _may_double(one)
        if not is_glued and not is_double:
            continue
        why = (
            "the path's slash is cut off, and the URL does not end with one"
            if is_glued
            else "the URL brings a second slash along"
        )
        result = f"{one.url}{'page' if is_glued else '/page'}"
        yield context.report(
            one.word,
            f"{one.path.rstrip('/')}/page goes to {result}: {why}",
            notes=assumption(one.directive, one.host.condition),
            fix=_fix(one, is_glued, context),
            severity=Severity.ERROR if is_glued else Severity.WARNING,
        )


def _may_double(one: Pass) -> bool:
    """Whether a second slash matters: not for one file, nor for FastCGI and the like, which cut the path anew."""
    return "." not in one.path and re.match(r"https?:|wss?:|ajp:|h2c?:|balancer:", one.url, re.IGNORECASE) is not None


def _fix(one: Pass, is_glued: bool, context: Context) -> Fix | None:
    """Make both ends alike, where the word is as it stands in the file."""
    if not one.word.stands:
        return None
    if is_glued:
        return context.fix("end the URL with a slash", add_to(one.word, "/"))
    return context.fix("end the URL without a slash", set_value(one.word, one.word.value.removesuffix("/")))
