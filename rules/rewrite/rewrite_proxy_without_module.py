"""RewriteRule passes requests on, and mod_proxy is not loaded

## What it does
Reports `RewriteRule` with the flag `P`, where mod_proxy is not loaded and all modules that the server loads are
known.

## Why
The flag needs mod_proxy, which nobody checks before a request comes: it gets status 403, and the log says "attempt to
make remote request from mod_rewrite without proxy enabled" (AH00669).

## Bad
### Without mod_proxy
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule rewrite_module /usr/lib/apache2/modules/mod_rewrite.so
Listen 80
RewriteEngine on
RewriteRule ^/app/(.*) http://127.0.0.1:8080/$1 [P,L]
#                                               ^^^^^ proxy_module is not loaded: each request that this takes gets...
```

## Good
### With it
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule rewrite_module /usr/lib/apache2/modules/mod_rewrite.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
Listen 80
RewriteEngine on
RewriteRule ^/app/(.*) http://127.0.0.1:8080/$1 [P,L]
```

### A redirect
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule rewrite_module /usr/lib/apache2/modules/mod_rewrite.so
Listen 80
RewriteEngine on
RewriteRule ^/app/(.*) http://www.example.org/$1 [R,L]
```

## References
https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_p; `hook_uri2file` in mod_rewrite.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL1702",
    name="rewrite-proxy-without-module",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_p",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
