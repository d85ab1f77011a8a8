"""Requests are passed to a balancer without members

## What it does
Reports `ProxyPass`, `RewriteRule … [P]` and the like with a `balancer://` that no `BalancerMember` of the host or
the main server belongs to.

## Why
A name that is written in two ways makes two balancers, of which one is empty. Each request gets status 503, and
the log says "No workers in balancer" (AH01171). Neither `httpd -t` nor the start notices.

## Bad
### Two names
```
#--- live: no
Listen 80
<Proxy balancer://app>
    BalancerMember http://10.0.0.1
</Proxy>
ProxyPass / balancer://apps/
#           ^^^^^^^^^^^^^^^^ balancer://apps has no member: each request gets status 503 (AH01171)
```

### The members belong to another host
```
#--- live: no
Listen 80
<VirtualHost *:80>
    ServerName a.example.org
    ProxyPass / balancer://app/
    #           ^^^^^^^^^^^^^^^ balancer://app has no member: each request gets status 503 (AH01171)
</VirtualHost>
<VirtualHost *:80>
    ServerName b.example.org
    <Proxy balancer://app>
        BalancerMember http://10.0.0.1
    </Proxy>
</VirtualHost>
```

## Good
### Members of the main server, capitals aside
```
#--- live: no
Listen 80
<Proxy balancer://app/>
    BalancerMember http://10.0.0.1
</Proxy>
<VirtualHost *:80>
    ProxyPass / balancer://APP/
</VirtualHost>
```

### Named in the line
```
#--- live: no
Listen 80
BalancerMember balancer://app http://10.0.0.1
ProxyPass / balancer://app/
```

### A manager may add some
```
#--- live: no
Listen 80
<Location /manager>
    SetHandler balancer-manager
    Require local
</Location>
ProxyPass /manager !
ProxyPass / balancer://app/
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#balancermember; `proxy_balancer_pre_request` in
mod_proxy_balancer.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0806",
    name="balancer-without-members",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#balancermember",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
