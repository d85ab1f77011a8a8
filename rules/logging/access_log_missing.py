r"""A host's requests are logged nowhere

## What it does
Reports hosts that have neither an access log of their own nor one of the main server, or whose logs all end in
`/dev/null`.

## Why
Without a log nobody can tell what an attacker asked for, when it began, and what he got. A host with a `CustomLog` of
its own does not write to the main server's any more; a host without one does.

## Bad
### None at all
```
Listen 80
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ www.example.org (*:80) has no access log: nobody can tell afterwards who asked for what
    ServerName www.example.org
    ErrorLog www-error.log
</VirtualHost>
```

### Thrown away
```
Listen 80
CustomLog access.log "%h %t \"%r\" %>s"
<VirtualHost *:80>
    ServerName www.example.org
    CustomLog /dev/null "%h"
#   ^^^^^^^^^^^^^^^^^^^^^^^^ www.example.org (*:80) throws its access log away...
</VirtualHost>
```

## Good
### Of the main server
```
Listen 80
CustomLog access.log "%h %t \"%r\" %>s"
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

### For all hosts at once
```
Listen 80
GlobalLog access.log "%v %h %t \"%r\" %>s"
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

## References
CIS Apache HTTP Server 2.4 item 6.3; DISA STIG for Apache Server 2.4 UNIX, V-214231
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, met_hosts, rule

from ._logs import logs_of


@rule(
    code="SSL1502",
    name="access-log-missing",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#customlog",
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not server.is_complete:
        return
    for host in met_hosts(server):
        logs = logs_of(host)
        if any(log.is_kept for log in logs):
            continue
        if not logs:
            message = f"{host.title} has no access log: nobody can tell afterwards who asked for what"
            yield context.report(host, message)
        else:
            message = f"{host.title} throws its access log away: nobody can tell afterwards who asked for what"
            yield context.report(logs[0].directive, message)
