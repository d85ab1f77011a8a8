r"""Everybody sees a page for administrators

## What it does
Looks for sections whose handler is `server-status`, `server-info`, `balancer-manager`, `ldap-status` or `md-status`,
and asks whether a client from anywhere gets in without a login.

## Why
`server-status` shows who asks for which URL on all hosts, `server-info` the whole configuration; with
`balancer-manager` whoever opens it takes backends out of service. Scanners ask every server for these pages.

## Bad
### Granted
```
Listen 80
<Location /server-status>
    #     ^^^^^^^^^^^^^^ everybody sees server-status at /server-status of the main server: who...
    SetHandler server-status
    Require all granted
</Location>
```

### Nobody is kept out
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    <Location /balancer-manager>
        #     ^^^^^^^^^^^^^^^^^ everybody sees balancer-manager at /balancer-manager of www.example.org (*:80), and...
        SetHandler balancer-manager
    </Location>
</VirtualHost>
```

### A later section opens what an earlier one kept
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    <Location />
        Require ip 192.0.2.0/24
    </Location>
    <Location /server-info>
        #     ^^^^^^^^^^^^ everybody sees server-info...
        SetHandler server-info
        Require all granted
    </Location>
</VirtualHost>
```

### Of old style
```
#--- role: fragment
<Location /server-status>
    #     ^^^^^^^^^^^^^^ everybody sees server-status at /server-status...
    SetHandler server-status
    Order allow,deny
    Allow from all
</Location>
```

## Good
### For this machine, a network or a login
```
Listen 80
<Location /server-status>
    SetHandler server-status
    Require local
</Location>
<Location /server-info>
    SetHandler server-info
    Require ip 192.0.2.0/24
</Location>
<Location /balancer-manager>
    SetHandler balancer-manager
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Location>
```

### A section around it keeps others out
```
Listen 80
<Location />
    Require ip 192.0.2.0/24
</Location>
<Location /server-status>
    SetHandler server-status
</Location>
```

### Rewriting refuses others
```
Listen 80
RewriteEngine on
RewriteCond %{REMOTE_ADDR} !^192\.0\.2\.
RewriteRule ^/server-status - [F]
<Location /server-status>
    SetHandler server-status
</Location>
```

### This machine alone can connect
```
Listen 127.0.0.1:8080
<Location /server-status>
    SetHandler server-status
</Location>
```

### A backend answers at this URL
```
Listen 80
ProxyPass / http://127.0.0.1:8080/
<Location /server-status>
    SetHandler server-status
</Location>
```

### What surrounds a fragment is not known
```
#--- role: fragment
<Location /server-status>
    SetHandler server-status
</Location>
```

## Fix
### Granted
```
Listen 80
<Location /server-status>
    SetHandler server-status
    Require local
</Location>
```

### Nobody is kept out
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    <Location /balancer-manager>
        Require local
        SetHandler balancer-manager
    </Location>
</VirtualHost>
```

## References
CIS Apache HTTP Server 2.4 Benchmark 2.4 and 2.8; DISA STIG V-214242; https://httpd.apache.org/docs/2.4/mod/mod_status.html
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Fix,
    Reach,
    Safety,
    Scope,
    Server,
    Severity,
    VirtualHost,
    assumption,
    insert_before,
    listing,
    replace,
    rule,
    spot,
    strangers_answers,
)

_PAGES = {
    "server-status": ": who asks for what, on all hosts",
    "server-info": ": the whole configuration",
    "balancer-manager": ", and may take backends out of service",
    "ldap-status": ": the directory's servers and what was looked up",
    "md-status": ": all domains and the state of their certificates",
}
_MOST = 4


@rule(
    code="SSL1203",
    name="admin-page-exposed",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_status.html",
    needs=("sethandler",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for owner, scope in Reach.of(server).scopes():
        line = scope.last("sethandler")
        page = line.keyword if line is not None else ""
        if line is None or page not in _PAGES:
            continue
        found = list(islice(_exposed(server, owner, scope, line), _MOST))
        if found:
            where = " ".join(dict.fromkeys(url for _, url in found))
            words = scope.section.arguments
            yield context.report(
                spot(scope.section, words[-1] if words else None),
                f"everybody sees {page} at {where} of {listing([host for host, _ in found])}{_PAGES[page]}",
                label="nobody is kept out",
                related=[(line, "the page")],
                notes=assumption(scope.section, line),
                fix=_fix(scope, line, context),
                severity=Severity.ERROR if page == "balancer-manager" else None,
            )


def _exposed(server: Server, owner: VirtualHost, scope: Scope, line: Directive) -> Iterator[tuple[VirtualHost, str]]:
    """The hosts and URL paths where a stranger gets the page."""
    reach = Reach.of(server)
    for host, where in reach.requests(owner, scope):
        if not server.is_fragment and all(socket.address.is_loopback for socket in host.sockets):
            continue
        access = reach.access(host, where)
        is_said = access.require is not None or "allow" in access.old
        opened = access.lets_anybody_in(tls=True) and (is_said or server.is_complete)
        if where.url and opened and access.handler is line and _answers(host, where.url):
            yield host, where.url


def _answers(host: VirtualHost, url: str) -> bool:
    return any(one.status == 200 and one.by == "handler" for one in strangers_answers(host, url))


def _fix(scope: Scope, line: Directive, context: Context) -> Fix | None:
    own = scope.directives
    if "allow" in own or "order" in own:
        return None
    granted = [one for one in own.get("require", ()) if [word.lower() for word in one.values] == ["all", "granted"]]
    if len(granted) == 1 and len(own["require"]) == 1:
        words = granted[0].arguments
        return context.fix("let this machine in only", replace(spot(granted[0], words[0], words[1]), "local"))
    return None if "require" in own else context.fix("let this machine in only", insert_before(line, "Require local"))
