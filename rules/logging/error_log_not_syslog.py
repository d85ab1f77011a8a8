"""Errors stay on the machine that had them

## What it does
Reports servers whose `ErrorLog` is a file: not `syslog`, `journald` or a program.

## Why
Who breaks into a machine wipes its logs. What has gone to another machine by the system's log stays, and can be
watched for all servers in one place.

## Bad
### A file
```
ErrorLog error.log
#        ^^^^^^^^^ keeps errors on this machine, where an intruder can wipe them: syslog:local1 hands them on
```

## Good
### The system's log
```
ErrorLog "syslog:local1"
```

### A program
```
ErrorLog "|/usr/bin/logger -t httpd -p local1.err"
```

## Limits
A file may be collected by a program of its own: the rule is a policy's, and off by itself.

## References
CIS Apache HTTP Server 2.4 item 6.2; https://httpd.apache.org/docs/2.4/mod/core.html#errorlog
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, VirtualHost, assumption, rule

_ELSEWHERE = ("|", "syslog", "journald", "/dev/std", "/proc/self/fd")


@rule(
    code="SSL1504",
    name="error-log-not-syslog",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#errorlog",
    needs=("errorlog",),
    default=False,
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    line = host.winner("errorlog") if "errorlog" in host.own else None
    if line is None or not line.keyword or line.keyword.startswith(_ELSEWHERE):
        return
    message = "keeps errors on this machine, where an intruder can wipe them: syslog:local1 hands them on"
    yield context.report(line.arguments[0], message, notes=assumption(line, host.condition))
