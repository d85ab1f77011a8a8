r"""An access log leaves out what is needed later

## What it does
Reports access logs whose format lacks what a policy asks for: by default the client's address, the time, the request
and the status.

## Why
Who asked, when, for what, and what came of it: without one of these a log can't answer the questions that are put to
it after a break-in.

## Bad
### No status
```
LogFormat "%h %t \"%r\"" short
#         ^^^^^^^^^^^^^^ leaves out the status (%s or %>s): access.log, which is written in it, can't tell...
CustomLog access.log short
```

### Written out
```
CustomLog access.log "%r %>s"
#                    ^^^^^^^^ leaves out the client's address (%h or %a) and the time (%t): access.log, which is...
```

## Good
### The common one
```
LogFormat "%h %l %u %t \"%r\" %>s %b" mine
CustomLog access.log mine
```

### Said by other directives
```
CustomLog access.log "%{c}a %{%s}t %m %U%q %H %s"
```

### Near miss: a log for some requests beside the whole one
```
CustomLog access.log "%h %t \"%r\" %>s"
CustomLog agents.log "%{User-Agent}i"
```

## Options
`wanted` are directives of the format; what says the same counts as well.

## References
CIS Apache HTTP Server 2.4 item 6.3; DISA STIG for Apache Server 2.4 UNIX, V-214232, V-214265, V-214279
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, enumeration, met_hosts, rule

from ._items import WANTED, items, says
from ._logs import AccessLog, logs_of


@rule(
    code="SSL1507",
    name="log-format-weak",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats",
    options={"wanted": ("%h", "%t", "%r", "%s")},
    needs=("customlog", "transferlog", "globallog"),
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    wanted = context.option("wanted", tuple)
    told: set[tuple[str, int]] = set()
    for host in met_hosts(server):
        logs = [log for log in logs_of(host) if log.is_kept and log.undefined is None]
        if not logs or any(not _lacking(log, wanted) for log in logs):
            continue
        log = min(logs, key=lambda one: len(_lacking(one, wanted)))
        place = (log.place.source.path, log.place.span.start)
        if place not in told:
            told.add(place)
            names = enumeration([WANTED[one].title if one in WANTED else one for one in _lacking(log, wanted)])
            message = f"leaves out {names}: {log.file}, which is written in it, can't tell afterwards what happened"
            yield context.report(
                log.place, message, related=[(log.directive, "the log")], notes=assumption(log.directive)
            )


def _lacking(log: AccessLog, wanted: tuple[str, ...]) -> list[str]:
    found = items(log.format)
    return [one for one in wanted if not says(found, one)]
