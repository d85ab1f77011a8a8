"""A module is loaded without the one that it needs

## What it does
Reports `LoadModule` lines of modules that end the server's start unless another one is loaded, too: mod_auth_form
(mod_session and mod_request), mod_proxy_balancer and mod_heartmonitor (mod_slotmem_shm), mod_lbmethod_byrequests
(mod_proxy).

## Why
The modules look for each other after the configuration was read, where `httpd -t` has ended. It does not matter
whether anything uses them.

## Bad
### A balancer without shared memory
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_balancer_module /usr/lib/apache2/modules/mod_proxy_balancer.so
#          ^^^^^^^^^^^^^^^^^^^^^ proxy_balancer_module needs slotmem_shm_module, which is not loaded: the server...
Listen 80
```

### A login form without sessions
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule request_module /usr/lib/apache2/modules/mod_request.so
LoadModule auth_form_module /usr/lib/apache2/modules/mod_auth_form.so
#          ^^^^^^^^^^^^^^^^ auth_form_module needs session_module, which is not loaded: the server does not start...
Listen 80
```

## Good
### Both are there, in any order
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_balancer_module /usr/lib/apache2/modules/mod_proxy_balancer.so
LoadModule slotmem_shm_module /usr/lib/apache2/modules/mod_slotmem_shm.so
Listen 80
```

### The others are loaded elsewhere
```
#--- live: no
LoadModule proxy_balancer_module /usr/lib/apache2/modules/mod_proxy_balancer.so
Listen 80
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_slotmem_shm.html; the hooks `post_config` of the modules
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0035",
    name="module-without-companion",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_slotmem_shm.html",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
