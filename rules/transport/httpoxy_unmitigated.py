"""CGI programs take a request's Proxy header for their proxy

## What it does
Reports servers that run CGI programs with an httpd before 2.4.24 (2.2.32 in that branch) and don't take the `Proxy`
header out of requests.

## Why
CGI hands request headers to programs as variables: `Proxy` becomes `HTTP_PROXY`, by which many libraries find the proxy
for their own requests. A client thus sends a program's outgoing requests wherever it likes (httpoxy, CVE-2016-5387).
Later versions don't hand the header on.

## Bad
### An old server with CGI
```
#--- target: httpd=2.4.6
#--- live: no
ScriptAlias /cgi-bin/ /srv/cgi-bin/
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ httpd 2.4.6 hands a request's Proxy header to these programs as HTTP_PROXY...
```

## Good
### Taken out
```
#--- target: httpd=2.4.6
#--- live: no
RequestHeader unset Proxy early
ScriptAlias /cgi-bin/ /srv/cgi-bin/
```

### A server that knows better
```
ScriptAlias /cgi-bin/ /srv/cgi-bin/
```

## Fix
### An old server with CGI
```
#--- target: httpd=2.4.6
#--- live: no
RequestHeader unset Proxy early
ScriptAlias /cgi-bin/ /srv/cgi-bin/
```

## Limits
Distributions repaired old versions without changing their number: the rule is off by itself.

## References
https://www.apache.org/security/asf-httpoxy-response.txt; CVE-2016-5387
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    HttpdVersion,
    Safety,
    Server,
    Severity,
    assumption,
    header_line,
    insert_before,
    rule,
    usable,
    walk,
)

_REPAIRED = {"2.2": HttpdVersion(2, 2, 32), "2.4": HttpdVersion(2, 4, 24)}
_PROGRAMS = ("scriptalias", "scriptaliasmatch", "fcgiwrapper", "fastcgiserver", "scgimount")


@rule(
    code="SSL1041",
    name="httpoxy-unmitigated",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.apache.org/security/asf-httpoxy-response.txt",
    needs=("scriptalias", "scriptaliasmatch", "fcgiwrapper", "fastcgiserver", "scgimount"),
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    version = server.target.httpd
    repaired = _REPAIRED.get(version.branch)
    if (repaired is not None and version >= repaired) or version.branch == "trunk":
        return
    items = usable(walk(server.configuration.children))
    first = next((one for one in items if one.key in _PROGRAMS), None)
    if first is None or any(_takes_out(one) for one in items if one.key == "requestheader"):
        return
    message = f"httpd {version} hands a request's Proxy header to these programs as HTTP_PROXY: take it out"
    fix = context.fix("take the header out", insert_before(first, "RequestHeader unset Proxy early"))
    has_headers = server.has_module("headers_module") is not False
    yield context.report(
        first, message, notes=assumption(first), fix=fix if first.parent is None and has_headers else None
    )


def _takes_out(directive: Directive) -> bool:
    line = header_line(directive)
    return line is not None and line.name == "proxy" and line.does in ("unset", "set", "edit")
