r"""Scripts of any site may not have credentials: browsers refuse the response

## What it does
Reports hosts and sections that send `Access-Control-Allow-Origin: *` together with
`Access-Control-Allow-Credentials: true`.

## Why
The two contradict each other. A script that asks with credentials (cookies, a login) gets nothing: browsers refuse the
response. Who then "repairs" it by echoing every origin opens the users' data to any site. What is meant is
a list of origins, or a public answer without credentials.

## Bad
### Side by side
```
Header always set Access-Control-Allow-Origin "*"
#                                             ^^^ with Access-Control-Allow-Credentials browsers refuse this for...
Header always set Access-Control-Allow-Credentials "true"
```

### One of them inherited
```
Header set Access-Control-Allow-Credentials true
<Location /api>
    Header set Access-Control-Allow-Origin *
#                                          ^ with Access-Control-Allow-Credentials browsers refuse this for every...
</Location>
```

## Good
### Public
```
Header always set Access-Control-Allow-Origin "*"
```

### One origin
```
Header always set Access-Control-Allow-Origin "https://app.example.org"
Header always set Access-Control-Allow-Credentials "true"
```

### In different places
```
<Location /api>
    Header set Access-Control-Allow-Credentials true
    Header set Access-Control-Allow-Origin "https://app.example.org"
</Location>
<Location /fonts>
    Header set Access-Control-Allow-Origin *
</Location>
```

### Credentials for some requests only
```
SetEnvIf Origin "^https://app\.example\.org$" FROM_APP
Header always set Access-Control-Allow-Origin "*"
Header always set Access-Control-Allow-Credentials "true" env=FROM_APP
```

## References
https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, rule

from ._scopes import certain, scopes_of

ORIGIN = "access-control-allow-origin"
CREDENTIALS = "access-control-allow-credentials"


@rule(
    code="SSL1033",
    name="cors-wildcard-credentials",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",
    needs=("header",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for scope in scopes_of(server, ORIGIN, CREDENTIALS):
        origins, credentials = certain(scope, ORIGIN), certain(scope, CREDENTIALS)
        if len(origins) != 1 or origins[0].value != "*" or [one.value for one in credentials] != ["true"]:
            continue
        line, other = origins[0].line, credentials[0].line
        if scope.parent not in (line.directive.parent, other.directive.parent) or line.value is None:
            continue
        message = (
            "with Access-Control-Allow-Credentials browsers refuse this for every request that has credentials: "
            "name the origins"
        )
        yield context.report(
            line.value,
            message,
            related=[(other.word, "credentials are allowed here")],
            notes=assumption(line.directive),
        )
