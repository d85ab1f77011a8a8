"""A directive of a module that is not loaded

## What it does
Where the configuration names all its modules, which it does if it chooses an MPM by `LoadModule`:
reports directives whose module neither is built in nor has a `LoadModule` anywhere.

## Why
To httpd the name is unknown without its module: "Invalid command …, perhaps misspelled or defined by
a module not included in the server configuration". It does not start.

## Bad
### Nobody loads mod_ssl
```
#--- target: debian-12
#--- live: no
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
SSLEngine on
#<^^^^^^^ SSLEngine comes with ssl_module, which is not loaded: httpd will not start
```

### Loaded in a branch that is not taken
```
#--- target: debian-12
#--- live: no
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
<IfVersion < 2.4>
    LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
</IfVersion>
Header always set X-Content-Type-Options nosniff
#<^^^^ Header comes with headers_module, which is not loaded: httpd will not start
```

## Good
### Loaded later in the text is early enough
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
SSLEngine off
LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so
```

### Asked for
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
<IfModule ssl_module>
    SSLEngine off
</IfModule>
```

### Built into Debian's httpd
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LogFormat "%h %u %t" short
```

### No MPM is chosen here, so the modules are loaded elsewhere
```
#--- target: debian-12
SSLEngine off
```

## Limits
Silent where an include could not be read: the missing `LoadModule` may stand there.

## References
https://httpd.apache.org/docs/2.4/mod/mod_so.html#loadmodule; `ap_walk_config_sub` in server/config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0002",
    name="module-not-loaded",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_so.html#loadmodule",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
