r"""No loaded module takes a backend's scheme

## What it does
Reports backends of `ProxyPass`, `RewriteRule … [P]` and the like whose scheme needs a module that is not
loaded, where all modules that the server loads are known.

## Why
mod_proxy itself speaks no protocol. Each request gets status 500, and the log says "No protocol handler was
valid for the URL" (AH01144). Where `SetHandler` names the backend it is worse: without a module that knows the
handler, httpd sends the file that was to be run, with the passwords that stand in it. Neither `httpd -t` nor the
start notices.

## Bad
### FastCGI without its module
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
Listen 80
ProxyPass /app/ fcgi://127.0.0.1:9000/
#               ^^^^^^^^^^^^^^^^^^^^^^ proxy_fcgi_module is not loaded, so nothing takes fcgi://: each request gets...
```

### By a socket, to PHP
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
Listen 80
<FilesMatch "\.php$">
    SetHandler "proxy:unix:/run/php/php-fpm.sock|fcgi://localhost"
    #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ proxy_fcgi_module is not loaded, so nothing takes...
</FilesMatch>
```
### Without mod_proxy
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
<FilesMatch "\.php$">
    SetHandler "proxy:fcgi://127.0.0.1:9000"
    #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ proxy_module is not loaded, so nothing takes fcgi://: httpd sends the...
</FilesMatch>
```

## Good
### Loaded
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_fcgi_module /usr/lib/apache2/modules/mod_proxy_fcgi.so
Listen 80
ProxyPass /app/ fcgi://127.0.0.1:9000/
```

### The modules are loaded elsewhere
```
#--- live: no
Listen 80
ProxyPass /app/ fcgi://127.0.0.1:9000/
```

### A scheme of somebody's own module
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
Listen 80
ProxyPass /app/ spdy://127.0.0.1:9000/
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy.html; `proxy_handler` in mod_proxy.c. Tried on httpd 2.4.71.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0803",
    name="proxy-scheme-without-module",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy.html",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
