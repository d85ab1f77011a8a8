"""Every user of the machine has a place on the server

## What it does
Reports `UserDir` lines that map users' folders, where no `UserDir disabled` for everybody stands in the same place.

## Why
`/~name/` tells whether a user of that name exists, and serves what users put there, with the rights of the server.

## Bad
### For everybody
```
#--- live: no
Listen 80
UserDir public_html
#       ^^^^^^^^^^^ /~name/ serves the folder of every user of the machine, and tells who is one
```

## Good
### For those that are named
```
#--- live: no
Listen 80
UserDir disabled
UserDir enabled anna bert
UserDir public_html
```

### For nobody
```
#--- live: no
Listen 80
UserDir disabled
```

## References
CIS Apache HTTP Server 2.4 Benchmark 2.7; https://httpd.apache.org/docs/2.4/mod/mod_userdir.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Server, Severity, assumption, rule


@rule(
    code="SSL1328",
    name="userdir-enabled",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_userdir.html",
    needs=("userdir",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[Directive] = set()
    for host in server.hosts:
        lines = host.all("userdir")
        if any([word.lower() for word in line.values] == ["disabled"] for line in lines):
            continue
        for line in lines:
            words = line.arguments
            if words and words[0].value.lower() not in ("disabled", "enabled") and line not in told:
                told.add(line)
                message = "/~name/ serves the folder of every user of the machine, and tells who is one"
                yield context.report(words[0], message, notes=assumption(line))
