"""A balancer's method is not loaded

## What it does
Reports balancers that leave their method at `byrequests`, where mod_lbmethod_byrequests is not loaded.

## Why
Since httpd 2.4 the methods are modules of their own. `httpd -t` only looks at methods that are named; the start
ends with "Cannot find LB Method: byrequests" (AH02432). Configurations that come from 2.2 meet it.

## Bad
### Brought over from 2.2
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule slotmem_shm_module /usr/lib/apache2/modules/mod_slotmem_shm.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_balancer_module /usr/lib/apache2/modules/mod_proxy_balancer.so
LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
Listen 80
<Proxy balancer://app>
#<^^^^^^^^^^^^^^^^^^^^ balancer://app balances byrequests, but lbmethod_byrequests_module is not loaded: the server...
    BalancerMember http://10.0.0.1
</Proxy>
ProxyPass / balancer://app/
```

## Good
### Loaded
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule slotmem_shm_module /usr/lib/apache2/modules/mod_slotmem_shm.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_balancer_module /usr/lib/apache2/modules/mod_proxy_balancer.so
LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
LoadModule lbmethod_byrequests_module /usr/lib/apache2/modules/mod_lbmethod_byrequests.so
Listen 80
ProxyPass / balancer://app/
```

### Another method
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule slotmem_shm_module /usr/lib/apache2/modules/mod_slotmem_shm.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_balancer_module /usr/lib/apache2/modules/mod_proxy_balancer.so
LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
LoadModule lbmethod_bytraffic_module /usr/lib/apache2/modules/mod_lbmethod_bytraffic.so
Listen 80
<Proxy balancer://app>
    BalancerMember http://10.0.0.1
    ProxySet lbmethod=bytraffic
</Proxy>
ProxyPass / balancer://app/
```

### The modules are loaded elsewhere
```
#--- live: no
Listen 80
ProxyPass / balancer://app/
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy_balancer.html; `ap_proxy_initialize_balancer` in proxy_util.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0804",
    name="balancer-without-method",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy_balancer.html",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
