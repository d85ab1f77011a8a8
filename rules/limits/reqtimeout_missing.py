"""Nothing limits how slowly a request may arrive

## What it does
Reports a server that does not load mod_reqtimeout, where all its modules are known.

## Why
A client that sends one byte of a header every few seconds never runs into `Timeout`. A few hundred such connections
from one machine use up all workers (the Slowloris attack). mod_reqtimeout gives
header and body a time, and a least rate.

## Bad
### Not loaded
```
#--- target: debian-12
ServerRoot /etc/apache2
#<^^^^^^^^^^^^^^^^^^^^^ mod_reqtimeout is not loaded: a client may send its request as slowly as it likes...
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
Listen 80
```

## Good
### Loaded; its defaults are fine
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule reqtimeout_module /usr/lib/apache2/modules/mod_reqtimeout.so
Listen 80
```

### Which modules are loaded is not known
```
#--- live: no
#--- unreadable: modules.conf
Include modules.conf
Listen 80
#--- modules.conf
LoadModule reqtimeout_module /usr/lib/apache2/modules/mod_reqtimeout.so
```

## References
CIS Apache HTTP Server 2.4 Benchmark 9.5 and 9.6; DISA STIG V-214258; https://httpd.apache.org/docs/2.4/mod/mod_reqtimeout.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule


@rule(
    code="SSL1405",
    name="reqtimeout-missing",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_reqtimeout.html",
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if server.is_complete and server.configuration.lacks("reqtimeout_module"):
        message = (
            "mod_reqtimeout is not loaded: a client may send its request as slowly as it likes, and holds a worker"
        )
        yield context.report(server.main, message, label="no LoadModule reqtimeout_module")
